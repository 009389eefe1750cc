// SPDX-License-Identifier: BSD-3-Clause

// Package kernel has the inner loops of the CPU engine: the sum of a field and
// of its gradient over atoms. It knows voxel indices and numbers, neither
// ångström nor molecules.
package kernel

import (
	"errors"
	"fmt"
	"math"
	"sync"
)

// A cell holds the trilinear patch between eight voxels as the coefficients of
//
//	c0 + c1·x + c2·y + c3·xy + c4·z + c5·xz + c6·yz + c7·xyz
//
// with x, y, z from 0 to 1, in units of Field.scale: 16 bytes, one load.
type cell [8]int16

// coefficientMax leaves room for rounding below the largest int16.
const coefficientMax = 32700

// maxCells is the largest field: float32 holds the voxel indices along an
// axis exactly, int32 those of the cells.
const maxCells = 1 << 28

// A Field is a scalar field in the layout of the inner loops.
//
// Its border is its outside: positions beyond the outermost voxels are moved
// to the border, so whoever makes a field puts there what outside means.
type Field struct {
	size  [3]int
	cells []cell
	scale float32 // density of one unit of a coefficient
	max   [3]float32
}

// NewField makes a field of the densities data on a grid of the given size, x
// fastest, with the given number of goroutines. Every axis has at least 2
// voxels. The densities are finite.
func NewField(size [3]int, data []float32, threads int) (*Field, error) {
	n := size[0] * size[1] * size[2]
	if size[0] < 2 || size[1] < 2 || size[2] < 2 || n != len(data) {
		return nil, fmt.Errorf("kernel: field of %v voxels with %d densities", size, len(data))
	}
	if n > maxCells {
		return nil, fmt.Errorf("kernel: field of %d voxels, want at most %d", n, maxCells)
	}
	f := &Field{size: size, cells: make([]cell, n)}
	largePages(f.cells)
	for i := range f.max {
		f.max[i] = float32(size[i]-1) - 1e-3 // one thousandth short of the last voxel: inside the last cell
	}
	largest := make([]float32, size[2])
	slabs(size[2]-1, threads, func(z int) { largest[z] = f.largest(data, z) })
	var m float32
	for _, v := range largest {
		m = max(m, v)
	}
	if math.IsNaN(float64(m)) {
		return nil, errors.New("kernel: field with a density that is not finite")
	}
	if m == 0 {
		m = 1 // an empty field
	}
	f.scale = m / coefficientMax
	slabs(size[2]-1, threads, func(z int) { f.fill(data, z) })
	return f, nil
}

// slabs calls do for 0 to n−1 from as many goroutines as there are threads.
func slabs(n, threads int, do func(z int)) {
	var wg sync.WaitGroup
	for t := range max(1, threads) {
		wg.Go(func() {
			for z := t; z < n; z += max(1, threads) {
				do(z)
			}
		})
	}
	wg.Wait()
}

// rows returns the four rows of voxels around the cells (·, y, z).
func (f *Field) rows(data []float32, y, z int) (a, b, c, d []float32) {
	nx, ny := f.size[0], f.size[1]
	row := func(y, z int) []float32 { return data[(z*ny+y)*nx:][:nx] }
	return row(y, z), row(y+1, z), row(y, z+1), row(y+1, z+1)
}

// coefficients returns the polynomial between eight voxels, named by whether
// they are at the near (0) or far (1) side along z, y and x.
func coefficients(v000, v001, v010, v011, v100, v101, v110, v111 float32) [8]float32 {
	x00, x01, x10, x11 := v001-v000, v011-v010, v101-v100, v111-v110 // along x, at y and z
	return [8]float32{
		v000, x00, v010 - v000, x01 - x00,
		v100 - v000, x10 - x00, v110 - v100 - v010 + v000, x11 - x10 - x01 + x00,
	}
}

// largest returns the largest magnitude of a coefficient in the layer z, NaN
// if one is not finite.
func (f *Field) largest(data []float32, z int) (m float32) {
	for y := range f.size[1] - 1 {
		a, b, c, d := f.rows(data, y, z)
		done, fast := largestFast(a, b, c, d)
		m = max(m, fast) // NaN stays NaN
		for x := done; x < f.size[0]-1; x++ {
			for _, q := range coefficients(a[x], a[x+1], b[x], b[x+1], c[x], c[x+1], d[x], d[x+1]) {
				m = max(m, max(q, -q)+(q-q)) // infinities become NaN
			}
		}
	}
	return m
}

// fill makes the cells of the layer z.
func (f *Field) fill(data []float32, z int) {
	k := 1 / f.scale
	for y := range f.size[1] - 1 {
		a, b, c, d := f.rows(data, y, z)
		cells := f.cells[(z*f.size[1]+y)*f.size[0]:][:f.size[0]]
		for x := fillFast(cells, a, b, c, d, k); x < f.size[0]-1; x++ {
			q := coefficients(a[x], a[x+1], b[x], b[x+1], c[x], c[x+1], d[x], d[x+1])
			for i := range q {
				cells[x][i] = int16(math.RoundToEven(float64(q[i] * k)))
			}
		}
	}
}

// Atoms are positions in the layout of the inner loops: groups of eight, each
// with eight x, eight y and eight z.
type Atoms struct {
	N    int // atoms; the rest of the last group is zero
	data []float32
}

// NewAtoms copies positions.
func NewAtoms(xyz [][3]float32) *Atoms {
	a := &Atoms{N: len(xyz), data: make([]float32, (len(xyz)+7)/8*24)}
	for i, p := range xyz {
		for k, v := range p {
			a.data[i/8*24+k*8+i%8] = v
		}
	}
	return a
}

// A Transform takes an atom to the voxel indices of a field: a row-major 3×3
// matrix, then a shift. All its numbers are finite.
type Transform [12]float32

// Sums are sums over atoms. With (x, y, z) the turned but not shifted atom in
// voxels and (gx, gy, gz) the gradient per voxel at the atom:
type Sums struct {
	Value    float64
	Gradient [3]float64 // gx, gy, gz
	Moment   [6]float64 // y·gz, z·gy, z·gx, x·gz, x·gy, y·gx: the terms of a torque
}

// Finite reports whether all numbers of t are finite: what is not must not
// reach Eval.
func (t *Transform) Finite() bool {
	var s float32
	for _, v := range t {
		s += v * 0 // NaN for NaN and infinities
	}
	return s == 0
}

// Eval sums the field and its gradient over the transformed atoms.
func (f *Field) Eval(a *Atoms, t *Transform) (s Sums) {
	var args arguments
	args.set(f, t)
	length := blockOf(f)
	for first := 0; first < a.N; first += length {
		var part [10]float32
		eval(f, a.data[first*3:], min(length, a.N-first), t, &args, &part)
		s.Value += float64(part[0])
		for i := range s.Gradient {
			s.Gradient[i] += float64(part[1+i])
		}
		for i := range s.Moment {
			s.Moment[i] += float64(part[4+i])
		}
	}
	k := float64(f.scale)
	s.Value *= k
	for i := range s.Gradient {
		s.Gradient[i] *= k
	}
	for i := range s.Moment {
		s.Moment[i] *= k
	}
	return s
}

// block is how many atoms are summed in single precision before the sum goes
// over to double: the 16 groups that the assembly takes at once, 8 of which it
// adds side by side.
const block = 128
