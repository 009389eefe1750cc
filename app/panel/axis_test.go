// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestTicks(t *testing.T) {
	tests := []struct {
		lo, hi float64
		n      int
		want   string
	}{
		{0, 1, 5, "0 0.2 0.4 0.6 0.8 1"},
		{-0.24, 0.83, 6, "-0.2 0 0.2 0.4 0.6 0.8"},
		{-3, 12000, 4, "0 5000 10000"},
		{1e-5, 5e-5, 4, "1e-05 2e-05 3e-05 4e-05 5e-05"},
		{0.001, 0.0034, 3, "0.001 0.002 0.003"},
		{1, 1, 5, ""},
		{2, 1, 5, ""},
		{0, math.Inf(1), 5, ""},
	}
	for _, tt := range tests {
		var words []string
		for _, v := range ticks(tt.lo, tt.hi, tt.n) {
			words = append(words, tickText(v, tt.hi-tt.lo))
		}
		if got := strings.Join(words, " "); got != tt.want {
			t.Errorf("from %g to %g: %q, want %q", tt.lo, tt.hi, got, tt.want)
		}
	}
}

// Each mark has its number, numbers do not touch, and the title is below them.
func TestAxisHasRoom(t *testing.T) {
	test.NewTempApp(t)
	a := newAxis("density (map units)")
	w := test.NewTempWindow(t, a)
	w.SetPadded(false)
	for _, width := range []float32{180, 420, 900} {
		w.Resize(fyne.NewSize(width, 30))
		a.show(-0.24, 0.83)
		var title bool
		end := float32(-1)
		numbers, marks := 0, 0
		for _, o := range test.WidgetRenderer(a).Objects() {
			c, ok := o.(*canvas.Text)
			switch {
			case !ok:
				marks++
			case c.Text == a.title:
				title = c.Position().Y >= axisTick+axisLine() && c.Position().X >= 0 && c.Position().X+c.MinSize().Width <= width
			case c.Position().X <= end || c.Position().X+c.MinSize().Width > width:
				t.Errorf("width %g: %q at %g touches what is before it or is cut", width, c.Text, c.Position().X)
			default:
				end, numbers = c.Position().X+c.MinSize().Width, numbers+1
			}
		}
		if numbers != marks || numbers < 2 || !title {
			t.Errorf("width %g: %d numbers at %d marks, title %t", width, numbers, marks, title)
		}
	}
}
