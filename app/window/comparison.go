// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/render"
)

// A comparison is how pinned placements are shown together.
type comparison struct {
	panel   *panel.Compare
	tab     *container.TabItem
	mode    panel.Mode
	stage   *fyne.Container // the picture, and further ones side by side with it
	cells   []*cell         // the first has the picture of the window
	newView func() *viewport.Viewport
	cloud   cloud
	last    [2]document.ClusterID // selected now and before
}

// buildComparison makes what lies where the picture does.
func (w *window) buildComparison() fyne.CanvasObject {
	c := &w.compare
	c.panel = panel.NewCompare()
	if c.newView == nil {
		c.newView = func() *viewport.Viewport { return viewport.NewFrom(nil) }
	}
	c.cloud.view = panel.FirstCloud()
	c.cells = []*cell{newCellOf(w.view)}
	c.stage = container.New(&grid{}, c.cells[0])
	return c.stage
}

// connectComparison ties it to the document.
func (w *window) connectComparison() {
	c := &w.compare
	c.panel.OnMode = w.setMode
	c.panel.OnSelect = w.selectSeen
	c.panel.OnPin = w.togglePin
	c.panel.OnUnpinAll = w.unpinAll
	c.panel.OnFlicker = w.flicker
	c.panel.OnCloud = w.setCloud
	w.view.OnCamera = func(camera render.Camera) { w.turned(w.view, camera) }
	w.doc.WatchSelection(func(id document.ClusterID) {
		if !id.IsZero() && id != c.last[0] {
			c.last = [2]document.ClusterID{id, c.last[0]}
		}
		w.showPins()
	})
}

// togglePin pins the selected placement, or unpins it.
func (w *window) togglePin() {
	id := w.doc.Selected()
	if w.job != nil || id.IsZero() {
		return
	}
	pinned := w.doc.State().Mark(id).Pin > 0
	w.try("The placement was not pinned", w.doc.SetPinned(id, !pinned))
}

func (w *window) unpinAll() {
	if w.job == nil {
		w.try("", w.doc.UnpinAll())
	}
}

// flicker goes from pinned placement to pinned placement; where less than two
// are, between the last two that were selected. The picture stands still.
func (w *window) flicker() {
	if w.live != nil {
		return
	}
	s := w.doc.State()
	pins := s.Pins()
	if len(pins) < 2 {
		pins = slices.DeleteFunc(slices.Clone(w.compare.last[:]), func(id document.ClusterID) bool {
			_, ok := s.Cluster(id)
			return !ok
		})
	}
	if len(pins) < 2 {
		w.say("Pin two placements with P to flicker between them with B")
		return
	}
	if w.compare.mode != panel.OneAtATime {
		w.setMode(panel.OneAtATime)
	}
	next := (slices.Index(pins, w.doc.Selected()) + 1) % len(pins)
	w.follows.rest = true
	w.doc.Select(pins[next])
	w.follows.rest = false
}

// setMode says how pinned placements are shown.
func (w *window) setMode(m panel.Mode) {
	w.compare.mode = m
	if n := len(w.doc.State().Pins()); m != panel.OneAtATime && n < 2 {
		w.say(fmt.Sprintf("%d pinned: pin two placements or more with P to see them together", n))
	} else if m != panel.OneAtATime {
		w.tabs.Select(w.compare.tab)
	}
	w.showPins()
	w.showScene()
	w.enable()
}

// nextMode goes through the modes.
func (w *window) nextMode() { w.setMode((w.compare.mode + 1) % 3) }

// showPins shows the read-out of differences.
func (w *window) showPins() {
	s := w.doc.State()
	ids, selected := s.Pins(), w.doc.Selected()
	reference := slices.Index(ids, selected)
	pins := make([]panel.Pin, len(ids))
	for i, id := range ids {
		c, _ := s.Cluster(id)
		pins[i] = panel.Pin{
			ID: id, Name: s.PlaceName(id), Placement: c.Placement,
			Reference: i == max(0, reference), Selected: id == selected,
		}
		if len(s.Rounds) > 1 {
			pins[i].Name += fmt.Sprintf(" (round %d)", id.Round)
		}
		if d, err := s.Difference(ids[max(0, reference)], id); err == nil {
			pins[i].Difference = d
		}
	}
	w.compare.panel.SetPins(pins, w.compare.mode, reference >= 0)
	_, ok := s.Cluster(selected)
	w.compare.panel.Enable(ok && w.job == nil, len(ids) >= 2 || !w.compare.last[1].IsZero())
}

