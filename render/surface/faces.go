// SPDX-License-Identifier: BSD-3-Clause

package surface

// A Corner is a corner of bricks, counted in bricks. The fourth number fills
// it up to eight bytes.
type Corner [4]uint16

// faces has, for the neighbour in each direction, the corners of the face
// towards it as offsets from the brick: two triangles, counter-clockwise when
// seen from outside.
var faces = [6]struct {
	to      [3]int
	corners [4][3]int
}{
	{[3]int{-1, 0, 0}, [4][3]int{{0, 0, 0}, {0, 0, 1}, {0, 1, 1}, {0, 1, 0}}},
	{[3]int{1, 0, 0}, [4][3]int{{1, 0, 0}, {1, 1, 0}, {1, 1, 1}, {1, 0, 1}}},
	{[3]int{0, -1, 0}, [4][3]int{{0, 0, 0}, {1, 0, 0}, {1, 0, 1}, {0, 0, 1}}},
	{[3]int{0, 1, 0}, [4][3]int{{0, 1, 0}, {0, 1, 1}, {1, 1, 1}, {1, 1, 0}}},
	{[3]int{0, 0, -1}, [4][3]int{{0, 0, 0}, {0, 1, 0}, {1, 1, 0}, {1, 0, 0}}},
	{[3]int{0, 0, 1}, [4][3]int{{0, 0, 1}, {1, 0, 1}, {1, 1, 1}, {0, 1, 1}}},
}

// Hull returns the faces between the set and its outside as triangles: three
// corners each. A ray that has met none has nothing to find in the map. It
// returns false, and only some of them, if there are more than most corners.
func (m *Mask) Hull(most int) ([]Corner, bool) {
	var hull []Corner
	from, to, _ := m.Bounds()
	for z := from[2]; z < to[2]; z++ {
		for y := from[1]; y < to[1]; y++ {
			for x := from[0]; x < to[0]; x++ {
				if !m.Has(x, y, z) {
					continue
				}
				if len(hull) > most {
					return hull, false
				}
				for _, f := range faces {
					if m.Has(x+f.to[0], y+f.to[1], z+f.to[2]) {
						continue
					}
					for _, k := range [6]int{0, 1, 2, 0, 2, 3} {
						c := f.corners[k]
						hull = append(hull, Corner{uint16(x + c[0]), uint16(y + c[1]), uint16(z + c[2])})
					}
				}
			}
		}
	}
	return hull, len(hull) <= most
}
