// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
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

// SymmetryBasis returns what the copies that a symmetry lacks are made from: what
// is accepted in s, and the symmetry as it was stated, "" to find it.
func SymmetryBasis(s document.State, stated string) *document.Basis {
	o := s.Options
	o.Threads = 0
	return &document.Basis{Options: o, Accepted: s.FixedPlacements(), Symmetry: &document.SymmetryBasis{Stated: strings.TrimSpace(stated)}}
}

// symmetry finds the symmetry of the accepted placements, or takes the one that
// was stated, and finds the copies that are missing.
func (w Proposer) symmetry(ctx context.Context, b *document.Basis) (Proposal, error) {
	none := Proposal{By: "symmetry " + b.Symmetry.Stated}
	if !b.IsWhole() {
		return none, errLost
	}
	refiner, ok := w.Engine.(fitting.Refiner)
	if !ok {
		return none, fmt.Errorf("work: the engine %s cannot refine placements", w.Engine.Info().Name)
	}
	q := &symmetric{Proposer: w, basis: b, refiner: refiner, options: b.Options}
	q.options.Threads = w.Threads
	if err := q.find(b.Symmetry.Stated); err != nil {
		return none, err
	}
	if err := q.propose(ctx, b.Symmetry.Stated != ""); err != nil {
		return none, err
	}
	return Proposal{"symmetry " + q.found.String(), q.fits, q.reason()}, nil
}

// symmetric is a search for missing copies on the way.
type symmetric struct {
	Proposer
	basis   *document.Basis
	refiner fitting.Refiner
	options fitting.Options // as the engine gets them
	found   symmetry.Found
	leader  int // the structure that it was found from
	from    int // placements that it was found from
	steps   int // of a helix that lie between two placements; 0 for one
	fits    []document.Fit
}

// placed are the accepted placements of a structure.
func (q *symmetric) placed(structure int) (b symmetry.Body, motions []geom.Rigid, err error) {
	s := q.model(structure)
	atoms, _ := s.Select(q.options.Atoms)
	if len(atoms) == 0 {
		return b, nil, fmt.Errorf("work: structure %q: none of its %d atoms takes part (atoms: %s)", s.Name, len(s.Atoms), q.options.Atoms)
	}
	for _, a := range q.basis.Accepted {
		if a.Structure == structure {
			motions = append(motions, a.Motion)
		}
	}
	return symmetry.NewBody(atoms), motions, nil
}

// find settles the symmetry: the one given, or that of the structure of which
// most copies are placed.
func (q *symmetric) find(text string) error {
	grid := q.Target.Grid()
	var given symmetry.Group
	if text != "" {
		var err error
		center := grid.Point(r3.Vec{X: float64(grid.Size[0]) / 2, Y: float64(grid.Size[1]) / 2, Z: float64(grid.Size[2]) / 2})
		if given, err = symmetry.Parse(text, center); err != nil {
			return err
		}
	}
	structures := q.structures()
	copies := map[int]int{}
	for _, a := range q.basis.Accepted {
		copies[a.Structure]++
	}
	slices.SortStableFunc(structures, func(a, b int) int { return copies[b] - copies[a] })
	if text == "" && !slices.ContainsFunc(structures, func(id int) bool { return copies[id] > 1 }) {
		return errors.New("accept at least two copies of a structure first, or type a symmetry such as C3")
	}
	var errs []error
	for _, id := range structures {
		b, motions, err := q.placed(id)
		if err != nil {
			return err
		}
		if text != "" {
			q.found, err = symmetry.Given(given, b, motions, symmetry.Tolerance)
		} else {
			q.found, err = symmetry.Detect(b, motions, symmetry.Tolerance)
		}
		if err == nil {
			q.leader, q.from = id, len(motions)
			return nil
		}
		errs = append(errs, fmt.Errorf("%s: %w", q.State.Name(id), err))
	}
	return errors.Join(errs...)
}

