// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"cmp"
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
	// roughPoints is how many of them Estimate does with: its error is a
	// hundredth, and which ends are worth polishing differs by five times that.
	roughPoints = 1000
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

	all, some sites        // of the mask: scorePoints and roughPoints of them
	atoms     [][3]float32 // from the centroid, ångström
	atAtoms   []float32    // simulated density at the atoms
}

// sites are points of the mask with what the model has there.
type sites struct {
	points [][3]float32 // those of the core first, from the centroid, ångström
	core   int          // how many of them are in the core
	model  []float32    // simulated density
	sharp  []float32    // the same less its background
}

// every returns each n-th of the sites.
func (s *sites) every(n int) sites {
	var out sites
	for i := 0; i < len(s.points); i += n {
		out.points = append(out.points, s.points[i])
		out.model = append(out.model, s.model[i])
		out.sharp = append(out.sharp, s.sharp[i])
		if i < s.core {
			out.core++
		}
	}
	return out
}

// Scorer returns a scorer for the problem, on the whole map, not thresholded.
func (p *Prepared) Scorer(ctx context.Context) (*Scorer, error) {
	threads := p.Options.Threads
	blurred, err := p.Target.blurred(ctx, threads)
	if err != nil {
		return nil, err
	}
	s := &Scorer{molecule: p.Molecule, level: p.Level.Value, density: p.Target.Grid(), blurred: blurred}
	made := make(chan error, 1)
	go func() { made <- s.simulate(ctx, p.Resolution.Value, threads) }()
	select {
	case err := <-made:
		return s, err
	case <-ctx.Done(): // the filters of a large molecule take longer than a person waits
		return nil, fmt.Errorf("fitting: stopped: %w", ctx.Err())
	}
}

// In returns a scorer of the same molecule in another map.
func (s *Scorer) In(ctx context.Context, t *Target, threads int) (*Scorer, error) {
	blurred, err := t.blurred(ctx, threads)
	if err != nil {
		return nil, err
	}
	q := *s
	q.density, q.blurred = t.Grid(), blurred
	return &q, nil
}

// blurred returns the map after the Gaussian that is subtracted for the second
// factor of the score.
func (t *Target) blurred(ctx context.Context, threads int) (*volume.Grid, error) {
	type key struct{ background float64 }
	v, err := t.Cached(ctx, key{background}, func() (any, error) {
		// Much finer than what the Gaussian leaves is not needed.
		n := t.halvings(func(step float64) bool { return step < background/2. })
		g, err := t.coarse(context.Background(), n, threads)
		if err != nil {
			return nil, err
		}
		return volume.Gauss(g, background, volume.Replicate, threads), nil
	})
	if err != nil {
		return nil, err
	}
	return v.(*volume.Grid), nil
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
	sim, err := volume.Simulate(ctx, points, volume.SimulateOptions{Resolution: resolution, Padding: resolution + 3})
	if err != nil {
		return err
	}
	sim = scaled(sim, 1/float64(sim.Greatest()))
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
	chosen := sampled(mask, scorePoints)
	slices.SortStableFunc(chosen, func(a, b int) int { return cmp.Compare(in.Data[b], in.Data[a]) })
	for _, i := range chosen {
		s.all.points = append(s.all.points, single(sim.Position(i)))
		s.all.model = append(s.all.model, sim.Data[i])
		s.all.sharp = append(s.all.sharp, sim.Data[i]-smooth.Data[i])
		if in.Data[i] > 0 {
			s.all.core++
		}
	}
	s.some = s.all.every(max(1, len(s.all.points)/roughPoints))
	for _, o := range s.molecule.Offsets {
		s.atoms = append(s.atoms, single(o))
		s.atAtoms = append(s.atAtoms, float32(sim.Sample(o)))
	}
	return ctx.Err()
}

func single(v r3.Vec) [3]float32 { return [3]float32{float32(v.X), float32(v.Y), float32(v.Z)} }

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

// A Correlation is what a score is made of.
type Correlation struct {
	// Score is S = Mask · dog6D, or 0 if either is not positive; dog6D is Mask
	// after a Gaussian of 6 Å is subtracted from both maps. It ranks
	// placements (design, section 6: measured on 21 real cases).
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
	var core sums
	core.add(v, s.some.model)
	return core.aboutMean()
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
	var all, sharp sums
	all.add(v[:s.core], s.model)
	c.Core = all.aboutMean()
	all.add(v[s.core:], s.model[s.core:])
	c.Mask = all.aboutMean()
	for i, x := range v {
		b[i] = x - b[i]
	}
	sharp.add(b, s.sharp)
	if dog := sharp.aboutMean(); c.Mask > 0 && dog > 0 {
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
// correlation c is known:
//
//   - Score: see Correlation. SignificanceZ: see Significance.
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
func (s *Scorer) Metrics(g geom.Rigid, c Correlation) Metrics {
	m := Metrics{Score: c.Score, SignificanceZ: s.Significance(c), MapCorrelation: c.Core}
	density := make([]float32, len(s.atoms))
	s.density.SampleMoved(density, s.atoms, g.Matrix(), g.Shift)
	var at sums
	at.add(density, s.atAtoms)
	for _, d := range density {
		if float64(d) > s.level {
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

func (s *sums) add(a, b []float32) {
	b = b[:len(a)]
	s.n += float64(len(a))
	for i, v := range a {
		x, y := float64(v), float64(b[i])
		s.a += x
		s.b += y
		s.aa += x * x
		s.bb += y * y
		s.ab += x * y
	}
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
