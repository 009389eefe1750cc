// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"runtime"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// allocated returns how many bytes f allocates, also those it gives back.
func allocated(f func()) int64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int64(after.TotalAlloc - before.TotalAlloc)
}

// TestClaimsAllocateNothing reads headers that claim up to a terabyte with
// nothing behind them.
func TestClaimsAllocateNothing(t *testing.T) {
	for _, n := range []int{1000, 1500, 60000, 1e6, 1<<31 - 1} {
		b := file(t, ramp([3]int{2, 2, 2}), setInts(1, n, n, n))
		for _, size := range []int64{0, int64(len(b))} {
			got := allocated(func() {
				if _, err := Decode(bytes.NewReader(b), Options{Size: size, Warn: func(string) {}}); err == nil {
					t.Errorf("%d per axis was read from %d bytes", n, len(b))
				}
			})
			if got > 8<<20 {
				t.Errorf("%d per axis, size %d: %d bytes were allocated", n, size, got)
			}
		}
	}
}

// TestMemoryOfDecode counts everything that Decode allocates, in bytes per
// byte of the map: 1 where the size is known, 2 where axes are exchanged or
// where memory grows with a stream, 3 for both, and the block.
func TestMemoryOfDecode(t *testing.T) {
	b := file(t, ramp([3]int{128, 128, 128}))
	turned := file(t, ramp([3]int{128, 128, 128}), setInts(17, 3, 2, 1))
	const data = 4 * 128 * 128 * 128
	for _, tt := range []struct {
		name  string
		in    []byte
		size  int64
		times int64
	}{
		{"plain", b, int64(len(b)), 1}, {"turned", turned, int64(len(b)), 2},
		{"stream", b, 0, 2}, {"turned stream", turned, 0, 3},
	} {
		got := allocated(func() {
			if _, err := Decode(bytes.NewReader(tt.in), Options{Size: tt.size}); err != nil {
				t.Error(err)
			}
		})
		if want := tt.times*data + 1<<20; got > want {
			t.Errorf("%s: %d bytes, want at most %d", tt.name, got, want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add(file(f, ramp([3]int{3, 4, 2})))
	f.Add(file(f, ramp([3]int{3, 4, 2}), setInts(17, 3, 1, 2), setInts(24, 16)))
	f.Add(file(f, ramp([3]int{3, 4, 2}), setFloats(14, 90, 100, 120)))
	f.Add(file(f, ramp([3]int{3, 4, 2}), setInts(4, 12)))
	f.Add(file(f, ramp([3]int{3, 4, 2}), setInts(4, 0), setInts(23, 401), setInts(10, 1)))
	f.Fuzz(func(t *testing.T, b []byte) {
		for _, size := range []int64{0, int64(len(b))} {
			m, err := Decode(bytes.NewReader(b), Options{Size: size, Warn: func(string) {}})
			if err != nil {
				continue
			}
			var again bytes.Buffer
			if err := Encode(&again, m.Grid, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
			// Steps near the least that is believed may be rounded beyond it: then there is a reason.
			n, err := Decode(&again, Options{})
			if err != nil {
				t.Fatalf("second time: %v", err)
			}
			if n.Grid.Size != m.Grid.Size || r3.Norm(r3.Sub(n.Grid.Step, m.Grid.Step)) > 1e-6*r3.Norm(m.Grid.Step) {
				t.Fatalf("size %v, step %v, want %v, %v", n.Grid.Size, n.Grid.Step, m.Grid.Size, m.Grid.Step)
			}
			for i, v := range m.Grid.Data {
				if n.Grid.Data[i] != v {
					t.Fatalf("density %d: %g, want %g", i, n.Grid.Data[i], v)
				}
			}
		}
	})
}

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
