// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
)

func TestGridUsesTheRoom(t *testing.T) {
	for _, tt := range []struct {
		n    int
		size fyne.Size
		want int
	}{{1, fyne.NewSize(600, 700), 1}, {2, fyne.NewSize(600, 700), 1}, {2, fyne.NewSize(900, 500), 2}, {4, fyne.NewSize(600, 700), 2}, {8, fyne.NewSize(700, 600), 3}} {
		if got := columnsOf(tt.n, tt.size); got != tt.want {
			t.Errorf("%d pictures in %v: %d columns, want %d", tt.n, tt.size, got, tt.want)
		}
	}
}

func TestOpacityFallsExponentially(t *testing.T) {
	for _, tt := range []struct{ v, want float64 }{{1, 1}, {0, math.Exp(-4)}, {0.5, math.Exp(-2)}, {math.NaN(), 0}} {
		if got := opacity(tt.v, 0, 1, 4); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("opacity of %g is %g, want %g", tt.v, got, tt.want)
		}
	}
}
