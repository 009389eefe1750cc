// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"fmt"
	"io"
)

// maxVoxels is the largest map that is read: 16 GiB as float32.
const maxVoxels = 1 << 32

// layout says how the voxels lie in the file.
type layout struct {
	size     [3]int // columns, rows, sections
	axes     [3]int // axis (0, 1, 2 for x, y, z) of columns, rows, sections
	shape    [3]int // voxels along x, y, z
	mode     Mode
	sample   sample
	extended int64 // bytes between header and voxels
}

// voxels returns how many there are.
func (l *layout) voxels() int64 { return int64(l.size[0]) * int64(l.size[1]) * int64(l.size[2]) }

// bytes returns how many the voxels take.
func (l *layout) bytes() int64 { return l.voxels() * int64(l.sample.width) }

// layout checks everything that it takes to find the voxels.
func (d *decoder) layout() (*layout, error) {
	l := &layout{size: d.size(), mode: d.mode()}
	for i, n := range l.size {
		if n < 1 || n > maxAxis {
			return nil, &FormatError{Word: 1 + i, Msg: fmt.Sprintf("dimension is %d, want 1 to %d", n, maxAxis)}
		}
	}
	if string(d.magic()) != "MAP " {
		if err := d.survive(53, "is %q, want \"MAP \"; read as an old-style map", d.magic()); err != nil {
			return nil, err
		}
	}
	if err := d.findSample(l); err != nil {
		return nil, err
	}
	if err := d.findAxes(l); err != nil {
		return nil, err
	}
	if err := d.findVolume(l); err != nil {
		return nil, err
	}
	for i, a := range l.axes {
		l.shape[a] = l.size[i]
	}
	if n := l.voxels(); n > maxVoxels {
		return nil, UnsupportedError(fmt.Sprintf("header words 1 to 3: %v are %d voxels, more than %d", l.size, n, int64(maxVoxels)))
	}
	if n := l.voxels(); d.MaxVoxels > 0 && n > d.MaxVoxels {
		return nil, UnsupportedError(fmt.Sprintf("header words 1 to 3: %v are %.3g voxels, and the memory limit allows %.3g", l.size, float64(n), float64(d.MaxVoxels)))
	}
	return l, d.findData(l)
}

func (d *decoder) findSample(l *layout) error {
	s, ok := samples[l.mode]
	if what, valid := otherModes[l.mode]; valid {
		return UnsupportedError(fmt.Sprintf("header word 4: mode is %d, %s", l.mode, what))
	}
	if !ok {
		return &FormatError{Word: 4, Msg: fmt.Sprintf("mode is %d, want 0, 1, 2, 6 or 12", int(l.mode))}
	}
	if l.mode == Int8 && d.unsignedBytes() {
		s = unsignedByte
	}
	l.sample = s
	return nil
}

// findAxes reads MAPC, MAPR, MAPS. Some programs leave them 0 or fill them
// with garbage; these mean 1, 2, 3, as other readers assume too.
func (d *decoder) findAxes(l *layout) error {
	var seen [4]bool
	axes := d.header.axes()
	for i, a := range axes {
		if a < 1 || a > 3 || seen[a] {
			l.axes = [3]int{0, 1, 2}
			return d.survive(17+i, "axis order is %v, want 1, 2 and 3 in any order; 1, 2, 3 is used", axes)
		}
		seen[a] = true
		l.axes[i] = a - 1
	}
	return nil
}

// findVolume takes the first volume of a stack. Space groups from 401 on say
// that there are NS/MZ volumes of MZ sections each.
func (d *decoder) findVolume(l *layout) error {
	mz := d.header.sampling()[2]
	if g := d.group(); g < 401 || g > 630 || mz < 1 || l.size[2] <= mz || l.size[2]%mz != 0 {
		return nil
	}
	volumes := l.size[2] / mz
	l.size[2] = mz
	return d.survive(23, "space group is %d, a stack of %d volumes; the first one is used", d.group(), volumes)
}

// findData checks the length of the extended header, and that all is there if
// the size of the input is known. Where the voxels fit only without an
// extended header there is none, whatever the header claims.
func (d *decoder) findData(l *layout) error {
	l.extended = int64(d.extended())
	fits := d.Size > 0 && headerSize+l.bytes() <= d.Size
	switch {
	case l.extended >= 0 && (d.Size <= 0 || headerSize+l.extended+l.bytes() <= d.Size):
		return nil
	case l.extended < 0 && d.Size <= 0, l.extended != 0 && fits:
		n := l.extended
		l.extended = 0
		if n < 0 {
			return d.survive(24, "length of the extended header is %d, want 0 or more; 0 is used", n)
		}
		return d.survive(24, "length of the extended header is %d, which leaves too little for the voxels; 0 is used", n)
	case l.extended < 0 || headerSize+l.extended > d.Size:
		return &FormatError{
			Word: 24, Err: io.ErrUnexpectedEOF,
			Msg: fmt.Sprintf("length of the extended header is %d, in an input of %d bytes", l.extended, d.Size),
		}
	}
	return d.tooShort(l, d.Size-headerSize-l.extended, io.ErrUnexpectedEOF)
}

// tooShort reports that there are only got bytes of voxels.
func (d *decoder) tooShort(l *layout, got int64, err error) error {
	return &FormatError{Err: err, Msg: fmt.Sprintf("voxels: %d bytes, want %d (header words 1 to 4: size is %d×%d×%d, mode is %d)",
		got, l.bytes(), l.size[0], l.size[1], l.size[2], l.mode)}
}
