// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"slices"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
)

// A ranking is the order of the placements of fits.
type ranking struct {
	number int
	fits   []document.Fit
	live   bool // of a fit that is running
	ranked []document.Ranked
	by     string // name of the column, "" for one structure
}

// rank ranks fits, again only where that may give another order: it takes some
// milliseconds for a library. The order is that of fits.csv; while a fit runs it
// is that of the score: the line through a library, against which library z is,
// moves with each structure that is searched.
func (k *ranking) rank(number int, fits []document.Fit, live bool) {
	same := k.number == number && k.live == live && slices.EqualFunc(fits, k.fits, ranksAs)
	k.number, k.fits, k.live = number, slices.Clone(fits), live
	if same {
		return
	}
	k.ranked, k.by = document.Ranking(number, fits)
	if live && k.by != "" {
		k.by = scoreColumn
		slices.SortStableFunc(k.ranked, func(a, b document.Ranked) int { return cmp.Compare(k.score(b), k.score(a)) })
	}
}

func (k *ranking) score(r document.Ranked) float64 {
	return k.fits[r.Fit].Result.Clusters[r.Cluster].Score
}

// ranksAs tells whether two fits have as many placements, which come to the
// same places among others.
func ranksAs(a, b document.Fit) bool {
	p, q := a.Result, b.Result
	switch {
	case a.Structure != b.Structure:
		return false
	case p == q: // results never change
		return true
	case p == nil || q == nil:
		return false
	}
	return p.AtomsUsed == q.AtomsUsed && p.Starts == q.Starts && p.Null == q.Null &&
		slices.EqualFunc(p.Clusters, q.Clusters, func(a, b fitting.Cluster) bool {
			return a.Rank == b.Rank && a.Score == b.Score && a.SignificanceZ == b.SignificanceZ && a.MapCorrelation == b.MapCorrelation
		})
}

// fits returns the fits of the round that is shown, or of the one that runs.
func (r *Results) fits() []document.Fit {
	if r.live != nil {
		return r.live
	}
	if q := r.state.Round(r.round); q != nil {
		return q.Fits
	}
	return nil
}

// update makes the rows anew.
func (r *Results) update() {
	fits, number := r.fits(), r.number()
	r.table.state = r.state
	names := map[int]string{}
	for _, t := range r.state.Structures {
		names[t.ID] = t.Model.Name
	}
	r.found = 0
	most := 0 // of one structure
	for _, f := range fits {
		if f.Result != nil {
			n := len(f.Result.Clusters)
			r.found, most = r.found+n, max(most, n)
		}
	}
	r.order.rank(number, r.inSight(number, fits), r.live != nil)
	r.makeRows(names, r.largest(fits))
	r.table.grouped = r.folds() != unfolded
	r.table.measure(r.all, most-1)
	r.tolerance.set(r.state.Options.ClusterShift, r.state.Options.ClusterAngle)
	r.updateRounds()
	r.updateStructures(fits, names)
	r.updateResolution(fits)
	r.arrange()
	before := [2]bool{r.gaps.Hidden, r.structure.Hidden}
	r.structure.Hidden = len(fits) < 2
	r.title.Hidden = r.folding.of(len(fits)) == oneEach // the count says it, and has more to say
	r.gaps.show(r.folding.of(len(fits)) == oneEach, r.all, r.table.selected)
	if before != [2]bool{r.gaps.Hidden, r.structure.Hidden} {
		r.Refresh() // others have their room
	}
	if r.OnRound != nil && r.live == nil {
		r.OnRound(r.round)
	}
}

