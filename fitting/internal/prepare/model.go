// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"unsafe"

	"difffit/fitting/internal/kept"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

const (
	// scorePoints is how many grid points of the simulated map a placement is
	// scored on. The error of 4000 is half a hundredth of the score
	// (docs/adr/0016-score.md).
	scorePoints = 4000
	// roughPoints is how many of them Estimate does with: its error is a
	// hundredth, and which ends are worth polishing differs by five times that.
	roughPoints = 1000
	// core is the part of its maximum that the simulated map exceeds inside
	// the molecule; rim that of the blurred core that the mask still has. The
	// blur has rimWidth resolutions, but as many of leastRim ångström at least, for
	// its standard deviation. All four were chosen, and not varied
	// (docs/adr/0016-score.md).
	core, rim          = 0.1, 0.08
	rimWidth, leastRim = 0.7, 3
	// rimGrowth is the part of the resolution that the rim grows with.
	rimGrowth = 0.6
	// background is the standard deviation, in ångström, of the Gaussian that
	// is subtracted for the second factor of the score.
	background = 6
)

// A model is what a scorer knows of its molecule: the map that is simulated from
// it at one resolution, at the places where it is looked at. The map that is
// fitted into has no part in it.
type model struct {
	molecule    *Molecule
	independent float64 // independent points in the mask

	all, some sites        // of the mask: scorePoints and roughPoints of them
	atoms     [][3]float32 // from the centroid, ångström
	atAtoms   []float32    // simulated density at the atoms
}

type modelKey struct {
	molecule   moleculeKey
	resolution float64 // ångström
}

// Bytes returns how much memory m takes besides its molecule. See kept.Sized.
func (m *model) Bytes() int {
	return int(unsafe.Sizeof(*m)) + 20*(len(m.all.points)+len(m.some.points)) + 16*len(m.atoms)
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

// newModel makes the model of the problem. It is kept with the map as it was
// opened, for what is left of it too, and serves every fit, refinement and
// sample of the structure.
func (p *Problem) newModel(ctx context.Context) (*model, error) {
	m, resolution, threads := p.Molecule, p.Resolution.Value, p.Options.Threads
	return kept.Make(ctx, p.Target.Whole().Kept(), p.model, func() (*model, error) {
		return simulate(m, resolution, threads)
	})
}

// simulate makes a model. The simulated map has σ = R/(π√2) on a grid of R/3;
// the mask is where it exceeds a tenth of its maximum, and a rim around that, on
// which foreign density and emptiness count, which makes the score robust
// against a wrong resolution (docs/adr/0016-score.md).
func simulate(of *Molecule, resolution float64, threads int) (*model, error) {
	points := make([]volume.Point, len(of.Offsets))
	for i, o := range of.Offsets {
		points[i] = volume.Point{Pos: o, Weight: of.numbers[i]}
	}
	// To the end, whoever is stopped: the next one who asks may have time.
	sim, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{Resolution: resolution, Padding: resolution + 3})
	if err != nil {
		return nil, err
	}
	sim = scaled(sim, 1/float64(sim.Greatest()))
	in := sim.Like()
	for i, v := range sim.Data {
		if v > core {
			in.Data[i] = 1
		}
	}
	near := volume.Gauss(in, rimWidth*math.Max(leastRim, rimGrowth*resolution), volume.ZeroOutside, threads)
	smooth := volume.Gauss(sim, background, volume.ZeroOutside, threads)

	var mask []int
	for i, v := range near.Data {
		if v > rim || in.Data[i] > 0 {
			mask = append(mask, i)
		}
	}
	m := &model{molecule: of, independent: float64(len(mask)) * sim.VoxelVolume() / math.Pow(resolution/2, 3)}
	chosen := sampled(mask, scorePoints)
	slices.SortStableFunc(chosen, func(a, b int) int { return cmp.Compare(in.Data[b], in.Data[a]) })
	for _, i := range chosen {
		m.all.points = append(m.all.points, single(sim.Position(i)))
		m.all.model = append(m.all.model, sim.Data[i])
		m.all.sharp = append(m.all.sharp, sim.Data[i]-smooth.Data[i])
		if in.Data[i] > 0 {
			m.all.core++
		}
	}
	m.some = m.all.every(max(1, len(m.all.points)/roughPoints))
	m.atoms, m.atAtoms = make([][3]float32, len(of.Offsets)), make([]float32, len(of.Offsets))
	for i, o := range of.Offsets {
		m.atoms[i], m.atAtoms[i] = single(o), float32(sim.Sample(o))
	}
	return m, nil
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

func scaled(g *volume.Grid, k float64) *volume.Grid {
	out := make([]float32, len(g.Data))
	for i, v := range g.Data {
		out[i] = v * float32(k)
	}
	return g.WithData(out)
}
