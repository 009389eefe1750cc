// SPDX-License-Identifier: BSD-3-Clause

package kernel

// evalGo is the definition of the inner loop. It adds to out, in the order of
// Sums and in units of f.scale, the sums over the first n atoms in groups of
// eight.
func evalGo(f *Field, atoms []float32, n int, t *Transform, out *[10]float32) {
	m0, m1, m2, m3, m4, m5, m6, m7, m8 := t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8]
	maxX, maxY, maxZ := f.max[0], f.max[1], f.max[2]
	strideY, strideZ := int32(f.size[0]), int32(f.size[0]*f.size[1])
	cells := f.cells
	var v, gx, gy, gz, yz, zy, zx, xz, xy, yx float32
	for len(atoms) >= 24 && n > 0 {
		group := (*[24]float32)(atoms)
		for i := range min(n, 8) {
			ax, ay, az := group[i], group[i+8], group[i+16]
			ux := m0*ax + m1*ay + m2*az
			uy := m3*ax + m4*ay + m5*az
			uz := m6*ax + m7*ay + m8*az
			px, py, pz := ux+t[9], uy+t[10], uz+t[11]
			if px < 0 || py < 0 || pz < 0 || px > maxX || py > maxY || pz > maxZ {
				px, py, pz = min(max(px, 0), maxX), min(max(py, 0), maxY), min(max(pz, 0), maxZ)
			}
			ix, iy, iz := int32(px), int32(py), int32(pz)
			x, y, z := px-float32(ix), py-float32(iy), pz-float32(iz)
			c := &cells[iz*strideZ+iy*strideY+ix]
			c3, c5, c6, c7 := float32(c[3]), float32(c[5]), float32(c[6]), float32(c[7])
			p := float32(c[1]) + c3*y
			q := c5 + c7*y
			dx := p + q*z
			dz := float32(c[4]) + c6*y + q*x
			dy := float32(c[2]) + c3*x + (c6+c7*x)*z
			v += float32(c[0]) + float32(c[2])*y + p*x + dz*z
			gx += dx
			gy += dy
			gz += dz
			yz += uy * dz
			zy += uz * dy
			zx += uz * dx
			xz += ux * dz
			xy += ux * dy
			yx += uy * dx
		}
		atoms, n = atoms[24:], n-8
	}
	for i, s := range [10]float32{v, gx, gy, gz, yz, zy, zx, xz, xy, yx} {
		out[i] += s
	}
}
