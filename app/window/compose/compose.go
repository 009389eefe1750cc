// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// connectPanel ties the panel to the document.
func (co *Composer) connectPanel() {
	p := co.Panel
	p.OnSwitch = func(id int, on bool) { co.edit(func() error { return co.sh.Doc.SetLayer(id, on) }) }
	p.OnMove = co.MoveLayer
	p.OnChange = co.ChangeLayer
	p.OnZero = co.zeroAccepted
	p.OnRemove = co.removeNode
	p.OnCopies = co.Expect
	p.OnSelect = co.selectNode
	p.OnZeroing = co.previewZeroing
	p.OnSphere = co.showSphere
	p.OnNext, p.OnHere, p.OnComplete, p.OnSymmetry = co.FitNext, co.FitHere, co.CompleteComposite, co.ProposeSymmetry
	p.OnConfirm, p.OnSkip, p.OnConfirmAll = co.ConfirmProposal, co.SkipProposal, co.confirmAll
}

// edit changes the composite, unless a job runs; the panel then shows what is so
// still.
func (co *Composer) edit(change func() error) {
	if co.sh.MustWait("Compose") {
		co.Panel.SetState(co.sh.Doc.State())
		return
	}
	co.sh.Edit("", change)
}

// Expect says how many copies of a structure are in the map.
func (co *Composer) Expect(structure, copies int) {
	co.edit(func() error { return co.sh.Doc.SetCopies(structure, copies) })
}

// A subject is a placement whose density may be zeroed.
type subject struct {
	structure int
	motion    geom.Rigid
	layer     *document.Layer // that there is, or nil
}

// subject returns what a preview is about: the layer or the placement that is
// selected in the tree, else the placement that is selected in the table.
func (co *Composer) subject(s document.State) (subject, bool) {
	n := co.Panel.Selected()
	switch n.Kind {
	case panel.LayerNode:
		if i := slices.IndexFunc(s.Layers, func(l *document.Layer) bool { return l.ID == n.ID }); i >= 0 {
			l := s.Layers[i]
			return subject{l.Structure, l.Motion, l}, true
		}
	case panel.AcceptedNode:
		if i := slices.IndexFunc(s.Accepted, func(a *document.Accepted) bool { return a.ID == n.ID }); i >= 0 {
			a := s.Accepted[i]
			return subject{a.Structure, a.Placement.Motion, s.LayerOf(a.ID)}, true
		}
	}
	id := co.sh.Doc.Selected()
	if a := s.AcceptedFrom(id); a != nil && !id.IsZero() {
		return subject{a.Structure, a.Placement.Motion, s.LayerOf(a.ID)}, true
	}
	c, ok := s.Cluster(id)
	return subject{id.Structure, c.Motion, nil}, ok && s.Structure(id.Structure) != nil
}

// previewZeroing shows what would be erased, in numbers and in the picture.
// Without the preview it shows what the selected layer erases.
func (co *Composer) previewZeroing() {
	s := co.sh.Doc.State()
	about, ok := co.subject(s)
	z, err := co.zeroing(s)
	switch {
	case !ok || s.Map == nil: // also where what it was about is gone
		co.preview.Forget()
		co.showErased(nil, "")
		return
	case !co.Panel.Preview():
		co.preview.Forget()
		co.showNode()
		return
	case err != nil:
		co.preview.Forget()
		co.showErased(nil, panel.Reason(err))
		return
	}
	co.preview.Make(co.sh, z.Key(about.structure, about.motion), func(ctx context.Context) previewed {
		l, err := z.Layer(ctx, about.structure, about.motion)
		return previewed{l, err}
	}, func(previewed) { co.showPreview(about) })
	if co.preview.Settled() {
		co.showPreview(about) // names may have changed
	}
}

// previewed is the layer that would be, or why none would.
type previewed struct {
	work.MadeLayer
	err error
}

// zeroing is how layers of s are made: in the way that the panel says, and not
// again where the preview has one.
func (co *Composer) zeroing(s document.State) (work.Zeroing, error) {
	o, err := co.Panel.ZeroOptions()
	return work.Zeroing{State: s, Targets: &co.sh.Targets, Options: o, Kept: co.preview.Value.MadeLayer}, err
}

// showPreview shows what the layer that was made for the preview would erase.
func (co *Composer) showPreview(about subject) {
	if p := co.preview.Value; p.err != nil {
		co.showErased(nil, panel.Reason(p.err))
	} else {
		co.showErased(p.Layer.Cut, erasing(co.sh.Doc.State(), about, p.Layer.Cut))
	}
}

// erasing tells in numbers what a layer would erase.
func erasing(s document.State, about subject, cut *volume.Layer) string {
	mass := s.Structure(about.structure).Mass()
	text := fmt.Sprintf("%s: molecule %s Å³, would erase %s Å³ (%s)", s.Name(about.structure),
		thousands(volume.ProteinVolume*mass), thousands(cut.Volume), panel.Plural(cut.Voxels, "voxel"))
	return text + overlaps(s, s.Neighbours(about.structure, about.motion), cut)
}

