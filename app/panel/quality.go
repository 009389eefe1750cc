// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"

	"difffit/fitting"
)

// Quality tells in numbers how good a placement is. These are the ones that stand
// beside it wherever it is named: those in the map as it was opened, and none that
// changes with the level that is shown, as the part of the atoms inside does.
func Quality(p fitting.Placement) string {
	m := p.InWhole()
	return fmt.Sprintf("score %s, Map CC %s", number(m.Score, 3), number(m.MapCorrelation, 3))
}

// Judged is Quality, what is to be held of it in a map of some resolution in
// ångström, and why.
func Judged(p fitting.Placement, resolution float64) string {
	text := fmt.Sprintf("%s: %s", Quality(p), p.Verdict(resolution))
	if doubt := p.Doubt(resolution); doubt != "" {
		text += ", " + doubt
	}
	return text
}
