// SPDX-License-Identifier: BSD-3-Clause

package report

import (
	"context"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/mmcif"
)

// fillPlaced fills the tables of what was placed. Its numbers are those in the
// whole map, wherever a placement was found.
func (c *content) fillPlaced(s document.State) {
	placed, chosen := Placed(s)
	c.Chosen = chosen
	c.ScoreMeaning, c.MapMeaning = metrics[0].meaning, metrics[len(metrics)-1].meaning
	var parts []*mol.Structure
	for i, p := range placed {
		r := placedRowOf(i+1, s, p)
		resolution := resolutionOf(s, p)
		r.Verdict, r.Doubt = p.Verdict(resolution.Value).String(), p.Doubt(resolution.Value)
		r.Score, r.MapCorrelation = known("%.3f", p.InWhole().Score), known("%.3f", p.InWhole().MapCorrelation)
		r.Level, r.Resolution, r.ResolutionRule = "–", "–", "no fit says it"
		if f := s.Fit(p.Cluster); f != nil && f.Result != nil {
			r.Level = levelText(f.Result)
		}
		if resolution.Value > 0 {
			r.Resolution, r.ResolutionRule = fmt.Sprintf("%.3g Å", resolution.Value), resolution.Rule
		}
		c.Placed = append(c.Placed, r)
		parts = append(parts, s.Structure(p.Structure).Model)
	}
	c.shareResolution()
	for i, names := range mmcif.ChainNames(parts) {
		c.Placed[i].Chains = renamed(names)
		c.Chains = c.Chains || strings.Contains(c.Placed[i].Chains, arrow)
	}
}

// fillClashes tells which of the accepted placements clash, the worst first.
func (c *content) fillClashes(s document.State) error {
	clashes, err := work.Clashes(context.Background(), s)
	if err != nil {
		return fmt.Errorf("report: %w", err)
	}
	c.ClashesKnown = len(s.Accepted) > 0
	for _, q := range clashes {
		c.Clashes = append(c.Clashes, fmt.Sprintf("%s with %s: %s nearer than %g Å", s.CopyName(q.A), s.CopyName(q.B), counted(len(q.Atoms), "atom"), compose.Contact))
	}
	return nil
}

const arrow = " → "

// renamed tells of chains what they are named in the composite.
func renamed(names map[string]string) string {
	var list []string
	for _, old := range slices.Sorted(maps.Keys(names)) {
		text := old
		if names[old] != old {
			text += arrow + names[old]
		}
		list = append(list, strings.TrimSpace(text))
	}
	return strings.Join(list, ", ")
}

// shareResolution says the resolution once where all placements have the same.
func (c *content) shareResolution() {
	for _, r := range c.Placed {
		if r.Resolution != c.Placed[0].Resolution || r.ResolutionRule != c.Placed[0].ResolutionRule {
			c.Resolutions = true
			return
		}
	}
	if len(c.Placed) > 0 && c.Placed[0].Resolution != "–" {
		c.Resolution = fmt.Sprintf("%s (%s)", c.Placed[0].Resolution, c.Placed[0].ResolutionRule)
	}
}

// resolutionOf returns the resolution of the map that a placement was found with;
// the zero value if no fit says it.
func resolutionOf(s document.State, p Place) volume.Resolution {
	if f := s.Fit(p.Cluster); f != nil && f.Result != nil {
		return f.Result.Resolution
	}
	return volume.Resolution{}
}

// levelText writes the contour level of a fit, in the units of the map.
func levelText(r *fitting.Result) string { return fmt.Sprintf("%.4g", r.Level.Value) }

// known writes a number, or a dash if it is none.
func known(form string, v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return fmt.Sprintf(form, v)
}
