// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/app/view"
	"difffit/app/view/palette"
	"difffit/app/viewport"
	"difffit/app/window/stage"
	"difffit/render"
)

// A structure has one colour from when it is found to when it is accepted and
// beyond; what is selected has a line around it; undo recolours nothing else.
func TestColoursStayWithCopies(t *testing.T) {
	b := newBench(t, &planned{many: 9})
	b.fitted()
	colours := map[int]color.NRGBA{} // by rank
	for rank := 1; rank <= 4; rank++ {
		b.Doc.Select(alpha(rank))
		for _, m := range b.stage.View.Scene().Molecules {
			if m.Outlined {
				colours[rank] = m.Color
			}
		}
		b.table.Accept()
		b.idle()
	}
	check := func(when string, ranks ...int) {
		t.Helper()
		b.idle()
		for _, rank := range ranks {
			c, _ := b.Doc.State().Cluster(alpha(rank))
			for _, m := range b.stage.View.Scene().Molecules {
				if m.Motions[0] == c.Motion && m.Color != colours[rank] {
					t.Errorf("%s: rank %d has %v, had %v when it was selected", when, rank, m.Color, colours[rank])
				}
			}
		}
	}
	check("accepted", 1, 2, 3, 4)
	b.must(b.Doc.Withdraw(b.Doc.State().AcceptedFrom(alpha(1)).ID))
	check("without the first", 2, 3, 4)
	b.undo()
	b.undo()
	check("undone", 1, 2, 3)
	if len(colours) != 4 || colours[1] != palette.Base(1) || colours[1] == colours[2] || colours[2] == colours[3] {
		t.Errorf("colours %v", colours)
	}
}

// Eyes hide what is placed of a structure, or one copy, and a colour that is
// chosen is that of all of it; both come back with the session.
func TestEyesAndSwatches(t *testing.T) {
	b := newBench(t, &planned{many: 9})
	b.fitted()
	for rank := 1; rank <= 2; rank++ {
		b.Doc.Select(alpha(rank))
		b.table.Accept()
		b.idle()
	}
	b.Doc.Select(document.ClusterID{})
	visible := func() (n int) {
		for _, m := range b.stage.View.Scene().Molecules {
			if m.Visible {
				n++
			}
		}
		return n
	}
	if n := visible(); n != 2 {
		t.Fatalf("%d molecules are seen, want 2", n)
	}
	deeds := b.seenDeeds()
	deeds.OnSeeAccepted(b.Doc.State().Accepted[0].ID)
	if n := visible(); n != 1 {
		t.Errorf("one copy hidden: %d are seen, want 1", n)
	}
	file := b.path0("hidden.difffit")
	b.files.SaveTo(file, nil)
	b.idle()
	deeds.OnSee(1)
	if n := visible(); n != 0 {
		t.Errorf("the structure hidden: %d are seen, want none", n)
	}
	red := color.NRGBA{200, 30, 20, 255}
	b.must(b.Doc.SetColor(1, red))
	b.idle()
	if c := b.stage.View.Scene().Molecules[0].Color; c != red {
		t.Errorf("the first copy is %v, want %v", c, red)
	}
	b.undo()
	b.idle()
	if c := b.stage.View.Scene().Molecules[0].Color; c != palette.Base(1) {
		t.Errorf("undone: %v", c)
	}
	b.files.OpenSession(file)
	b.idle()
	if n := visible(); n != 1 {
		t.Errorf("of the session %d are seen, want 1", n)
	}
}

