// SPDX-License-Identifier: BSD-3-Clause

// Package cpu is the engine that runs on the processors of the computer. It
// knows how placements climb there, and leaves to search which ones do.
package cpu

import "difffit/fitting/search"

// Engine finds placements on the CPU. It holds nothing between fits.
type Engine struct{ search.Engine }

// New returns an engine.
func New() *Engine { return &Engine{search.NewEngine(Device{})} }

// Close does nothing: the engine holds nothing.
func (*Engine) Close() error { return nil }
