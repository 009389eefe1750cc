// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// What is left of a map says how good the whole one is; other labels do not.
func TestResolutionOfWhatIsLeft(t *testing.T) {
	g := volume.New([3]int{4, 4, 4}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	g.Data[21] = 1
	for _, tt := range []struct {
		labels []string
		want   float64
	}{
		{nil, 0},
		{[]string{"made by hand", RemainingOf(4.5537)}, 4.554},
		{[]string{RemainingOf(12)}, 12},
		{[]string{"DiffFit: density taken out; resolution of the whole map good A"}, 0},
		{[]string{"DiffFit: density taken out; resolution of the whole map -3 A"}, 0},
		{[]string{"DiffFit: density taken out; resolution of the whole map 4.5"}, 0},
		{[]string{"resolution 4.5 A"}, 0},
	} {
		var b bytes.Buffer
		if err := Encode(&b, g, WriteOptions{Labels: tt.labels}); err != nil {
			t.Fatal(err)
		}
		f, err := Decode(&b, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if f.Info.Resolution != tt.want {
			t.Errorf("labels %q: resolution %g, want %g", tt.labels, f.Info.Resolution, tt.want)
		}
	}
}
