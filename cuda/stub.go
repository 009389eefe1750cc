// SPDX-License-Identifier: BSD-3-Clause

//go:build !cuda || !(linux || windows)

package cuda

import (
	"errors"

	"difffit/fitting/cpu"
)

// Engine cannot be had in this build.
type Engine struct{ cpu.Engine }

// New returns why there is no engine.
func New() (*Engine, error) {
	return nil, errors.New("not built into this program (it needs the build tag cuda, on Linux or Windows)")
}

// Auto cannot be had in this build.
type Auto struct{ cpu.Engine }

// NewAuto is not called: New returns no engine.
func NewAuto(*Engine) *Auto { return nil }
