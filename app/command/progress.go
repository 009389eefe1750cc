// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"golang.org/x/term"

	"difffit/app/work"
	"difffit/fitting"
)

// progress shows how far a run is: a bar on a terminal, otherwise a line per
// second that a program can read:
//
//	progress fraction=0.42 phase=searching left=1.2s
//
// With several structures the line has structure=DONE/ALL as well. It may be
// used by several goroutines.
type progress struct {
	w     io.Writer
	quiet bool
	bar   bool             // on a terminal
	now   func() time.Time // for tests

	mu      sync.Mutex
	start   time.Time
	last    time.Time // last line or bar
	shown   bool      // a bar is on the current line
	several bool
	count   int       // structures
	running []float64 // fraction of each structure, and of those that are searched for again
	done    int
	top     float64 // highest fraction shown
}

// newProgress returns a progress for n structures.
func (r *run) newProgress(n int) *progress {
	p := &progress{w: r.errw, quiet: r.quiet, now: time.Now, several: n > 1, count: n, running: make([]float64, n)}
	if f, ok := r.errw.(*os.File); ok {
		p.bar = term.IsTerminal(int(f.Fd()))
	}
	p.start = p.now()
	return p
}

// of returns the report function of structure i.
func (p *progress) of(i int) func(fitting.Progress) {
	return func(f fitting.Progress) {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.running[i] = max(p.running[i], min(f.Fraction, 1))
		if p.several {
			f.Fraction, f.Left = p.overall()
			if f.Phase == fitting.Done {
				f.Phase = fitting.Searching // another one goes on
			}
		}
		p.show(f)
	}
}

// fit reports how far a fit of all structures is.
func (p *progress) fit(q work.Progress) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.done = q.Done
	p.show(fitting.Progress{Phase: q.Phase, Fraction: q.Fraction, Left: q.Left})
}

// finished notes that structure i is done, whatever came of it.
func (p *progress) finished(i int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.running[i] = 1
	p.done++
	if p.several {
		f := fitting.Progress{Phase: fitting.Searching}
		f.Fraction, f.Left = p.overall()
		p.show(f)
	}
}

// overall returns the fraction of all structures and the time that is left at
// the speed so far.
func (p *progress) overall() (fraction float64, left time.Duration) {
	for _, f := range p.running {
		fraction += f
	}
	fraction /= float64(len(p.running))
	if fraction > 0 {
		left = time.Duration(float64(p.now().Sub(p.start)) * (1 - fraction) / fraction)
	}
	return fraction, left
}

// barEvery and lineEvery are the least times between two bars and two lines.
const (
	barEvery  = 100 * time.Millisecond
	lineEvery = time.Second
)

func (p *progress) show(f fitting.Progress) {
	every := lineEvery
	if p.bar {
		every = barEvery
	}
	now := p.now()
	if p.quiet || now.Sub(p.last) < every {
		return
	}
	p.last = now
	p.write(f)
}

func (p *progress) write(f fitting.Progress) {
	p.top = max(p.top, min(f.Fraction, 1))
	left, count := "?", ""
	if f.Left > 0 || f.Phase == fitting.Done {
		left = fmt.Sprintf("%.1fs", f.Left.Seconds())
	}
	if p.bar {
		const width = 30
		full := int(p.top*width + 0.5)
		if p.several {
			count = fmt.Sprintf("  %d of %d", min(p.done, p.count), p.count)
		}
		fmt.Fprintf(p.w, "\r\x1b[K[%s%s] %3.0f %%  %s%s  %s left", strings.Repeat("#", full), strings.Repeat(".", width-full), 100*p.top, f.Phase, count, left)
		p.shown = true
		return
	}
	if p.several {
		count = fmt.Sprintf(" structure=%d/%d", min(p.done, p.count), p.count)
	}
	fmt.Fprintf(p.w, "progress fraction=%.2f phase=%s left=%s%s\n", p.top, f.Phase, left, count)
}

// end takes the bar away, or writes the last line if the run came to its end.
func (p *progress) end(complete bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	switch {
	case p.quiet:
	case p.bar:
		p.clear()
	case complete:
		p.write(fitting.Progress{Phase: fitting.Done, Fraction: 1})
	}
}

func (p *progress) clear() {
	if p.shown {
		fmt.Fprint(p.w, "\r\x1b[K")
		p.shown = false
	}
}

// message writes a line for a person.
func (p *progress) message(format string, args ...any) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.quiet {
		return
	}
	p.clear()
	fmt.Fprintf(p.w, format+"\n", args...)
}
