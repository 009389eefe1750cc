// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"time"
	"unsafe"

	"difffit/cuda/driver"
	"difffit/cuda/kernel"
	"gorgonia.org/cu"
)

// A card is an NVIDIA card. All calls of the driver happen on one goroutine
// that has its own thread, for a context belongs to a thread; the types Ctx and
// BatchedContext of gorgonia.org/cu, which mean the same, lose errors.
type card struct {
	name string
	work chan func()
	stop chan struct{} // closed to end the goroutine
	once sync.Once     // closes stop
	over chan struct{} // closed when the goroutine has ended

	mu     sync.Mutex
	broken error   // why the card is not used any more
	dead   []any   // keys of maps that nobody has any more
	rate   float64 // samples of atoms in a second, as last seen

	// What follows belongs to the goroutine.

	device cu.Device
	open   *opened
	fields maps
}

// opened is what there is while the card has a context. All is done in the
// default stream: a copy to the card may return before the data are there, and
// only what comes later in the same stream is sure to see them.
type opened struct {
	context cu.CUContext
	kernels map[string]cu.Function // by name, without difffit_
}

// newCard finds the first card. It makes no context yet: that costs time and
// memory that a program without fits has no use for.
func newCard() (*card, error) {
	if err := driver.Status(); err != nil {
		return nil, err
	}
	n, err := cu.NumDevices()
	if err != nil {
		return nil, fmt.Errorf("the NVIDIA driver does not tell how many cards there are: %s", words(err))
	}
	if n == 0 {
		return nil, errors.New("the NVIDIA driver finds no card")
	}
	c := &card{work: make(chan func()), stop: make(chan struct{}), over: make(chan struct{}), rate: firstRate}
	if c.device, err = cu.GetDevice(0); err != nil {
		return nil, fmt.Errorf("card 0: %s", words(err))
	}
	if c.name, err = c.device.Name(); err != nil {
		return nil, fmt.Errorf("card 0: name: %s", words(err))
	}
	go c.loop()
	return c, nil
}

func (c *card) loop() {
	runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
	defer close(c.over)
	defer c.drop()
	for {
		select {
		case f := <-c.work:
			f()
		case <-c.stop:
			return
		}
	}
}

// do calls f on the card's goroutine, with a context. When f fails for another
// reason than the want of memory, or because it was stopped, the card is not
// used again.
func (c *card) do(f func() error) error {
	answer := make(chan error, 1)
	job := func() {
		err := c.failure() // perhaps of the call before
		if err == nil {
			err = c.begin()
		}
		if err == nil {
			c.bury()
			err = f()
		}
		var d *driverError
		if errors.As(err, &d) && !d.memory() {
			c.drop()
			c.mu.Lock()
			c.broken = err
			c.mu.Unlock()
		}
		answer <- err
	}
	select {
	case c.work <- job:
		return <-answer
	case <-c.over:
		return errors.New("cuda: the engine is closed")
	}
}

// wake sees to it that the card has a context. That may take a second, for
// which a fit that is stopped does not wait.
func (c *card) wake(ctx context.Context) error {
	awake := make(chan error, 1)
	go func() { awake <- c.do(func() error { return nil }) }()
	select {
	case err := <-awake:
		return err
	case <-ctx.Done():
		return stopped(ctx)
	}
}

// failure returns why the card is not used any more, nil if it is.
func (c *card) failure() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.broken
}

// close ends the goroutine, and gives everything back.
func (c *card) close() {
	c.once.Do(func() { close(c.stop) })
	<-c.over
}

// begin makes the context if there is none.
func (c *card) begin() (err error) {
	if c.open != nil {
		return nil
	}
	context, err := c.device.MakeContext(cu.SchedAuto)
	if err != nil {
		return failed(err, "context")
	}
	c.open = &opened{context, map[string]cu.Function{}}
	defer func() {
		if err != nil {
			c.drop()
		}
	}()
	module, err := cu.LoadData(kernel.PTX)
	if err != nil {
		return failed(err, "kernels")
	}
	for _, name := range []string{"climb", "follow", "sum", "sample"} {
		if c.open.kernels[name], err = module.Function("difffit_" + name); err != nil {
			return failed(err, "kernel %s", name)
		}
	}
	return nil
}

// drop gives the context back, and with it all that is in it. Errors are of no
// interest: nothing is left that could be done.
func (c *card) drop() {
	if c.open != nil {
		_ = c.open.context.Destroy()
	}
	c.open = nil
	c.fields = maps{}
}

// launch runs a kernel, one block for each of n placements, and waits for its
// end. work is how many samples of atoms it makes.
func (c *card) launch(name string, n, threads int, work float64, args ...cu.DevicePtr) error {
	values := make([]uint64, len(args)) // gorgonia.org/cu copies eight bytes of each
	pointers := make([]unsafe.Pointer, len(args))
	for i, a := range args {
		values[i] = uint64(a)
		pointers[i] = unsafe.Pointer(&values[i])
	}
	began := time.Now()
	if err := c.open.kernels[name].Launch(n, 1, 1, threads, 1, 1, 0, cu.NoStream, pointers); err != nil {
		return failed(err, "start of kernel %s", name)
	}
	if err := cu.Synchronize(); err != nil {
		return failed(err, "kernel %s", name)
	}
	c.learn(work / max(1e-6, time.Since(began).Seconds()))
	return nil
}

const (
	// firstRate is what a card is taken for before it has done anything.
	firstRate = 2e7
	// pause is how long one launch should last at most, in seconds: progress
	// is shown and a fit can be stopped between launches, and a card that also
	// drives a screen must not be held for long.
	pause = 0.05
	// batch is how long the placements that are followed together should take.
	batch = 0.5
)

// learn notes a rate. Short launches seem slow, so the rate falls slowly.
func (c *card) learn(rate float64) {
	c.mu.Lock()
	c.rate = max(rate, 0.7*c.rate)
	c.mu.Unlock()
}

// within returns how many samples of atoms the card makes in some seconds.
func (c *card) within(seconds float64) float64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.rate * seconds
}
