// SPDX-License-Identifier: BSD-3-Clause

package cuda

import (
	"difffit/fitting"
	"difffit/fitting/cpu"
)

// Find returns the engines of this computer, the processors' first, and the
// one that chooses among them for each fit. missing is why the card's engine
// is not among them, if it is not.
func Find() (engines []fitting.Engine, auto fitting.Engine, missing error) {
	processors := cpu.New()
	card, auto, missing := find()
	if missing != nil {
		return []fitting.Engine{processors}, alone{processors, missing.Error()}, missing
	}
	return []fitting.Engine{processors, card}, auto, nil
}

// alone is the processors' engine where it is the only one. It says why.
type alone struct {
	*cpu.Engine
	why string
}

func (a alone) Info() fitting.Info {
	info := a.Engine.Info()
	info.Why = a.why
	return info
}
