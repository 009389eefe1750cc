// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"context"
	"fmt"
	"math"
	"unsafe"

	"difffit/fitting/geom"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/spatial/r3"
	"gorgonia.org/cu"
)

// An objective is the mean of a field over some atoms, on the card. Its
// methods change what they are given only when they succeed.
type objective struct {
	card   *card
	field  *search.Field
	atoms  int
	memory scope // of what follows
	xyz    cu.DevicePtr
	sums   sumRoom
	held   *resident
}

// sumRoom is where sums are made. It is kept, for a polish makes many, and
// drivers take their time to give memory.
type sumRoom struct {
	task, turns, out cu.DevicePtr
	places           int // that there is room for
}

func newObjective(ctx context.Context, c *card, f *search.Field, offsets []r3.Vec) (*objective, error) {
	if err := c.wake(ctx); err != nil {
		return nil, err
	}
	o := &objective{card: c, field: f, atoms: len(offsets)}
	xyz := make([][4]float32, len(offsets))
	for i, p := range offsets {
		xyz[i] = [4]float32{float32(p.X), float32(p.Y), float32(p.Z)}
	}
	return o, c.do(func() (err error) {
		if o.held, err = hold(c, f, f.Bytes()); err != nil {
			return err
		}
		if o.xyz, err = upload(c, &o.memory, xyz); err != nil {
			o.release()
		}
		return err
	})
}

// release gives back what the objective holds; on the goroutine of the card.
func (o *objective) release() {
	o.memory.free()
	o.held.release()
}

// Close gives back what the objective holds. After a fault there is nothing.
func (o *objective) Close() {
	_ = o.card.do(func() error {
		o.release()
		return nil
	})
}

// threads returns how many threads work on one placement. It decides the order
// of additions, so nothing that is not part of the problem may decide it: some
// atoms for each thread, more threads where placements are few.
func threads(atoms, placements int) int {
	t := 64
	for t < 512 && (atoms > 4*t || placements*t < 1<<14 && atoms > t) {
		t *= 2
	}
	return t
}

// stopped returns an error if ctx is done.
func stopped(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("cuda: fit stopped: %w", err)
	}
	return nil
}

// move lets a kernel move states by so many steps, in launches that are short
// enough to be stopped between them. how says how: for some steps, after those
// that are done. all is how many placements move in all, of which these are a
// part.
func move[S, H any](ctx context.Context, o *objective, kernel string, states []S, all int, gyration float64, steps int, how func(done, steps int) H) error {
	c := o.card
	return c.do(func() error {
		var memory scope
		defer memory.free()
		shared, err := upload(c, &memory, []task{taskOf(o.field, o.atoms, gyration)})
		if err != nil {
			return err
		}
		at, err := upload(c, &memory, states)
		if err != nil {
			return err
		}
		var h H
		rates, err := c.alloc(&memory, int(unsafe.Sizeof(h)))
		if err != nil {
			return err
		}
		one := float64(len(states)) * float64(o.atoms) // samples of a step
		for done := 0; done < steps; {
			if err := stopped(ctx); err != nil {
				return err
			}
			n := int(min(max(1, c.within(pause)/one), float64(steps-done)))
			if err := write(rates, []H{how(done, n)}); err != nil {
				return err
			}
			if err := c.launch(kernel, len(states), threads(o.atoms, all), one*float64(n), o.held.at, o.xyz, shared, rates, at); err != nil {
				return err
			}
			done += n
		}
		return read(states, at)
	})
}

