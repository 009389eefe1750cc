// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"

	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

const (
	// scorePoints is how many grid points of the simulated map a placement is
	// scored on. 4000 are as good as all (design, section 6).
	scorePoints = 4000
	// core is the part of its maximum that the simulated map exceeds inside
	// the molecule; rim that of the blurred core that the mask still has.
	core, rim = 0.1, 0.08
	// background is the standard deviation, in ångström, of the Gaussian that
	// is subtracted for the second factor of the score.
	background = 6
)

// A Scorer measures placements of one molecule in one map against a map that
// is simulated from the molecule.
type Scorer struct {
	molecule    *Molecule
	level       float64
	independent float64 // independent points in the mask
	density     *volume.Grid
	blurred     *volume.Grid // of the map, background Å

	points  []r3.Vec  // of the mask, from the centroid, ångström
	inside  []bool    // whether the point is in the core
	model   []float64 // simulated density at the points
	sharp   []float64 // the same less its background
	atAtoms []float64 // simulated density at the atoms
}

// Scorer returns a scorer for the problem, on the whole map, not thresholded.
func (p *Prepared) Scorer(ctx context.Context) (*Scorer, error) {
	type key struct{ background float64 }
	threads := p.Options.Threads
	blurred, err := p.Target.Cached(ctx, key{background}, func() (any, error) {
		g := p.Target.Grid()
		for math.Max(g.Step.X, math.Max(g.Step.Y, g.Step.Z)) < background/4 {
			half := volume.Halve(g, threads) // much finer than what the Gaussian leaves
			if half.Size == g.Size {
				break
			}
			g = half
		}
		return volume.Gauss(g, background, volume.Replicate, threads), nil
	})
	if err != nil {
		return nil, err
	}
	s := &Scorer{molecule: p.Molecule, level: p.Level.Value, density: p.Target.Grid(), blurred: blurred.(*volume.Grid)}
	made := make(chan error, 1)
	go func() { made <- s.simulate(ctx, p.Resolution.Value, threads) }()
	select {
	case err := <-made:
		return s, err
	case <-ctx.Done(): // the filters of a large molecule take longer than a person waits
		return nil, fmt.Errorf("fitting: stopped: %w", ctx.Err())
	}
}

// simulate makes the model side. The simulated map has σ = R/(π√2) on a grid
// of R/3 (field guide 6.1); the mask is where it exceeds a tenth of its
// maximum, and a rim around that, on which foreign density and emptiness
// count, which makes the score robust against a wrong resolution.
func (s *Scorer) simulate(ctx context.Context, resolution float64, threads int) error {
	points := Points(s.molecule.Atoms)
	for i, o := range s.molecule.Offsets {
		points[i].Pos = o
	}
	sim, err := volume.Simulate(ctx, points, volume.SimulateOptions{Resolution: resolution, Padding: resolution + 3 + background})
	if err != nil {
		return err
	}
	var largest float32
	for _, v := range sim.Data {
		largest = max(largest, v)
	}
	sim = scaled(sim, 1/float64(largest))
	in := sim.Like()
	for i, v := range sim.Data {
		if v > core {
			in.Data[i] = 1
		}
	}
	near := volume.Gauss(in, 0.7*math.Max(3, 0.6*resolution), volume.ZeroOutside, threads)
	smooth := volume.Gauss(sim, background, volume.ZeroOutside, threads)

	var mask []int
	for i, v := range near.Data {
		if v > rim || in.Data[i] > 0 {
			mask = append(mask, i)
		}
	}
	s.independent = float64(len(mask)) * sim.VoxelVolume() / math.Pow(resolution/2, 3)
	for _, i := range sampled(mask, scorePoints) {
		s.points = append(s.points, sim.Position(i))
		s.inside = append(s.inside, in.Data[i] > 0)
		s.model = append(s.model, float64(sim.Data[i]))
		s.sharp = append(s.sharp, float64(sim.Data[i])-float64(smooth.Data[i]))
	}
	for _, o := range s.molecule.Offsets {
		s.atAtoms = append(s.atAtoms, sim.Sample(o))
	}
	return ctx.Err()
}

