// SPDX-License-Identifier: BSD-3-Clause

package cuda

import (
	"context"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/geom"
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

// Info says why it is alone. See fitting.Engine, also for what follows.
func (a alone) Info() fitting.Info { return because(a.Engine.Info(), a.why) }

func (a alone) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	r, err := a.Engine.Fit(ctx, p, report)
	r.Engine = because(r.Engine, a.why)
	return r, err
}

func (a alone) Refine(ctx context.Context, p *fitting.Problem, starts ...geom.Rigid) (*fitting.Result, error) {
	r, err := a.Engine.Refine(ctx, p, starts...)
	r.Engine = because(r.Engine, a.why)
	return r, err
}

// because returns an engine with why it was taken.
func because(i fitting.Info, why string) fitting.Info {
	i.Why = why
	return i
}
