// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"math/rand/v2"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// normal returns a map of noise, of whole numbers if step is not 0.
func normal(step float64) *volume.Grid {
	g := volume.New([3]int{50, 50, 50}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	r := rand.New(rand.NewPCG(3, 4))
	for i := range g.Data {
		v := 20 * r.NormFloat64()
		if step > 0 {
			v = step * math.Round(v)
		}
		g.Data[i] = float32(v)
	}
	return g
}

// The bars of a map of whole numbers are a hill, not a comb.
func TestBarsAreNoComb(t *testing.T) {
	test.NewTempApp(t)
	for name, step := range map[string]float64{"any numbers": 0, "whole numbers": 1, "thousandths": 0.001} {
		for _, w := range []int{100, 237, 600} {
			h := newHistogram()
			h.show(volume.NewProfile(normal(step)), 0, 0)
			if (h.step > 0) != (step > 0) || step > 0 && math.Abs(h.step/step-1) > 0.01 {
				t.Errorf("%s: the step is %g, want %g", name, h.step, step)
			}
			list := h.heights(w)
			for x := w / 4; x < 3*w/4; x++ { // where there are many
				if a, b := list[x-1], list[x]; math.Abs(a-b) > 0.2*math.Max(a, b) {
					t.Errorf("%s, %d pixels: bar %d is %.2f high, its neighbour %.2f", name, w, x, b, a)
				}
			}
		}
	}
}

// A map of one density has bars that can be drawn.
func TestBarsOfAFlatMap(t *testing.T) {
	test.NewTempApp(t)
	for _, v := range []float32{0, 1, -3, 1e-30, -1e30} {
		g := volume.New([3]int{9, 9, 9}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
		for i := range g.Data {
			g.Data[i] = v
		}
		h := newHistogram()
		h.show(volume.NewProfile(g), float64(v), float64(v))
		for x, high := range h.heights(600) {
			if math.IsNaN(high) || math.IsInf(high, 0) {
				t.Fatalf("density %g: bar %d is %g high", v, x, high)
			}
		}
		if !(h.hi > h.lo) {
			t.Errorf("density %g: from %g to %g", v, h.lo, h.hi)
		}
		h.draw(600, 30)
	}
}

// The axis stays where it is, whatever the level.
func TestAxisStaysUnderTheMarker(t *testing.T) {
	test.NewTempApp(t)
	p := volume.NewProfile(normal(0))
	l := NewLevel()
	l.SetState(LevelState{Profile: p, Whole: p, Value: 10})
	lo, hi := l.bars.lo, l.bars.hi
	for _, v := range []float64{p.Max, p.Min, 1000} {
		l.SetState(LevelState{Profile: p, Whole: p, Value: v, Suggested: volume.Level{Value: v}})
		if l.bars.lo != lo || l.bars.hi != hi {
			t.Errorf("level %g: the axis is %g to %g, want %g to %g", v, l.bars.lo, l.bars.hi, lo, hi)
		}
		l.bars.draw(200, 40)
	}
	rest := volume.NewProfile(volume.New([3]int{50, 50, 50}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{}))
	l.SetState(LevelState{Profile: rest, Whole: p, Value: 10, Remaining: true})
	if l.bars.lo != lo || l.bars.hi != hi {
		t.Errorf("after zeroing the axis is %g to %g, want %g to %g", l.bars.lo, l.bars.hi, lo, hi)
	}
}

// A click on the number selects it, and what is typed takes its place; so does
// what is typed after two clicks, or three. A second click puts the cursor.
func TestAClickSelectsTheLevel(t *testing.T) {
	test.NewTempApp(t)
	p := volume.NewProfile(normal(0))
	for _, clicks := range []int{1, 2, 3} {
		l := NewLevel()
		w := test.NewTempWindow(t, l)
		w.Resize(fyne.NewSize(400, 200))
		l.SetState(LevelState{Profile: p, Whole: p, Value: 10.25})
		var got []float64
		l.OnDone = func(v float64) { got = append(got, v) }
		at := fyne.NewPos(20, 10)
		for n := range clicks {
			l.exact.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
			l.exact.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary})
			if n == 1 {
				l.exact.DoubleTapped(&fyne.PointEvent{Position: at})
			}
		}
		if s := l.exact.SelectedText(); s != l.exact.Text {
			t.Fatalf("%d clicks select %q of %q", clicks, s, l.exact.Text)
		}
		test.Type(l.exact, "12.5")
		l.exact.OnSubmitted("")
		if len(got) != 1 || got[0] != 12.5 {
			t.Errorf("%d clicks and 12.5: told %v, the field says %q", clicks, got, l.exact.Text)
		}
	}
}

// A level beyond all densities is refused, with their range.
func TestALevelBeyondTheMapIsRefused(t *testing.T) {
	test.NewTempApp(t)
	p := volume.NewProfile(normal(0))
	l := NewLevel()
	var done []float64
	var faults []error
	l.OnDone, l.OnError = func(v float64) { done = append(done, v) }, func(err error) { faults = append(faults, err) }
	l.SetState(LevelState{Profile: p, Whole: p, Value: 10})
	for _, text := range []string{"500", "-500"} {
		l.typed(text)
	}
	if len(done) != 0 || len(faults) != 2 || l.exact.Text != "10" {
		t.Errorf("done %v, faults %v, the field says %q", done, faults, l.exact.Text)
	}
}
