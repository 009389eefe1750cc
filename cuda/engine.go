// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"difffit/fitting"
	"difffit/fitting/search"
)

// Engine finds placements on an NVIDIA card.
type Engine struct {
	search.Engine
	card *card
}

// New returns an engine on the first card, or why there is none.
func New() (*Engine, error) {
	c, err := newCard()
	if err != nil {
		return nil, err
	}
	return &Engine{search.NewEngine(c), c}, nil
}

// Info names the card, and says if it has failed.
func (e *Engine) Info() fitting.Info {
	info := fitting.Info{Name: "cuda", Device: e.card.name, Kernel: "ptx"}
	if err := e.card.failure(); err != nil {
		info.Device += " (failed: " + err.Error() + ")"
	}
	return info
}

// Close gives the card back. The processors finish what runs.
func (e *Engine) Close() error {
	e.card.close()
	return nil
}
