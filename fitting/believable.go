// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"fmt"
	"strings"
)

const (
	// MinScore is the least score of a placement that is believed by itself. Right
	// placements of the real cases have 0.23 to 0.85; structures of 485 atoms or
	// more that are not in the map reach 0.15, in 38 trials
	// (docs/adr/0004-composite.md).
	MinScore = 0.2
	// Blurred is the resolution, in ångström, in maps worse than which the score
	// alone does not separate (docs/adr/0004-composite.md).
	Blurred = 10
	// MinBlurredZ is the least significance z there, besides the score.
	MinBlurredZ = 20
)

// Believable tells whether a placement with metrics m, in a map of the given
// resolution in ångström, is to be believed by itself. It is the one rule for
// what is called significant: others may ask for more, none for less.
func Believable(m Metrics, resolution float64) bool {
	return m.Score >= MinScore && !(resolution > Blurred && !(m.SignificanceZ >= MinBlurredZ))
}

// doubtOf returns in words why metrics are not Believable, "" if they are.
func doubtOf(m Metrics, resolution float64) string {
	if Believable(m, resolution) {
		return ""
	}
	var doubts []string
	if !(m.Score >= MinScore) {
		doubts = append(doubts, fmt.Sprintf("score %.3f is below %g", m.Score, MinScore))
	}
	if resolution > Blurred && !(m.SignificanceZ >= MinBlurredZ) {
		doubts = append(doubts, fmt.Sprintf("z %.1f is below %d in a map worse than %d Å", m.SignificanceZ, MinBlurredZ, Blurred))
	}
	return strings.Join(doubts, ", ")
}

// Doubt returns in words why a placement is not Believable, "" if it is: in the
// map as it was opened, whose numbers stand everywhere without a further word,
// and where it was found. What is left of a map flatters, for holes about a free
// place look like a perfect fit; the whole map flatters places that others have
// taken (docs/adr/0004-composite.md).
func (p Placement) Doubt(resolution float64) string {
	doubt := doubtOf(p.InWhole(), resolution)
	if doubt == "" && p.Whole != nil {
		if doubt = doubtOf(p.Metrics, resolution); doubt != "" {
			doubt = "in what is left of the map " + doubt
		}
	}
	return doubt
}

// A Verdict is what Believable says of a placement, in one word.
type Verdict uint8

// Verdicts, the worst first.
const (
	VerdictNo       Verdict = iota // its score is too low where it was found
	VerdictDoubtful                // its score is not, but there is a Doubt
	VerdictYes                     // it is to be believed by itself: there is no Doubt
)

// String returns the word.
func (v Verdict) String() string { return [...]string{"no", "doubtful", "yes"}[v] }

// Verdict tells what is to be held of a placement by itself, in a map of the
// given resolution in ångström. It knows no more than Doubt.
func (p Placement) Verdict(resolution float64) Verdict {
	switch {
	case !(p.Score >= MinScore):
		return VerdictNo
	case Believable(p.Metrics, resolution) && (p.Whole == nil || Believable(*p.Whole, resolution)):
		return VerdictYes
	}
	return VerdictDoubtful
}
