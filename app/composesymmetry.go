// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/symmetry"
)

// proposeSymmetry finds the symmetry of the accepted placements, or takes the
// one that was written, and proposes the copies that are missing.
func (w *window) proposeSymmetry() {
	s := w.doc.State()
	if w.job != nil {
		return
	}
	if s.Map == nil || len(s.Accepted) == 0 {
		w.say("Symmetry needs accepted placements: two to find it, one if it is stated")
		return
	}
	text, engine := strings.TrimSpace(w.compose.Symmetry()), w.engine()
	refiner, ok := engine.(fitting.Refiner)
	if !ok {
		for _, e := range w.config.Engines {
			if refiner, ok = e.(fitting.Refiner); ok {
				engine = e
				break
			}
		}
	}
	if !ok {
		w.fail("No symmetry", errors.New("no engine can refine placements"))
		return
	}
	level := w.derived.level
	if s.Options.Level == nil {
		s.Options.Level = &level
	}
	q := &symmetric{
		w: w, state: s, refiner: refiner, began: time.Now().UTC().Truncate(time.Second), options: s.Options, threaded: w.threaded(s.Options),
	}
	w.run(&job{name: "Symmetry"}, func(ctx context.Context) (func(), error) {
		err := q.find(text)
		if err == nil {
			err = q.propose(ctx, text != "")
		}
		if err != nil {
			return nil, err
		}
		return func() { w.propose("symmetry "+q.found.String(), engine, q.fits, q.reason()) }, nil
	})
}

// symmetric is a search for missing copies on the way.
type symmetric struct {
	w                 *window
	state             document.State
	refiner           fitting.Refiner
	began             time.Time
	options, threaded fitting.Options // as they are kept, and as the engine gets them
	found             symmetry.Found
	from              int // placements that it was found from
	fits              []document.Fit
}

// placed are the accepted placements of a structure.
func (q *symmetric) placed(structure int) (b symmetry.Body, motions []geom.Rigid, err error) {
	m, err := fitting.NewMolecule(q.state.Structure(structure).Model, q.state.Options.Atoms)
	if err != nil {
		return b, nil, err
	}
	for _, a := range q.state.Accepted {
		if a.Structure == structure {
			motions = append(motions, a.Placement.Motion)
		}
	}
	return symmetry.Body{Center: m.Center, Gyration: m.Gyration}, motions, nil
}

// find settles the symmetry: the one given, or that of the structure of which
// most copies are placed.
func (q *symmetric) find(text string) error {
	grid := q.state.Map.Grid
	var given symmetry.Group
	if text != "" {
		var err error
		center := grid.Point(r3.Vec{X: float64(grid.Size[0]) / 2, Y: float64(grid.Size[1]) / 2, Z: float64(grid.Size[2]) / 2})
		if given, err = symmetry.Parse(text, center); err != nil {
			return err
		}
	}
	structures := q.structures()
	slices.SortStableFunc(structures, func(a, b int) int { return q.state.Placed(b) - q.state.Placed(a) })
	if text == "" && !slices.ContainsFunc(structures, func(id int) bool { return q.state.Placed(id) > 1 }) {
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
			q.from = len(motions)
			return nil
		}
		errs = append(errs, fmt.Errorf("%s: %w", q.state.Name(id), err))
	}
	return errors.Join(errs...)
}

// structures are those of which a copy is accepted.
func (q *symmetric) structures() []int {
	var ids []int
	for _, a := range q.state.Accepted {
		if !slices.Contains(ids, a.Structure) {
			ids = append(ids, a.Structure)
		}
	}
	return ids
}

// propose measures the missing copies of all accepted structures in the map.
// If none is missing from a cyclic symmetry that nobody stated, it may be part
// of a larger one: two subunits of a tetramer across from each other are a C2.
// That one is believed if the map has density for all of its copies.
func (q *symmetric) propose(ctx context.Context, given bool) error {
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
	for _, a := range q.state.Accepted {
		if a.Structure == f.Structure {
			least = min(least, a.Placement.Score)
		}
	}
	return slices.ContainsFunc(f.Result.Placements, func(p fitting.Placement) bool { return p.Score < least/2 })
}

// copies returns the missing copies of all accepted structures under a
// symmetry, measured in the map.
func (q *symmetric) copies(ctx context.Context, g symmetry.Group) (fits []document.Fit, err error) {
	grid := q.state.Map.Grid
	target := q.w.doc.Target(document.State{Map: q.state.Map})
	lo := grid.Point(r3.Vec{})
	hi := grid.Point(r3.Vec{X: float64(grid.Size[0] - 1), Y: float64(grid.Size[1] - 1), Z: float64(grid.Size[2] - 1)})
	for _, id := range q.structures() {
		b, motions, err := q.placed(id)
		if err != nil {
			return nil, err
		}
		found, err := symmetry.Given(g, b, motions, symmetry.Tolerance)
		if err != nil {
			q.w.do(func() { q.w.note(q.state.Name(id) + " has another symmetry: " + err.Error()) })
			continue
		}
		fit := document.Fit{Structure: id, Options: q.options, Result: &fitting.Result{}, Program: q.w.program(), Began: q.began}
		p := &fitting.Problem{Target: target, Structure: q.state.Structure(id).Model, Options: q.threaded}
		for _, c := range found.Missing(b, motions, lo, hi) {
			if err := q.measure(ctx, p, b, c.Motion, fit.Result); err != nil {
				return nil, err
			}
			if g != q.found.Group && q.isDoubtful(fit) {
				break // a larger symmetry is not there: enough is known
			}
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

// measure adds a copy to a result, at the optimum of the map nearest to where
// the symmetry has it, or there if that is too far: then the copy was drawn to
// something else.
func (q *symmetric) measure(ctx context.Context, p *fitting.Problem, b symmetry.Body, at geom.Rigid, r *fitting.Result) error {
	near, err := q.refiner.Refine(ctx, p, at)
	if err != nil {
		return err
	}
	r.Level, r.Resolution, r.AtomsUsed, r.Left = near.Level, near.Resolution, near.AtomsUsed, near.Left
	r.Starts++
	if len(near.Placements) > 0 && b.RMSD(near.Placements[0].Motion, at) <= farthest {
		r.Placements = append(r.Placements, near.Placements[0])
		return nil
	}
	prepared, err := fitting.Prepare(ctx, p)
	if err != nil {
		return err
	}
	scorer, err := prepared.Scorer(ctx)
	if err != nil {
		return err
	}
	here := prepared.Molecule.ToCenter(at)
	r.Placements = append(r.Placements, fitting.Placement{Motion: at, Hits: 1, Metrics: scorer.Metrics(here, scorer.Correlate(here))})
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
		return "no copy is missing"
	case q.found.Stated:
		return "about the z axis through the centre of the map, for one placement does not tell the axis"
	case q.found.Kind == symmetry.Helical && q.from == 2:
		return "from two placements, which any screw relates: look at the scores"
	}
	return fmt.Sprintf("of %d placements, which it has within %.2f Å", q.from, q.found.Residual)
}
