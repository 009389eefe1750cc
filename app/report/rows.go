// SPDX-License-Identifier: BSD-3-Clause

package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html/template"
	"image/color"
	"time"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/fitting"
	"difffit/fitting/mol"
)

// colourOf returns the colour of a placement: that of the copy that it is, as
// everywhere.
func colourOf(s document.State, p Place) color.NRGBA {
	colours := palette.Of(s)
	for _, a := range s.Accepted {
		if a.Structure == p.Structure && a.Placement.Motion == p.Motion {
			return colours.Accepted(a)
		}
	}
	return colours.Structure(p.Structure)
}

// insideTitle is that of the column that depends on the level of the fit.
const insideTitle = "Inside / %"

// metrics are the columns of placements, as people know them.
var metrics = []struct {
	title, meaning, form string
	of                   func(fitting.Metrics) float64
}{
	{"Score", fmt.Sprintf("What ranks: correlation of the map with the map simulated from the structure, times the same after both lost what varies slowly (a 6 Å Gaussian); 0 if either is negative. A right placement has %g and more. Higher is better.", fitting.MinScore), "%.3f", func(m fitting.Metrics) float64 { return m.Score }},
	{"z", fmt.Sprintf("Fisher z: atanh of the correlation × √(independent points − 3), so that structures of different size can be compared. By itself it proves nothing: in maps worse than %d Å it should be %d or more, besides a score of %g. Higher is better.", fitting.Blurred, fitting.MinBlurredZ, fitting.MinScore), "%.1f", func(m fitting.Metrics) float64 { return m.SignificanceZ }},
	{"Density", "Mean density of the map at the atoms, in the units of the map. Higher is better.", "%.4g", func(m fitting.Metrics) float64 { return m.Density }},
	{"Overlap", "Mean over the atoms of density × simulated density. Higher is better.", "%.4g", func(m fitting.Metrics) float64 { return m.Overlap }},
	{"CC at atoms", "Correlation of density and simulated density at all atoms, −1 to 1. Higher is better.", "%.3f", func(m fitting.Metrics) float64 { return m.Correlation }},
	{"CC about mean", "The same after the means are subtracted. Higher is better.", "%.3f", func(m fitting.Metrics) float64 { return m.CorrelationAboutMean }},
	{insideTitle, "Part of the atoms where the map is above the contour level of the fit. Higher is better.", "%.1f", func(m fitting.Metrics) float64 { return 100 * m.Inside }},
	{"Map CC", "Correlation of the map with the simulated map on grid points about the molecule. Higher is better.", "%.3f", func(m fitting.Metrics) float64 { return m.MapCorrelation }},
}

func metricMeanings() []pair {
	var list []pair
	for _, m := range metrics {
		list = append(list, pair{m.title, m.meaning})
	}
	return list
}

// metricsAt are the columns of a fit with a contour level, which Inside names.
func metricsAt(level string) []pair {
	list := metricMeanings()
	for i, m := range list {
		if m.Name == insideTitle {
			list[i].Name = fmt.Sprintf("Inside at %s / %%", level)
		}
	}
	return list
}

func metricCells(m fitting.Metrics) []string {
	cells := make([]string, len(metrics))
	for i, c := range metrics {
		cells[i] = known(c.form, c.of(m))
	}
	return cells
}

func placedRowOf(order int, s document.State, p Place) placedRow {
	m, t, q := p.Motion.Matrix(), p.Motion.Shift, p.Motion.Rotation
	c := colourOf(s, p)
	r := placedRow{
		Order: order, Colour: template.CSS(fmt.Sprintf("rgb(%d,%d,%d)", c.R, c.G, c.B)), // three numbers
		Name: s.Name(p.Structure), From: "placed otherwise", Metrics: metricCells(p.InWhole()),
		Quaternion: fmt.Sprintf("%.6f %.6f %.6f %.6f", q.Real, q.Imag, q.Jmag, q.Kmag),
		Shift:      fmt.Sprintf("%.4f %.4f %.4f", t.X, t.Y, t.Z), Notes: s.Mark(p.Cluster).Note,
	}
	if p.Cluster.Round > 0 {
		r.From = fmt.Sprintf("round %d", p.Cluster.Round)
		if p.Cluster.Rank > 0 {
			r.From += fmt.Sprintf(", place %d", p.Cluster.Rank)
		}
	}
	for i, shift := range []float64{t.X, t.Y, t.Z} {
		r.Rows[i] = fmt.Sprintf("%9.6f %9.6f %9.6f %11.4f", m[3*i], m[3*i+1], m[3*i+2], shift)
	}
	return r
}

