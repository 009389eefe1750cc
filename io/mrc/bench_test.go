// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// bench reads a map of 128³ voxels; MB/s are of decoded float32.
func bench(b *testing.B, in []byte, open func([]byte) (io.Reader, int64)) {
	b.SetBytes(4 * 128 * 128 * 128)
	for b.Loop() {
		r, size := open(in)
		if _, err := Decode(r, Options{Size: size}); err != nil {
			b.Fatal(err)
		}
	}
}

func plain(in []byte) (io.Reader, int64) { return bytes.NewReader(in), int64(len(in)) }

func BenchmarkDecode(b *testing.B) {
	g := volume.New([3]int{128, 128, 128}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(i*7919%100003) / 1000 // packs to three quarters, as real maps do
	}
	in := file(b, g)
	b.Run("mode 2", func(b *testing.B) { bench(b, in, plain) })
	b.Run("mode 2 axes 3 2 1", func(b *testing.B) { bench(b, file(b, g, setInts(17, 3, 2, 1)), plain) })
	b.Run("mode 2 axes 2 1 3", func(b *testing.B) { bench(b, file(b, g, setInts(17, 2, 1, 3)), plain) })
	big := bytes.Clone(in)
	h := &header{order: binary.BigEndian}
	copy(h.raw[:], big)
	reverseHeader(h)
	copy(big, h.raw[:])
	b.Run("mode 2 big-endian", func(b *testing.B) {
		reverse(big[headerSize:], 4)
		defer reverse(big[headerSize:], 4)
		bench(b, big, plain)
	})
	half := file(b, g, setInts(4, 12))[:headerSize+2*len(g.Data)]
	for i, v := range g.Data {
		binary.LittleEndian.PutUint16(half[headerSize+2*i:], toHalf(v))
	}
	b.Run("mode 12", func(b *testing.B) { bench(b, half, plain) })
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write(in); err != nil {
		b.Fatal(err)
	}
	if err := z.Close(); err != nil {
		b.Fatal(err)
	}
	b.Run("mode 2 gzip", func(b *testing.B) {
		bench(b, packed.Bytes(), func(in []byte) (io.Reader, int64) {
			r, err := gzip.NewReader(bytes.NewReader(in))
			if err != nil {
				b.Fatal(err)
			}
			return r, 0
		})
	})
}
