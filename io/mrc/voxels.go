// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

const (
	blockVoxels = 1 << 16 // decoded at a time: the block stays in the cache
	firstVoxels = 1 << 20 // allocated at first where the size is not known
)

// voxels reads the extended header and the voxels, and returns these in x-y-z order.
func (d *decoder) voxels(r io.Reader, l *layout) ([]float32, error) {
	if n, err := io.CopyN(io.Discard, r, l.extended); err != nil {
		return nil, &FormatError{
			Word: 24, Err: unexpected(err),
			Msg: fmt.Sprintf("length of the extended header is %d, there are %d", l.extended, n),
		}
	}
	data, bad, err := d.read(r, l)
	if err != nil {
		return nil, err
	}
	if bad > 0 {
		if err := d.survive(0, "voxels: %d of %d are not finite numbers; 0 is used", bad, len(data)); err != nil {
			return nil, err
		}
	}
	if n := clearAbsurd(data); n > 0 {
		if err := d.survive(0, "voxels: %d of %d are no densities, more than ten thousand times as large as all others; 0 is used", n, len(data)); err != nil {
			return nil, err
		}
	}
	if l.axes == [3]int{0, 1, 2} {
		return data, nil
	}
	return permute(data, l), nil
}

// read returns the voxels in the order of the file and how many were replaced.
func (d *decoder) read(r io.Reader, l *layout) (data []float32, bad int, err error) {
	n, width := int(l.voxels()), l.sample.width
	first := min(n, firstVoxels)
	if d.Size > 0 {
		first = n // findData has seen that they are there
	}
	data = make([]float32, 0, first)
	block := make([]byte, min(n, blockVoxels)*width)
	for len(data) < n {
		if len(data) == cap(data) {
			more := make([]float32, len(data), min(n, 2*cap(data)))
			copy(more, data)
			data = more
		}
		k := min(blockVoxels, cap(data)-len(data))
		b := block[:k*width]
		if m, err := io.ReadFull(r, b); err != nil {
			return nil, 0, d.tooShort(l, int64(len(data)*width+m), unexpected(err))
		}
		if d.order == binary.BigEndian {
			reverse(b, width)
		}
		data = data[:len(data)+k]
		bad += l.sample.decode(data[len(data)-k:], b)
	}
	return data, bad, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// permute returns the voxels in x-y-z order. Where columns are not x it goes
// by tiles, so that reading and writing both stay in the cache.
func permute(src []float32, l *layout) []float32 {
	const tile = 32
	dst := make([]float32, len(src))
	var to [3]int // distance in dst of one step along column, row, section
	for i, a := range l.axes {
		to[i] = [3]int{1, l.shape[0], l.shape[0] * l.shape[1]}[a]
	}
	nc, nr, ns := l.size[0], l.size[1], l.size[2]
	if l.axes[0] == 0 {
		for s := range ns {
			for r := range nr {
				copy(dst[s*to[2]+r*to[1]:][:nc], src[(s*nr+r)*nc:])
			}
		}
		return dst
	}
	// x is along p (rows or sections); q is the third axis.
	p, q := 1, 2
	if l.axes[2] == 0 {
		p, q = 2, 1
	}
	from := [3]int{1, nc, nc * nr}
	for j := range l.size[q] {
		s, t := src[j*from[q]:], dst[j*to[q]:]
		for c0 := 0; c0 < nc; c0 += tile {
			for i0 := 0; i0 < l.size[p]; i0 += tile {
				for c := c0; c < min(c0+tile, nc); c++ {
					row := t[c*to[0]:]
					for i := i0; i < min(i0+tile, l.size[p]); i++ {
						row[i] = s[i*from[p]+c]
					}
				}
			}
		}
	}
	return dst
}
