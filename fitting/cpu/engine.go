// SPDX-License-Identifier: BSD-3-Clause

// Package cpu is the engine that runs on the processors of the computer. It
// knows how placements climb there, and leaves to search which ones do.
package cpu

import (
	"fmt"
	"runtime"

	"difffit/fitting"
	"difffit/fitting/internal/kernel"
	"difffit/fitting/search"
)

// Engine finds placements on the CPU. It holds nothing between fits.
type Engine struct{ search.Engine }

// New returns an engine.
func New() *Engine { return &Engine{search.NewEngine(Device{})} }

// Info says which inner loop is in use.
func (*Engine) Info() fitting.Info {
	return fitting.Info{Name: "cpu", Device: fmt.Sprintf("%d × %s", runtime.NumCPU(), runtime.GOARCH), Kernel: kernel.Name()}
}

// Close does nothing: the engine holds nothing.
func (*Engine) Close() error { return nil }