// overlaps tells what neighbours claim of a layer.
func overlaps(s document.State, beside []document.Neighbour, cut *volume.Layer) string {
	text := ""
	if cut.Contested > 0 {
		text += fmt.Sprintf(", %d shared with neighbours", cut.Contested)
	}
	var names []string
	for i, r := range cut.Overlaps {
		if r.Contested > 0 && i < len(beside) {
			names = append(names, fmt.Sprintf("%s: %d", s.NeighbourName(beside[i]), r.Contested))
		}
	}
	if len(names) > 0 {
		text += " (" + strings.Join(names, ", ") + ")"
	}
	if cut.Options.Mode == volume.ZeroOwn {
		text += fmt.Sprintf(", %d spared, %d outside its contour", cut.Spared, cut.Beyond)
	}
	return text
}

// thousands writes a volume with three digits that count, or all below 1000.
func thousands(v float64) string {
	step := 1.0
	for v >= 1000*step {
		step *= 10
	}
	text := strconv.FormatFloat(math.Round(v/step)*step, 'f', 0, 64)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + " " + text[i:]
	}
	return text
}

// showNode shows what is selected in the tree while no preview is on.
func (co *Composer) showNode() {
	if co.Panel.Preview() {
		return
	}
	s, n := co.sh.Doc.State(), co.Panel.Selected()
	if v := co.found; v != nil && n.Kind == panel.LayerNode && v.Contested[n.ID] != nil {
		if about, ok := co.subject(s); ok {
			cut := v.Contested[n.ID]
			text := fmt.Sprintf("%s: erases %s Å³ (%s)", s.Name(about.structure), thousands(cut.Volume), panel.Plural(cut.Voxels, "voxel"))
			co.showErased(cut, text+overlaps(s, s.Neighbours(about.structure, about.motion), cut))
			return
		}
	}
	co.showErased(nil, "")
}

func (co *Composer) showErased(cut *volume.Layer, text string) {
	co.Panel.Say(text)
	if cut != co.erased {
		co.stage.HoldCamera()
		co.erased = cut
		co.stage.Show()
	}
}

// selectNode shows what a person selected in the tree.
func (co *Composer) selectNode(n panel.Node) {
	s := co.sh.Doc.State()
	switch n.Kind {
	case panel.AcceptedNode, panel.LayerNode:
		if n.Kind == panel.LayerNode && !co.Panel.Preview() {
			if i := slices.IndexFunc(s.Layers, func(l *document.Layer) bool { return l.ID == n.ID }); i >= 0 {
				co.Panel.SetZeroOptions(s.Layers[i].Cut.Options)
			}
		}
		if about, ok := co.subject(s); ok {
			for _, a := range s.Accepted {
				if _, found := s.Cluster(a.Cluster); found && a.Structure == about.structure && a.Placement.Motion == about.motion {
					co.sh.Doc.Select(a.Cluster)
				}
			}
		}
	case panel.ClashNode:
		if v := co.found; v != nil && n.ID < len(v.Clashes) {
			co.stage.FlyToAtoms(v.Clashes[n.ID].Atoms)
		}
	}
	co.previewZeroing()
	co.stage.Show()
	co.sh.Enable()
}

// removeNode removes what is selected in the tree.
func (co *Composer) removeNode(n panel.Node) {
	switch n.Kind {
	case panel.LayerNode:
		co.RemoveLayer(n.ID)
	case panel.AcceptedNode:
		co.edit(func() error { return co.sh.Doc.Withdraw(n.ID) })
	case panel.RoundNode:
		co.edit(func() error { return co.sh.Doc.RemoveRound(n.ID) })
	}
}

// RemoveLayer removes a layer.
func (co *Composer) RemoveLayer(id int) {
	co.edit(func() error { return co.sh.Doc.RemoveLayer(id) })
}

// MoveLayer moves a layer down by some steps; up if they are negative.
func (co *Composer) MoveLayer(id, steps int) {
	co.edit(func() error { return co.sh.Doc.MoveLayer(id, steps) })
}

// ChangeLayer makes a layer again in the way that is chosen now.
func (co *Composer) ChangeLayer(id int) {
	s := co.sh.Doc.State()
	i := slices.IndexFunc(s.Layers, func(l *document.Layer) bool { return l.ID == id })
	z, err := co.zeroing(s)
	if i < 0 || err != nil {
		co.sh.Try("The zeroing was not changed", err)
		return
	}
	old := s.Layers[i]
	co.sh.Run(&shell.Job{Name: "Change zeroing"}, func(ctx context.Context) (func(), error) {
		made, err := z.Change(ctx, id)
		if err != nil {
			return nil, err
		}
		return func() {
			if _, err := co.sh.Doc.Apply(made); err != nil {
				co.sh.Fail("The zeroing was not changed", err)
				return
			}
			co.sh.Say(fmt.Sprintf("Done: %s; it erases %s now, %d before", co.sh.Doc.UndoLabel(), panel.Plural(made.Changed.Layer.Cut.Voxels, "voxel"), old.Cut.Voxels))
		}, nil
	})
}

// SelectedLayer calls f with the layer that is selected in the tree.
func (co *Composer) SelectedLayer(f func(id int)) func() {
	return func() {
		n := co.Panel.Selected()
		switch {
		case co.sh.MustWait("Zeroing"):
		case n.Kind == panel.LayerNode:
			f(n.ID)
		default:
			co.sh.Say("Select a zeroing in the panel Compose first")
		}
	}
}

// ShowCompose shows the panel, with the keyboard in its tree.
func (co *Composer) ShowCompose() {
	co.sh.ShowTab(co.Panel)
	co.Panel.Focus(co.sh.Canvas())
}