// compared returns the pinned placements that are shown together; nil if only
// one is.
func (w *window) compared(m panel.Mode) []document.ClusterID {
	if ids := w.doc.State().Pins(); w.compare.mode == m && len(ids) >= 2 {
		return ids
	}
	return nil
}

// showScenes shows a scene, or those of the pinned placements side by side.
func (w *window) showScenes(scene render.Scene) {
	side := w.compared(panel.SideBySide)
	w.arrangeCells(side)
	if len(side) == 0 {
		scene.Molecules = w.withPins(scene.Molecules)
		scene.Molecules = w.onItsWay(scene.Molecules)
		scene.Molecules = w.withCloud(scene.Molecules)
		if len(w.compare.cloud.made) > 0 || w.ways.trail != nil {
			scene.Volumes = faded(scene.Volumes)
		}
		w.view.SetScene(scene)
		return
	}
	around := w.acceptedOf(scene.Molecules)
	for i, id := range side {
		one := scene
		one.Molecules = inPlace(around, w.pinMolecules([]document.ClusterID{id}, i))
		w.compare.cells[i].view.SetScene(one)
	}
}

// acceptedOf returns the molecules of a scene without the selected one if it is
// not accepted, and with it in the colour of its structure if it is: side by
// side, colours tell pins.
func (w *window) acceptedOf(molecules []render.Molecule) []render.Molecule {
	s := w.doc.State()
	var list []render.Molecule
	for _, m := range molecules {
		if m.ID > 0 {
			if !slices.ContainsFunc(s.Accepted, func(a *document.Accepted) bool {
				return a.Structure == m.ID && len(m.Motions) == 1 && a.Placement.Motion == m.Motions[0]
			}) {
				continue
			}
			m.Color = document.Colour(m.ID - 1)
		}
		list = append(list, m)
	}
	return list
}

// inPlace returns molecules with pinned placements in place of what is there.
func inPlace(molecules, pins []render.Molecule) []render.Molecule {
	var list []render.Molecule
	for _, m := range molecules {
		if !slices.ContainsFunc(pins, func(p render.Molecule) bool {
			return m.ID == p.ID && len(m.Motions) == 1 && m.Motions[0] == p.Motions[0]
		}) {
			list = append(list, m)
		}
	}
	return append(list, pins...)
}

// pinMolecules returns placements in the colours of pins, the first in that of
// the given one.
func (w *window) pinMolecules(ids []document.ClusterID, first int) []render.Molecule {
	s := w.doc.State()
	var list []render.Molecule
	for i, id := range ids {
		c, ok := s.Cluster(id)
		t := s.Structure(id.Structure)
		if !ok || t == nil {
			continue
		}
		m := w.molecule(t, c.Motion, panel.PinColour(first+i))
		m.Coloring = render.Uniform
		list = append(list, m)
	}
	return list
}

// withPins returns the molecules of a scene with the pinned placements, each
// in its colour, where they are shown together.
func (w *window) withPins(molecules []render.Molecule) []render.Molecule {
	return inPlace(molecules, w.pinMolecules(w.compared(panel.InOneView), 0))
}

// cloudMapAlpha is that of maps while a cloud or a trail is shown in them: they
// could not be seen else.
const cloudMapAlpha = 28

// faded returns maps through which a cloud can be seen.
func faded(volumes []render.Volume) []render.Volume {
	volumes = slices.Clone(volumes)
	for i := range volumes {
		volumes[i].Color.A = min(volumes[i].Color.A, cloudMapAlpha)
	}
	return volumes
}
