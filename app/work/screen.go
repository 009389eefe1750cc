// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"slices"

	"difffit/fitting"
	"difffit/fitting/rank"
	"difffit/fitting/volume"
)

// fullSearches is the number of structures up to which each is searched for in
// full, and how many of a library are compared with wrong placements.
const fullSearches = 10

// MostLive is how many structures are searched in full, and can be fitted live if
// that is fast.
const MostLive = fullSearches

// A pass of a screen searches for the best that are left. What rounds have
// agreed on is not searched for again.
type pass struct {
	starts int     // at most, see startsFor; 0: the method's own number
	part   float64 // of the library
	least  int     // but not fewer
}

// screen is how a library is searched, for else hours would go into structures
// that fit nowhere, whose rounds never agree. The first pass costs 15 ms a
// domain; each later one as much as that or less, whatever fits. What is lost
// by it is measured in docs/adr/0005-libraries.md.
var screen = []pass{
	{starts: 512, part: 1},
	{starts: 1024, part: 1. / 4, least: 40},
	{starts: 4096, least: fullSearches},
	{least: 3},
}

// A structure that fills a small part of the map is found by few starts, so it
// gets more: twice as many for each doubling of the number of copies that what
// is above the level has room for, from easyRoom on, up to mostRoom times.
// Of the 22 chains of 5ARA among 359 others, 21 are in the first 24 places with
// it; without it 8 lie behind place 80 (docs/adr/0005-libraries.md).
const easyRoom, mostRoom = 4, 8

// startsFor returns how many starts a pass of the given number gives to a
// structure of the given mass in dalton.
func (r *fitRun) startsFor(starts int, mass float64) int {
	room := r.Target.Profile().Enclosed(r.at.Value) / (volume.ProteinVolume * mass)
	for k := 1; k < mostRoom && room > easyRoom; k *= 2 {
		room /= 2
		starts *= 2
	}
	return starts
}

// of returns how many of n structures the pass takes.
func (p pass) of(n int) int { return min(n, max(p.least, int(p.part*float64(n)))) }

// Screens tells whether n subjects are searched in passes with some options: a
// library.
func Screens(n int, o fitting.Options) bool {
	return n > fullSearches && o.Starts == 0 && o.Method == fitting.Search
}

func (r *fitRun) screens() bool { return Screens(len(r.subjects), r.Options) }

// more is how many searches there are at most beside one for each subject.
func (r *fitRun) more() int {
	n := 0
	if r.screens() {
		for _, p := range screen[1:] {
			n += p.of(len(r.subjects))
		}
	}
	return n
}

// fitAll fits every subject that can be read.
func (r *fitRun) fitAll(ctx context.Context) {
	if !r.screens() {
		r.fitThese(ctx, all(len(r.subjects)), 0, 0)
		return
	}
	first := 0
	for i, p := range screen {
		n := p.of(len(r.subjects))
		these := all(n)
		if i > 0 {
			these = slices.DeleteFunc(r.best(n), func(k int) bool { return r.found[k].Result.RoundsAgreed })
		}
		r.fitThese(ctx, these, p.starts, first)
		first += n
		r.tally.passed(first)
		if ctx.Err() != nil {
			return
		}
	}
}

// fitThese fits some subjects, with starts for each in a pass of a screen.
// Their progress is counted from task first on.
func (r *fitRun) fitThese(ctx context.Context, these []int, starts, first int) {
	o := r.shared(r.Options, len(these))
	task := make(map[int]int, len(these))
	for k, i := range these {
		task[i] = first + k
	}
	r.each(these, func(i int) {
		if ctx.Err() == nil && r.subjects[i].failed == nil {
			r.fit(ctx, i, o, starts, task[i])
		}
		r.tally.finished(task[i], i)
	})
}

// best returns the first n subjects for which a place was found, in the order
// of the result.
func (r *fitRun) best(n int) []int {
	entries := make([]rank.Entry, len(r.found))
	for i := range entries {
		if f := r.found[i].Result; f != nil {
			entries[i] = rank.NewEntry(f.AtomsUsed, f.Starts, f.Clusters)
		}
	}
	var out []int
	for _, i := range rank.Choose(entries).Structures(entries) {
		if len(entries[i].Clusters) > 0 && len(out) < n {
			out = append(out, i)
		}
	}
	return out
}
