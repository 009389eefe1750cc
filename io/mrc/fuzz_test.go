// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"errors"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

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
				// The corner of a skewed map may lie where no origin is believed.
				var far UnsupportedError
				if !m.Info.Resampled || !errors.As(err, &far) {
					t.Fatal(err)
				}
				continue
			}
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
