// SPDX-License-Identifier: BSD-3-Clause

package batch

import (
	"context"
	"errors"
	"slices"
	"time"

	"difffit/fitting"
	"difffit/fitting/rank"
	"difffit/fitting/volume"
	"difffit/io/table"
)

// fullSearches is the number of structures up to which each is searched for in
// full, and how many of a library get p values.
const fullSearches = 10

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
func (j *job) startsFor(starts int, level *float64, mass float64) int {
	l := j.target.Level(mass).Value
	if level != nil {
		l = *level
	}
	room := j.target.Profile().Enclosed(l) / (volume.ProteinVolume * mass)
	for k := 1; k < mostRoom && room > easyRoom; k *= 2 {
		room /= 2
		starts *= 2
	}
	return starts
}

// of returns how many of n structures the pass takes.
func (p pass) of(n int) int { return min(n, max(p.least, int(p.part*float64(n)))) }

// screens tells whether the inputs are screened.
func (j *job) screens() bool {
	return len(j.inputs) > fullSearches && j.opts.Starts == 0 && j.opts.Method == fitting.Search
}

// tasks is how many searches there are at most.
func (j *job) tasks() int {
	n := len(j.inputs)
	if j.screens() {
		for _, p := range screen[1:] {
			n += p.of(len(j.inputs))
		}
	}
	return n
}

// fitAll fits every input that can be read.
func (j *job) fitAll(ctx context.Context) {
	opts := j.opts
	if j.level.Rule != "" {
		opts.Level = &j.level.Value
	}
	defer j.assess(ctx, opts)
	if !j.screens() {
		j.fitThese(ctx, j.inputs, opts, 0)
		return
	}
	first := 0
	for i, p := range screen {
		n := p.of(len(j.inputs))
		these := j.inputs
		if i > 0 {
			these = slices.DeleteFunc(j.best(n), func(in *input) bool { return in.row.RoundsAgreed })
		}
		opts.Starts = p.starts
		j.fitThese(ctx, these, opts, first)
		first += n
		if ctx.Err() != nil {
			return
		}
	}
}

// fitThese fits some inputs, several at once with fewer threads each: that
// wastes less than many threads for one, and the result is the same. Their
// progress is counted from task first on.
func (j *job) fitThese(ctx context.Context, inputs []*input, opts fitting.Options, first int) {
	if len(inputs) > 1 {
		opts.Threads = max(1, j.threads()/len(inputs))
	}
	group := j.workers()
	for i, in := range inputs {
		group.Go(func() error {
			if ctx.Err() == nil && in.err == nil {
				in.err = j.fitOne(ctx, in, opts, j.bar.of(first+i))
			}
			j.bar.finished(first + i)
			return nil
		})
	}
	_ = group.Wait() // faults belong to their inputs
}

// best returns the first n inputs for which a place was found, in the order of
// the result.
func (j *job) best(n int) []*input {
	f := table.NewFits()
	found := map[string][]*input{} // the same file may be given twice
	for _, in := range j.inputs {
		if in.row != nil && in.row.Best() != nil {
			f.Structures = append(f.Structures, *in.row)
			found[in.path] = append(found[in.path], in)
		}
	}
	f.Rank()
	var out []*input
	for _, s := range f.Structures[:min(n, len(f.Structures))] {
		out = append(out, found[s.Path][0])
		found[s.Path] = found[s.Path][1:]
	}
	return out
}

// assess gives the placements of the best structures their p values: of all,
// if there are too few to compare them with each other.
func (j *job) assess(ctx context.Context, opts fitting.Options) {
	if j.local {
		return
	}
	n := len(j.inputs)
	if n >= rank.LeastLibrary {
		n = fullSearches
	}
	best := j.best(n)
	if len(best) > 1 {
		opts.Threads = max(1, j.threads()/len(best))
	}
	group := j.workers()
	for _, in := range best {
		group.Go(func() error {
			in.row.Significance = &table.Significance{}
			if err := j.significance(ctx, in, opts); err != nil {
				in.row.Significance.Reason = err.Error()
			}
			return nil
		})
	}
	_ = group.Wait() // faults are reasons
	for _, in := range j.inputs {
		if in.row != nil && in.row.Significance == nil {
			in.row.Significance = &table.Significance{Reason: "not among the best of the library, or without a place"}
		}
	}
}

// significance compares the placements of an input with the wrong ones of the
// same structure.
func (j *job) significance(ctx context.Context, in *input, opts fitting.Options) error {
	s, err := j.structure(in)
	if err != nil {
		return err
	}
	started := time.Now()
	null, err := rank.NullOf(ctx, j.engine, &fitting.Problem{Target: j.target, Structure: s, Options: opts})
	if err == nil || errors.Is(err, rank.ErrTooFew) {
		j.mu.Lock()
		j.fits.Seconds.Score += time.Since(started).Seconds()
		j.mu.Unlock()
	}
	if err != nil {
		in.row.Significance.NullPlacements = null.Placements
		return err
	}
	if in.result != nil { // of a library, not all results are kept
		in.result.Null = &null
	}
	in.row.Assess(null, len(j.inputs))
	return nil
}
