// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"context"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/internal/pearson"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

const (
	// localReach is how far from its atoms, in resolutions, the grid points of
	// a residue may be, at least localLeast ångström.
	localReach = 0.5
	localLeast = 2.0
	// localPoints is how few grid points tell nothing: Pearson's correlation
	// of so few is noise.
	localPoints = 10
)

// A LocalFit tells how well a map agrees with the parts of a placed structure.
type LocalFit struct {
	// Of has a correlation for each atom of the structure, that of its
	// residue; NaN for residues where there is nothing to compare: outside the
	// map, or of hydrogen atoms alone.
	Of []float64
	// Mean is the mean over the residues that have one, Residues their number.
	Mean     float64
	Residues int
}

// Local returns the local correlation of a structure, placed by a motion in the
// map of a target, at a resolution in ångström.
//
// The local correlation of a residue is Pearson's correlation about the mean
// of map and simulated map over the voxels within reach of its atoms: half of
// the resolution, and at least 2 Å. It is CC_mask restricted to a residue, as
// in P. V. Afonine et al., Acta Cryst. D74, 814–840 (2018), section 3.2; the
// simulated map is that of all atoms of the structure, so that neighbours
// count where they reach (σ = R/(π√2), see volume.Simulate). Hydrogen atoms do
// not take part: their electrons are those of their neighbours.
func Local(ctx context.Context, g *volume.Grid, s *mol.Structure, motion geom.Rigid, resolution float64) (*LocalFit, error) {
	if !volume.IsResolution(resolution) {
		return nil, fmt.Errorf("fitting: local fit: resolution is %g Å, want %g to %d", resolution, volume.FinestResolution, volume.CoarsestResolution)
	}
	reach := math.Max(localLeast, localReach*resolution)
	heavy := make([]mol.Atom, 0, len(s.Atoms))
	move := motion.Mover()
	for _, a := range s.Atoms {
		if a.Element != mol.Hydrogen {
			a.Pos = move(a.Pos)
			heavy = append(heavy, a)
		}
	}
	if len(heavy) == 0 {
		return nil, fmt.Errorf("fitting: local fit: %s has no atoms but hydrogen", s.Name)
	}
	frame := volume.FrameAround(g, Points(heavy), 5*volume.SigmaFactor*resolution)
	fit := &LocalFit{Of: make([]float64, len(s.Atoms)), Mean: math.NaN()}
	for i := range fit.Of {
		fit.Of[i] = math.NaN()
	}
	if frame == nil {
		return fit, nil // nowhere near the map
	}
	sim, err := volume.Simulate(ctx, Points(heavy), volume.SimulateOptions{Resolution: resolution, Frame: frame})
	if err != nil {
		return nil, err
	}
	l := &localWork{density: frame, sim: sim, reach: reach, marked: make([]int32, len(sim.Data))}
	for first, k := 0, 0; first < len(s.Atoms); {
		n := first
		for n < len(s.Atoms) && sameResidue(&s.Atoms[first], &s.Atoms[n]) {
			n++
		}
		if first%4096 < n-first && ctx.Err() != nil {
			return nil, fmt.Errorf("fitting: local fit: %w", ctx.Err())
		}
		k0 := k
		for _, a := range s.Atoms[first:n] {
			if a.Element != mol.Hydrogen {
				k++
			}
		}
		cc := l.correlate(heavy[k0:k])
		for i := first; i < n; i++ {
			fit.Of[i] = cc
		}
		if cc == cc {
			fit.Residues++
			if fit.Residues == 1 {
				fit.Mean = 0
			}
			fit.Mean += (cc - fit.Mean) / float64(fit.Residues)
		}
		first = n
	}
	return fit, nil
}

func sameResidue(a, b *mol.Atom) bool {
	return a.Chain == b.Chain && a.Seq == b.Seq && a.Insert == b.Insert && a.Residue == b.Residue
}

// localWork compares map and simulated map around residues. A voxel is counted
// once for a residue: marked has the number of the residue that had it last.
type localWork struct {
	density, sim *volume.Grid // in one frame
	reach        float64
	marked       []int32
	residue      int32
}

// correlate returns the correlation around some atoms, NaN if there is none.
func (l *localWork) correlate(atoms []mol.Atom) float64 {
	l.residue++
	var s pearson.Sums
	g := l.sim
	reach := [3]float64{l.reach / g.Step.X, l.reach / g.Step.Y, l.reach / g.Step.Z}
	for _, atom := range atoms {
		v := g.Voxel(atom.Pos)
		at := [3]float64{v.X, v.Y, v.Z}
		var lo, hi [3]int
		for k := range 3 {
			lo[k] = max(0, int(math.Ceil(at[k]-reach[k])))
			hi[k] = min(g.Size[k]-1, int(math.Floor(at[k]+reach[k])))
		}
		for z := lo[2]; z <= hi[2]; z++ {
			for y := lo[1]; y <= hi[1]; y++ {
				for x := lo[0]; x <= hi[0]; x++ {
					i := g.Index(x, y, z)
					if l.marked[i] == l.residue || r3.Norm2(r3.Sub(g.Position(i), atom.Pos)) > l.reach*l.reach {
						continue
					}
					l.marked[i] = l.residue
					s.Add(l.density.Data[i:i+1], l.sim.Data[i:i+1])
				}
			}
		}
	}
	if s.N < localPoints || !s.AVaries() {
		return math.NaN() // the map does not vary here: outside its mask, or zeroed
	}
	return s.AboutMean()
}
