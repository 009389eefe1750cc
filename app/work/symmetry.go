// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/search"
	"difffit/fitting/symmetry"
)

// mostRows is how many placements of a structure that nobody decided about a
// symmetry is looked for among: as many as the largest symmetry has.
const mostRows = symmetry.MaxSize

// SymmetryBasis returns what the copies that a symmetry lacks are made from:
// what is accepted in s, what is significant and nobody decided about, and the
// symmetry as it was stated, "" to find it.
func SymmetryBasis(s document.State, stated string) *document.Basis {
	o := s.Options
	o.Threads = 0
	y := &document.SymmetryBasis{Stated: strings.TrimSpace(stated)}
	rows := map[int]int{}
	for _, id := range s.Significant() {
		if rows[id.Structure]++; rows[id.Structure] <= mostRows {
			c, _ := s.Cluster(id)
			y.Rows = append(y.Rows, document.FixedPlacement{Structure: id.Structure, Motion: c.Motion, Score: c.InWhole().Score})
		}
	}
	if len(y.Rows) > 0 {
		for _, t := range s.Structures {
			copies, more := s.Missing(t.ID)
			switch _, said := s.Expected(t.ID); {
			case said && y.Stated != "": // who writes a symmetry has said how many there are by that
				y.Wanted = append(y.Wanted, document.Wanted{Structure: t.ID, Assumed: true})
			case more || !said:
				y.Wanted = append(y.Wanted, document.Wanted{Structure: t.ID, Copies: copies, Assumed: !said})
			}
		}
	}
	return &document.Basis{Options: o, Accepted: s.FixedPlacements(), Symmetry: y}
}

// symmetry finds the symmetry of the accepted and the significant placements, or
// takes the one that was stated, and finds the copies that are missing. Where
// none is found, the proposal is empty and its reason says what was seen.
func (w Proposer) symmetry(ctx context.Context, b *document.Basis) (Proposal, error) {
	none := Proposal{By: strings.TrimSpace("symmetry " + b.Symmetry.Stated)}
	if !b.IsWhole() {
		return none, errLost
	}
	refiner, ok := w.Engine.(fitting.Refiner)
	if !ok {
		return none, fmt.Errorf("work: the engine %s cannot refine placements", w.Engine.Info().Name)
	}
	q := &symmetric{Proposer: w, basis: b, refiner: refiner, options: b.Options}
	q.options.Threads = w.Threads
	var err error
	if q.evidence, err = q.gather(); err != nil {
		return none, err
	}
	seen, err := q.find(b.Symmetry.Stated)
	if none.Reason = seen; err != nil || seen != "" {
		return none, err
	}
	if err := q.propose(ctx, b.Symmetry.Stated != ""); err != nil {
		return none, err
	}
	if err := q.choose(ctx); err != nil {
		return none, err
	}
	return Proposal{"symmetry " + q.found.String(), q.fits, q.reason()}, nil
}

// symmetric is a search for missing copies on the way.
type symmetric struct {
	Proposer
	basis    *document.Basis
	refiner  fitting.Refiner
	options  fitting.Options // as the engine gets them
	evidence []*evidence     // that with most placements first
	found    symmetry.Found
	leader   *evidence // that it was found from
	from     int       // placements that it was found from
	steps    int       // of a helix that lie between two placements; 0 for one
	fits     []document.Fit
	fresh    int // copies of fits that are in no row of the table
	left     int // copies that are in the way of others
	beyond   int // copies of structures of which all that are expected are accepted
}

// find settles the symmetry: the one given, or that of the structure of which
// most copies are known. Where there is none it tells what was seen.
func (q *symmetric) find(text string) (seen string, err error) {
	grid := q.Target.Grid()
	var given symmetry.Group
	if text != "" {
		center := grid.Point(r3.Vec{X: float64(grid.Size[0]) / 2, Y: float64(grid.Size[1]) / 2, Z: float64(grid.Size[2]) / 2})
		if given, err = symmetry.Parse(text, center); err != nil {
			return "", err
		}
	}
	if len(q.evidence) == 0 {
		return "no placement is accepted, and none that was found looks right", nil
	}
	if text == "" && len(q.evidence[0].motions) < 2 {
		return "of no structure two placements are accepted or look right; one is enough for a symmetry that is written, such as C3", nil
	}
	var seens []string
	for _, e := range q.evidence {
		if text == "" && len(e.motions) < 2 {
			continue
		}
		if err := e.detect(q, given, text != ""); err != nil {
			seens = append(seens, fmt.Sprintf("%s: %s", q.State.Name(e.structure), strings.TrimPrefix(err.Error(), "symmetry: ")))
			continue
		}
		q.leader, q.from = e, len(e.motions)
		return "", nil
	}
	return strings.Join(seens, "; "), nil
}

// propose measures the missing copies of all structures in the map.
// If none is missing from a symmetry that nobody stated, it may be part of a
// larger one: two subunits of a tetramer across from each other are a C2.
// That one is believed if the map has density for all of its copies. A helix may
// have steps in between: see finerHelix.
func (q *symmetric) propose(ctx context.Context, given bool) error {
	if q.found.Kind == symmetry.Helical && !given {
		if err := q.finerHelix(ctx); err != nil || q.steps > 0 {
			return err
		}
	}
	var err error
	q.fits, q.fresh, err = q.copies(ctx, q.found)
	if err != nil || q.fresh > 0 || given {
		return err
	}
	for _, g := range q.found.Larger() {
		fits, fresh, err := q.copies(ctx, g)
		if err != nil {
			return err
		}
		if fresh > 0 && !slices.ContainsFunc(fits, q.isDoubtful) {
			q.found, q.fits, q.fresh = g, fits, fresh
			return nil
		}
	}
	return nil
}

