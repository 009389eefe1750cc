// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/render"
)

// Refine leaves a placement where it is: symmetric copies are then where the
// symmetry has them.
func (e *planned) Refine(_ context.Context, p *fitting.Problem, starts ...geom.Rigid) (*fitting.Result, error) {
	r := &fitting.Result{Level: stated(p), Starts: len(starts)}
	for _, g := range starts {
		r.Placements = append(r.Placements, fitting.Placement{Motion: g, Hits: 1, Metrics: fitting.Metrics{Score: e.refined(g)}})
	}
	return r, nil
}

// refined is the score of a placement: 0.5, or less of one that is turned by 180°.
func (e *planned) refined(m geom.Rigid) float64 {
	if math.Abs(m.Rotation.Real) < 0.1 {
		return 0.5 - e.loss
	}
	return 0.5
}

// press taps a button of the panel Compose.
func (b *bench) press(name string) {
	b.t.Helper()
	button := b.compose.Panel.Named()[name].(*widget.Button)
	if button.Disabled() {
		b.t.Fatalf("%s is off", name)
	}
	test.Tap(button)
	b.idle()
}

// shows tells whether the picture has a map of a colour.
func (b *bench) shows(c color.NRGBA) bool {
	return slices.ContainsFunc(b.stage.View.Scene().Volumes, func(v render.Volume) bool { return v.Color == c })
}

// tells tells whether the tree of the panel says something.
func (b *bench) tells(text string) bool {
	return strings.Contains(strings.Join(b.compose.Panel.Texts(), "\n"), text)
}

// Colours of what would be erased, of what neighbours claim too, and of clashes.
var (
	erasedColour    = color.NRGBA{213, 94, 0, 110}
	contestedColour = color.NRGBA{240, 228, 66, 255}
	clashColour     = color.NRGBA{220, 30, 30, 255}
)

func TestPreviewOfZeroing(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.compose.Panel.SetPreview(true)
	b.idle()
	first := b.compose.Seen().Erased
	if first == nil || !strings.Contains(b.compose.Panel.Said(), "alpha: molecule ") || !strings.Contains(b.compose.Panel.Said(), "would erase") {
		t.Fatalf("the preview says %q", b.compose.Panel.Said())
	}
	if !b.shows(erasedColour) || b.shows(contestedColour) {
		t.Error("what would be erased is not shown, or contested voxels are")
	}
	b.compose.Panel.Named()["compose.slider"].(*widget.Slider).SetValue(6)
	b.idle()
	if b.compose.Seen().Erased.Voxels <= first.Voxels {
		t.Errorf("with 6 Å %d voxels, with 2 Å %d", b.compose.Seen().Erased.Voxels, first.Voxels)
	}
	if len(b.Doc.State().Layers) != 0 {
		t.Error("the preview zeroed")
	}
	b.table.Results.OnSelect(document.ClusterID{Round: 1, Structure: 1, Rank: 2}) // 1 Å beside the accepted one
	b.idle()
	if b.compose.Seen().Erased.Contested == 0 || !strings.Contains(b.compose.Panel.Said(), "shared with neighbours (alpha copy 1: ") {
		t.Errorf("of two placements on each other the preview says %q", b.compose.Panel.Said())
	}
	if !b.shows(contestedColour) {
		t.Error("contested voxels are not shown")
	}
	b.compose.Panel.SetPreview(false)
	b.idle()
	if b.compose.Seen().Erased != nil || b.shows(erasedColour) {
		t.Error("the preview stays")
	}
}

// A preview goes with what it is about: in a new session it says nothing, nor
// where the placement and its round are undone.
func TestPreviewOfZeroingEnds(t *testing.T) {
	tests := []struct {
		name string
		do   func(b *bench)
	}{
		{"a new session", func(b *bench) {
			b.files.New()
			test.Tap(b.named("modified.drop"))
			b.idle()
			b.files.Dropped([]string{b.path0("density.mrc")})
		}},
		{"undone", func(b *bench) {
			for len(b.Doc.State().Rounds) > 0 {
				b.undo()
			}
		}},
		{"the map is closed", func(b *bench) { b.files.CloseMap() }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.fitted()
			b.table.Accept()
			b.compose.Panel.SetPreview(true)
			b.idle()
			if !b.shows(erasedColour) {
				t.Fatalf("no preview; it says %q", b.compose.Panel.Said())
			}
			tt.do(b)
			b.idle()
			if b.compose.Seen().Erased != nil || b.shows(erasedColour) || b.compose.Panel.Said() != "" {
				t.Errorf("the preview stays, and says %q", b.compose.Panel.Said())
			}
			if !b.compose.Panel.Preview() {
				t.Error("the preview was switched off")
			}
		})
	}
}

