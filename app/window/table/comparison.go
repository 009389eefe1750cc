// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/work"
	"difffit/render"
)

// A comparison is how pinned placements are shown together.
type comparison struct {
	panel *panel.Compare
	mode  panel.Mode
	stage *fyne.Container // the picture, and further ones side by side with it
	cells []*cell         // the first has the picture of the window
	cloud cloud
	last  [2]document.ClusterID // selected now and before
	shown pinsKey               // what the panel shows is made of
}

// A pinsKey tells what the read-out of differences is made of.
type pinsKey struct {
	mode               panel.Mode
	selected           document.ClusterID // zero without pins
	level              float64            // contour level that is shown; 0 without pins
	pins               any                // list of them
	rounds, structures any                // lists of those of the document; nil without pins
}

func pinsKeyOf(s document.State, m panel.Mode, selected document.ClusterID, level float64) pinsKey {
	ids := s.Pins()
	if len(ids) == 0 {
		return pinsKey{mode: m}
	}
	return pinsKey{m, selected, level, work.ListKey(ids), work.ListKey(s.Rounds), work.ListKey(s.Structures)}
}

// connectComparison ties it to the document.
func (tb *Table) connectComparison() {
	c := &tb.compare
	c.panel.OnMode = tb.SetMode
	c.panel.OnSelect = tb.selectSeen
	c.panel.OnPin = tb.TogglePin
	c.panel.OnUnpinAll = tb.UnpinAll
	c.panel.OnFlicker = tb.Flicker
	c.panel.OnCloud = tb.SetCloud
}

// TogglePin pins the selected placement, or unpins it.
func (tb *Table) TogglePin() {
	id := tb.sh.Doc.Selected()
	if tb.sh.MustWait("Pin") || id.IsZero() {
		return
	}
	if ids := tb.Results.Selection(); len(ids) > 1 {
		tb.pinSeveral(ids)
		return
	}
	pinned := tb.sh.Doc.State().Mark(id).Pin > 0
	tb.sh.Try("The placement was not pinned", tb.sh.Doc.SetPinned(id, !pinned))
}

// UnpinAll unpins all placements.
func (tb *Table) UnpinAll() {
	if !tb.sh.MustWait("Unpin all") {
		tb.sh.Try("", tb.sh.Doc.UnpinAll())
	}
}

// Flicker goes from pinned placement to pinned placement; where less than two
// are, between the last two that were selected. The picture stands still.
func (tb *Table) Flicker() {
	if tb.IsLive() {
		return
	}
	s := tb.sh.Doc.State()
	pins := s.Pins()
	if len(pins) < 2 {
		pins = slices.DeleteFunc(slices.Clone(tb.compare.last[:]), func(id document.ClusterID) bool {
			_, ok := s.Cluster(id)
			return !ok
		})
	}
	if len(pins) < 2 {
		tb.sh.Say("Pin two placements with P to flicker between them with B")
		return
	}
	if tb.compare.mode != panel.OneAtATime {
		tb.SetMode(panel.OneAtATime)
	}
	next := (slices.Index(pins, tb.sh.Doc.Selected()) + 1) % len(pins)
	tb.stage.Still(func() { tb.sh.Doc.Select(pins[next]) })
}

// SetMode says how pinned placements are shown.
func (tb *Table) SetMode(m panel.Mode) {
	tb.compare.mode = m
	if n := len(tb.sh.Doc.State().Pins()); m != panel.OneAtATime && n < 2 {
		tb.sh.Say(fmt.Sprintf("%d pinned: pin two placements or more with P to see them together", n))
	} else if m != panel.OneAtATime {
		tb.sh.ShowTab(tb.compare.panel)
	}
	tb.showPins()
	tb.stage.Show()
	tb.sh.Enable()
}

// NextMode goes through the modes.
func (tb *Table) NextMode() { tb.SetMode((tb.compare.mode + 1) % 3) }

