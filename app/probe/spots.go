// SPDX-License-Identifier: BSD-3-Clause

package probe

import (
	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/render"
)

// A Spot is a place where a click hits a placement: pixels of the window.
type Spot struct {
	Cluster
	X, Y int
}

// mostSpots is how many molecules may be in a picture of which spots are told.
const mostSpots = 4

// spots are what was found, and for what.
type spots struct {
	picker *render.Picker
	key    spotKey
	found  []Spot
}

type spotKey struct {
	camera    render.Camera
	size      fyne.Size
	revision  int
	molecules int
}

// findSpots looks for a spot of each placement of the picture. That takes a
// while: it is done once for a picture.
func (p *Probe) findSpots(s document.State) []Spot {
	view, tb, f := p.w.Stage().View, p.w.Table(), &p.spots
	scene, camera, size := view.Scene(), view.Camera(), view.Size()
	key := spotKey{camera, size, p.sh.Doc.Revision(), len(scene.Molecules)}
	if len(scene.Molecules) > mostSpots { // looking for them would take longer than what is measured
		return nil
	}
	if !p.sh.Settled() || tb.Seen().Paths != nil || tb.IsLive() || key == f.key {
		return f.found
	}
	if f.picker == nil {
		f.picker = render.NewPicker()
	}
	f.key, f.found = key, nil
	for i := range scene.Molecules {
		if spot, ok := p.spotOf(s, &scene, i); ok {
			f.found = append(f.found, spot)
		}
	}
	return f.found
}

// spotOf looks for a spot of one molecule of a scene: an atom that is seen.
func (p *Probe) spotOf(s document.State, scene *render.Scene, i int) (Spot, bool) {
	view, m := p.w.Stage().View, scene.Molecules[i]
	camera := view.Camera()
	width, height := float64(view.Size().Width), float64(view.Size().Height)
	at, scale := p.sh.App.Driver().AbsolutePositionForObject(view), p.sh.Canvas().Scale()
	for k := 0; m.ID > 0 && k < len(m.Structure.Atoms); k += 1 + len(m.Structure.Atoms)/40 {
		x, y, depth := camera.Project(m.Motions[0].Apply(m.Structure.Atoms[k].Pos), width, height)
		if depth <= 0 || x < 0 || y < 0 || x >= width || y >= height {
			continue
		}
		hit, ok := p.spots.picker.Pick(scene, camera, x, y, width, height)
		id, is := s.At(m.ID, m.Motions[0])
		if ok && is && hit.IsAtom && hit.Molecule == i {
			return Spot{*cluster(s, id), int((at.X + float32(x)) * scale), int((at.Y + float32(y)) * scale)}, true
		}
	}
	return Spot{}, false
}
