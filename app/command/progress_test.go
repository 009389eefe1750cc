// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"strings"
	"testing"
	"time"

	"difffit/fitting"
)

// clock is a time that tests set.
type clock struct{ t time.Time }

func (c *clock) now() time.Time { return c.t }

func newTestProgress(n int, w *strings.Builder) (*progress, *clock) {
	c := &clock{time.Unix(1000, 0)}
	return &progress{w: w, now: c.now, start: c.t, several: n > 1, count: n, running: make([]float64, n)}, c
}

// One line at once, then one per second, then the end.
func TestProgressLines(t *testing.T) {
	var out strings.Builder
	p, c := newTestProgress(1, &out)
	report := p.of(0)
	for i := range 25 {
		report(fitting.Progress{Phase: fitting.Searching, Fraction: float64(i) / 25, Left: time.Duration(25-i) * 100 * time.Millisecond})
		c.t = c.t.Add(100 * time.Millisecond)
	}
	p.end(true)
	want := `progress fraction=0.00 phase=searching left=2.5s
progress fraction=0.40 phase=searching left=1.5s
progress fraction=0.80 phase=searching left=0.5s
progress fraction=1.00 phase=done left=0.0s
`
	if out.String() != want {
		t.Errorf("wrote\n%swant\n%s", out.String(), want)
	}
}

func TestProgressOfSeveral(t *testing.T) {
	var out strings.Builder
	p, c := newTestProgress(4, &out)
	c.t = c.t.Add(time.Second)
	p.finished(2)
	c.t = c.t.Add(time.Second)
	p.of(0)(fitting.Progress{Phase: fitting.Done, Fraction: 1})
	c.t = c.t.Add(time.Second)
	p.of(1)(fitting.Progress{Phase: fitting.Preparing, Fraction: 0.2})
	p.end(false)
	want := `progress fraction=0.25 phase=searching left=3.0s structure=1/4
progress fraction=0.50 phase=searching left=2.0s structure=1/4
progress fraction=0.55 phase=preparing left=2.5s structure=1/4
`
	if out.String() != want {
		t.Errorf("wrote\n%swant\n%s", out.String(), want)
	}
}

// A bar is taken away before a message and at the end.
func TestProgressBar(t *testing.T) {
	var out strings.Builder
	p, _ := newTestProgress(1, &out)
	p.bar = true
	p.of(0)(fitting.Progress{Phase: fitting.Scoring, Fraction: 0.5, Left: 1500 * time.Millisecond})
	p.message("a word")
	p.end(true)
	want := "\r\x1b[K[###############...............]  50 %  scoring  1.5s left\r\x1b[Ka word\n"
	if out.String() != want {
		t.Errorf("wrote %q, want %q", out.String(), want)
	}
}

func TestQuiet(t *testing.T) {
	var out strings.Builder
	p, _ := newTestProgress(1, &out)
	p.quiet = true
	p.of(0)(fitting.Progress{Fraction: 0.5})
	p.message("a word")
	p.end(true)
	if out.Len() > 0 {
		t.Errorf("wrote %q, want nothing", out.String())
	}
}