// sampled returns n elements of all, drawn at random but always the same, in
// their order.
func sampled(all []int, n int) []int {
	if len(all) <= n {
		return all
	}
	rng := rand.New(rand.NewPCG(7, 0)) // a fixed choice of points: a score has no noise of its own
	rng.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	out := slices.Clone(all[:n])
	slices.Sort(out)
	return out
}

// Score returns S, which ranks placements, for a placement about the centroid,
// and ccD. S = ccD · dog6D, or 0 if either is not positive: ccD is the
// correlation about the mean of map and simulated map over the points of the
// mask, dog6D the same after a Gaussian of 6 Å is subtracted from both. The
// map is 0 outside its box. (Design, section 6: measured on 21 real cases.)
func (s *Scorer) Score(g geom.Rigid) (score, ccD float64) {
	score, ccD, _ = s.correlate(g)
	return score, ccD
}

// correlate also returns the correlation inside the core.
func (s *Scorer) correlate(g geom.Rigid) (score, ccD, ccCore float64) {
	move := g.Mover()
	var all, sharp, inner sums
	for i, o := range s.points {
		p := move(o)
		v := s.density.Sample(p)
		all.add(v, s.model[i])
		sharp.add(v-s.blurred.Sample(p), s.sharp[i])
		if s.inside[i] {
			inner.add(v, s.model[i])
		}
	}
	ccD = all.aboutMean()
	if dog := sharp.aboutMean(); ccD > 0 && dog > 0 {
		score = ccD * dog
	}
	return score, ccD, inner.aboutMean()
}

// Metrics returns everything about a placement about the centroid:
//
//   - Score: S, as in Scorer.Score. It ranks.
//   - SignificanceZ: atanh(ccD)·√(N−3), the Fisher z of ccD with N = volume of
//     the mask over (resolution/2)³ independent points. It compares structures.
//   - Density: mean of the map at the atoms, in units of the map.
//   - Overlap μ = Σ D·W/n, Correlation ρ = Σ D·W/(|D||W|) and
//     CorrelationAboutMean ρ_μ, the same of D and W less their means; D is the
//     map and W the simulated map, of maximum 1, at all n atoms (field guide
//     6.3: the reference leaves out the atoms outside the contour, which hides
//     misses).
//   - Inside: the part of the atoms where the map exceeds the contour level.
//   - MapCorrelation: correlation about the mean of map and simulated map over
//     the grid points where the simulated map exceeds a tenth of its maximum.
//
// The map is 0 outside its box.
func (s *Scorer) Metrics(g geom.Rigid) Metrics {
	var m Metrics
	var ccD float64
	m.Score, ccD, m.MapCorrelation = s.correlate(g)
	m.SignificanceZ = math.Atanh(min(max(ccD, -1+1e-12), 1-1e-12)) * math.Sqrt(math.Max(0, s.independent-3))
	move := g.Mover()
	var at sums
	for i, o := range s.molecule.Offsets {
		d := s.density.Sample(move(o))
		at.add(d, s.atAtoms[i])
		if d > s.level {
			m.Inside++
		}
	}
	m.Inside /= at.n
	m.Density = at.a / at.n
	m.Overlap = at.ab / at.n
	m.Correlation = ratio(at.ab, at.aa*at.bb)
	m.CorrelationAboutMean = at.aboutMean()
	return m
}

// sums are what a correlation of pairs (a, b) needs.
type sums struct{ n, a, b, aa, bb, ab float64 }

func (s *sums) add(a, b float64) {
	s.n++
	s.a += a
	s.b += b
	s.aa += a * a
	s.bb += b * b
	s.ab += a * b
}

// aboutMean returns Pearson's correlation, 0 if either side does not vary.
func (s *sums) aboutMean() float64 {
	if s.n == 0 {
		return 0
	}
	va, vb := s.aa-s.a*s.a/s.n, s.bb-s.b*s.b/s.n
	if !(va > 1e-12*s.aa && vb > 1e-12*s.bb) {
		return 0
	}
	return (s.ab - s.a*s.b/s.n) / math.Sqrt(va*vb)
}

func ratio(ab, aabb float64) float64 {
	if !(aabb > 0) {
		return 0
	}
	return ab / math.Sqrt(aabb)
}
