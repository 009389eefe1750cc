// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"maps"
	"time"

	"fyne.io/fyne/v2"
)

// testInspection is what tests see of the table and of comparing.
type testInspection struct {
	Order       []string   `json:"order"` // columns that rows are sorted by
	Shown       []string   `json:"shown"` // names of the columns
	Filter      string     `json:"filter"`
	Tip         string     `json:"tip"`
	Rejected    int        `json:"rejected"`
	Notes       []string   `json:"notes"`
	Target      [3]float64 `json:"target"`       // of the camera, ångström
	SelectionMS float64    `json:"selection_ms"` // from the last selection to its picture
	Waiting     bool       `json:"waiting"`      // for that picture
	Clipboard   string     `json:"clipboard"`    // what was copied last
	Tolerance   [2]float64 `json:"tolerance"`    // shift, angle
}

func (w *window) testInspection() testInspection {
	s := w.doc.State()
	c := w.view.Camera()
	t := testInspection{
		Order: w.results.Order(), Shown: w.results.Columns(), Filter: w.results.Filtered(), Tip: w.results.Tip(), Notes: []string{},
		Target: [3]float64{c.Target.X, c.Target.Y, c.Target.Z}, SelectionMS: float64(w.follows.took) / float64(time.Millisecond),
		Waiting: !w.follows.asked.IsZero(), Clipboard: w.copied,
		Tolerance: [2]float64{s.Options.ClusterShift, s.Options.ClusterAngle},
	}
	for _, m := range s.Marks {
		if m.Rejected {
			t.Rejected++
		}
		if m.Note != "" {
			t.Notes = append(t.Notes, m.Note)
		}
	}
	return t
}

// addInspection adds the widgets that tests press.
func (w *window) addInspection(named map[string]fyne.CanvasObject) {
	shift, angle := w.results.Tolerances()
	maps.Copy(named, map[string]fyne.CanvasObject{
		"filter": w.results.Filter(), "tolerance.shift": shift, "tolerance.angle": angle, "columns": w.results.Chooser(),
	})
}
