// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
)

// A Mode says how a voxel is stored, by the numbers of word 4.
type Mode int

// Modes that Decode reads.
const (
	Int8    Mode = 0
	Int16   Mode = 1
	Float32 Mode = 2
	Uint16  Mode = 6
	Float16 Mode = 12
)

func (m Mode) String() string {
	if s, ok := samples[m]; ok {
		return s.name
	}
	return fmt.Sprintf("mode %d", int(m))
}

// sample is one way to store voxels.
type sample struct {
	name  string
	width int // bytes
	// decode sets dst from little-endian bytes, and returns how many were not
	// finite; these become 0.
	decode func(dst []float32, b []byte) (bad int)
}

// samples has every mode that Decode reads; a test walks it.
var samples = map[Mode]sample{
	Int8:    {"8-bit integer", 1, decodeInt8},
	Int16:   {"16-bit integer", 2, decodeInt16},
	Float32: {"32-bit real", 4, decodeFloat32},
	Uint16:  {"unsigned 16-bit integer", 2, decodeUint16},
	Float16: {"16-bit real", 2, decodeFloat16},
}

// unsignedByte is mode 0 as IMOD writes it on request.
var unsignedByte = sample{"unsigned 8-bit integer", 1, decodeUint8}

// otherModes are valid, but no densities or not read here.
var otherModes = map[Mode]string{
	3:   "a transform of 16-bit complex numbers, not a density map",
	4:   "a transform of 32-bit complex numbers, not a density map",
	16:  "a colour picture, not a density map",
	101: "packed 4-bit integers, which are not read",
}

func decodeInt8(dst []float32, b []byte) int {
	for i, v := range b[:len(dst)] {
		dst[i] = float32(int8(v))
	}
	return 0
}

func decodeUint8(dst []float32, b []byte) int {
	for i, v := range b[:len(dst)] {
		dst[i] = float32(v)
	}
	return 0
}

func decodeInt16(dst []float32, b []byte) int {
	for i := range dst {
		dst[i] = float32(int16(binary.LittleEndian.Uint16(b[2*i:])))
	}
	return 0
}

func decodeUint16(dst []float32, b []byte) int {
	for i := range dst {
		dst[i] = float32(binary.LittleEndian.Uint16(b[2*i:]))
	}
	return 0
}

func decodeFloat32(dst []float32, b []byte) (bad int) {
	const exponent, lowest = 0x7f800000, 0x00800000 // exponents all ones are infinities and NaN
	b = b[:4*len(dst)]
	var carry uint32 // bit 31 is set once an exponent was all ones
	for i := range dst {
		u := binary.LittleEndian.Uint32(b)
		b = b[4:]
		carry |= u&exponent + lowest
		dst[i] = math.Float32frombits(u)
	}
	if carry>>31 == 0 {
		return 0
	}
	for i, v := range dst {
		if math.Float32bits(v)&exponent == exponent {
			dst[i] = 0
			bad++
		}
	}
	return bad
}

func decodeFloat16(dst []float32, b []byte) (bad int) {
	const exponent = 0x7c00
	for i := range dst {
		u := binary.LittleEndian.Uint16(b[2*i:])
		if u&exponent == exponent {
			u = 0
			bad++
		}
		dst[i] = fromHalf(u)
	}
	return bad
}

// fromHalf returns the value of a finite IEEE 754 binary16 number. Its
// exponent is 112 less than that of a binary32 number of the same bits, and a
// product with a power of two is exact, for subnormal numbers too.
func fromHalf(u uint16) float32 {
	f := math.Float32frombits(uint32(u&0x7fff)<<13) * 0x1p112
	return math.Float32frombits(math.Float32bits(f) | uint32(u&0x8000)<<16)
}

// toHalf rounds to the nearest binary16 number, to even in the middle. What
// is too large becomes infinite.
func toHalf(f float32) uint16 {
	b := math.Float32bits(f)
	sign, b := uint16(b>>16&0x8000), b&0x7fffffff
	switch {
	case b >= 0x477ff000: // 65520, half-way from the largest number to 65536
		return sign | 0x7c00
	case b < 0x38800000: // 2^-14: below are multiples of 2^-24, which are those of 0.5 to 1 as binary32
		return sign | uint16(math.Float32bits(math.Float32frombits(b)+0.5)-math.Float32bits(0.5))
	}
	return sign | uint16((b-112<<23+0xfff+b>>13&1)>>13)
}

// reverse turns the byte order of words of the given width.
func reverse(b []byte, width int) {
	switch o := binary.LittleEndian; width {
	case 2:
		for ; len(b) >= 2; b = b[2:] {
			o.PutUint16(b, bits.ReverseBytes16(o.Uint16(b)))
		}
	case 4:
		for ; len(b) >= 4; b = b[4:] {
			o.PutUint32(b, bits.ReverseBytes32(o.Uint32(b)))
		}
	}
}
