// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"context"
	"math"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/pearson"
	"difffit/fitting/volume"
)

// A Scorer measures placements of one molecule in one map against a map that
// is simulated from the molecule.
type Scorer struct {
	*model
	level   float64
	density *volume.Grid
	blurred *volume.Grid // of the map, background Å
}

// Scorer returns a scorer for the problem, on the whole map, not thresholded.
func (p *Problem) Scorer(ctx context.Context) (*Scorer, error) {
	around, err := blurred(ctx, p.Target, p.Options.Threads)
	if err != nil {
		return nil, err
	}
	m, err := p.newModel(ctx)
	if err != nil {
		return nil, err
	}
	return &Scorer{model: m, level: p.Level.Value, density: p.Target.Grid(), blurred: around}, nil
}

// In returns a scorer of the same molecule in another map.
func (s *Scorer) In(ctx context.Context, t *fitting.Target, threads int) (*Scorer, error) {
	around, err := blurred(ctx, t, threads)
	if err != nil {
		return nil, err
	}
	q := *s
	q.density, q.blurred = t.Grid(), around
	return &q, nil
}

// A Correlation is what a score is made of.
type Correlation struct {
	// Score is S = Mask · dog6D, or 0 if either is not positive; dog6D is Mask
	// after a Gaussian of 6 Å is subtracted from both maps. It ranks
	// placements (docs/adr/0016-score.md has how well).
	Score float64
	// Mask is ccD: the correlation about the mean of map and simulated map over
	// the points of the mask; Core is the same over those of the core.
	Mask, Core float64
}

// Correlate scores a placement about the centroid. The map is 0 outside its
// box.
func (s *Scorer) Correlate(g geom.Rigid) Correlation { return s.correlate(&s.all, g) }

// Estimate is Correlate on a quarter of the points, in a quarter of the time:
// good enough to tell which placements are worth more.
func (s *Scorer) Estimate(g geom.Rigid) Correlation { return s.correlate(&s.some, g) }

// EstimateCore is the Core of Estimate alone: of the points of the core, and of
// the map without its background.
func (s *Scorer) EstimateCore(g geom.Rigid) float64 {
	var here [scorePoints]float32
	v := here[:s.some.core]
	s.density.SampleMoved(v, s.some.points[:s.some.core], g.Matrix(), g.Shift)
	var core pearson.Sums
	core.Add(v, s.some.model)
	return core.AboutMean()
}

func (s *Scorer) correlate(at *sites, g geom.Rigid) Correlation {
	var here, around [scorePoints]float32
	v, b := here[:len(at.points)], around[:len(at.points)]
	matrix := g.Matrix()
	s.density.SampleMoved(v, at.points, matrix, g.Shift)
	s.blurred.SampleMoved(b, at.points, matrix, g.Shift)
	return at.correlate(v, b)
}

// Samples tells a device that samples maps faster what Correlate samples: two
// maps, 0 outside their boxes, at points from the centroid, in ångström, that
// move with the placement.
func (s *Scorer) Samples() (density, around *volume.Grid, points [][3]float32) {
	return s.density, s.blurred, s.all.points
}

// CorrelateSamples is Correlate of what Samples asks for. It changes around.
func (s *Scorer) CorrelateSamples(density, around []float32) Correlation {
	return s.all.correlate(density, around)
}

// correlate scores the samples v of the map and b of its background. It leaves
// the map less its background in b.
func (s *sites) correlate(v, b []float32) (c Correlation) {
	var all, sharp pearson.Sums
	all.Add(v[:s.core], s.model)
	c.Core = all.AboutMean()
	all.Add(v[s.core:], s.model[s.core:])
	c.Mask = all.AboutMean()
	for i, x := range v {
		b[i] = x - b[i]
	}
	sharp.Add(b, s.sharp)
	if dog := sharp.AboutMean(); c.Mask > 0 && dog > 0 {
		c.Score = c.Mask * dog
	}
	return c
}

// Significance returns the Fisher z of a correlation over the mask:
// atanh(ccD)·√(N−3) with N = volume of the mask over (resolution/2)³
// independent points. It compares structures.
func (s *Scorer) Significance(c Correlation) float64 {
	return math.Atanh(min(max(c.Mask, -1+1e-12), 1-1e-12)) * math.Sqrt(math.Max(0, s.independent-3))
}

// Metrics returns everything about a placement about the centroid, whose
// correlation c is known: see fitting.Metrics.
func (s *Scorer) Metrics(g geom.Rigid, c Correlation) fitting.Metrics {
	m := fitting.Metrics{Score: c.Score, SignificanceZ: s.Significance(c), MapCorrelation: c.Core}
	density := make([]float32, len(s.atoms))
	s.density.SampleMoved(density, s.atoms, g.Matrix(), g.Shift)
	var at pearson.Sums
	at.Add(density, s.atAtoms)
	for _, d := range density {
		if float64(d) > s.level {
			m.Inside++
		}
	}
	m.Inside /= at.N
	m.Density = at.A / at.N
	m.Overlap = at.AB / at.N
	m.Correlation = at.AboutZero()
	m.CorrelationAboutMean = at.AboutMean()
	return m
}