// makeRows makes the rows of the placements that are ranked, in the first order.
func (r *Results) makeRows(names map[int]string, most *largest) {
	accepted, marks, pins := r.held()
	verdicts := make([]func(geom.Rigid) document.Decision, len(r.order.fits))
	levels := make([]float64, len(r.order.fits))
	for i, f := range r.order.fits {
		if f.Result != nil {
			verdicts[i], levels[i] = r.state.DecisionsElsewhere(r.order.number, f), levelOf(f)
		}
	}
	stand := r.standing()
	rows := make([]row, len(r.order.ranked))
	r.all = make([]*row, len(rows))
	for i, p := range r.order.ranked {
		q := &rows[i]
		*q = row{
			id: p.ID, place: i + 1, name: names[p.ID.Structure], accepted: accepted[p.ID], pin: pins[p.ID],
			level: levels[p.Fit], largest: most, nullZ: p.NullZ, libraryZ: p.LibraryZ,
			Cluster: &r.order.fits[p.Fit].Result.Clusters[p.Cluster],
		}
		q.resolution = r.order.fits[p.Fit].Result.Resolution.Value
		q.provisional = r.live != nil && q.Whole == nil && len(r.order.fits[p.Fit].Layers) > 0
		q.verdict, q.above = q.Verdict(q.resolution), stand[p.ID]
		if q.above > 0 {
			q.verdict = max(q.verdict, fitting.VerdictDoubtful)
		}
		if m := marks[p.ID]; m != nil {
			q.rejected, q.note = m.Rejected, m.Note
		}
		if !q.accepted && !q.rejected {
			q.before = verdicts[p.Fit](q.Motion)
		}
		r.all[i] = q
	}
	r.table.rest = slices.ContainsFunc(r.all, func(q *row) bool { return q.Whole != nil })
	r.table.soFar = slices.ContainsFunc(r.all, func(q *row) bool { return q.provisional })
	sortRows(r.all, r.table.first())
	r.setInside()
	r.setTaken()
}

// standing returns the placements that stand out, and the score of the best of those
// that they stand out from; none while a fit runs.
func (r *Results) standing() map[document.ClusterID]float64 {
	stand := map[document.ClusterID]float64{}
	if r.live != nil {
		return stand
	}
	for _, f := range r.order.fits {
		if f.Result == nil {
			continue
		}
		o := r.state.OutstandingOf(r.order.number, f)
		for _, id := range o.IDs {
			stand[id] = max(o.Next, leastAbove)
		}
	}
	return stand
}

// leastAbove is told where what a placement stands out from has no score.
const leastAbove = 1e-3

// held returns what is held of clusters; nothing of those of a running fit.
func (r *Results) held() (accepted map[document.ClusterID]bool, marks map[document.ClusterID]*document.Mark, pins map[document.ClusterID]int) {
	accepted, marks, pins = map[document.ClusterID]bool{}, map[document.ClusterID]*document.Mark{}, map[document.ClusterID]int{}
	if r.live != nil {
		return accepted, marks, pins
	}
	for _, a := range r.state.Accepted {
		accepted[a.Cluster] = true
	}
	for _, m := range r.state.Marks {
		marks[m.Cluster] = m
	}
	for i, id := range r.state.Pins() {
		pins[id] = i + 1
	}
	return accepted, marks, pins
}

// rearrange arranges the rows after the filter or what is unfolded has changed:
// of a running fit there may be others now.
func (r *Results) rearrange() {
	if r.live != nil {
		r.update()
		return
	}
	r.arrange()
}

// arrange filters, sorts and folds the rows and shows them.
func (r *Results) arrange() {
	t := r.table
	r.taken = make([]*row, 0, len(r.all))
	for _, q := range r.all {
		if q.group = nil; (r.only == 0 || q.id.Structure == r.only) && r.takes.takes(q) {
			r.taken = append(r.taken, q)
		}
	}
	how := r.folds()
	if t.grouped = how != unfolded; t.grouped {
		t.rows = r.fold(r.taken, how)
	} else {
		t.rows = slices.Clone(r.taken)
		sortRows(t.rows, t.keys())
	}
	t.seek()
	r.count.SetText(r.countText())
	r.empty.SetText(r.emptyText())
	r.empty.Hidden = len(t.rows) > 0
	r.offerAll()
	t.HideSeparators = len(t.rows) == 0 // they would cross out what is said
	t.fit()                             // the titles may have arrows now
	t.Refresh()
}
