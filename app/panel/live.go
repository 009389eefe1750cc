// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"slices"

	"difffit/app/document"
	"difffit/fitting"
)

// SetLive shows what a running fit has found so far; nil shows the rounds
// again. The rows are of the round that the fit will be, and stand in its
// order; results without AtomsUsed cannot be compared as those of a library
// are. The selection stays with its placement: OnSelect is told where it has
// another rank or was moved.
func (r *Results) SetLive(fits []document.Fit) {
	number, was := r.number(), r.live
	r.live = fits
	moved := false
	if id := r.table.selected; was != nil && id.Round == number {
		r.table.selected, moved = r.follow(number, id, was)
	}
	r.update()
	if moved && r.OnSelect != nil {
		r.OnSelect(r.table.selected)
	}
}

// Best returns the placement that leads what is shown, in the first order; zero
// if there is none.
func (r *Results) Best() document.ClusterID {
	if len(r.all) == 0 {
		return document.ClusterID{}
	}
	return r.all[0].id
}

// follow finds a placement of what a running fit had found before in what it
// has found now, and tells whether it has another rank or was moved. It is zero
// where it is the best of no cluster any more, and when the fit has ended.
func (r *Results) follow(number int, id document.ClusterID, was []document.Fit) (now document.ClusterID, moved bool) {
	with := func(fits []document.Fit) document.State {
		s := r.state
		s.Rounds = []*document.Round{{Number: number}}
		if i := slices.IndexFunc(fits, func(f document.Fit) bool { return f.Structure == id.Structure && f.Result != nil }); i >= 0 {
			s.Rounds[0].Fits = fits[i : i+1]
		}
		return s
	}
	if r.live == nil {
		return document.ClusterID{}, false
	}
	before, after := with(was), with(r.live)
	now = after.Follow(before, id)
	a, _ := before.Cluster(id)
	b, _ := after.Cluster(now)
	return now, now != id || a.Motion != b.Motion
}

// inSight returns what rows are made of. While a fit of a library runs, it
// reports many times a second, and placements that are folded are neither
// ranked nor shown: of each structure those remain that may be its best.
func (r *Results) inSight(number int, fits []document.Fit) []document.Fit {
	clear(r.cut)
	if r.live == nil || r.folds() != oneEach || len(r.takes) > 0 {
		return fits
	}
	fits = slices.Clone(fits)
	for i, f := range fits {
		if f.Result != nil && len(f.Result.Clusters) > 0 && !r.open[groupKey{number, f.Structure}] {
			r.cut[f.Structure] = len(f.Result.Clusters)
			fits[i].Result = leaders(f.Result)
		}
	}
	return fits
}

// leaders returns a result with those of its clusters alone that may be ranked
// first: by the score, by which a library is compared, by significance z, with
// which library z grows, and by map correlation, with which null z does.
func leaders(f *fitting.Result) *fitting.Result {
	z, m := 0, 0
	for i := range f.Clusters {
		if c := &f.Clusters[i]; cmp.Less(f.Clusters[z].SignificanceZ, c.SignificanceZ) {
			z = i
		}
		if c := &f.Clusters[i]; cmp.Less(f.Clusters[m].MapCorrelation, c.MapCorrelation) {
			m = i
		}
	}
	at := slices.Compact(slices.Sorted(slices.Values([]int{0, z, m})))
	few := *f
	few.Clusters = make([]fitting.Cluster, len(at))
	for i, j := range at {
		few.Clusters[i] = f.Clusters[j]
	}
	return &few
}
