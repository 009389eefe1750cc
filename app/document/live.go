// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"slices"
)

// A Live outcome is a fit that followed a change while the change was being
// made: it and the change are one step of the history, however many there were.
type Live struct {
	Label string // of the step; "" keeps that of the step that goes on
	// Since is the revision of the step that goes on: of the outcome before, or of
	// the edit that this one follows. Where the document has another by now, or
	// with 0, it is a step of its own.
	Since int
	// Round is the number of the live round before, 0 for none. The new one takes
	// its place and number if it is the last and nobody has decided about it.
	Round int
}

// ApplyLive is Apply of an ordinary fit that was made with the options of o.From,
// which become those of the document. Without fits, only the options do.
func (d *Document) ApplyLive(o Outcome, l Live) (Applied, error) {
	if o.Found == nil || len(o.Zeroed) > 0 || o.Changed != nil || o.Found.Proposed != "" {
		return Applied{}, errors.New("document: a live outcome that is not a fit")
	}
	if len(o.Found.Fits) > 0 {
		if err := o.check(); err != nil {
			return Applied{}, err
		}
	}
	if err := o.From.Options.Validate(); err != nil {
		return Applied{}, err
	}
	a := application{from: o.From}
	err := d.goOn(l, func(s *State) error {
		if s.Map != o.From.Map {
			return &GoneError{[]string{"the map"}}
		}
		s.Options = o.From.Options
		if len(o.Found.Fits) == 0 {
			return nil
		}
		last := s.Last.Round
		if s.replaceable(l.Round) {
			s.Rounds = slices.Clone(s.Rounds[:len(s.Rounds)-1])
			s.Last.Round = l.Round - 1
		}
		if err := a.find(s, o); err != nil {
			return err
		}
		s.Last.Round = max(last, s.Last.Round)
		return nil
	})
	if err != nil {
		return Applied{}, err
	}
	return a.done, nil
}

// replaceable tells whether a round is the last, and nothing refers to it.
func (s State) replaceable(number int) bool {
	n := len(s.Rounds)
	return number > 0 && n > 0 && s.Rounds[n-1].Number == number &&
		!slices.ContainsFunc(s.Accepted, func(a *Accepted) bool { return a.Cluster.Round == number }) &&
		!slices.ContainsFunc(s.Marks, func(m *Mark) bool { return m.Cluster.Round == number })
}

// goOn changes the state as part of the step that l goes on with, or as one of
// its own.
func (d *Document) goOn(l Live, change func(*State) error) error {
	n := len(d.undo)
	if l.Since == 0 || l.Since != d.revision || n == 0 {
		return d.edit(l.Label, change)
	}
	s := d.state.clip()
	s.Last = d.last
	if err := change(&s); err != nil {
		return err
	}
	d.last = s.Last
	if l.Label != "" {
		d.undo[n-1].label = l.Label
	}
	d.redo = nil
	d.edits++
	d.set(s, d.edits, Diff(d.state, s))
	return nil
}