// What a preview and a survey are made of decides whether they are made again,
// and zeroing takes the layer that the preview has.
func TestPreviewAndSurveyAreMadeOnce(t *testing.T) {
	tests := []struct {
		name            string
		do              func(b *bench)
		preview, survey bool // are made again
	}{
		{"a seed", func(b *bench) { b.setOption(func(o *fitting.Options) { o.Seed++ }) }, false, false},
		{"the level that is seen", func(b *bench) { b.stage.LevelPanel.OnDone(0.6) }, false, true},
		{"the level of fits", func(b *bench) { b.setOption(func(o *fitting.Options) { level := 0.6; o.Level = &level }) }, true, false},
		{"a resolution", func(b *bench) { b.setOption(func(o *fitting.Options) { o.Resolution = 9 }) }, true, true},
		{"a note", func(b *bench) { b.must(b.Doc.SetNote(alpha(1), "a note")) }, false, false},
		{"copies", func(b *bench) { b.must(b.Doc.SetCopies(1, 4)) }, false, false},
		{"a radius", func(b *bench) { b.compose.Panel.Named()["compose.slider"].(*widget.Slider).SetValue(6) }, true, false},
		{"another selection", func(b *bench) { b.Doc.Select(alpha(3)) }, true, false},
		{"zeroing", func(b *bench) { b.compose.ZeroOut() }, false, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, &planned{})
			b.fitted()
			b.Doc.Select(alpha(1))
			b.table.Accept()
			b.compose.Panel.SetPreview(true)
			b.idle()
			before := b.compose.Seen()
			tt.do(b)
			b.idle()
			after := b.compose.Seen()
			if made := after.Erased != before.Erased; made != tt.preview || after.Erased == nil {
				t.Errorf("the preview is made again: %t, want %t", made, tt.preview)
			}
			if made := after.Survey != before.Survey; made != tt.survey || after.Survey == nil {
				t.Errorf("the survey is made again: %t, want %t", made, tt.survey)
			}
			if l := b.Doc.State().Layers; len(l) > 0 && l[0].Cut != before.Erased {
				t.Error("zeroing makes a layer that the preview has")
			}
		})
	}
}

// setOption changes the options of the next fit.
func (b *bench) setOption(change func(o *fitting.Options)) {
	b.t.Helper()
	o := b.Doc.State().Options
	change(&o)
	b.must(b.Doc.SetOptions("Change fit options", o))
}

func TestClashesAndCounters(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.must(b.Doc.SetCopies(1, 3))
	for rank := 1; rank <= 2; rank++ {
		b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: rank})
		b.table.Accept()
		b.idle()
	}
	if !b.tells("alpha: 2 of 3") || !b.tells("1 clash") {
		t.Errorf("the tree says\n%s", strings.Join(b.compose.Panel.Texts(), "\n"))
	}
	if !strings.Contains(b.Status.Text, "alpha copy 2 clashes with alpha copy 1, 8 atoms nearer than 2.5 Å") {
		t.Errorf("the status line says %q", b.Status.Text)
	}
	b.compose.Panel.Select(panel.Node{Kind: panel.ClashNode, ID: 0})
	b.idle()
	m := b.stage.View.Scene().Molecules
	if last := m[len(m)-1]; last.Color != clashColour || len(last.Structure.Atoms) != 8 {
		t.Errorf("the clash is shown as %d atoms of %v, want 8", len(last.Structure.Atoms), last.Color)
	}
	b.undo()
	b.idle()
	if b.tells("clash") {
		t.Error("the clash stays after undo")
	}
}

func TestFitNextZeroesAndFitsWhatIsMissing(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.must(b.Doc.SetCopies(1, 1))
	b.table.Accept()
	b.press("compose.next")
	b.until("the next round", func() bool { return !b.Busy() && len(b.Doc.State().Rounds) == 2 })
	s := b.Doc.State()
	if len(s.Layers) != 1 || len(s.Rounds[1].Fits) != 1 || s.Rounds[1].Fits[0].Structure != 2 {
		t.Errorf("%d layers, round 2 has %+v, want a layer and beta alone", len(s.Layers), s.Rounds[1].Fits)
	}
	b.must(b.Doc.SetCopies(2, 1))
	b.Doc.Select(document.ClusterID{Round: 2, Structure: 2, Rank: 1})
	b.table.Accept()
	b.idle()
	if next := b.compose.Panel.Named()["compose.next"].(*widget.Button); !next.Disabled() {
		t.Error("all copies are placed, but the next fit is on")
	}
	b.compose.FitNext()
	if !strings.Contains(b.Status.Text, "Next: all copies that are expected are placed") {
		t.Errorf("the status says %q", b.Status.Text)
	}
}

