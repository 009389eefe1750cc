// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/geom"
	"difffit/fitting/symmetry"
)

// mostSteps is how many steps of a helix two neighbours among the accepted
// placements may be apart.
const mostSteps = 6

// finerHelix looks for a helix with several steps from one accepted placement
// to the next, k of them and any number of whole turns in between. The finest
// is believed that has density for all copies on the way and none of them in
// the way of another; of several as fine, the one with the best scores.
func (q *symmetric) finerHelix(ctx context.Context) error {
	wide := q.found.Group
	for k := mostSteps; k >= 2; k-- {
		var best symmetry.Group
		most := 0.0
		for turns := range k {
			g := wide
			g.Rise, g.Twist = wide.Rise/float64(k), (wide.Twist+360*float64(turns))/float64(k)
			if g.Twist > 180 {
				g.Twist -= 360
			}
			mean, err := q.onTheWay(ctx, g, k)
			if err != nil {
				return err
			}
			if mean > most {
				best, most = g, mean
			}
		}
		if most == 0 {
			continue
		}
		finer := q.found
		finer.Group = best
		fits, fresh, err := q.copies(ctx, finer)
		if err == nil && len(fits) > 0 {
			q.found, q.fits, q.fresh, q.steps = finer, fits, fresh, k
		}
		return err
	}
	return nil
}

// onTheWay returns the mean score of the k-1 copies of a helix that follow the
// first placement, 0 if one of them is doubtful or if they clash.
func (q *symmetric) onTheWay(ctx context.Context, g symmetry.Group, k int) (float64, error) {
	b, motions := q.leader.body, q.leader.motions
	first := q.found.Reference.Then(q.found.Operator(slices.Min(q.found.Index)))
	at := func(n int) geom.Rigid { return first.Then(g.Operator(n)) }
	model := q.model(q.leader.structure)
	here := model.Moved(at(0).Mover())
	for n := 1; n < k; n++ {
		if compose.Clash(here, model.Moved(at(n).Mover())) > compose.DefaultOptions().MaxClash {
			return 0, nil
		}
	}
	fit := document.Fit{Structure: q.leader.structure, Result: &fitting.Result{}}
	p := &fitting.Problem{Target: q.Target, Structure: model, Options: q.options}
	var between []geom.Rigid
	for n := 1; n < k; n++ {
		if !holds(b, motions, at(n)) {
			between = append(between, at(n))
		}
	}
	if err := q.measure(ctx, p, b, between, fit.Result); err != nil || q.isDoubtful(fit) {
		return 0, err
	}
	sum := 0.0
	for _, placed := range fit.Result.Placements {
		sum += placed.Score
	}
	return sum / float64(max(1, len(fit.Result.Placements))), nil
}

// holds tells whether one of the placements is at a place.
func holds(b symmetry.Body, motions []geom.Rigid, at geom.Rigid) bool {
	for _, m := range motions {
		if b.RMSD(m, at) < b.Gyration/2 {
			return true
		}
	}
	return false
}

// whyNone tells why no copy is proposed.
func (q *symmetric) whyNone() string {
	if q.found.Kind == symmetry.Helical && q.from == 2 && !q.found.Stated {
		return fmt.Sprintf("two copies only fix a helix of rise %.1f Å; a finer one may be meant: accept neighbours, or write the symmetry", q.found.Rise)
	}
	if q.beyond > 0 {
		return "no copy that is expected is missing"
	}
	return "no copy is missing"
}
