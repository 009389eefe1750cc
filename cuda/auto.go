// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"sync"
	"time"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/geom"
	"difffit/fitting/search"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// awake is how long, in seconds, a card takes to be ready: to make a context
// and to compile the kernels. A fit that the processors finish sooner is not
// worth the question which is faster.
const awake = 0.5

// Auto is an engine that chooses for each fit what finishes it sooner, the card
// or the processors, by how fast it has seen them to be.
type Auto struct {
	*cpu.Engine // refines and takes samples: that is little work
	card        *Engine

	mu   sync.Mutex
	last fitting.Info // what was chosen last, and why
	seen *speeds
}

// speeds are samples of atoms in a second: of the card, and of one processor.
type speeds struct{ card, processor float64 }

// NewAuto returns an engine that chooses between the processors and the card.
func NewAuto(card *Engine) *Auto {
	c := cpu.New()
	return &Auto{Engine: c, card: card, last: c.Info()}
}

// Info says what was chosen last, and why.
func (a *Auto) Info() fitting.Info {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.last
}

// Fit runs on what is expected to be faster. See fitting.Engine.
func (a *Auto) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	if a.choose(ctx, p) {
		return a.card.Fit(ctx, p, report)
	}
	return a.Engine.Fit(ctx, p, report)
}

// choose tells whether the card is expected to be faster.
func (a *Auto) choose(ctx context.Context, p *fitting.Problem) (card bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if p.Options.Validate() != nil || p.Structure == nil {
		return false // Fit will say what is wrong
	}
	atoms, _ := p.Structure.Select(p.Options.Atoms)
	work := search.Work(p.Options, len(atoms))
	if failure := a.card.card.failure(); failure != nil {
		a.note(a.Engine.Info(), "the card has failed: "+failure.Error())
		return false
	}
	threads := search.Threads(p.Options)
	if guess := work * 2e-9 / float64(threads); guess < awake {
		a.note(a.Engine.Info(), fmt.Sprintf("chosen: %.2g s of work, too little for the card", guess))
		return false
	}
	if a.seen == nil {
		if a.seen = measure(ctx, a.card.card); a.seen == nil {
			return false // stopped, or the card failed: the next fit asks again
		}
	}
	here, there := work/a.seen.processor/float64(threads), work/a.seen.card
	why := fmt.Sprintf("chosen: %.2g s expected here, %.2g s on the card", here, there)
	if there < here {
		a.note(a.card.Info(), why)
		return true
	}
	a.note(a.Engine.Info(), why)
	return false
}

func (a *Auto) note(info fitting.Info, why string) {
	info.Device += " (" + why + ")"
	a.last = info
}

// measure sees how fast the card and one processor are at the same field: one
// of a usual size, with atoms and placements enough to fill a large card. It
// returns nil if it was stopped or the card failed.
func measure(ctx context.Context, c *card) *speeds {
	const edge, atoms, places, steps = 96, 4096, 512, 4
	rng := rand.New(rand.NewPCG(1, 1))
	g := volume.New([3]int{edge, edge, edge}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = rng.Float32()
	}
	f, err := search.NewField(g, 1)
	if err != nil {
		return nil
	}
	offsets := make([]r3.Vec, atoms)
	for i := range offsets {
		offsets[i] = r3.Vec{X: 10 * rng.NormFloat64(), Y: 10 * rng.NormFloat64(), Z: 10 * rng.NormFloat64()}
	}
	time1 := func(d search.Device, n int) float64 {
		session := d.Begin(1)
		defer session.End()
		o, err := session.Objective(ctx, f, offsets)
		if err != nil {
			return 0
		}
		defer o.Close()
		climbers := make([]search.Climber, n)
		for i := range climbers {
			climbers[i].Rigid = geom.Rigid{Rotation: geom.Random(rng), Shift: r3.Vec{X: edge / 2, Y: edge / 2, Z: edge / 2}}
		}
		best := math.Inf(1)
		for range 2 { // the first time, things are made
			began := time.Now()
			if err := o.Climb(ctx, climbers, search.Ascent{Steps: steps, First: 0.1, Last: 0.1, Gyration: 17}); err != nil || session.Note() != "" {
				return 0
			}
			best = min(best, time.Since(began).Seconds())
		}
		return float64(n) * atoms * (steps + 1) / best
	}
	s := &speeds{card: time1(c, places), processor: time1(cpu.Device{}, 16)}
	if s.card == 0 || s.processor == 0 {
		return nil
	}
	return s
}
