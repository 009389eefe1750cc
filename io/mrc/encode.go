// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// A Precision says how many bits a written voxel has.
type Precision int

// Precisions.
const (
	Single Precision = iota // mode 2, 32-bit real: exact
	Half                    // mode 12, 16-bit real: 3 digits, half the size; not every program reads it
)

// WriteOptions of Encode and WriteFile. The zero value writes mode 2.
type WriteOptions struct {
	Precision Precision
	// Labels are lines of ASCII text for the header: ten at most, of 80
	// characters at most; the rest is cut off.
	Labels []string
}

// Encode writes g as a little-endian MRC2014 file with axes in the order
// x, y, z. The place of the map is in the ORIGIN words, and also in NSTART if
// it is a whole number of voxels away from 0, for CCP4's programs read only
// that. A density that is not finite, or too large for Half, is an error, and
// so is a place or a voxel that Decode would not believe.
func Encode(w io.Writer, g *volume.Grid, o WriteOptions) error {
	mode, width, put := Float32, 4, putFloat32
	if o.Precision == Half {
		mode, width, put = Float16, 2, putFloat16
	}
	s, err := measure(g, o.Precision)
	if err != nil {
		return err
	}
	if err := checkFrame(g); err != nil {
		return err
	}
	h := newHeader(g, mode, s, o.Labels)
	if _, err := w.Write(h.raw[:]); err != nil {
		return err
	}
	b := make([]byte, min(len(g.Data), blockVoxels)*width)
	for data := g.Data; len(data) > 0; {
		n := min(len(data), blockVoxels)
		put(b, data[:n])
		if _, err := w.Write(b[:n*width]); err != nil {
			return err
		}
		data = data[n:]
	}
	return nil
}

// checkFrame reports a frame that Decode would not believe.
func checkFrame(g *volume.Grid) error {
	step, origin := g.Step, g.Origin
	at, edge := [3]float64{origin.X, origin.Y, origin.Z}, [3]float64{step.X, step.Y, step.Z}
	for i, n := range g.Size {
		if n > maxAxis {
			return UnsupportedError(fmt.Sprintf("header word %d: dimension is %d, want 1 to %d", 1+i, n, maxAxis))
		}
		if !(edge[i] >= minStep && edge[i] <= maxStep) {
			return UnsupportedError(fmt.Sprintf("header word %d: voxel is %g Å, want %g to %g", 11+i, edge[i], minStep, maxStep))
		}
		if !(math.Abs(at[i]) <= maxOrigin) {
			return UnsupportedError(fmt.Sprintf("header word %d: origin is %g Å, want −%g to %g", 50+i, at[i], maxOrigin, maxOrigin))
		}
	}
	return nil
}

func putFloat32(b []byte, src []float32) {
	for i, v := range src {
		binary.LittleEndian.PutUint32(b[4*i:], math.Float32bits(v))
	}
}

func putFloat16(b []byte, src []float32) {
	for i, v := range src {
		binary.LittleEndian.PutUint16(b[2*i:], toHalf(v))
	}
}

// stats are the words 20 to 22 and 55 of a header.
type stats struct{ min, max, mean, deviation float64 }

// measure returns the statistics of g, or an error if a density cannot be written.
func measure(g *volume.Grid, p Precision) (stats, error) {
	limit := math.MaxFloat32
	if p == Half {
		limit = 65519 // rounds to 65504, the largest number
	}
	s := stats{min: math.Inf(1), max: math.Inf(-1)}
	var sum, squares float64
	for i, v := range g.Data {
		f := float64(v)
		if !(math.Abs(f) <= limit) {
			nx, ny := g.Size[0], g.Size[1]
			return s, fmt.Errorf("mrc: density of voxel (%d, %d, %d) is %g, want at most %g", i%nx, i/nx%ny, i/(nx*ny), f, limit)
		}
		s.min, s.max = min(s.min, f), max(s.max, f)
		sum += f
		squares += f * f
	}
	n := float64(len(g.Data))
	s.mean = sum / n
	s.deviation = math.Sqrt(max(squares/n-s.mean*s.mean, 0))
	return s, nil
}

func (h *header) setInts(w int, values ...int) {
	for i, v := range values {
		h.order.PutUint32(h.word(w+i), uint32(int32(v)))
	}
}

func (h *header) setFloats(w int, values ...float64) {
	for i, v := range values {
		h.order.PutUint32(h.word(w+i), math.Float32bits(float32(v)))
	}
}

func newHeader(g *volume.Grid, mode Mode, s stats, labels []string) *header {
	h := &header{order: binary.LittleEndian}
	h.setInts(1, g.Size[0], g.Size[1], g.Size[2], int(mode))
	start := wholeVoxels(g)
	h.setInts(5, start[0], start[1], start[2])
	h.setInts(8, g.Size[0], g.Size[1], g.Size[2])
	e := g.Extent()
	h.setFloats(11, e.X, e.Y, e.Z, 90, 90, 90)
	h.setInts(17, 1, 2, 3)
	h.setFloats(20, s.min, s.max, s.mean)
	h.setInts(23, 1)     // ISPG: a volume, no symmetry
	h.setInts(28, 20141) // NVERSION: MRC2014, update 1, which has mode 12
	h.setFloats(50, g.Origin.X, g.Origin.Y, g.Origin.Z)
	copy(h.word(53), "MAP ")
	copy(h.word(54), "\x44\x44\x00\x00") // little-endian
	h.setFloats(55, s.deviation)
	labels = labels[:min(len(labels), maxLabels)]
	h.setInts(56, len(labels))
	for i, text := range labels {
		to := h.raw[4*56+labelSize*i:][:labelSize]
		for j := range to {
			to[j] = ' '
		}
		copy(to, text)
	}
	return h
}

// wholeVoxels returns the origin in voxels if that is a whole number along
// all axes, within a hundredth, else 0.
func wholeVoxels(g *volume.Grid) [3]int {
	v := g.Voxel(r3.Vec{}) // of the point 0
	var start [3]int
	for i, f := range [3]float64{-v.X, -v.Y, -v.Z} {
		n := math.Round(f)
		if !(math.Abs(f-n) < 0.01) || math.Abs(n) > math.MaxInt16 {
			return [3]int{}
		}
		start[i] = int(n)
	}
	return start
}
