// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// put has one voxel of each mode, in either byte order; values are chosen so
// that a wrong sign or order shows.
var put = map[Mode]struct {
	values []float32
	put    func(o binary.AppendByteOrder, b []byte, v float32) []byte
}{
	Int8:   {[]float32{-128, -1, 0, 1, 127, 5}, func(_ binary.AppendByteOrder, b []byte, v float32) []byte { return append(b, byte(int8(v))) }},
	Int16:  {[]float32{-32768, -2, 0, 300, 32767, 1}, func(o binary.AppendByteOrder, b []byte, v float32) []byte { return o.AppendUint16(b, uint16(int16(v))) }},
	Uint16: {[]float32{0, 1, 300, 32768, 65535, 7}, func(o binary.AppendByteOrder, b []byte, v float32) []byte { return o.AppendUint16(b, uint16(v)) }},
	Float32: {[]float32{-1.5e28, 1e-40, 0, 3.25e35, math.MaxFloat32, 7e31}, func(o binary.AppendByteOrder, b []byte, v float32) []byte {
		return o.AppendUint32(b, math.Float32bits(v))
	}},
	Float16: {[]float32{-65504, 0x1p-24, 0, 1.0009765625, 0x1p-14, -2}, func(o binary.AppendByteOrder, b []byte, v float32) []byte { return o.AppendUint16(b, toHalf(v)) }},
}

// TestModesOrdersAxes writes a map by hand in every mode, byte order and axis
// order, with an extended header of any length before the voxels.
func TestModesOrdersAxes(t *testing.T) {
	shape := [3]int{37, 34, 5} // not multiples of the tiles of permute
	orders := []binary.ByteOrder{binary.LittleEndian, binary.BigEndian}
	for mode := range samples {
		p, ok := put[mode]
		if !ok {
			t.Fatalf("mode %d is not tried", mode)
		}
		want := ramp(shape)
		for i := range want.Data {
			want.Data[i] = p.values[(i+i/7)%len(p.values)]
		}
		for n, axes := range [][3]int{{1, 2, 3}, {1, 3, 2}, {2, 1, 3}, {2, 3, 1}, {3, 1, 2}, {3, 2, 1}} {
			for _, order := range orders {
				t.Run(fmt.Sprintf("mode %d %s %v", mode, order, axes), func(t *testing.T) {
					h := &header{order: order}
					copy(h.raw[:], file(t, want))
					reverseHeader(h)
					size := [3]int{shape[axes[0]-1], shape[axes[1]-1], shape[axes[2]-1]}
					h.setInts(1, size[0], size[1], size[2], int(mode))
					h.setInts(17, axes[0], axes[1], axes[2])
					h.setInts(24, 16*n)
					b := append(h.raw[:], make([]byte, 16*n)...)
					for s := range size[2] {
						for r := range size[1] {
							for c := range size[0] {
								var at [3]int
								at[axes[0]-1], at[axes[1]-1], at[axes[2]-1] = c, r, s
								b = p.put(order.(binary.AppendByteOrder), b, want.At(at[0], at[1], at[2]))
							}
						}
					}
					for _, known := range []int64{0, int64(len(b))} {
						m, err := Decode(bytes.NewReader(b), Options{Size: known})
						if err != nil {
							t.Fatal(err)
						}
						sameGrid(t, m.Grid, want)
						if m.Info.Axes != axes || m.Info.Mode != mode || m.Info.Extended != int64(16*n) || m.Info.Size != size {
							t.Errorf("info %+v", m.Info)
						}
					}
				})
			}
		}
	}
}

// reverseHeader gives the words of numbers the byte order of h; they are little-endian.
func reverseHeader(h *header) {
	if h.order == binary.BigEndian {
		reverse(h.raw[:4*52], 4)
		reverse(h.raw[4*54:4*56], 4)
	}
}

func TestSignsOfBytes(t *testing.T) {
	g := ramp([3]int{2, 1, 1})
	for _, tt := range []struct {
		name string
		edit func(*header)
		want []float32
	}{
		{"signed by default", setFloats(20, 0, 0), []float32{-1, 1}},
		{"IMOD, flag clear", setInts(39, 1146047817, 2), []float32{255, 1}},
		{"IMOD, flag set", setInts(39, 1146047817, 3), []float32{-1, 1}},
		{"IMOD, flag set, whatever its range", func(h *header) { h.setInts(39, 1146047817, 3); h.setFloats(20, 0, 255) }, []float32{-1, 1}},
		{"range of signed bytes", setFloats(20, -1, 1), []float32{-1, 1}},
		{"range of unsigned bytes", setFloats(20, 1, 255), []float32{255, 1}},
		{"old", func(h *header) { h.setInts(53, 0); h.setFloats(20, 0, 0) }, []float32{255, 1}},
		{"old, range of the reals that it was made from", func(h *header) { h.setInts(53, 0); h.setFloats(20, -0.4, 1) }, []float32{255, 1}},
		{"old, range of signed bytes", func(h *header) { h.setInts(53, 0); h.setFloats(20, -1, 1) }, []float32{-1, 1}},
	} {
		b := append(file(t, g, setInts(4, 0), tt.edit)[:1024], 0xff, 1)
		var warnings []string
		m, err := Decode(bytes.NewReader(b), lenient(b, &warnings))
		if err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(m.Grid.Data, tt.want) {
			t.Errorf("%s: %v, want %v", tt.name, m.Grid.Data, tt.want)
		}
	}
}

// TestHalf tries every finite number, and the middles between them.
func TestHalf(t *testing.T) {
	for u := range 0x7c00 {
		f := fromHalf(uint16(u))
		want := math.Ldexp(float64(u&0x3ff|0x400), u>>10-25) // (1 + m/1024)·2^(e−15)
		if u < 0x400 {
			want = math.Ldexp(float64(u), -24)
		}
		if float64(f) != want {
			t.Fatalf("fromHalf(%#x) = %g, want %g", u, f, want)
		}
		if got := toHalf(f); got != uint16(u) {
			t.Fatalf("toHalf(%g) = %#x, want %#x", f, got, u)
		}
		if got := toHalf(-f); got != uint16(u)|0x8000 {
			t.Fatalf("toHalf(%g) = %#x, want %#x", -f, got, u|0x8000)
		}
		if u == 0x7bff {
			continue
		}
		next := fromHalf(uint16(u) + 1)
		if got, want := toHalf((f+next)/2), uint16(u)+uint16(u&1); got != want {
			t.Fatalf("toHalf in the middle after %#x = %#x, want %#x", u, got, want)
		}
	}
	for f, want := range map[float32]uint16{65519: 0x7bff, 65520: 0x7c00, 1e30: 0x7c00, 1e-30: 0} {
		if got := toHalf(f); got != want {
			t.Errorf("toHalf(%g) = %#x, want %#x", f, got, want)
		}
	}
	if err := Encode(&bytes.Buffer{}, &volume.Grid{Size: [3]int{1, 1, 1}, Step: r3.Vec{X: 1, Y: 1, Z: 1}, Data: []float32{65520}}, WriteOptions{Precision: Half}); err == nil {
		t.Error("Encode wrote a number that half precision does not have")
	}
}
