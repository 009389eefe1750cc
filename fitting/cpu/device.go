// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"fmt"
	"runtime"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/kernel"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/spatial/r3"
)

// Device is the computer itself.
type Device struct{}

// Begin returns a session on the given number of processors.
func (Device) Begin(threads int) search.Session { return session(threads) }

// Info says which inner loop is in use.
func (Device) Info() fitting.Info {
	return fitting.Info{Name: "cpu", Device: fmt.Sprintf("%d × %s", runtime.NumCPU(), runtime.GOARCH), Kernel: kernel.Name()}
}

// session is the number of processors.
type session int

func (s session) Objective(_ context.Context, f *search.Field, offsets []r3.Vec) (search.Objective, error) {
	return newObjective(f, offsets, int(s)), nil
}

func (session) Note() string { return "" }
func (session) End()         {}

// Climb moves climbers. See search.Objective, also for what follows.
func (o *objective) Climb(ctx context.Context, climbers []search.Climber, how search.Ascent) error {
	return search.Each(ctx, o.threads, len(climbers), func(i int) {
		c := &climbers[i]
		climb(c, o, how)
		c.Value, _, _ = o.at(c.Rigid)
	})
}

func (o *objective) Polish(ctx context.Context, places []geom.Rigid, how search.Polishing) error {
	return search.Each(ctx, o.threads, len(places), func(i int) { places[i], _ = search.Ascend(o.at, places[i], how) })
}

func (o *objective) Follow(ctx context.Context, n int, start func(int) geom.Rigid, how search.Adam, ended func(int, search.Climber)) error {
	return search.Each(ctx, o.threads, n, func(i int) {
		if end := adam(ctx, o, start(i), how); ctx.Err() == nil { // else it was not followed to the end
			ended(i, end)
		}
	})
}

func (*objective) Close() {}