// showPins shows the read-out of differences, if it is another one.
func (tb *Table) showPins() {
	s := tb.sh.Doc.State()
	ids, selected := s.Pins(), tb.sh.Doc.Selected()
	level, _ := tb.stage.Level()
	key := pinsKeyOf(s, tb.compare.mode, selected, level)
	if key == tb.compare.shown {
		return
	}
	tb.compare.shown = key
	reference := slices.Index(ids, selected)
	pins := make([]panel.Pin, len(ids))
	for i, id := range ids {
		c, _ := s.Cluster(id)
		pins[i] = panel.Pin{
			ID: id, Name: s.PlaceName(id), Placement: c.Placement,
			Inside: work.InsideOf(s, id, level), Reference: i == max(0, reference), Selected: id == selected,
		}
		if len(s.Rounds) > 1 {
			pins[i].Name += fmt.Sprintf(" (round %d)", id.Round)
		}
		if d, err := s.Difference(ids[max(0, reference)], id); err == nil {
			pins[i].Difference = d
		}
	}
	tb.compare.panel.SetPins(pins, level, tb.compare.mode, reference >= 0)
}

// compared returns the pinned placements that are shown together; nil if only
// one is.
func (tb *Table) compared(m panel.Mode) []document.ClusterID {
	if ids := tb.sh.Doc.State().Pins(); tb.compare.mode == m && len(ids) >= 2 {
		return ids
	}
	return nil
}

// ShowScene shows a scene, or those of the pinned placements side by side.
func (tb *Table) ShowScene(scene render.Scene) {
	side := tb.compared(panel.SideBySide)
	tb.arrangeCells(side)
	if len(side) == 0 {
		scene.Molecules = tb.withLive(tb.withSelected(scene.Molecules))
		scene.Molecules = tb.withPins(scene.Molecules)
		scene.Molecules = tb.paths.onTrajectory(scene.Molecules)
		scene.Molecules = tb.compare.cloud.with(scene.Molecules)
		if len(tb.compare.cloud.made) > 0 || tb.paths.trail != nil {
			scene.Volumes = faded(scene.Volumes)
		}
		tb.stage.Viewport().SetScene(scene)
		return
	}
	around := tb.acceptedOf(scene.Molecules)
	for i, id := range side {
		one := scene
		one.Molecules = inPlace(around, tb.pinMolecules([]document.ClusterID{id}, i))
		tb.compare.cells[i].view.SetScene(one)
	}
}

// acceptedOf returns the molecules of a scene without the selected one if it is
// not accepted, and without the line around it if it is: side by side, all of
// them are selected.
func (tb *Table) acceptedOf(molecules []render.Molecule) []render.Molecule {
	s := tb.sh.Doc.State()
	var list []render.Molecule
	for _, m := range molecules {
		if m.ID > 0 {
			if !slices.ContainsFunc(s.Accepted, func(a *document.Accepted) bool {
				return a.Structure == m.ID && len(m.Motions) == 1 && a.Placement.Motion == m.Motions[0]
			}) {
				continue
			}
			m.Outlined = false
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
func (tb *Table) pinMolecules(ids []document.ClusterID, first int) []render.Molecule {
	s := tb.sh.Doc.State()
	var list []render.Molecule
	for i, id := range ids {
		c, ok := s.Cluster(id)
		t := s.Structure(id.Structure)
		if !ok || t == nil {
			continue
		}
		m := tb.stage.Molecule(t, c.Motion, panel.PinColour(first+i))
		m.Coloring, m.Outlined = view.InStyle(render.Uniform, m.Style), tb.compare.mode == panel.InOneView && id == tb.sh.Doc.Selected()
		list = append(list, m)
	}
	return list
}

// withPins returns the molecules of a scene with the pinned placements, each
// in its colour, where they are shown together.
func (tb *Table) withPins(molecules []render.Molecule) []render.Molecule {
	return inPlace(molecules, tb.pinMolecules(tb.compared(panel.InOneView), 0))
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
