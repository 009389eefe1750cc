// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"fmt"

	"difffit/app/document"
	"difffit/app/work"
)

// FitNext zeroes the density of what is accepted, and then fits the structures
// of which copies are missing in what is left.
func (co *Composer) FitNext() {
	if co.sh.MustWait("Next") || co.refused("Next") {
		return
	}
	s := co.sh.Doc.State()
	open := s.Open()
	if s.Map == nil || len(open) == 0 {
		co.sh.Say("Next: " + nothingOpen(s))
		return
	}
	todo := zeroings(s.Unzeroed())
	if len(todo) == 0 {
		co.fitAnew(open)
		return
	}
	co.zero(todo, func() { co.fitAnew(co.sh.Doc.State().Open()) })
}

// CanFitNext tells whether Next would find something that it has not found
// before: density is still to be zeroed out, or was since the last fit of what
// is missing, and something is left.
func (co *Composer) CanFitNext(s document.State) bool {
	open := s.Open()
	if s.Map == nil || len(open) == 0 {
		return false
	}
	if _, known := co.stage.Level(); !known || len(s.Rounds) == 0 { // until then the level would have to be looked for
		return true
	}
	return len(s.Unzeroed()) > 0 || co.empty != leftOf(s, co.sh.Targets.Level(s).Value) && co.unchanged(s, open) == nil
}

// unchanged returns the round that a fit of structures would find again, nil if
// there is none. An engine that a person chose makes another round.
func (co *Composer) unchanged(s document.State, structures []*document.Structure) *document.Round {
	engine := ""
	if e := co.sh.Engine(); e != co.sh.Auto {
		engine = e.Info().Name
	}
	return work.Unchanged(s, structures, co.sh.Targets.Level(s).Value, engine)
}

// nothingOpen tells why there is nothing to search for.
func nothingOpen(s document.State) string {
	switch {
	case s.Map == nil:
		return "a map is wanted: press Ctrl+O, or drop one on the window"
	case len(s.Fitted()) == 0:
		return "no structure takes part: tick one in the panel Inputs"
	}
	return "all copies that are expected are placed; the panel Inputs says how many of each"
}

// fitAnew fits structures, unless nothing has changed since they were fitted: it
// then says so, and offers other random starts. It tells whether it began.
func (co *Composer) fitAnew(structures []*document.Structure) bool {
	s := co.sh.Doc.State()
	if s.Map == nil || len(structures) == 0 || co.sh.Busy() {
		return co.fitThese(structures, s.Options) // which says why not
	}
	same := co.unchanged(s, structures)
	if same == nil {
		return co.fitThese(structures, s.Options)
	}
	if co.sh.Doc.Selected().Round != same.Number {
		co.sh.Doc.Select(toSelect(s, same.Number))
	}
	seed := s.Options.Seed + 1
	for _, r := range s.Rounds {
		for _, f := range r.Fits {
			seed = max(seed, f.Options.Seed+1)
		}
	}
	text := fmt.Sprintf("Nothing has changed since round %d: a fit would find the same", same.Number)
	co.sh.Say(text)
	co.sh.Confirm("Nothing has changed", text+fmt.Sprintf(". Fit again from other random starts, with the seed %d?", seed), fmt.Sprintf("Fit with seed %d", seed), func() {
		o := co.sh.Doc.State().Options
		o.Seed = seed
		if err := co.sh.Doc.SetOptions("Change the seed", o); err != nil {
			co.sh.Fail("The seed was not changed", err)
			return
		}
		co.fitThese(structures, o)
	})
	return false
}

// CanProposeSymmetry tells whether there is anything that could have a symmetry.
func CanProposeSymmetry(s document.State) bool {
	return s.Map != nil && (len(s.Accepted) > 0 || len(s.Significant()) > 0)
}