// climb moves climbers by Riemannian Adam. all is how many there are, of which
// these are a part.
func (o *objective) climb(ctx context.Context, climbers []search.Climber, all int, how search.Ascent) error {
	states := make([]climber, len(climbers))
	for i := range climbers {
		states[i] = climberOf(o.field, &climbers[i])
	}
	k := climb{Beta1: search.Beta1, Beta2: search.Beta2, First: float32(how.First), Ratio: 1}
	if how.Steps > 1 {
		k.Ratio = float32(math.Pow(how.Last/how.First, 1/float64(how.Steps-1)))
	}
	err := move(ctx, o, "climb", states, all, how.Gyration, how.Steps, func(_, steps int) climb {
		for range k.Steps { // as the card did, to the last bit
			k.First *= k.Ratio
		}
		k.Steps = uint32(steps)
		return k
	})
	if err != nil {
		return err
	}
	for i := range climbers {
		states[i].to(&climbers[i])
	}
	return nil
}

// follow moves starts by plain Adam. It returns their best states. all is how
// many there are, of which these are a part.
func (o *objective) follow(ctx context.Context, starts []geom.Rigid, all int, how search.Adam) ([]search.Climber, error) {
	states := make([]follower, len(starts))
	for i, g := range starts {
		states[i] = follower{At: placeOf(o.field, g), Decay: [2]float32{1, 1}}
		states[i].Best = states[i].At
		states[i].Best.Value = float32(math.Inf(-1))
	}
	k := follow{
		Beta1: search.AdamBeta1, Beta2: search.AdamBeta2, Epsilon: search.AdamEpsilon,
		ShiftRate: float32(how.ShiftRate), RotationRate: float32(how.RotationRate), Look: uint32(how.Look),
	}
	err := move(ctx, o, "follow", states, all, 1, how.Steps, func(done, steps int) follow {
		k.Steps, k.Done = uint32(steps), uint32(done)
		return k
	})
	if err != nil {
		return nil, err
	}
	ends := make([]search.Climber, len(starts))
	for i, s := range states {
		ends[i] = search.Climber{Rigid: s.Best.motion(starts[i]), Value: float64(s.Best.Value)}
	}
	return ends, nil
}

// sum returns the value and the gradients at each of the places; all is how
// many there are in the whole polish, of which these are a part.
func (o *objective) sum(places []geom.Rigid, all int) ([]slope, error) {
	turns := make([][12]float32, len(places))
	usable := make([]bool, len(places))
	for i, g := range places {
		turns[i], usable[i] = o.field.Transform(g)
	}
	totals := make([][sums]float32, len(places))
	err := o.card.do(func() error {
		if err := o.makeRoom(max(all, len(places))); err != nil {
			return err
		}
		r := &o.sums
		if err := write(r.turns, turns); err != nil {
			return err
		}
		work := float64(len(places)) * float64(o.atoms)
		if err := o.card.launch("sum", len(places), threads(o.atoms, all), work, o.held.at, o.xyz, r.task, r.turns, r.out); err != nil {
			return err
		}
		return read(totals, r.out)
	})
	if err != nil {
		return nil, err
	}
	slopes := make([]slope, len(places))
	for i := range slopes {
		slopes[i] = o.slope(&totals[i], usable[i])
	}
	return slopes, nil
}

// makeRoom sees to it that the sums of so many places can be made.
func (o *objective) makeRoom(places int) (err error) {
	r := &o.sums
	if r.places >= places {
		return nil
	}
	if r.task, err = upload(o.card, &o.memory, []task{taskOf(o.field, o.atoms, 1)}); err != nil {
		return err
	}
	if r.turns, err = o.card.alloc(&o.memory, places*len([12]float32{})*4); err != nil {
		return err
	}
	if r.out, err = o.card.alloc(&o.memory, places*sums*4); err != nil {
		return err
	}
	r.places = places
	return nil
}

// A slope is the objective and its gradients at a place.
type slope struct {
	value       float64
	shift, turn r3.Vec
}

func (o *objective) slope(total *[sums]float32, usable bool) (s slope) {
	if !usable {
		return slope{value: math.Inf(-1)}
	}
	var t [sums]float64
	for i, v := range total {
		t[i] = float64(v) * float64(o.field.Scale())
	}
	s.value, s.shift, s.turn = o.field.Mean(t[0], [3]float64(t[1:4]), [6]float64(t[4:10]), o.atoms)
	return s
}
