// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"math"
	"testing"
	"time"

	"difffit/fitting"
)

// The time that is left is right within a fifth from a tenth of the work on, for
// work that goes evenly, in steps, or at another speed in its second half, once
// that has lasted.
func TestPace(t *testing.T) {
	tests := []struct {
		name  string
		done  func(s float64) float64 // fraction after seconds
		total float64                 // seconds
		from  float64                 // seconds from where on it is to be right
	}{
		{"even", func(s float64) float64 { return s / 100 }, 100, 10},
		{"in steps", func(s float64) float64 { return math.Floor(s/4) * 4 / 200 }, 200, 40},
		{"slower in the second half", func(s float64) float64 { return min(s, 50+(s-50)/3) / 100 }, 200, 110},
	}
	for _, tt := range tests {
		var p Pace
		start := time.Unix(1000, 0)
		p.Left(start, 0)
		for s := 0.1; s < 0.95*tt.total; s += 0.1 {
			got := p.Left(start.Add(time.Duration(s*1e9)), min(tt.done(s), 1)).Seconds()
			if want := tt.total - s; s >= tt.from && math.Abs(got-want) > 0.2*tt.total {
				t.Errorf("%s: after %.1f s %.1f s are left, want %.1f", tt.name, s, got, want)
				break
			}
		}
	}
}

// What is told does not jump: in a second it falls by no more than a second and
// the trust in a new estimate, which is a third of the difference.
func TestPaceDoesNotJump(t *testing.T) {
	var p Pace
	start := time.Unix(1000, 0)
	p.Left(start, 0)
	var last float64
	for i := range 300 {
		s := float64(i+1) * 0.2
		f := 0.005 * s
		if i > 150 {
			f += 0.2 // suddenly
		}
		got := p.Left(start.Add(time.Duration(s*1e9)), f).Seconds()
		if i > 50 && math.Abs(got-last) > 0.2+0.1*last {
			t.Fatalf("after %.1f s: %.1f s are left, %.1f before", s, got, last)
		}
		last = got
	}
}

func TestPaceSaysNothingTooEarly(t *testing.T) {
	var p Pace
	at := time.Unix(1000, 0)
	for _, tt := range []struct{ after, fraction float64 }{{0, 0}, {0.5, 0.3}, {2, 0.01}, {3, 1}} {
		q := p
		q.Left(at, 0)
		if got := q.Left(at.Add(time.Duration(tt.after*1e9)), tt.fraction); got != 0 {
			t.Errorf("after %g s, %g done: %v", tt.after, tt.fraction, got)
		}
	}
}

func TestAbout(t *testing.T) {
	for left, want := range map[time.Duration]string{
		0: "", 900 * time.Millisecond: "", 3 * time.Second: "a few seconds left", 12 * time.Second: "about 10 s left",
		44 * time.Second: "about 40 s left", 58 * time.Second: "about 1 min left", 230 * time.Second: "about 4 min left",
		59 * time.Minute: "about 59 min left", 90 * time.Minute: "about 1.5 h left",
	} {
		if got := About(left); got != want {
			t.Errorf("%v: %q, want %q", left, got, want)
		}
	}
}

// How far many searches are is how much of what they cost is done.
func TestProgressCountsByCost(t *testing.T) {
	var told []Progress
	ta := newTally(func(p Progress) { told = append(told, p) }, 3)
	now := time.Unix(1000, 0)
	ta.now = func() time.Time { return now }
	ta.weigh([]float64{1, 2, 6, 1})
	for _, tt := range []struct {
		do       func()
		fraction float64
		left     time.Duration
	}{
		{func() { ta.finished(0, 0) }, 0.1, 90 * time.Second},
		{func() { ta.report(1, 1, fitting.Progress{Fraction: 0.5}) }, 0.2, 80 * time.Second},
		{func() { ta.finished(1, 1) }, 0.3, 70 * time.Second},
		{func() { ta.report(2, 2, fitting.Progress{Fraction: 1. / 6}) }, 0.4, 60 * time.Second},
		{func() { now = now.Add(40 * time.Second); ta.finished(2, 2) }, 0.9, 10 * time.Second},
		{func() { ta.follows(1) }, 1, 0},
	} {
		now = now.Add(10 * time.Second)
		tt.do()
		p := told[len(told)-1]
		if math.Abs(p.Fraction-tt.fraction) > 1e-9 || p.All != 3 || (p.Left-tt.left).Abs() > 2*time.Second {
			t.Errorf("fraction %g of %d searches, %v left; want %g, %v", p.Fraction, p.All, p.Left, tt.fraction, tt.left)
		}
	}
}
