// SPDX-License-Identifier: BSD-3-Clause

package cpu

import (
	"context"
	"errors"
	"reflect"
	"runtime"
	"sync"
	"testing"
	"time"

	"difffit/fitting"
)

// A countdown is a context that is cancelled when it has been asked n times
// whether it is: so a fit can be stopped at each of the moments where it looks.
type countdown struct {
	context.Context
	mu   sync.Mutex
	left int
	done chan struct{}
}

func newCountdown(n int) *countdown {
	return &countdown{Context: context.Background(), left: n, done: make(chan struct{})}
}

func (c *countdown) Done() <-chan struct{} { return c.done }

func (c *countdown) Err() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.left--
	if c.left == 0 {
		close(c.done)
	}
	if c.left <= 0 {
		return context.Canceled
	}
	return nil
}

// Wherever a fit is stopped, it says so, leaves no goroutine, and leaves the
// target fit for use: the next fit in it has the result of an undisturbed one.
func TestStopAnywhere(t *testing.T) {
	p := planting{400, 6, 0.5, 1, 3, false}
	q, _ := p.plant(t, 1)
	e := New()
	whole, err := e.Fit(context.Background(), q, nil)
	if err != nil {
		t.Fatal(err)
	}
	before := runtime.NumGoroutine()
	stopped := 0
	for n := 1; ; n += 1 + n/3 {
		target := fitting.NewTarget(q.Target.Grid())
		again := *q
		again.Target = target
		r, err := e.Fit(newCountdown(n), &again, nil)
		if err == nil {
			if !reflect.DeepEqual(r.Placements, whole.Placements) {
				t.Errorf("a fit that nobody stopped has another result")
			}
			break
		}
		stopped++
		if !errors.Is(err, context.Canceled) || r == nil {
			t.Fatalf("stopped at look %d: result %v, error %v, want one that wraps context.Canceled", n, r, err)
		}
		// What is being prepared is finished and kept; asking for it waits for it.
		r, err = e.Fit(context.Background(), &again, nil)
		if err != nil || !reflect.DeepEqual(r.Placements, whole.Placements) {
			t.Fatalf("after a stop at look %d the same target gives another result, error %v", n, err)
		}
		settle(t, before, n)
	}
	if stopped < 10 {
		t.Errorf("stopped at %d moments, want at least 10", stopped)
	}
}

// settle waits until there are no more goroutines than before. The simulated
// map of a scorer that nobody waits for takes some milliseconds to notice.
func settle(t *testing.T, before, look int) {
	t.Helper()
	for began := time.Now(); runtime.NumGoroutine() > before; runtime.Gosched() {
		if time.Since(began) > 10*time.Second {
			t.Fatalf("stopped at look %d: %d goroutines, %d before", look, runtime.NumGoroutine(), before)
		}
	}
}
