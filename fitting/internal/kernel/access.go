// SPDX-License-Identifier: BSD-3-Clause

package kernel

import "unsafe"

// What other devices need of a field, to sum over it as Eval does.

// Size returns the number of cells along x, y and z; x is fastest.
func (f *Field) Size() [3]int { return f.size }

// Scale returns the density of one unit of a coefficient.
func (f *Field) Scale() float32 { return f.scale }

// End returns the largest voxel indices that are inside the last cell.
func (f *Field) End() [3]float32 { return f.max }

// Bytes returns the cells as they lie in memory: for each, the eight int16
// coefficients 1, x, y, xy, z, xz, yz, xyz. They must not be changed.
func (f *Field) Bytes() []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(f.cells))), len(f.cells)*int(unsafe.Sizeof(cell{})))
}
