// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"maps"
	"time"

	"fyne.io/fyne/v2"

	"difffit/render"
)

// testInspection is what tests see of the table and of comparing.
type testInspection struct {
	Order       []string      `json:"order"` // columns that rows are sorted by
	Shown       []string      `json:"shown"` // names of the columns
	Filter      string        `json:"filter"`
	Tip         string        `json:"tip"`
	Rejected    int           `json:"rejected"`
	Notes       []string      `json:"notes"`
	Target      [3]float64    `json:"target"`       // of the camera, ångström
	Turn        [4]float64    `json:"turn"`         // its rotation
	SelectionMS float64       `json:"selection_ms"` // from a selection to its picture: the median of the latest
	Waiting     bool          `json:"waiting"`      // for that picture
	Clipboard   string        `json:"clipboard"`    // what was copied last
	Tolerance   [2]float64    `json:"tolerance"`    // shift, angle
	Pins        []testCluster `json:"pins"`
	Mode        int           `json:"mode"`   // how they are shown
	Views       int           `json:"views"`  // pictures side by side
	Linked      bool          `json:"linked"` // all from one point of view
	Cloud       int           `json:"cloud"`  // points in it
	Ways        int           `json:"ways"`   // found to the selected placement
	Step        int           `json:"step"`   // shown of one of them
	Steps       int           `json:"steps"`
	Playing     bool          `json:"playing"`
	Spots       []testSpot    `json:"spots"`
}

// A testSpot is a place where a click hits a placement: pixels of the window.
type testSpot struct {
	testCluster
	X, Y int
}

func (w *window) testInspection() testInspection {
	s := w.Doc.State()
	c := w.stage.View.Camera()
	q := c.Rotation
	seen := w.table.Seen()
	median, waiting := w.stage.SelectionTime()
	t := testInspection{
		Order: w.table.Results.Order(), Shown: w.table.Results.Columns(), Filter: w.table.Results.Filtered(), Tip: w.table.Results.Tip(), Notes: []string{},
		Target: [3]float64{c.Target.X, c.Target.Y, c.Target.Z}, Turn: [4]float64{q.Real, q.Imag, q.Jmag, q.Kmag},
		SelectionMS: float64(median) / float64(time.Millisecond), Waiting: waiting, Clipboard: seen.Copied,
		Tolerance: [2]float64{s.Options.ClusterShift, s.Options.ClusterAngle}, Mode: int(w.table.Mode()), Linked: true,
		Ways: len(seen.Paths), Step: seen.Step, Playing: seen.Playing,
	}
	for _, m := range s.Marks {
		if m.Rejected {
			t.Rejected++
		}
		if m.Note != "" {
			t.Notes = append(t.Notes, m.Note)
		}
	}
	for _, id := range s.Pins() {
		t.Pins = append(t.Pins, testCluster{id.Round, s.Name(id.Structure), id.Rank})
	}
	for _, q := range seen.Pictures {
		if q.Object.Visible() {
			t.Views++
			t.Linked = t.Linked && q.View.Camera() == c
		}
	}
	t.Cloud = seen.Points
	if t.Ways > 0 {
		t.Steps = len(seen.Paths[seen.Path].Steps)
	}
	t.Spots = w.testSpots()
	return t
}

// testSpots looks for a spot of each placement of the picture. That takes a
// while: it is done once for a picture.
func (w *window) testSpots() []testSpot {
	spots := &w.spots
	s, scene, camera, size := w.Doc.State(), w.stage.View.Scene(), w.stage.View.Camera(), w.stage.View.Size()
	key := spotKey{camera, size, w.Doc.Revision(), len(scene.Molecules)}
	if len(scene.Molecules) > mostSpots { // looking for them would take longer than what is measured
		return nil
	}
	if !w.Settled() || w.table.Seen().Paths != nil || w.table.IsLive() || key == spots.key {
		return spots.found
	}
	if spots.picker == nil {
		spots.picker = render.NewPicker()
	}
	spots.key, spots.found = key, nil
	width, height := float64(size.Width), float64(size.Height)
	at, scale := w.App.Driver().AbsolutePositionForObject(w.stage.View), w.Canvas().Scale()
	for i, m := range scene.Molecules {
		for k := 0; m.ID > 0 && k < len(m.Structure.Atoms); k += 1 + len(m.Structure.Atoms)/40 {
			x, y, depth := camera.Project(m.Motions[0].Apply(m.Structure.Atoms[k].Pos), width, height)
			if depth <= 0 || x < 0 || y < 0 || x >= width || y >= height {
				continue
			}
			hit, ok := spots.picker.Pick(&scene, camera, x, y, width, height)
			id, is := s.At(m.ID, m.Motions[0])
			if ok && is && hit.IsAtom && hit.Molecule == i {
				spots.found = append(spots.found, testSpot{
					testCluster{id.Round, s.Name(id.Structure), id.Rank}, int((at.X + float32(x)) * scale), int((at.Y + float32(y)) * scale),
				})
				break
			}
		}
	}
	return spots.found
}

// mostSpots is how many molecules may be in a picture of which spots are told.
const mostSpots = 4

// spots are what testSpots found, and for what.
type spots struct {
	picker *render.Picker
	key    spotKey
	found  []testSpot
}

type spotKey struct {
	camera    render.Camera
	size      fyne.Size
	revision  int
	molecules int
}

// addInspection adds the widgets that tests press.
func (w *window) addInspection(named map[string]fyne.CanvasObject) {
	shift, angle := w.table.Results.Tolerances()
	maps.Copy(named, map[string]fyne.CanvasObject{
		"filter": w.table.Results.Filter(), "tolerance.shift": shift, "tolerance.angle": angle, "columns": w.table.Results.Chooser(),
		"path.play": w.table.PathPanel().Play(), "path.ask": w.table.PathPanel().Ask(), "path.steps": w.table.PathPanel().Steps(),
	})
	if c := w.table.Chooser(); c != nil {
		for name, box := range c.Boxes() {
			named["columns."+name] = box
		}
	}
	pictures := w.table.Seen().Pictures
	for i, q := range pictures {
		if len(pictures) > 1 {
			named["view."+string(rune('1'+i))] = q.Object
		}
	}
}
