// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"sync/atomic"
	"time"

	"difffit/fitting"
	"difffit/fitting/rank"
)

// errNotAssessed is why most of a library have no null distribution.
var errNotAssessed = errors.New("not among the best of the library, or without a place")

// assess finds what wrong placements of the best structures look like: of all,
// if there are too few to compare them with each other.
func (r *fitRun) assess(ctx context.Context) {
	n := r.assessed()
	if n == 0 {
		return
	}
	for i := range r.found {
		r.found[i].Unassessed = errNotAssessed
	}
	best := r.best(n)
	o := r.shared(r.Options, len(best))
	var done atomic.Int32
	r.each(best, func(i int) {
		f := &r.found[i]
		f.Unassessed = r.null(ctx, i, o, f.Result)
		r.tally.follows(float64(done.Add(1)) / float64(len(best)))
	})
}

// assessed is how many subjects are assessed at most.
func (r *fitRun) assessed() int {
	switch n := len(r.subjects); {
	case r.Start != nil:
		return 0 // there is nothing to compare one local optimum with
	case n >= rank.LeastLibrary:
		return fullSearches
	default:
		return n
	}
}

// null gives a result the distribution of the wrong placements of its
// structure.
func (r *fitRun) null(ctx context.Context, i int, o fitting.Options, result *fitting.Result) error {
	s, err := r.structure(ctx, i)
	if err != nil {
		return err
	}
	began := time.Now()
	null, err := rank.NullOf(ctx, r.Engine, &fitting.Problem{Target: r.Target, Structure: s, Options: o})
	r.found[i].Sampled = null.Placements
	if err == nil || errors.Is(err, rank.ErrTooFew) {
		result.Seconds.Score += time.Since(began).Seconds()
	}
	if err != nil {
		return err
	}
	result.Null = &null
	return nil
}

// isFault tells whether the reason why there is no null distribution is one
// that a person should know about, and not an answer.
func isFault(why error) bool {
	return why != nil && !errors.Is(why, errNotAssessed) && !errors.Is(why, rank.ErrTooFew) && !errors.Is(why, rank.ErrNoSamples)
}
