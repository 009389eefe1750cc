// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/geom"
	"difffit/fitting/symmetry"
)

// An evidence is the placements of one structure that a symmetry is found from:
// those that are accepted, and after them, the best first, those that are
// significant and in nobody's way.
type evidence struct {
	structure int // ID
	body      symmetry.Body
	motions   []geom.Rigid
	scores    []float64 // of motions, in the map as it was opened
	accepted  int       // the first of motions
	others    int       // significant ones that do not have the symmetry
}

// rows are the placements that are not accepted.
func (e *evidence) rows() []geom.Rigid { return slices.Clone(e.motions[e.accepted:]) }

// keep returns e with some of its placements, by index in rising order.
func (e *evidence) keep(members []int) *evidence {
	out := &evidence{structure: e.structure, body: e.body, others: e.others + len(e.motions) - len(members)}
	for _, i := range members {
		out.motions, out.scores = append(out.motions, e.motions[i]), append(out.scores, e.scores[i])
		if i < e.accepted {
			out.accepted++
		}
	}
	return out
}

// gather returns what there is of each structure, most first.
func (q *symmetric) gather() ([]*evidence, error) {
	var all []*evidence
	of := func(structure int) (*evidence, error) {
		if i := slices.IndexFunc(all, func(e *evidence) bool { return e.structure == structure }); i >= 0 {
			return all[i], nil
		}
		s := q.model(structure)
		atoms, _ := s.Select(q.options.Atoms)
		if len(atoms) == 0 {
			return nil, fmt.Errorf("work: structure %q: none of its %d atoms takes part (atoms: %s)", s.Name, len(s.Atoms), q.options.Atoms)
		}
		all = append(all, &evidence{structure: structure, body: symmetry.NewBody(atoms)})
		return all[len(all)-1], nil
	}
	for _, a := range q.basis.Accepted {
		e, err := of(a.Structure)
		if err != nil {
			return nil, err
		}
		e.motions, e.scores = append(e.motions, a.Motion), append(e.scores, a.Score)
		e.accepted++
	}
	for _, a := range q.basis.Symmetry.Rows {
		e, err := of(a.Structure)
		if err != nil {
			return nil, err
		}
		q.addRow(e, a)
	}
	slices.SortStableFunc(all, func(a, b *evidence) int { return cmp.Compare(len(b.motions), len(a.motions)) })
	return all, nil
}

// addRow adds a placement that nobody decided about, unless it is poor beside
// the best one or in the way of a better one.
func (q *symmetric) addRow(e *evidence, a document.FixedPlacement) {
	if len(e.scores) > 0 && a.Score < slices.Max(e.scores)/2 {
		return
	}
	o := compose.DefaultOptions()
	here := q.model(a.Structure).Moved(a.Motion.Mover())
	for _, m := range e.motions {
		if e.body.RMSD(m, a.Motion) < e.body.Gyration/2 || compose.Clash(here, q.model(a.Structure).Moved(m.Mover())) > o.MaxClash {
			return
		}
	}
	e.motions, e.scores = append(e.motions, a.Motion), append(e.scores, a.Score)
}

// detect finds the symmetry that most placements of e have, and leaves the
// others out of it.
func (e *evidence) detect(q *symmetric, given symmetry.Group, isGiven bool) error {
	var members []int
	var err error
	if isGiven {
		q.found, members, err = symmetry.GivenAmong(given, e.body, e.motions, e.accepted, symmetry.Tolerance)
		if err != nil && e.accepted < len(e.motions) { // the significant ones may have another symmetry
			members = all(max(1, e.accepted))
			q.found, err = symmetry.Given(given, e.body, e.motions[:len(members)], symmetry.Tolerance)
		}
	} else {
		q.found, members, err = symmetry.Among(e.body, e.motions, e.accepted, symmetry.Tolerance)
	}
	if err == nil {
		*e = *e.keep(members)
	}
	return err
}

// under returns a symmetry as the placements of e have it, and those that do. What
// is made of accepted placements alone may find its own axis.
func (e *evidence) under(q *symmetric, g symmetry.Found) (symmetry.Found, *evidence, error) {
	if e.accepted == len(e.motions) {
		found, err := symmetry.Given(g.Group, e.body, e.motions, symmetry.Tolerance)
		return found, e, err
	}
	reference := e.motions[0]
	if e == q.leader {
		reference = g.Reference // by all of them
	}
	found, members := g.Of(e.body, reference, e.motions, symmetry.Tolerance)
	known := e.keep(members)
	if known.accepted < e.accepted {
		return found, known, fmt.Errorf("%d of %d accepted placements are not copies by %v", e.accepted-known.accepted, e.accepted, g.Group)
	}
	return found, known, nil
}

// choose leaves of what is proposed those that go best together, and beside what
// is accepted: as many as are missing where a person said how many there are, else
// one of each structure, if these are as many as any numbers of them would be.
// What rests on accepted placements alone is proposed as it is.
func (q *symmetric) choose(ctx context.Context) error {
	y := q.basis.Symmetry
	if len(y.Rows) == 0 {
		return nil
	}
	var fixed []compose.Placed
	for _, a := range q.basis.Accepted {
		fixed = append(fixed, compose.Placed{Structure: q.model(a.Structure), Motion: a.Motion})
	}
	best, err := q.together(ctx, fixed, false)
	if err != nil {
		return err
	}
	one, err := q.together(ctx, fixed, true)
	if err != nil {
		return err
	}
	if len(one) == len(best) {
		best = one
	}
	fits := q.fits
	q.fits, q.left = nil, -len(best)
	for _, f := range fits {
		if q.wanted(f.Structure) == nil {
			q.beyond += len(f.Result.Placements)
			continue
		}
		q.left += len(f.Result.Placements)
		result := *f.Result
		result.Placements = slices.DeleteFunc(slices.Clone(f.Result.Placements), func(p fitting.Placement) bool {
			return !slices.Contains(best, member{f.Structure, p.Motion})
		})
		if len(result.Placements) > 0 {
			result.Clusters = clustersOf(result.Placements)
			f.Result = &result
			q.fits = append(q.fits, f)
		}
	}
	return nil
}

// wanted returns how many copies of a structure are missing, nil if all that are
// expected are accepted.
func (q *symmetric) wanted(structure int) *document.Wanted {
	all := q.basis.Symmetry.Wanted
	if i := slices.IndexFunc(all, func(w document.Wanted) bool { return w.Structure == structure }); i >= 0 {
		return &all[i]
	}
	return nil
}

// A member of what is proposed.
type member struct {
	structure int
	motion    geom.Rigid
}

// together returns what goes best together of what is proposed: where nobody
// said how many copies there are, one of each or any number.
func (q *symmetric) together(ctx context.Context, fixed []compose.Placed, one bool) ([]member, error) {
	var contenders []compose.Contender
	limits := make([]int, len(q.fits))
	for i, f := range q.fits {
		w := q.wanted(f.Structure)
		switch {
		case w == nil: // all that are expected are there
			continue
		case !w.Assumed || one && w.Copies > 0:
			limits[i] = w.Copies
		case one:
			continue
		}
		for _, p := range f.Result.Placements {
			if p.Score > 0 {
				contenders = append(contenders, compose.Contender{Placed: compose.Placed{Structure: q.model(f.Structure), Motion: p.Motion}, Kind: i, Score: p.Score})
			}
		}
	}
	chosen, err := compose.Together(ctx, contenders, limits, fixed, compose.DefaultOptions().MaxClash)
	var out []member
	for _, i := range chosen {
		out = append(out, member{q.fits[contenders[i].Kind].Structure, contenders[i].Motion})
	}
	return out, err
}