// isDoubtful tells whether a copy scores less than half of what the worst
// of those does that the symmetry was found from.
func (q *symmetric) isDoubtful(f document.Fit) bool {
	least := math.Inf(1)
	for _, e := range q.evidence {
		if e.structure == f.Structure {
			least = slices.Min(e.scores)
		}
	}
	return slices.ContainsFunc(f.Result.Placements, func(p fitting.Placement) bool { return p.Score < least/2 })
}

// copies returns the copies, of all structures, under a symmetry that are not
// accepted, measured in the map, and how many of them are in no row.
func (q *symmetric) copies(ctx context.Context, g symmetry.Found) (fits []document.Fit, fresh int, err error) {
	grid := q.Target.Grid()
	lo := grid.Point(r3.Vec{})
	hi := grid.Point(r3.Vec{X: float64(grid.Size[0] - 1), Y: float64(grid.Size[1] - 1), Z: float64(grid.Size[2] - 1)})
	for _, e := range q.evidence {
		found, known, err := e.under(q, g)
		if err != nil {
			if q.Say != nil {
				q.Say(q.State.Name(e.structure) + " has another symmetry: " + err.Error())
			}
			continue
		}
		if e != q.leader && e.accepted == 0 && len(known.motions) < 2 {
			continue // one place that nobody accepted tells nothing of a symmetry
		}
		fit := document.Fit{Structure: e.structure, Options: q.basis.Options, Result: &fitting.Result{}}
		p := &fitting.Problem{Target: q.Target, Structure: q.model(e.structure), Options: q.options}
		at := known.rows()
		missing := found.Missing(e.body, known.motions, lo, hi)
		for _, c := range missing {
			at = append(at, c.Motion)
		}
		fresh += len(missing)
		if err := q.measure(ctx, p, e.body, at, fit.Result); err != nil {
			return nil, 0, err
		}
		if len(fit.Result.Placements) > 0 {
			fit.Result.Clusters = clustersOf(fit.Result.Placements)
			fits = append(fits, fit)
		}
	}
	return fits, fresh, nil
}

// farthest is how far, in ångström RMSD, a copy may move to its optimum.
const farthest = 4

// measure adds copies to a result, each at the optimum of the map nearest to where
// the symmetry has it, or there if that is too far: then the copy was drawn to
// something else.
func (q *symmetric) measure(ctx context.Context, p *fitting.Problem, b symmetry.Body, at []geom.Rigid, r *fitting.Result) error {
	if len(at) == 0 {
		return nil
	}
	near, err := q.refiner.Refine(ctx, p, at...)
	if err != nil {
		return err
	}
	r.Level, r.Resolution, r.AtomsUsed, r.Excluded = near.Level, near.Resolution, near.AtomsUsed, near.Excluded
	r.Engine = near.Engine
	r.Starts += len(at)
	for i, g := range at {
		if i < len(near.Placements) && b.RMSD(near.Placements[i].Motion, g) <= farthest {
			r.Placements = append(r.Placements, near.Placements[i])
			continue
		}
		here, err := search.Measure(ctx, p, g)
		if err != nil {
			return err
		}
		here[0].Hits = 1
		r.Placements = append(r.Placements, here[0])
	}
	return nil
}

// clustersOf makes a cluster of each placement, best first.
func clustersOf(placements []fitting.Placement) []fitting.Cluster {
	slices.SortStableFunc(placements, func(a, b fitting.Placement) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
	var out []fitting.Cluster
	for i, p := range placements {
		out = append(out, fitting.Cluster{Rank: i + 1, Placement: p})
	}
	return out
}

// tooMany tells of which structures there would be more copies than a person
// expects, "" of none.
func (q *symmetric) tooMany() string {
	text := ""
	for _, f := range q.fits {
		expected, said := q.State.Expected(f.Structure)
		if n := q.State.Placed(f.Structure) + len(f.Result.Placements); said && expected > 0 && n > expected {
			text += fmt.Sprintf("; with these %s has %d copies; %d expected in the panel Inputs", q.State.Name(f.Structure), n, expected)
		}
	}
	return text
}

// reason tells what the symmetry rests on.
func (q *symmetric) reason() string {
	left := ""
	if q.left > 0 {
		left = fmt.Sprintf("; %d more clash with these or have no density", q.left)
	}
	if q.beyond > 0 {
		left += fmt.Sprintf("; %d more would make more copies than are expected", q.beyond)
	}
	left += q.tooMany()
	known := fmt.Sprintf("of %d placements", q.from)
	if e := q.leader; e.others > 0 {
		known = fmt.Sprintf("of %d of the %d placements of %s that look right", q.from, q.from+e.others, q.State.Name(e.structure))
	}
	switch {
	case len(q.fits) == 0:
		return q.whyNone() + left
	case q.found.Stated && q.found.Kind.IsCubic():
		return "about the axes through the centre of the map, for one placement does not tell where they are" + left
	case q.found.Stated:
		return "about the z axis through the centre of the map, for one placement does not tell the axis" + left
	case q.steps > 1:
		return fmt.Sprintf("%s, %d steps apart: the finest that the map has density for%s", known, q.steps, left)
	case q.found.Kind == symmetry.Helical && q.from == 2:
		return "from two placements, which any screw relates: look at the scores" + left
	}
	return fmt.Sprintf("%s, which it has within %.2f Å%s", known, q.found.Residual, left)
}
