// SPDX-License-Identifier: BSD-3-Clause

package report

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"difffit/app/document"
	"difffit/fitting/mol"
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
		resolution, rule := resolutionOf(s, p)
		r.Doubt = p.Doubt(resolution)
		r.Score, r.MapCorrelation = known("%.3f", p.InWhole().Score), known("%.3f", p.InWhole().MapCorrelation)
		if resolution > 0 {
			c.Resolution = fmt.Sprintf("%.3g Å (%s)", resolution, rule)
		}
		c.Placed = append(c.Placed, r)
		parts = append(parts, s.Structure(p.Structure).Model)
	}
	for i, names := range mmcif.ChainNames(parts) {
		c.Placed[i].Chains = renamed(names)
		c.Chains = c.Chains || strings.Contains(c.Placed[i].Chains, arrow)
	}
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

// resolutionOf returns the resolution of the map, in ångström, that a placement
// was found with, and where that is from; 0 if no fit says it.
func resolutionOf(s document.State, p Place) (float64, string) {
	value, rule := s.Options.Resolution, "stated"
	for _, r := range s.Rounds {
		for _, f := range r.Fits {
			if value == 0 || r.Number == p.Cluster.Round && f.Structure == p.Structure {
				value, rule = f.Result.Resolution.Value, f.Result.Resolution.Rule
			}
		}
	}
	return value, rule
}

// known writes a number, or a dash if it is none.
func known(form string, v float64) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	return fmt.Sprintf(form, v)
}
