// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"slices"

	"difffit/app/document"
	"difffit/fitting"
)

// Inside is the part of the atoms, 0 to 1, of each placement of a round where the
// density of the map as it was opened is above a contour level.
type Inside struct {
	Round int
	Level float64 // in the units of the map
	Of    map[document.ClusterID]float64
}

// inside is the column of that: at the level that is shown, where that is known,
// else at that of the fit. It is shown in percent, and a part of 1 in files.
func inside() *column {
	percent := func(v float64) string { return number(v, 0) + " %" }
	c := by(insideColumn, "Inside", "Part of the atoms, in percent, where the density of the map as it was opened is above the contour level that the title names: that of the picture; while a fit runs, its own.",
		toAll, percent, func(r *row) float64 {
			if !r.isInside {
				return 100 * r.Inside
			}
			return r.inside
		})
	c.metric, c.brief = func(p fitting.Placement) float64 { return 100 * p.Inside }, digits(0)
	value := c.value
	c.raw = func(r *row) any { return value(r) / 100 }
	return c
}

// SetInside shows what is inside of a contour level.
func (r *Results) SetInside(in Inside) {
	r.inside = in
	r.setInside()
	isInside := func(k sortKey) bool { return k.column.name == insideColumn }
	if len(r.takes) > 0 || slices.ContainsFunc(r.table.keys(), isInside) {
		r.arrange() // the filter or the order may be by it
		return
	}
	r.table.fit() // for the title
	r.table.Refresh()
}

// setInside gives the rows what is inside, where it is of their round.
func (r *Results) setInside() {
	t := r.table
	t.insideAt = math.NaN()
	if len(r.all) == 0 {
		return
	}
	if r.live != nil || r.inside.Round != r.round || r.inside.Of == nil {
		t.insideAt = r.all[0].level // of the fit
		for _, q := range r.all {
			if q.isInside = false; q.level != t.insideAt {
				t.insideAt = math.NaN() // not the same of all
			}
		}
		return
	}
	t.insideAt = r.inside.Level
	for _, q := range r.all {
		v, ok := r.inside.Of[q.id]
		if q.inside, q.isInside = 100*v, ok; !ok {
			t.insideAt = math.NaN()
		}
	}
}

// heading returns what stands above a column.
func (t *table) heading(c *column) string {
	switch {
	case c.name == insideColumn && !math.IsNaN(t.insideAt) && t.insideAt != 0:
		if t.narrow {
			return c.title + " " + titled(t.insideAt, 2)
		}
		return c.title + " at " + titled(t.insideAt, 3)
	case c.name == scoreColumn && (t.rest || t.soFar):
		return "In rest"
	case c.name == scoreWholeColumn && !slices.Contains(t.shown, columnOf(scoreColumn)):
		return columnOf(scoreColumn).title
	}
	return c.title
}