func fitTableOf(s document.State, r *document.Round, f document.Fit, rows int) fitTable {
	q := f.Result
	t := fitTable{
		Round: r.Number, Name: s.Name(f.Structure),
		Level: levelText(q), LevelRule: q.Level.Rule, Resolution: fmt.Sprintf("%.3g Å (%s)", q.Resolution.Value, q.Resolution.Rule),
		Engine: fmt.Sprintf("%s, %s, kernel %s", f.Result.Engine.Name, f.Result.Engine.Device, f.Result.Engine.Kernel), Program: f.Program,
		Took: fmt.Sprintf("prepare %.2f s, search %.2f s, score %.2f s", q.Seconds.Prepare, q.Seconds.Search, q.Seconds.Score),
		Seed: f.Options.Seed, Starts: q.Starts, Atoms: q.AtomsUsed, Places: len(q.Clusters), LayersOn: len(f.Layers),
		Columns: metricsAt(levelText(q)), Partial: f.Partial, Note: q.Note, Agreed: "independent rounds did not agree: look closely",
	}
	switch {
	case r.Proposed != "":
		t.Agreed, t.Proposed = "proposed by "+r.Proposed+" and refined in the map, not searched for", true
		if r.Basis != nil && r.Basis.Composite != nil {
			t.Agreed = "proposed as a " + r.Proposed + ", from several searches"
		}
	case f.Start != nil:
		t.Agreed = "fitted in the map from where it stood, not searched for"
	case q.RoundsAgreed:
		t.Agreed = "independent rounds found the same best placement"
	case f.Options.Method == fitting.DiffFit:
		t.Agreed = "the method difffit does not compare rounds"
	}
	if !f.Began.IsZero() {
		t.Began = f.Began.UTC().Format(time.DateTime + " UTC")
	}
	for _, c := range q.Clusters[:min(len(q.Clusters), rows)] {
		id := document.ClusterID{Round: r.Number, Structure: f.Structure, Rank: c.Rank}
		m := s.Mark(id)
		row := fitRow{Place: c.Rank, Hits: c.Hits, InRest: known("%.3f", c.Score), Metrics: metricCells(c.InWhole()), Note: m.Note}
		switch {
		case s.AcceptedFrom(id) != nil:
			row.Decision = "accepted"
		case m.Rejected:
			row.Decision = "rejected"
		}
		t.Rows = append(t.Rows, row)
	}
	t.Shown = len(t.Rows)
	return t
}

func (c *content) fillInputs(s document.State) {
	if m := s.Map; m != nil {
		g := m.Grid
		c.Inputs = append(c.Inputs, inputRow{
			Role: "map", Name: m.Name, Path: m.Path, SHA256: m.SHA256, Bytes: m.Bytes,
			Facts: fmt.Sprintf("%d × %d × %d voxels", g.Size[0], g.Size[1], g.Size[2]),
		})
		e := g.Extent()
		c.MapFacts = []pair{
			{"Voxels", fmt.Sprintf("%d × %d × %d", g.Size[0], g.Size[1], g.Size[2])},
			{"Voxel", fmt.Sprintf("%.5g × %.5g × %.5g Å", g.Step.X, g.Step.Y, g.Step.Z)},
			{"Box", fmt.Sprintf("%.1f × %.1f × %.1f Å", e.X, e.Y, e.Z)},
			{"Origin", fmt.Sprintf("%.4g, %.4g, %.4g Å", g.Origin.X, g.Origin.Y, g.Origin.Z)},
		}
	}
	for _, o := range s.Others {
		g := o.Map.Grid
		c.Inputs = append(c.Inputs, inputRow{
			Role: string(o.Use), Name: o.Map.Name, Path: o.Map.Path, SHA256: o.Map.SHA256, Bytes: o.Map.Bytes,
			Facts: fmt.Sprintf("%d × %d × %d voxels; nothing was fitted into it", g.Size[0], g.Size[1], g.Size[2]),
		})
	}
	for _, t := range s.Structures {
		c.Inputs = append(c.Inputs, inputRow{
			Role: "structure", Name: t.Model.Name, Path: t.Path, SHA256: t.SHA256, Bytes: t.Bytes,
			Facts: fmt.Sprintf("%s, %s, %.1f kDa", counted(len(t.Model.Atoms), "atom"), counted(len(t.Model.Chains()), "chain"), mol.Mass(t.Model.Atoms)/1000),
		})
	}
}

// counted writes a number of things.
func counted(n int, what string) string {
	if n != 1 {
		what += "s"
	}
	return fmt.Sprintf("%d %s", n, what)
}

// settings lists options as JSON has them: what a person sets again.
func settings(o fitting.Options) []pair {
	data, err := json.Marshal(o)
	var m map[string]any
	if err == nil {
		d := json.NewDecoder(bytes.NewReader(data))
		d.UseNumber() // a seed has more digits than float64
		err = d.Decode(&m)
	}
	if err != nil {
		return nil // options are plain data
	}
	var list []pair
	for _, name := range optionOrder(data) {
		value := fmt.Sprint(m[name])
		switch v := m[name].(type) {
		case nil:
			value = "suggested by the program"
		case json.Number:
			if v == "0" && automatic[name] != "" {
				value = automatic[name]
			}
		}
		list = append(list, pair{name, value})
	}
	return list
}

// automatic says what 0 stands for.
var automatic = map[string]string{
	"resolution": "estimated from the map", "starts": "the method’s own number", "threads": "all processors", "min_island": "the method’s own number",
}

// optionOrder returns the names in an object of JSON, in their order.
func optionOrder(data []byte) []string {
	var names []string
	d := json.NewDecoder(bytes.NewReader(data))
	depth, key := 0, false
	for {
		t, err := d.Token()
		if err != nil {
			return names
		}
		switch t := t.(type) {
		case json.Delim:
			if t == '{' || t == '[' {
				depth++
				key = depth == 1
			} else if depth--; depth == 1 {
				key = true
			}
		case string:
			if depth == 1 && key {
				names = append(names, t)
				key = false
			} else if depth == 1 {
				key = true
			}
		default:
			if depth == 1 {
				key = true
			}
		}
	}
}
