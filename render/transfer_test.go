// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"testing"
)

// Most voxels of a map are seen through, also where the least density is far
// below them, as in a masked map.
func TestDefaultTransferLeavesTheGroundOut(t *testing.T) {
	c := color.NRGBA{100, 150, 200, 255}
	for _, style := range []MapStyle{Cloud, Projection} {
		for _, tt := range []struct{ level, low, ground, high float32 }{
			{0.1, -1.5, 0, 2.8}, {0.16, -0.24, 0.02, 0.83}, {5, 4, 4.2, 9},
		} {
			stops := DefaultTransfer(style, tt.level, c, tt.low, tt.ground, tt.high)
			if first := stops[0]; first.Color.A != 0 || !(first.Density > tt.ground && first.Density < tt.level) {
				t.Errorf("style %d, %+v: begins at %g with opacity %d", style, tt, first.Density, first.Color.A)
			}
		}
	}
	black := DefaultTransfer(Slices, 0.1, c, -1.5, 0, 2.8)[0]
	if black.Density != -0.1 {
		t.Errorf("slices are black below %g, want -0.1", black.Density)
	}
	for _, ground := range []float32{-3, 1} { // no ground that is below the level
		stops := DefaultTransfer(Cloud, 0.5, c, -1, ground, 2)
		for i := 1; i < len(stops); i++ {
			if !(stops[i].Density > stops[i-1].Density) {
				t.Errorf("ground %g: stops %+v", ground, stops)
			}
		}
	}
}
