// SPDX-License-Identifier: BSD-3-Clause

package surface

import (
	"math"
	"math/bits"
)

// A Mask is a set of bricks, one bit for each; rows along x begin a new word.
type Mask struct {
	Size  [3]int
	words int // in a row
	bits  []uint64
}

func newMask(size [3]int) *Mask {
	m := &Mask{Size: size, words: (size[0] + 63) / 64}
	m.bits = make([]uint64, m.words*size[1]*size[2])
	return m
}

func (m *Mask) row(y, z int) []uint64 { return m.bits[(z*m.Size[1]+y)*m.words:][:m.words] }

func (m *Mask) set(x, y, z int) { m.row(y, z)[x/64] |= 1 << (x % 64) }

// Has reports whether a brick is in the set; none outside the map is.
func (m *Mask) Has(x, y, z int) bool {
	if x < 0 || y < 0 || z < 0 || x >= m.Size[0] || y >= m.Size[1] || z >= m.Size[2] {
		return false
	}
	return m.row(y, z)[x/64]>>(x%64)&1 != 0
}

// Count returns how many bricks are in the set.
func (m *Mask) Count() int {
	n := 0
	for _, w := range m.bits {
		n += bits.OnesCount64(w)
	}
	return n
}

// Bounds returns the corners of the box around the set: from included, to not.
// It returns false if the set is empty.
func (m *Mask) Bounds() (from, to [3]int, ok bool) {
	from = m.Size
	for z := range m.Size[2] {
		for y := range m.Size[1] {
			for k, w := range m.row(y, z) {
				if w == 0 {
					continue
				}
				a, e := 64*k+bits.TrailingZeros64(w), 64*k+64-bits.LeadingZeros64(w)
				from = [3]int{min(from[0], a), min(from[1], y), min(from[2], z)}
				to = [3]int{max(to[0], e), max(to[1], y+1), max(to[2], z+1)}
			}
		}
	}
	return from, to, to[0] > 0
}

// Far is the distance of bricks from which no brick of the set is near.
const Far = math.MaxUint8

// Distances returns for each brick how far the next one of the set is, in
// bricks, the largest of the three axes counting (Chebyshev): 0 in the set.
// Distances from Far on are Far.
//
// The set grows by one brick in every direction at a time, 64 bricks at once.
func (m *Mask) Distances() []uint8 {
	d := make([]uint8, m.Size[0]*m.Size[1]*m.Size[2])
	for i := range d {
		d[i] = Far
	}
	grown := &Mask{m.Size, m.words, append([]uint64(nil), m.bits...)}
	fresh := append([]uint64(nil), m.bits...)
	spare := newMask(m.Size)
	for step := range Far {
		if !m.mark(d, fresh, uint8(step)) {
			break
		}
		grown.grow(spare, fresh)
	}
	return d
}

// mark gives a distance to the bricks of fresh and reports whether there are any.
func (m *Mask) mark(d []uint8, fresh []uint64, step uint8) bool {
	anything := false
	for i, w := range fresh {
		if w == 0 {
			continue
		}
		anything = true
		at := i/m.words*m.Size[0] + i%m.words*64
		for ; w != 0; w &= w - 1 {
			d[at+bits.TrailingZeros64(w)] = step
		}
	}
	return anything
}

// grow adds all neighbours of the set to it and leaves in fresh what is new.
func (m *Mask) grow(spare *Mask, fresh []uint64) {
	copy(fresh, m.bits)
	last := ^uint64(0)
	if r := m.Size[0] % 64; r != 0 {
		last = 1<<r - 1 // no bricks beyond the end of a row
	}
	for z := range m.Size[2] { // along x and y into spare
		for y := range m.Size[1] {
			to := spare.row(y, z)
			copy(to, m.row(y, z))
			if y > 0 {
				or(to, m.row(y-1, z))
			}
			if y+1 < m.Size[1] {
				or(to, m.row(y+1, z))
			}
			widen(to)
			to[m.words-1] &= last
		}
	}
	layer := m.words * m.Size[1]
	copy(m.bits, spare.bits)
	or(m.bits[layer:], spare.bits[:len(spare.bits)-layer])
	or(m.bits[:len(m.bits)-layer], spare.bits[layer:])
	for i, old := range fresh {
		fresh[i] = m.bits[i] &^ old
	}
}

// or sets dst to dst | src.
func or(dst, src []uint64) {
	for i := range dst {
		dst[i] |= src[i]
	}
}

// widen sets the neighbours of all bits of a row.
func widen(row []uint64) {
	carry := uint64(0)
	for i, w := range row {
		next := uint64(0)
		if i+1 < len(row) {
			next = row[i+1] << 63
		}
		row[i] = w | w<<1 | carry | w>>1 | next
		carry = w >> 63
	}
}