func TestPresets(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.stage.View.Jump = true
	pick(t, b.window, "Presets", "Residues")
	l, c, s := b.stage.Display(), b.stage.View.Camera(), b.stage.View.Scene()
	if l.Style != render.Sticks || l.Colours != render.ByHetero || s.Volumes[0].Style != render.Mesh || c.Around == 0 || c.Follow == 0 || c.Height() > 31 {
		t.Errorf("residues: %+v, map in style %d, %g Å are seen, %g about the centre", l, s.Volumes[0].Style, c.Height(), c.Around)
	}
	near := false
	for _, m := range s.Molecules {
		for _, a := range m.Structure.Atoms {
			near = near || m.Outlined && m.Motions[0].Apply(a.Pos) == c.Target
		}
	}
	if !near {
		t.Errorf("looks at %v, which is no atom of the selected placement", c.Target)
	}
	if first := stage.New(b.Shell, viewport.NewFrom(nil)).Display(); first.Style != render.Cartoon || first.MapStyle != render.Surface {
		t.Errorf("the next job begins with %+v", first)
	}
	pick(t, b.window, "Presets", "Publication")
	l, c, s = b.stage.Display(), b.stage.View.Camera(), b.stage.View.Scene()
	if l.Style != render.Cartoon || s.Look.Silhouettes == 0 || s.Look.Occlusion == 0 || s.Background != view.WhiteGround.Color() || c.Around != 0 || c.Follow != 0 {
		t.Errorf("publication: %+v, %+v", l, s.Look)
	}
	pick(t, b.window, "Presets", "Fit")
	l, s = b.stage.Display(), b.stage.View.Scene()
	if l.Colours != view.FirstColoring || s.Look.Silhouettes != 0 || s.Volumes[0].Color.A > palette.MapOpacity || l.Ground != view.ThemeGround {
		t.Errorf("fit: %+v, opacity %d", l, s.Volumes[0].Color.A)
	}
	pick(t, b.window, "Map", "Opacity", "70 %")
	if a := b.stage.View.Scene().Volumes[0].Color.A; a != 179 {
		t.Errorf("opacity %d of 255, want 179", a)
	}
	pick(t, b.window, "Camera", "Clip the front")
	pick(t, b.window, "Camera", "About the centre", "Only within 15")
	if c := b.stage.View.Camera(); c.Follow != 0.75 || c.Around != 15 {
		t.Errorf("clips %g before the centre, shows %g about it", c.Follow, c.Around)
	}
	b.stage.View.FrameAll()
	if c := b.stage.View.Camera(); c.Around != 0 {
		t.Error("Show all does not show all")
	}
}

// Proposals have, as threads and when they are selected, the colours that they
// keep when they are accepted, in whatever order that is.
func TestProposalsHaveTheirColours(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
	b.press("compose.propose")
	ids := b.Doc.State().Proposals()
	shown := func(id document.ClusterID) color.NRGBA {
		c, _ := b.Doc.State().Cluster(id)
		for _, m := range b.stage.View.Scene().Molecules {
			if m.Motions[0] == c.Motion && m.ID == id.Structure {
				return m.Color
			}
		}
		t.Fatalf("%v is not in the picture", id)
		return color.NRGBA{}
	}
	colours := map[document.ClusterID]color.NRGBA{}
	for _, id := range ids {
		colours[id] = shown(id)
	}
	check := func(when string) {
		t.Helper()
		b.idle()
		p := palette.Of(b.Doc.State())
		for _, id := range ids {
			c, _ := b.Doc.State().Cluster(id)
			if got, row := shown(id), p.Placement(id, c.Motion); got != colours[id] || row != got {
				t.Errorf("%s: %v is %v in the picture, was %v, and is to be %v", when, id, got, colours[id], row)
			}
			if rows := b.swatches(); !slices.Contains(rows, colours[id]) {
				t.Errorf("%s: %v is %v in the picture, the table has %v", when, id, colours[id], rows)
			}
		}
	}
	check("proposed")
	for i := len(ids) - 1; i >= 0; i-- {
		b.Doc.Select(ids[i])
		check("selected")
		b.table.Accept()
		check("accepted")
	}
	if len(ids) != 3 || colours[ids[0]] == colours[ids[1]] || colours[ids[1]] == colours[ids[2]] {
		t.Errorf("colours %v", colours)
	}
}

// swatches are the colours of the rows of the table.
func (b *bench) swatches() (list []color.NRGBA) {
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Rectangle:
			if c, is := o.FillColor.(color.NRGBA); is && o.Visible() && o.Size() == fyne.NewSquareSize(11) {
				list = append(list, c)
			}
		case *fyne.Container:
			for _, q := range o.Objects {
				walk(q)
			}
		case fyne.Widget:
			for _, q := range test.WidgetRenderer(o).Objects() {
				walk(q)
			}
		}
	}
	walk(b.table.Results.Table())
	return list
}
