// SPDX-License-Identifier: BSD-3-Clause

package probe

import (
	"time"

	"difffit/app/document"
)

// An Inspection is what is seen of the table and of comparing.
type Inspection struct {
	Order       []string   `json:"order"` // columns that rows are sorted by
	Shown       []string   `json:"shown"` // names of the columns
	Filter      string     `json:"filter"`
	Tip         string     `json:"tip"`
	Rejected    int        `json:"rejected"`
	Notes       []string   `json:"notes"`
	Target      [3]float64 `json:"target"`       // of the camera, Å
	Turn        [4]float64 `json:"turn"`         // its rotation
	SelectionMS float64    `json:"selection_ms"` // from a selection to its picture: the median of the latest, milliseconds
	Waiting     bool       `json:"waiting"`      // for that picture
	Clipboard   string     `json:"clipboard"`    // what was copied last
	Tolerance   [2]float64 `json:"tolerance"`    // shift in Å, angle in degrees
	Pins        []Cluster  `json:"pins"`
	Mode        int        `json:"mode"`   // how they are shown
	Views       int        `json:"views"`  // pictures side by side
	Linked      bool       `json:"linked"` // all from one point of view
	Cloud       int        `json:"cloud"`  // points in it
	Ways        int        `json:"ways"`   // found to the selected placement
	Step        int        `json:"step"`   // shown of one of them
	Steps       int        `json:"steps"`
	Playing     bool       `json:"playing"`
	Spots       []Spot     `json:"spots"`
}

func (p *Probe) inspection(s document.State) Inspection {
	tb, st := p.w.Table(), p.w.Stage()
	c, seen := st.View.Camera(), tb.Seen()
	q := c.Rotation
	median, waiting := st.SelectionTime()
	t := Inspection{
		Order: tb.Results.Order(), Shown: tb.Results.Columns(), Filter: tb.Results.Filtered(), Tip: tb.Results.Tip(), Notes: []string{},
		Target: [3]float64{c.Target.X, c.Target.Y, c.Target.Z}, Turn: [4]float64{q.Real, q.Imag, q.Jmag, q.Kmag},
		SelectionMS: float64(median) / float64(time.Millisecond), Waiting: waiting, Clipboard: seen.Copied,
		Tolerance: [2]float64{s.Options.ClusterShift, s.Options.ClusterAngle}, Mode: int(tb.Mode()), Linked: true,
		Cloud: seen.Points, Ways: len(seen.Paths), Step: seen.Step, Playing: seen.Playing,
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
		t.Pins = append(t.Pins, *cluster(s, id))
	}
	for _, q := range seen.Pictures {
		if q.Object.Visible() {
			t.Views++
			t.Linked = t.Linked && q.View.Camera() == c
		}
	}
	if t.Ways > 0 {
		t.Steps = len(seen.Paths[seen.Path].Steps)
	}
	t.Spots = p.findSpots(s)
	return t
}
