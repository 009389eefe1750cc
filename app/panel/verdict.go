// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/fitting"
)

// verdictOf is the column that says in a word what is to be held of a placement.
func verdictOf() *column {
	return &column{
		name: verdictColumn, title: "Right?", words: true, best: true,
		meaning: fmt.Sprintf("The verdict: whether the placement is right, as far as its numbers tell. yes: its score is %g or more, in maps worse than %d Å its z %d or more, and after zeroing so in what is left of the map, too; doubtful: some of it is not, or the score is low and yet far above that of the next; no: the score is too low where it was found. With a ? it is not settled: the fit still runs in what is left, and the map as it was opened has its say at the end. taken: it would be yes, but it clashes with what is accepted, or all copies that are expected are placed. ✓ accepted, ✗ rejected, in grey if in another round.",
			fitting.MinScore, fitting.Blurred, fitting.MinBlurredZ),
		text:    (*row).said,
		raw:     func(r *row) any { return r.verdict.String() },
		compare: func(a, b *row) int { return cmp.Compare(a.verdict, b.verdict) }, // yes is the best
	}
}

// said is the verdict, and whether it is settled.
func (r *row) said() string {
	switch {
	case r.provisional:
		return r.verdict.String() + "?"
	case r.isTaken():
		return "taken"
	}
	return r.verdict.String()
}

// isTaken tells whether the place of a row that looks right is taken.
func (r *row) isTaken() bool {
	return r.taken && r.verdict == fitting.VerdictYes && !r.accepted && !r.rejected
}

// reason says why the verdict is what it is.
func (r *row) reason() string {
	switch doubt := r.Doubt(r.resolution); {
	case r.provisional:
		return fmt.Sprintf("%s so far: score %.3f in what is left of the map. The map as it was opened has its say when the fit ends.", capital(r.verdict.String()), r.Score)
	case r.isTaken():
		return "Taken: it clashes with what is accepted, or all copies that are expected are placed. By its numbers alone it would be yes."
	case r.above > 0:
		return fmt.Sprintf("Doubtful: %s, but the next is %.3f: it stands out. Look at it.", doubt, r.above)
	case doubt != "":
		return fmt.Sprintf("%s: %s.", capital(r.verdict.String()), doubt)
	}
	text := fmt.Sprintf("Yes: score %.3f is %g or more", r.InWhole().Score, fitting.MinScore)
	if r.Whole != nil {
		text += fmt.Sprintf(", and so is that in what is left of the map, %.3f", r.Score)
	}
	return text + "."
}

// isWrong tells whether nothing speaks for a row: it is not to be believed, or its
// place is taken, and nobody accepted it. Such rows are grey.
func (r *row) isWrong() bool {
	return r.rejected || r.isTaken() || r.verdict == fitting.VerdictNo && !r.accepted
}

// SetTaken tells of which placements the places are taken by what is accepted.
func (r *Results) SetTaken(ids []document.ClusterID) {
	if slices.Equal(ids, r.occupied) {
		return
	}
	r.occupied = ids
	r.setTaken()
	r.table.Refresh()
}

func (r *Results) setTaken() {
	for _, q := range r.all {
		q.taken = r.live == nil && slices.Contains(r.occupied, q.id)
	}
}
