// SPDX-License-Identifier: BSD-3-Clause

// Package volume has density maps and what is done to them before, during and
// after a fit: contour levels, islands, smoothing, sampling, simulated maps,
// zeroing. It knows neither files nor molecules nor how a map is drawn.
//
// No function changes a Grid that it was given, unless its name says so.
package volume

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// A Grid is a density map on an orthogonal grid. Once another package has seen
// it, it is never changed.
type Grid struct {
	Size   [3]int    // voxels along x, y, z
	Step   r3.Vec    // voxel edge, ångström
	Origin r3.Vec    // position of the centre of voxel (0, 0, 0), ångström
	Data   []float32 // densities, x fastest; len = Size[0]·Size[1]·Size[2]
}

// New returns a grid of zeros. It panics if a size is below 1 or a step is not
// positive and finite: readers check what files claim before they come here.
func New(size [3]int, step, origin r3.Vec) *Grid {
	for i, n := range size {
		if n < 1 || !(axis(step, i) > 0) || math.IsInf(axis(step, i), 0) {
			panic(fmt.Sprintf("volume: size %v, step %v", size, step))
		}
	}
	return &Grid{Size: size, Step: step, Origin: origin, Data: make([]float32, size[0]*size[1]*size[2])}
}

// Like returns a grid of zeros in the frame of g.
func (g *Grid) Like() *Grid { return New(g.Size, g.Step, g.Origin) }

// WithData returns a grid in the frame of g that has, not copies, data.
func (g *Grid) WithData(data []float32) *Grid {
	if len(data) != len(g.Data) {
		panic(fmt.Sprintf("volume: %d values for a grid of %v", len(data), g.Size))
	}
	return &Grid{g.Size, g.Step, g.Origin, data}
}

// Index returns where voxel (x, y, z) is in Data.
func (g *Grid) Index(x, y, z int) int { return (z*g.Size[1]+y)*g.Size[0] + x }

// At returns the density of voxel (x, y, z).
func (g *Grid) At(x, y, z int) float32 { return g.Data[g.Index(x, y, z)] }

// Position returns the centre, in ångström, of the voxel at Data[i].
func (g *Grid) Position(i int) r3.Vec {
	nx, ny := g.Size[0], g.Size[1]
	return g.Point(r3.Vec{X: float64(i % nx), Y: float64(i / nx % ny), Z: float64(i / (nx * ny))})
}

// Point returns the position, in ångström, of a fractional voxel index.
func (g *Grid) Point(index r3.Vec) r3.Vec {
	return r3.Vec{
		X: g.Origin.X + index.X*g.Step.X,
		Y: g.Origin.Y + index.Y*g.Step.Y,
		Z: g.Origin.Z + index.Z*g.Step.Z,
	}
}

// Voxel returns the fractional voxel index of a position: (p − Origin)/Step.
func (g *Grid) Voxel(p r3.Vec) r3.Vec {
	return r3.Vec{
		X: (p.X - g.Origin.X) / g.Step.X,
		Y: (p.Y - g.Origin.Y) / g.Step.Y,
		Z: (p.Z - g.Origin.Z) / g.Step.Z,
	}
}

// VoxelVolume returns the volume of a voxel in Å³.
func (g *Grid) VoxelVolume() float64 { return g.Step.X * g.Step.Y * g.Step.Z }

// Extent returns the edges of the box in ångström: Size·Step.
func (g *Grid) Extent() r3.Vec {
	return r3.Vec{X: float64(g.Size[0]) * g.Step.X, Y: float64(g.Size[1]) * g.Step.Y, Z: float64(g.Size[2]) * g.Step.Z}
}

// Sample returns the trilinearly interpolated density at p, in ångström, and
// zero where p is not between the centres of eight voxels.
func (g *Grid) Sample(p r3.Vec) float64 {
	v := g.Voxel(p)
	x, y, z := math.Floor(v.X), math.Floor(v.Y), math.Floor(v.Z)
	nx, ny, nz := g.Size[0], g.Size[1], g.Size[2]
	if !(v.X >= 0 && v.Y >= 0 && v.Z >= 0 && v.X <= float64(nx-1) && v.Y <= float64(ny-1) && v.Z <= float64(nz-1)) {
		return 0
	}
	ix, iy, iz := int(x), int(y), int(z)
	fx, fy, fz := v.X-x, v.Y-y, v.Z-z
	dx, dy, dz := 1, nx, nx*ny // to the next voxel, or to the same at the far faces
	if ix == nx-1 {
		dx = 0
	}
	if iy == ny-1 {
		dy = 0
	}
	if iz == nz-1 {
		dz = 0
	}
	i := g.Index(ix, iy, iz)
	edge := func(i int) float64 { a := float64(g.Data[i]); return a + fx*(float64(g.Data[i+dx])-a) }
	face := func(i int) float64 { a := edge(i); return a + fy*(edge(i+dy)-a) }
	a := face(i)
	return a + fz*(face(i+dz)-a)
}

func axis(v r3.Vec, i int) float64 { return [3]float64{v.X, v.Y, v.Z}[i] }
