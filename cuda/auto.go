// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"context"
	"fmt"
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

// A chooser is an engine that chooses for each fit what finishes it sooner, the
// card or the processors, by how fast it has seen them to be.
type chooser struct {
	*cpu.Engine // refines and takes samples: that is little work
	card        *engine

	choosing sync.Mutex // one fit at a time asks
	seen     *speeds
}

// speeds are what was seen of the card and of one processor.
type speeds struct {
	card, processor float64 // samples of atoms in a second
	upload          float64 // seconds for each voxel of a field
}

// newChooser returns an engine that chooses between the processors and a card.
func newChooser(card *engine) *chooser {
	return &chooser{Engine: cpu.New(), card: card}
}

// Info names both: what a fit ran on, and why on that, is in its result.
func (a *chooser) Info() fitting.Info {
	here, there := a.Engine.Info(), a.card.Info()
	return fitting.Info{
		Name: "auto", Device: here.Device + " or " + there.Device, Kernel: here.Kernel + " or " + there.Kernel,
		Why: "each fit runs on what is expected to finish it sooner",
	}
}

// Fit runs on what is expected to be faster. See fitting.Engine.
func (a *chooser) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	e, why := a.choose(ctx, p)
	r, err := e.Fit(ctx, p, report)
	r.Engine = because(r.Engine, why)
	return r, err
}

// choose returns the engine that is expected to be faster, and why.
func (a *chooser) choose(ctx context.Context, p *fitting.Problem) (e fitting.Engine, why string) {
	a.choosing.Lock()
	defer a.choosing.Unlock()
	if p.Options.Validate() != nil || p.Structure == nil || p.Target == nil {
		return a.Engine, "" // Fit will say what is wrong
	}
	atoms, _ := p.Structure.Count(p.Options.Atoms)
	work := search.Work(p.Options, atoms)
	if failure := a.card.card.failure(); failure != nil {
		return a.Engine, "the card has failed: " + failure.Error()
	}
	threads := search.Threads(p.Options)
	if guess := work * 2e-9 / float64(threads); guess < awake {
		return a.Engine, fmt.Sprintf("too little for the card: %.2g s of work", guess)
	}
	if a.seen == nil {
		if a.seen = measure(ctx, a.card.card); a.seen == nil {
			return a.Engine, "the speed of the card could not be measured"
		}
	}
	here := work / a.seen.processor / float64(threads)
	there := work/a.seen.card + a.seen.upload*float64(len(p.Target.Grid().Data))
	why = fmt.Sprintf("%.2g s here, %.2g s on the card expected", here, there)
	if there < here {
		return a.card, why
	}
	return a.Engine, why
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
	climbers := make([]search.Climber, places)
	for i := range climbers {
		climbers[i].Rigid = geom.Rigid{Rotation: geom.Random(rng), Shift: r3.Vec{X: edge / 2, Y: edge / 2, Z: edge / 2}}
	}
	// rate returns how many samples a device makes in a second, 0 if it failed,
	// and how many seconds it takes to have the field.
	rate := func(d search.Device, climbers []search.Climber) (samples, upload float64) {
		session := d.Begin(1)
		defer session.End()
		for range 2 { // the first time, things are made
			began := time.Now()
			o, err := session.Objective(ctx, f, offsets)
			if err != nil {
				return 0, 0
			}
			upload = max(upload, time.Since(began).Seconds()) // the second time the card has the field
			began = time.Now()
			err = o.Climb(ctx, climbers, search.Ascent{Steps: steps, First: 0.1, Last: 0.1, Gyration: 17})
			took := time.Since(began).Seconds()
			o.Close()
			if err != nil || session.Note() != "" {
				return 0, 0
			}
			samples = max(samples, float64(len(climbers))*atoms*(steps+1)/took)
		}
		return samples, upload
	}
	if c.wake(ctx) != nil {
		return nil
	}
	s := &speeds{}
	s.card, s.upload = rate(c, climbers)
	s.upload /= edge * edge * edge
	s.processor, _ = rate(cpu.Device{}, climbers[:16])
	if s.card == 0 || s.processor == 0 {
		return nil
	}
	return s
}
