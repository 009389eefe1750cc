// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"context"
	"errors"
	"sync"

	"difffit/fitting/cpu"
	"difffit/fitting/geom"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/spatial/r3"
)

// Begin returns a session on the card. See search.Device.
func (c *card) Begin(threads int) search.Session {
	return &session{card: c, threads: threads, cpu: cpu.Device{}.Begin(threads), fallen: c.failure()}
}

// A session is a fit on the card. When the card fails, or has not enough
// memory, the session goes on where it is on the processors.
type session struct {
	card    *card
	threads int
	cpu     search.Session

	mu     sync.Mutex
	fallen error // why it goes on without the card
}

// Objective returns an objective on the card or, if that cannot be, on the
// processors.
func (s *session) Objective(ctx context.Context, f *search.Field, offsets []r3.Vec) (search.Objective, error) {
	c := &careful{session: s, field: f, offsets: offsets}
	err := s.try(ctx, func() (err error) {
		c.gpu, err = newObjective(ctx, s.card, f, offsets)
		if err != nil {
			c.gpu = nil
		}
		return err
	}, func() error { return nil })
	return c, err
}

// Note tells why the fit did not run on the card.
func (s *session) Note() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fallen == nil {
		return ""
	}
	return s.fallen.Error() + "; the fit went on without the card"
}

// End does nothing: fields stay on the card as long as the map is in use.
func (s *session) End() {}

// try calls onCard or, when it has failed once or fails now, instead.
func (s *session) try(ctx context.Context, onCard, instead func() error) error {
	s.mu.Lock()
	fallen := s.fallen != nil
	s.mu.Unlock()
	if fallen {
		return instead()
	}
	err := onCard()
	if err == nil || ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		return err
	}
	s.mu.Lock()
	s.fallen = err
	s.mu.Unlock()
	return instead()
}

// careful is an objective on the card as long as that works.
type careful struct {
	session *session
	field   *search.Field
	offsets []r3.Vec
	gpu     *objective
	cpu     search.Objective
}

// other returns the objective on the processors.
func (c *careful) other(ctx context.Context) (search.Objective, error) {
	var err error
	if c.cpu == nil {
		c.cpu, err = c.session.cpu.Objective(ctx, c.field, c.offsets)
	}
	return c.cpu, err
}

// try calls onCard, or instead with the objective on the processors.
func (c *careful) try(ctx context.Context, onCard func() error, instead func(search.Objective) error) error {
	return c.session.try(ctx, onCard, func() error {
		o, err := c.other(ctx)
		if err != nil {
			return err
		}
		return instead(o)
	})
}

// most and least are how many placements are on the card at once: fewer than
// most when the card has not the memory for them.
const most, least = 1 << 16, 64

// parts calls do for parts of n things, from first on, as large as size says
// and as there is memory for, and counts in done what is finished.
func parts(n int, done *int, size func() int, do func(first, n int) error) error {
	for limit := most; *done < n; {
		part := max(1, min(size(), limit, n-*done))
		err := do(*done, part)
		if wantsMemory(err) && part > least {
			limit = part / 2
			continue
		}
		if err != nil {
			return err
		}
		*done += part
	}
	return nil
}

// Climb moves climbers. See search.Objective, also for what follows.
func (c *careful) Climb(ctx context.Context, climbers []search.Climber, how search.Ascent) error {
	done, all := 0, len(climbers)
	return c.try(ctx, func() error {
		return parts(all, &done, func() int { return all }, func(first, n int) error {
			return c.gpu.climb(ctx, climbers[first:first+n], all, how)
		})
	}, func(o search.Objective) error { return o.Climb(ctx, climbers[done:], how) }) // what has arrived stays
}

func (c *careful) Polish(ctx context.Context, places []geom.Rigid, how search.Polishing) error {
	return c.try(ctx,
		func() error { return c.gpu.polish(ctx, places, how) },
		func(o search.Objective) error { return o.Polish(ctx, places, how) })
}

func (c *careful) Follow(ctx context.Context, n int, start func(int) geom.Rigid, how search.Adam, ended func(int, search.Climber)) error {
	done := 0
	size := func() int { // so that ends come now and then
		return int(min(most, c.session.card.within(batch)/(float64(len(c.offsets))*float64(how.Steps))))
	}
	return c.try(ctx, func() error {
		return parts(n, &done, size, func(first, part int) error {
			starts := make([]geom.Rigid, part)
			for i := range starts {
				starts[i] = start(first + i)
			}
			ends, err := c.gpu.follow(ctx, starts, n, how)
			for i, e := range ends {
				ended(first+i, e)
			}
			return err
		})
	}, func(o search.Objective) error {
		first := done // what is finished stays
		return o.Follow(ctx, n-first, func(i int) geom.Rigid { return start(first + i) }, how,
			func(i int, end search.Climber) { ended(first+i, end) })
	})
}

// Close gives back what the objective holds.
func (c *careful) Close() {
	if c.gpu != nil {
		c.gpu.Close()
	}
	if c.cpu != nil {
		c.cpu.Close()
	}
}
