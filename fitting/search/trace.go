// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/prepare"
)

// Trace follows starts once more. See fitting.Tracer. Streams of random numbers
// belong to a start, and what becomes of a climber depends on nothing but
// itself: so a start goes the same way as in the fit, also alone and step by step.
func (e *Engine) Trace(ctx context.Context, p *fitting.Problem, end geom.Rigid, starts, most int) ([]fitting.Trajectory, error) {
	r := newRun(ctx, e.device, nil)
	defer r.watch.stop()
	defer r.end()
	if err := r.prepare(p); err != nil {
		return nil, err
	}
	t := &tracer{run: r, end: r.p.Molecule.ToCenter(end), most: most}
	var err error
	if p.Options.Method == fitting.DiffFit {
		err = t.paper(starts)
	} else {
		err = t.search(starts)
	}
	if err != nil {
		return nil, err
	}
	return t.measure()
}

// A tracer repeats a fit and looks for those who end in one place.
type tracer struct {
	*run
	end   geom.Rigid // about the centroid
	most  int
	found []*way
}

// A way is where a start was, about the centroid.
type way struct {
	start       int // in the fit, from 1
	round, kind int
	begin       geom.Rigid
	off         float64 // RMSD of its end to the place that is looked for, ångström
	places      []geom.Rigid
	stages      []string
}

func (w *way) add(g geom.Rigid, stage string) {
	w.places, w.stages = append(w.places, g), append(w.stages, stage)
}

// nearest keeps the ways that end nearest to the place: the first is the one
// by which the fit came there.
func (t *tracer) nearest() {
	slices.SortStableFunc(t.found, func(a, b *way) int { return cmp.Compare(a.off, b.off) })
	t.found = t.found[:min(len(t.found), t.most)]
	for _, w := range t.found {
		w.add(w.begin, "start")
	}
}

// search repeats the rounds of a fit, and then the ways that are wanted.
func (t *tracer) search(starts int) error {
	fields, done := fieldSet{}, 0
	for number, n := range rounds {
		n = min(n, starts-done)
		if n <= 0 {
			break
		}
		kinds := kindsOf(number)
		if err := t.fields(fields, kinds); err != nil {
			return err
		}
		first := done
		for k, kind := range kinds {
			count := n / len(kinds)
			if k < n%len(kinds) {
				count++
			}
			if err := t.look(number, k, count, first, fields[kind], fields[prepare.Smoothed].full); err != nil {
				return err
			}
			first += count
		}
		done += n
	}
	t.nearest()
	for number := range rounds {
		for k, kind := range kindsOf(number) {
			var ways []*way
			for _, w := range t.found {
				if w.round == number && w.kind == k {
					ways = append(ways, w)
				}
			}
			if len(ways) == 0 {
				continue
			}
			if err := t.walk(ways, number, fields[kind], fields[prepare.Smoothed].full); err != nil {
				return err
			}
		}
	}
	return nil
}

// look repeats the part of a round in one field and notes who ends at the
// place; first is the number of its first start in the fit, from 0.
func (t *tracer) look(number, kind, count, first int, in fields, polish *Field) error {
	m := t.p.Molecule
	climbers := t.crowd(number, kind, count)
	step := firstStep * m.Gyration
	for _, s := range stages(m.Gyration, number) {
		var err error
		if climbers, err = t.advance(climbers, in, s, step, count); err != nil {
			return err
		}
		step = s.last
	}
	o, err := t.session.Objective(t.ctx, polish, m.Offsets)
	if err != nil {
		return err
	}
	defer o.Close()
	ends := make([]geom.Rigid, len(climbers))
	for i, c := range climbers {
		ends[i] = c.Rigid
	}
	if err := o.Polish(t.ctx, ends, polishing(m.Gyration, polishSteps)); err != nil {
		return err
	}
	crowd := t.crowd(number, kind, count)
	for i, c := range climbers {
		if off := m.RMSD(ends[i], t.end); off < distinctOptima {
			n := int(c.start & math.MaxUint32)
			t.found = append(t.found, &way{start: first + n + 1, round: number, kind: kind, begin: crowd[n].Rigid, off: off})
		}
	}
	return nil
}

// walk does a round with a few climbers, step by step.
func (t *tracer) walk(ways []*way, number int, in fields, polish *Field) error {
	climbers := make([]Climber, len(ways))
	for i, w := range ways {
		climbers[i].Rigid = w.begin
	}
	if err := t.climb(climbers, ways, number, in); err != nil {
		return err
	}
	return t.polishing(climbers, ways, polish)
}

