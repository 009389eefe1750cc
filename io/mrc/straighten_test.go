// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"errors"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// TestStraightenIsExactOnLinearDensity puts 1 + 2x − 3y + 0.5z on skewed
// cells: interpolation must give it back, and 0 outside.
func TestStraightenIsExactOnLinearDensity(t *testing.T) {
	density := func(p r3.Vec) float64 { return 1 + 2*p.X - 3*p.Y + 0.5*p.Z }
	for _, angles := range [][3]float64{{90, 90, 120}, {90, 111.5, 90}, {75, 90, 90}, {80, 95, 110}, {60, 60, 60}} {
		g := ramp([3]int{9, 8, 7})
		cell := [3]float64{9 * 1.5, 8 * 1.25, 7 * 2}
		// the edges of a voxel, from the definition of the angles
		rad := func(i int) float64 { return angles[i] * math.Pi / 180 }
		a := r3.Vec{X: 1.5}
		b := r3.Scale(1.25, r3.Vec{X: math.Cos(rad(2)), Y: math.Sin(rad(2))})
		c := r3.Vec{X: math.Cos(rad(1)), Y: (math.Cos(rad(0)) - math.Cos(rad(1))*math.Cos(rad(2))) / math.Sin(rad(2))}
		c.Z = math.Sqrt(1 - c.X*c.X - c.Y*c.Y)
		c = r3.Scale(2, c)
		start := r3.Add(r3.Add(r3.Scale(2, a), r3.Scale(-3, b)), r3.Scale(4, c))
		for i := range g.Data {
			x, y, z := float64(i%9), float64(i/9%8), float64(i/72)
			p := r3.Add(start, r3.Add(r3.Add(r3.Scale(x, a), r3.Scale(y, b)), r3.Scale(z, c)))
			g.Data[i] = float32(density(p))
		}
		in := file(t, g, setFloats(11, cell[0], cell[1], cell[2], angles[0], angles[1], angles[2]), setInts(5, 2, -3, 4), setFloats(50, 0, 0, 0))
		var warnings []string
		m, err := Decode(bytes.NewReader(in), lenient(in, &warnings))
		if err != nil {
			t.Fatal(err)
		}
		if len(warnings) != 1 || !strings.Contains(warnings[0], "resampled from 9×8×7 voxels") || !m.Info.Resampled {
			t.Errorf("%v: warnings %q", angles, warnings)
		}
		cellVolume := r3.Dot(r3.Cross(a, b), c)
		if v := m.Grid.VoxelVolume(); math.Abs(v-cellVolume) > 1e-5 {
			t.Errorf("%v: voxel of %g Å³, want %g", angles, v, cellVolume)
		}
		filled := 0
		for i, v := range m.Grid.Data {
			if want := density(m.Grid.Position(i)); v != 0 {
				filled++
				if math.Abs(float64(v)-want) > 2e-4 { // float32 header and densities up to 60
					t.Fatalf("%v: density at %v is %g, want %g", angles, m.Grid.Position(i), v, want)
				}
			}
		}
		// The parallelepiped between the voxels has 8·7·6 voxel volumes, 7 layers of 8·7.
		if filled < 7*(8*7)*8/10 || filled > 9*8*7 {
			t.Errorf("%v: %d voxels are filled of %v", angles, filled, m.Grid.Size)
		}
		var refused UnsupportedError
		if _, err := Decode(bytes.NewReader(in), Options{}); !errors.As(err, &refused) {
			t.Errorf("%v: strict: %v, want an UnsupportedError", angles, err)
		}
	}
}

func TestSkewedNeedleIsRefused(t *testing.T) {
	in := file(t, ramp([3]int{2, 900, 2}), setFloats(11, 2, 900, 2, 90, 90, 150))
	var warnings []string
	_, err := Decode(bytes.NewReader(in), lenient(in, &warnings))
	if err == nil || !strings.HasPrefix(err.Error(), "mrc: header word 14: cell angles are 90, 90, 150°: an orthogonal grid") {
		t.Errorf("Decode: %v, want a refusal", err)
	}
}
