// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"difffit/fitting"
	"difffit/fitting/search"
)

// An engine finds placements on an NVIDIA card.
type engine struct {
	search.Engine
	card *card
}

func find() (card, auto fitting.Engine, missing error) {
	e, err := newEngine()
	if err != nil {
		return nil, nil, err
	}
	return e, newChooser(e), nil
}

// newEngine returns an engine on the first card, or why there is none.
func newEngine() (*engine, error) {
	c, err := newCard()
	if err != nil {
		return nil, err
	}
	return &engine{search.NewEngine(c), c}, nil
}

// Info names the card, and says if it has failed.
func (c *card) Info() fitting.Info {
	info := fitting.Info{Name: "cuda", Device: c.name, Kernel: "ptx"}
	if err := c.failure(); err != nil {
		info.Device += " (failed: " + err.Error() + ")"
	}
	return info
}

// Close gives the card back. The processors finish what runs.
func (e *engine) Close() error {
	e.card.close()
	return nil
}
