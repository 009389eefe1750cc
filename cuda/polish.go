// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"context"
	"math"

	"difffit/fitting/geom"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/spatial/r3"
)

// polish moves places to the nearest optimum. The host guides them all at
// once, in double precision: each waits until all others that are still on
// their way want a sum, too, and the card makes the sums together.
func (o *objective) polish(ctx context.Context, places []geom.Rigid, how search.Polishing) error {
	type want struct {
		climber int
		at      geom.Rigid // not used at the end
		end     bool
	}
	wants := make(chan want)
	answers := make([]chan slope, len(places))
	ends := make([]geom.Rigid, len(places))
	for i, g := range places {
		answers[i] = make(chan slope, 1)
		go func() {
			ends[i], _ = search.Ascend(func(at geom.Rigid) (float64, r3.Vec, r3.Vec) {
				wants <- want{climber: i, at: at}
				s := <-answers[i]
				return s.value, s.shift, s.turn
			}, g, how)
			wants <- want{climber: i, end: true}
		}()
	}
	var failure error
	for active := len(places); active > 0; {
		var who []int
		var where []geom.Rigid
		for len(who) < active {
			w := <-wants
			if w.end {
				active--
				continue
			}
			who, where = append(who, w.climber), append(where, w.at)
		}
		if len(who) == 0 {
			break
		}
		slopes, err := o.slopes(ctx, where, len(places), failure)
		failure = err
		for i, c := range who {
			answers[c] <- slopes[i]
		}
	}
	if failure == nil {
		copy(places, ends)
	}
	return failure
}

// slopes returns the slopes at the places. After a failure there are none: not
// a number, with which an ascent ends.
func (o *objective) slopes(ctx context.Context, where []geom.Rigid, all int, failure error) ([]slope, error) {
	if failure == nil {
		failure = stopped(ctx)
	}
	if failure == nil {
		var slopes []slope
		if slopes, failure = o.sum(where, all); failure == nil {
			return slopes, nil
		}
	}
	none := make([]slope, len(where))
	for i := range none {
		none[i].value = math.NaN()
	}
	return none, failure
}