func TestFitHereIsAboutTheCentreOfView(t *testing.T) {
	e := &planned{seen: make(chan fitting.Options, 9)}
	b := newBench(t, e)
	b.opened()
	b.compose.Panel.Named()["compose.sphere"].(interface{ SetText(string) }).SetText("7.5")
	b.press("compose.here")
	at := b.stage.View.Camera().Target
	want := fitting.Sphere{Center: [3]float64{at.X, at.Y, at.Z}, Radius: 7.5}
	if o := <-e.seen; o.Sphere != want {
		t.Errorf("fitted in %+v, want %+v", o.Sphere, want)
	}
	s := b.Doc.State()
	if s.Options.Sphere != (fitting.Sphere{}) || s.Rounds[0].Fits[0].Options.Sphere != want {
		t.Error("the sphere is not that of the round alone")
	}
	if b.compose.Seen().Sphere != nil || !b.tells("within 7.5 Å of a point") {
		t.Errorf("the tree says\n%s", strings.Join(b.compose.Panel.Texts(), "\n"))
	}
	b.compose.Panel.Named()["compose.sphere"].(interface{ SetText(string) }).SetText("x")
	b.compose.FitHere()
	if !strings.Contains(b.Status.Text, `radius of the sphere is "x"`) {
		t.Errorf("the status says %q", b.Status.Text)
	}
}

// The symmetry that was written is proposed, and each copy confirmed.
func TestSymmetryIsProposed(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
	b.press("compose.propose")
	s := b.Doc.State()
	if len(s.Proposals()) != 3 || s.Rounds[1].Proposed != "symmetry C4" {
		t.Fatalf("proposals %v; status %q, says %q", s.Proposals(), b.Status.Text, b.said())
	}
	if b.Doc.Selected() != s.Proposals()[0] {
		t.Error("the first proposal is not selected")
	}
	b.press("compose.confirm")
	b.press("compose.skip")
	if s := b.Doc.State(); len(s.Accepted) != 2 || len(s.Proposals()) != 1 || !s.Mark(document.ClusterID{Round: 2, Structure: 1, Rank: 2}).Rejected {
		t.Errorf("%d accepted, proposals %v", len(s.Accepted), s.Proposals())
	}
	b.press("compose.all")
	b.compose.ConfirmProposal() // there is none
	if s := b.Doc.State(); len(s.Accepted) != 3 || len(s.Proposals()) != 0 {
		t.Errorf("%d accepted, proposals %v", len(s.Accepted), s.Proposals())
	}
	for range 4 {
		b.undo()
	}
	b.idle()
	if s := b.Doc.State(); len(s.Rounds) != 1 || len(s.Accepted) != 1 {
		t.Error("undo does not take proposals back")
	}
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("")
	b.press("compose.propose") // of one placement none can be found, and no dialog is in the way
	if !strings.Contains(b.Status.Text, "of no structure two placements are accepted or look right") || b.said() != "" {
		t.Errorf("the status says %q, a dialog %q", b.Status.Text, b.said())
	}
}

