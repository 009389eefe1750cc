// SPDX-License-Identifier: BSD-3-Clause

package volume

import "gonum.org/v1/gonum/spatial/r3"

// SampleMoved sets dst[i] to the density at matrix·points[i] + shift, in
// ångström, interpolated as by Sample: zero outside the box. matrix is
// row-major. It is Sample for many points; positions are good to 10⁻⁴ voxels.
func (g *Grid) SampleMoved(dst []float32, points [][3]float32, matrix [9]float64, shift r3.Vec) {
	var m [9]float32
	for i, v := range matrix {
		m[i] = float32(v / axis(g.Step, i/3))
	}
	v := g.Voxel(shift)
	tx, ty, tz := float32(v.X), float32(v.Y), float32(v.Z)
	nx, ny, nz := g.Size[0], g.Size[1], g.Size[2]
	endX, endY, endZ := float32(nx-1), float32(ny-1), float32(nz-1)
	layer := nx * ny
	dst = dst[:len(points)]
	for i := range points {
		p := &points[i]
		x := m[0]*p[0] + m[1]*p[1] + m[2]*p[2] + tx
		y := m[3]*p[0] + m[4]*p[1] + m[5]*p[2] + ty
		z := m[6]*p[0] + m[7]*p[1] + m[8]*p[2] + tz
		if !(x >= 0 && y >= 0 && z >= 0 && x < endX && y < endY && z < endZ) {
			dst[i] = 0
			if x == endX || y == endY || z == endZ { // rare: exactly at a far face
				dst[i] = float32(g.Sample(g.Point(r3.Vec{X: float64(x), Y: float64(y), Z: float64(z)})))
			}
			continue
		}
		ix, iy, iz := int(x), int(y), int(z)
		x, y, z = x-float32(ix), y-float32(iy), z-float32(iz)
		near := g.Data[iz*layer+iy*nx+ix:]
		far := near[layer:]
		a, b := near[:nx+2:nx+2], far[:nx+2:nx+2]
		a0, a1 := a[0]+x*(a[1]-a[0]), a[nx]+x*(a[nx+1]-a[nx])
		b0, b1 := b[0]+x*(b[1]-b[0]), b[nx]+x*(b[nx+1]-b[nx])
		a0 += y * (a1 - a0)
		b0 += y * (b1 - b0)
		dst[i] = a0 + z*(b0-a0)
	}
}
