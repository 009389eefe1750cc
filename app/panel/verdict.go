// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"fmt"

	"difffit/fitting"
)

// verdictOf is the column that says in a word what is to be held of a placement.
func verdictOf() *column {
	return &column{
		name: verdictColumn, title: "Verdict", words: true,
		meaning: fmt.Sprintf("Whether the placement is to be believed by itself. yes: its score is %g or more, in maps worse than %d Å its z %d or more, and after zeroing so in the map as it was opened, too; doubtful: the score is, the rest is not; no: the score is lower. ✓ accepted, ✗ rejected, in grey if in another round.",
			fitting.MinScore, fitting.Blurred, fitting.MinBlurredZ),
		text:    func(r *row) string { return r.verdict.String() },
		raw:     func(r *row) any { return r.verdict.String() },
		compare: func(a, b *row) int { return cmp.Compare(b.verdict, a.verdict) }, // yes first
	}
}

// reason says why the verdict is what it is.
func (r *row) reason() string {
	if doubt := r.Doubt(r.resolution); doubt != "" {
		return fmt.Sprintf("Verdict %s: %s.", r.verdict, doubt)
	}
	text := fmt.Sprintf("Verdict yes: score %.3f is %g or more", r.Score, fitting.MinScore)
	if r.Whole != nil {
		text += fmt.Sprintf(", and so is that in the whole map, %.3f", r.Whole.Score)
	}
	return text + "."
}

// isWrong tells whether nothing speaks for a row: it is not to be believed, and
// nobody accepted it. Such rows are grey.
func (r *row) isWrong() bool {
	return r.rejected || r.verdict == fitting.VerdictNo && !r.accepted
}