// structures are those of which a copy is accepted.
func (q *symmetric) structures() []int {
	var ids []int
	for _, a := range q.basis.Accepted {
		if !slices.Contains(ids, a.Structure) {
			ids = append(ids, a.Structure)
		}
	}
	return ids
}

// propose measures the missing copies of all accepted structures in the map.
// If none is missing from a cyclic symmetry that nobody stated, it may be part
// of a larger one: two subunits of a tetramer across from each other are a C2.
// That one is believed if the map has density for all of its copies. A helix may
// have steps in between: see finerHelix.
func (q *symmetric) propose(ctx context.Context, given bool) error {
	if q.found.Kind == symmetry.Helical && !given {
		if err := q.finerHelix(ctx); err != nil || len(q.fits) > 0 {
			return err
		}
	}
	fits, err := q.copies(ctx, q.found.Group)
	if err != nil || len(fits) > 0 || given || q.found.Kind != symmetry.Cyclic {
		q.fits = fits
		return err
	}
	for multiple := 2; multiple <= 4 && multiple*q.found.Order <= symmetry.MaxOrder; multiple++ {
		g := q.found.Group
		g.Order *= multiple
		fits, err := q.copies(ctx, g)
		if err != nil {
			return err
		}
		if len(fits) > 0 && !slices.ContainsFunc(fits, q.isDoubtful) {
			q.found.Group, q.fits = g, fits
			return nil
		}
	}
	return nil
}

// isDoubtful tells whether a copy scores less than half of what the worst
// accepted one does.
func (q *symmetric) isDoubtful(f document.Fit) bool {
	least := math.Inf(1)
	for _, a := range q.basis.Accepted {
		if a.Structure == f.Structure {
			least = min(least, a.Score)
		}
	}
	return slices.ContainsFunc(f.Result.Placements, func(p fitting.Placement) bool { return p.Score < least/2 })
}

// copies returns the missing copies of all accepted structures under a
// symmetry, measured in the map.
func (q *symmetric) copies(ctx context.Context, g symmetry.Group) (fits []document.Fit, err error) {
	grid := q.Target.Grid()
	lo := grid.Point(r3.Vec{})
	hi := grid.Point(r3.Vec{X: float64(grid.Size[0] - 1), Y: float64(grid.Size[1] - 1), Z: float64(grid.Size[2] - 1)})
	for _, id := range q.structures() {
		b, motions, err := q.placed(id)
		if err != nil {
			return nil, err
		}
		found, err := symmetry.Given(g, b, motions, symmetry.Tolerance)
		if err != nil {
			if q.Say != nil {
				q.Say(q.State.Name(id) + " has another symmetry: " + err.Error())
			}
			continue
		}
		fit := document.Fit{Structure: id, Options: q.basis.Options, Result: &fitting.Result{}}
		p := &fitting.Problem{Target: q.Target, Structure: q.model(id), Options: q.options}
		var at []geom.Rigid
		for _, c := range found.Missing(b, motions, lo, hi) {
			at = append(at, c.Motion)
		}
		if err := q.measure(ctx, p, b, at, fit.Result); err != nil {
			return nil, err
		}
		if len(fit.Result.Placements) > 0 {
			fit.Result.Clusters = clustersOf(fit.Result.Placements)
			fits = append(fits, fit)
		}
	}
	return fits, nil
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

// reason tells what the symmetry rests on.
func (q *symmetric) reason() string {
	switch {
	case len(q.fits) == 0:
		return q.whyNone()
	case q.found.Stated:
		return "about the z axis through the centre of the map, for one placement does not tell the axis"
	case q.steps > 1:
		return fmt.Sprintf("of %d placements, %d steps apart: the finest that the map has density for", q.from, q.steps)
	case q.found.Kind == symmetry.Helical && q.from == 2:
		return "from two placements, which any screw relates: look at the scores"
	}
	return fmt.Sprintf("of %d placements, which it has within %.2f Å", q.from, q.found.Residual)
}
