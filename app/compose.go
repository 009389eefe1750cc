// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A composer has what the window shows of a composite and does not belong to
// the document.
type composer struct {
	survey  latest
	preview latest
	found   *document.Survey
	about   document.State  // that found is about: map, accepted, layers and resolution count
	erased  *volume.Layer   // whose voxels are shown
	sphere  *fitting.Sphere // that is shown
}

// A latest is something that is made beside the window, again and again: only
// what was asked for last is shown.
type latest struct {
	wanted, shown int
	cancel        context.CancelFunc
}

// begin stops what is being made and returns the number and the context of
// what is made now.
func (l *latest) begin() (int, context.Context) {
	l.end()
	l.wanted++
	ctx, cancel := context.WithCancel(context.Background())
	l.cancel = cancel
	return l.wanted, ctx
}

// end stops what is being made; nothing of it is shown.
func (l *latest) end() {
	if l.cancel != nil {
		l.cancel()
	}
	l.cancel = nil
	l.wanted++
	l.shown = l.wanted
}

// isLast notes that n is made, and tells whether it is to be shown.
func (l *latest) isLast(n int) bool {
	if n != l.wanted {
		return false
	}
	l.shown = n
	return true
}

func (l *latest) settled() bool { return l.shown == l.wanted }

// connectCompose ties the panel to the document.
func (w *window) connectCompose() {
	p := w.compose
	p.OnSwitch = func(id int, on bool) { w.edit("", func() error { return w.doc.SetLayer(id, on) }) }
	p.OnMove = w.moveLayer
	p.OnChange = w.changeLayer
	p.OnZero = w.zeroAccepted
	p.OnRemove = w.removeNode
	p.OnCopies = func(id, n int) { w.edit("", func() error { return w.doc.SetCopies(id, n) }) }
	p.OnSelect = w.selectNode
	p.OnZeroing = w.previewZeroing
	p.OnSphere = w.showSphere
	p.OnNext, p.OnHere, p.OnComplete, p.OnSymmetry = w.fitNext, w.fitHere, w.completeComposite, w.proposeSymmetry
	p.OnConfirm, p.OnSkip, p.OnConfirmAll = w.confirmProposal, w.skipProposal, w.confirmAll
}

// composed shows a new state of the document, or what is derived from it.
func (w *window) composed(s document.State) {
	w.compose.SetState(s)
	w.showProposals()
	w.previewZeroing()
}

// resolutionOf returns the resolution that was stated, else the estimate. It
// may take a while; any goroutine may call it.
func (w *window) resolutionOf(s document.State) float64 {
	if r := s.Options.Resolution; r > 0 {
		return r
	}
	return w.doc.Target(document.State{Map: s.Map}).Resolution().Value
}

// A subject is a placement whose density may be zeroed.
type subject struct {
	structure int
	motion    geom.Rigid
	layer     *document.Layer // that there is, or nil
}

// subject returns what a preview is about: the layer or the placement that is
// selected in the tree, else the placement that is selected in the table.
func (w *window) subject(s document.State) (subject, bool) {
	n := w.compose.Selected()
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
	id := w.doc.Selected()
	if a := s.AcceptedFrom(id); a != nil && !id.IsZero() {
		return subject{a.Structure, a.Placement.Motion, s.LayerOf(a.ID)}, true
	}
	c, ok := s.Cluster(id)
	return subject{id.Structure, c.Motion, nil}, ok && s.Structure(id.Structure) != nil
}

// previewZeroing shows what would be erased, in numbers and in the picture.
// Without the preview it shows what the selected layer erases.
func (w *window) previewZeroing() {
	s := w.doc.State()
	about, ok := w.subject(s)
	o, err := w.compose.ZeroOptions()
	switch {
	case !w.compose.Preview() || !ok || s.Map == nil:
		w.composer.preview.end()
		w.showNode()
		return
	case err != nil:
		w.composer.preview.end()
		w.showErased(nil, err.Error())
		return
	}
	n, ctx := w.composer.preview.begin()
	go func() {
		if o.Resolution == 0 && o.Mode != volume.ZeroDistance {
			o.Resolution = w.resolutionOf(s)
		}
		l, err := s.NewLayer(ctx, about.structure, about.motion, o)
		w.do(func() {
			if !w.composer.preview.isLast(n) || w.quitting {
				return
			}
			if err != nil {
				w.showErased(nil, err.Error())
			} else {
				w.showErased(l.Cut, w.erasing(s, about, l.Cut))
			}
			w.tell()
		})
	}()
}

// erasing tells in numbers what a layer would erase.
func (w *window) erasing(s document.State, about subject, cut *volume.Layer) string {
	atoms, _ := s.Structure(about.structure).Model.Select(mol.AllAtoms)
	text := fmt.Sprintf("%s: molecule %s Å³, would erase %s Å³ (%d voxels)", s.Name(about.structure),
		thousands(volume.ProteinVolume*mol.Mass(atoms)), thousands(cut.Volume), cut.Voxels)
	return text + rivals(s, s.Neighbours(about.structure, about.motion), cut)
}