func TestLayersAreMovedChangedRemoved(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 1, Rank: 1})
	b.compose.ZeroOut()
	b.idle()
	b.Doc.Select(document.ClusterID{Round: 1, Structure: 2, Rank: 3})
	b.compose.ZeroOut()
	b.idle()
	before := slices.Clone(b.Doc.State().Layers)
	b.compose.Panel.Select(panel.Node{Kind: panel.LayerNode, ID: 2})
	b.idle()
	if b.compose.Seen().Erased == nil || b.compose.Seen().Erased.Voxels != before[1].Cut.Voxels {
		t.Error("the selected layer is not shown")
	}
	says := func(want string) {
		t.Helper()
		if b.Status.Text != want {
			t.Errorf("the status line says %q, want %q", b.Status.Text, want)
		}
	}
	b.press("compose.up")
	says("Done: Move zeroing 2 of beta copy 1 up")
	if got := b.Doc.State().Layers; got[0] != before[1] {
		t.Error("the layer was not moved")
	}
	b.press("compose.show")
	says("Done: Switch off zeroing 1 of beta copy 1")
	if b.Doc.State().Layers[0].On {
		t.Error("the layer is on")
	}
	b.compose.Panel.Named()["compose.slider"].(*widget.Slider).SetValue(4)
	b.press("compose.apply")
	if !strings.HasPrefix(b.Status.Text, "Done: Change zeroing 1 of beta copy 1; it erases ") {
		t.Errorf("the status line says %q", b.Status.Text)
	}
	if l := b.Doc.State().Layers[0]; l.Cut.Voxels <= before[1].Cut.Voxels || l.ID != 2 {
		t.Errorf("the changed layer has %d voxels, had %d", l.Cut.Voxels, before[1].Cut.Voxels)
	}
	b.press("compose.remove")
	says("Done: Remove zeroing 1 of beta copy 1")
	if len(b.Doc.State().Layers) != 1 {
		t.Error("the layer was not removed")
	}
	for range 4 {
		b.undo()
	}
	says("Undone: Move zeroing 2 of beta copy 1 up")
	b.idle()
	if !slices.Equal(b.Doc.State().Layers, before) {
		t.Error("undo does not bring the layers back")
	}
	b.compose.Panel.Select(panel.Node{Kind: panel.RoundNode, ID: 1})
	b.press("compose.remove")
	says("Done: Remove round 1")
	b.compose.Panel.OnCopies(1, 3)
	says("Done: Expect 3 of alpha")
	b.Say("before")
	b.compose.Panel.OnCopies(1, 3) // as it is
	says("before")
	if s := b.Doc.State(); len(s.Rounds) != 0 || len(s.Accepted) != 2 || !b.tells("From no round") {
		t.Errorf("%d rounds, %d accepted", len(s.Rounds), len(s.Accepted))
	}
}

func TestCompleteProposes(t *testing.T) {
	b := newBench(t, &planned{fault: errors.New("no engine today")})
	b.opened()
	b.press("compose.complete")
	if !strings.Contains(b.said(), "no engine today") {
		t.Errorf("says %q", b.said())
	}
}

// A place that was rejected is not proposed again.
func TestRejectedPlacesAreLeftOut(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
	b.press("compose.propose")
	b.press("compose.skip")
	b.press("compose.propose")
	if n := len(b.Doc.State().Proposals()); n != 2 || !strings.Contains(b.Status.Text, "2 placements proposed") || !strings.Contains(b.Status.Text, "1 left out: rejected before") {
		t.Errorf("%d proposals, status %q", n, b.Status.Text)
	}
	b.press("compose.skip")
	b.press("compose.skip")
	rounds := len(b.Doc.State().Rounds)
	b.press("compose.propose")
	if n := len(b.Doc.State().Rounds); n != rounds || b.Status.Text != "Nothing to propose by symmetry C4: 3 left out, rejected before" {
		t.Errorf("%d rounds, want %d; status %q", n, rounds, b.Status.Text)
	}
	b.undo()
	b.press("compose.propose")
	if n := len(b.Doc.State().Proposals()); n != 1 {
		t.Errorf("%d proposals after a rejection was undone, want 1", n)
	}
}

// What is not significant is not accepted together with the rest, and the panel
// says that it is not.
func TestWeakProposalsAreLeftOpen(t *testing.T) {
	b := newBench(t, &planned{loss: 0.312})
	b.fitted()
	b.table.Accept()
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
	b.press("compose.propose")
	b.press("compose.all")
	s := b.Doc.State()
	if len(s.Accepted) != 3 || len(s.Proposals()) != 1 || b.Status.Text != "2 accepted, 1 left open: its score 0.188 is below 0.2" {
		t.Errorf("%d accepted, %d open, the status line says %q", len(s.Accepted), len(s.Proposals()), b.Status.Text)
	}
	if text := b.compose.ToConfirm(); b.Doc.Selected() != s.Proposals()[0] || !strings.Contains(text, ": no, score 0.188 is below 0.2") {
		t.Errorf("the panel says %q", text)
	}
	b.press("compose.all")
	if n := len(b.Doc.State().Accepted); n != 3 || b.Status.Text != "None accepted, 1 left open: its score 0.188 is below 0.2" {
		t.Errorf("%d accepted, the status line says %q", n, b.Status.Text)
	}
	b.press("compose.confirm") // a person may hold it to be right
	if n := len(b.Doc.State().Accepted); n != 4 {
		t.Errorf("%d accepted, want 4", n)
	}
}
