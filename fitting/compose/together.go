// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"
)

// A Contender is a placement that competes with others for its place.
type Contender struct {
	Placed
	Kind  int     // of which Together has a limit, from 0
	Score float64 // see fitting.Metrics; positive
}

// Together returns which contenders go best together, by index: of those sets in
// which no two clash by more than maxClash (see Clash), none clashes so with
// what is fixed, and no kind has more members than its limit, 0 for none, that in
// which the scores times the atoms add up to most, as Run chooses. When ctx is
// done it returns soon, with an error that wraps ctx.Err().
func Together(ctx context.Context, contenders []Contender, limits []int, fixed []Placed, maxClash float64) ([]int, error) {
	var beside []*body
	for _, p := range fixed {
		beside = append(beside, newBody(p.Structure, p.Motion))
	}
	c := &choice{limit: limits}
	var bodies []*body
	var free []int // the contenders that clash with nothing that is fixed
next:
	for i, q := range contenders {
		if ctx.Err() != nil {
			return nil, fmt.Errorf("compose: stopped: %w", ctx.Err())
		}
		b := newBody(q.Structure, q.Motion)
		for _, f := range beside {
			if clashes(b, f, maxClash) {
				continue next
			}
		}
		at := newSet(len(contenders))
		for j, other := range bodies {
			if clashes(b, other, maxClash) {
				at.add(j)
				c.clash[j].add(len(bodies))
			}
		}
		free, bodies = append(free, i), append(bodies, b)
		c.weight, c.kind, c.clash = append(c.weight, q.Score*float64(len(b.atoms))), append(c.kind, q.Kind), append(c.clash, at)
	}
	chosen, _ := c.best()
	for i, k := range chosen {
		chosen[i] = free[k]
	}
	return chosen, nil
}