// rivals tells what neighbours claim of a layer.
func rivals(s document.State, beside []document.Neighbour, cut *volume.Layer) string {
	text := ""
	if cut.Contested > 0 {
		text += fmt.Sprintf(", %d shared with neighbours", cut.Contested)
	}
	var names []string
	for i, r := range cut.Rivals {
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
func (w *window) showNode() {
	if w.compose.Preview() {
		return
	}
	s, n := w.doc.State(), w.compose.Selected()
	if v := w.composer.found; v != nil && n.Kind == panel.LayerNode && v.Contested[n.ID] != nil {
		if about, ok := w.subject(s); ok {
			cut := v.Contested[n.ID]
			text := fmt.Sprintf("%s: erases %s Å³ (%d voxels)", s.Name(about.structure), thousands(cut.Volume), cut.Voxels)
			w.showErased(cut, text+rivals(s, s.Neighbours(about.structure, about.motion), cut))
			return
		}
	}
	w.showErased(nil, "")
}

func (w *window) showErased(cut *volume.Layer, text string) {
	w.compose.Say(text)
	if cut != w.composer.erased {
		w.holdCamera()
		w.composer.erased = cut
		w.showScene()
	}
	w.tell()
}

// selectNode shows what a person selected in the tree.
func (w *window) selectNode(n panel.Node) {
	s := w.doc.State()
	switch n.Kind {
	case panel.AcceptedNode, panel.LayerNode:
		if n.Kind == panel.LayerNode && !w.compose.Preview() {
			if i := slices.IndexFunc(s.Layers, func(l *document.Layer) bool { return l.ID == n.ID }); i >= 0 {
				w.compose.SetZeroOptions(s.Layers[i].Cut.Options)
			}
		}
		if about, ok := w.subject(s); ok {
			for _, a := range s.Accepted {
				if _, found := s.Cluster(a.Cluster); found && a.Structure == about.structure && a.Placement.Motion == about.motion {
					w.doc.Select(a.Cluster)
				}
			}
		}
	case panel.ClashNode:
		if v := w.composer.found; v != nil && n.ID < len(v.Clashes) {
			w.flyToAtoms(v.Clashes[n.ID].Atoms)
		}
	}
	w.previewZeroing()
	w.showScene()
	w.enable()
}

// flyToAtoms sends the camera to some places.
func (w *window) flyToAtoms(places []r3.Vec) {
	var sum r3.Vec
	for _, p := range places {
		sum = r3.Add(sum, p)
	}
	c := w.view.Camera()
	c.Target = r3.Scale(1/float64(max(1, len(places))), sum)
	c.Distance = min(c.Distance, 120)
	w.view.FlyTo(c)
}

// removeNode removes what is selected in the tree.
func (w *window) removeNode(n panel.Node) {
	switch n.Kind {
	case panel.LayerNode:
		w.removeLayer(n.ID)
	case panel.AcceptedNode:
		w.edit("", func() error { return w.doc.Withdraw(n.ID) })
	case panel.RoundNode:
		w.edit("", func() error { return w.doc.RemoveRound(n.ID) })
	}
}

func (w *window) removeLayer(id int) {
	w.edit("", func() error { return w.doc.RemoveLayer(id) })
}

func (w *window) moveLayer(id, steps int) {
	w.edit("", func() error { return w.doc.MoveLayer(id, steps) })
}

// changeLayer makes a layer again in the way that is chosen now.
func (w *window) changeLayer(id int) {
	s := w.doc.State()
	i := slices.IndexFunc(s.Layers, func(l *document.Layer) bool { return l.ID == id })
	o, err := w.compose.ZeroOptions()
	if i < 0 || err != nil {
		w.try("The layer was not changed", err)
		return
	}
	old, revision := s.Layers[i], w.doc.Revision()
	w.run(&job{name: "Change layer"}, func(ctx context.Context) (func(), error) {
		if o.Resolution == 0 && o.Mode != volume.ZeroDistance {
			o.Resolution = w.resolutionOf(s)
		}
		l, err := s.NewLayer(ctx, old.Structure, old.Motion, o)
		if err != nil {
			return nil, err
		}
		return func() {
			if w.doc.Revision() != revision {
				w.fail("The layer was not changed", errors.New("the document changed meanwhile; try again"))
				return
			}
			if err := w.doc.ChangeLayer(id, l); err != nil {
				w.fail("The layer was not changed", err)
				return
			}
			w.say(fmt.Sprintf("Done: %s; it erases %d voxels now, %d before", w.doc.UndoLabel(), l.Cut.Voxels, old.Cut.Voxels))
		}, nil
	})
}

// selectedLayer calls f with the layer that is selected in the tree.
func (w *window) selectedLayer(f func(id int)) func() {
	return func() {
		if n := w.compose.Selected(); n.Kind == panel.LayerNode && w.job == nil {
			f(n.ID)
			return
		}
		w.say("Select a layer in the panel Compose first")
	}
}