// climb does the stages of a round with a few climbers, step by step.
func (t *tracer) climb(climbers []Climber, ways []*way, number int, in fields) error {
	m := t.p.Molecule
	last := firstStep * m.Gyration
	for _, s := range stages(m.Gyration, number) {
		f := in.full
		if s.half {
			f = in.half
		}
		o, err := t.session.Objective(t.ctx, f, m.Subset(s.atoms))
		if err != nil {
			return err
		}
		ratio := 1.0
		if s.steps > 1 {
			ratio = math.Pow(s.last/last, 1/float64(s.steps-1))
		}
		name := fmt.Sprintf("%d atoms", min(s.atoms, len(m.Offsets)))
		for step := last; err == nil && s.steps > 0; s.steps, step = s.steps-1, step*ratio {
			err = o.Climb(t.ctx, climbers, Ascent{Steps: 1, First: step, Last: step, Gyration: m.Gyration})
			for i, c := range climbers {
				ways[i].add(c.Rigid, name)
			}
		}
		o.Close()
		if err != nil {
			return err
		}
		last = s.last
	}
	return nil
}

// polishing moves the climbers to the optimum with all atoms. The optimiser
// does not stop on the way: it is run for one evaluation more each time.
func (t *tracer) polishing(climbers []Climber, ways []*way, f *Field) error {
	m := t.p.Molecule
	o, err := t.session.Objective(t.ctx, f, m.Offsets)
	if err != nil {
		return err
	}
	defer o.Close()
	for k := 2; k <= polishSteps; k++ {
		places := make([]geom.Rigid, len(climbers))
		for i, c := range climbers {
			places[i] = c.Rigid
		}
		if err := o.Polish(t.ctx, places, polishing(m.Gyration, k)); err != nil {
			return err
		}
		for i, g := range places {
			if w := ways[i]; g != w.places[len(w.places)-1] {
				w.add(g, "all atoms, refined")
			}
		}
	}
	return nil
}

// paper repeats the plain method and then, for the starts that are wanted, its
// beginning with more and more steps: the state at a step is the one that is
// looked at last, unless it is worse than the start.
func (t *tracer) paper(starts int) error {
	f, err := newFields(t.ctx, t.p, prepare.Paper)
	if err != nil {
		return err
	}
	o, err := t.session.Objective(t.ctx, f.full, t.p.Molecule.Offsets)
	if err != nil {
		return err
	}
	defer o.Close()
	ends := make([]*geom.Rigid, starts)
	how := t.paperAdam()
	err = o.Follow(t.ctx, starts, t.paperStart, how, func(i int, end Climber) { ends[i] = &end.Rigid })
	if err != nil {
		return err
	}
	m := t.p.Molecule
	for i, g := range ends {
		if g != nil && m.RMSD(*g, t.end) < distinctEnds {
			t.found = append(t.found, &way{start: i + 1, begin: t.paperStart(i), off: m.RMSD(*g, t.end)})
		}
	}
	t.nearest()
	for step := logEvery; step < how.Steps; step += logEvery {
		at := Adam{Steps: step + 1, Look: step, ShiftRate: how.ShiftRate, RotationRate: how.RotationRate}
		err := o.Follow(t.ctx, len(t.found), func(i int) geom.Rigid { return t.paperStart(t.found[i].start - 1) }, at,
			func(i int, end Climber) { t.found[i].add(end.Rigid, fmt.Sprintf("Adam, step %d", step)) })
		if err != nil {
			return err
		}
	}
	return nil
}

// measure returns the ways with the metrics of each step.
func (t *tracer) measure() ([]fitting.Trajectory, error) {
	m := t.p.Molecule
	out := make([]fitting.Trajectory, len(t.found))
	for i, w := range t.found {
		out[i] = fitting.Trajectory{Start: w.start, Steps: make([]fitting.Step, len(w.places))}
		last := w.places[len(w.places)-1]
		err := Each(t.ctx, t.threads, len(w.places), func(k int) {
			g := w.places[k]
			motion := m.ToFile(g)
			out[i].Steps[k] = fitting.Step{
				Placement: fitting.Placement{Motion: geom.NewRigid(motion.Rotation, motion.Shift), Metrics: t.scorer.Metrics(g, t.scorer.Correlate(g))},
				Stage:     w.stages[k], RMSD: m.RMSD(g, last),
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return out, nil
}
