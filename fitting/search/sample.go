// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"context"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/prepare"
	"gonum.org/v1/gonum/spatial/r3"
)

const (
	// sampleStarts are followed at a time, until fitting.LeastNull of them
	// ended in different places, and at most sampleMost.
	sampleStarts, sampleMost = 384, 1536
	// sampleRound numbers the random streams: no round of a search has it.
	sampleRound = 1 << 10
)

// Sample follows random starts to the end, none of them chosen, and returns the
// correlation about the mean of all places where they ended. See
// fitting.Sampler.
func (e *Engine) Sample(ctx context.Context, p *fitting.Problem) ([]float64, error) {
	whole := *p
	whole.Options.Sphere = fitting.Sphere{} // what is by chance is so everywhere
	p = &whole
	r := newRun(ctx, e.device, nil)
	defer r.watch.stop()
	defer r.end()
	if err := r.prepare(p); err != nil {
		return nil, err
	}
	f, err := newFields(ctx, r.p, prepare.Smoothed)
	if err != nil {
		return nil, err
	}
	var places []geom.Rigid
	for n := 0; n < sampleMost && len(places) < fitting.LeastNull; n += sampleStarts {
		climbers := r.crowd(sampleRound+n/sampleStarts, 0, sampleStarts)
		step := firstStep * r.p.Molecule.Gyration
		for _, s := range stages(r.p.Molecule.Gyration, 0) {
			s.keep = 1
			if climbers, err = r.advance(climbers, f, s, step, sampleStarts); err != nil {
				return nil, err
			}
			step = s.last
		}
		places = r.unique(places, climbers)
	}
	cams := make([]float64, len(places))
	err = Each(ctx, r.threads, len(places), func(i int) { cams[i] = r.scorer.EstimateCore(places[i]) })
	return cams, err
}

// unique adds the ends of climbers, best first, to places that are farther
// apart than clusters are.
func (r *run) unique(places []geom.Rigid, climbers []Climber) []geom.Rigid {
	o := r.p.Options
next:
	for i := range climbers {
		c := climbers[i].Rigid
		for _, p := range places {
			if r3.Norm2(r3.Sub(c.Shift, p.Shift)) <= o.ClusterShift*o.ClusterShift && geom.Angle(c.Rotation, p.Rotation) <= o.ClusterAngle {
				continue next
			}
		}
		places = append(places, c)
	}
	return places
}
