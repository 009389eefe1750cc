// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"
	"math"

	"difffit/fitting"
	"difffit/fitting/volume"
)

// sessionBasis is what proposed placements were made from.
type sessionBasis struct {
	Options   fitting.Options   `json:"options"`
	Accepted  []sessionStanding `json:"accepted"`
	Composite *sessionComposite `json:"composite,omitempty"`
	Symmetry  *sessionSymmetry  `json:"symmetry,omitempty"`
}

type sessionStanding struct {
	Structure int `json:"structure"`
	sessionMotion
	Score *float64 `json:"score,omitempty"` // where it has a value
}

type sessionComposite struct {
	Wanted    []sessionWanted    `json:"wanted"`
	MaxClash  float64            `json:"max_clash"`
	MaxRounds int                `json:"max_rounds"`
	Zero      volume.ZeroOptions `json:"zero"`
}

type sessionWanted struct {
	Structure int `json:"structure"`
	Copies    int `json:"copies"`
}

type sessionSymmetry struct {
	Stated string `json:"stated"`
}

func toBasis(b *Basis) *sessionBasis {
	if b == nil {
		return nil
	}
	f := &sessionBasis{Options: b.Options, Accepted: []sessionStanding{}}
	for _, p := range b.Accepted {
		q := sessionStanding{Structure: p.Structure, sessionMotion: toMotion(p.Motion)}
		if !math.IsNaN(p.Score) && !math.IsInf(p.Score, 0) {
			q.Score = &p.Score
		}
		f.Accepted = append(f.Accepted, q)
	}
	if c := b.Composite; c != nil {
		f.Composite = &sessionComposite{Wanted: []sessionWanted{}, MaxClash: c.MaxClash, MaxRounds: c.MaxRounds, Zero: c.Zero}
		for _, w := range c.Wanted {
			f.Composite.Wanted = append(f.Composite.Wanted, sessionWanted(w))
		}
	}
	if b.Symmetry != nil {
		f.Symmetry = &sessionSymmetry{b.Symmetry.Stated}
	}
	return f
}

// open checks and returns a basis. A structure 0 was removed; another one that
// is not in s is a mistake.
func (f *sessionBasis) open(s *State) (*Basis, error) {
	if f == nil {
		return nil, nil
	}
	if (f.Composite == nil) == (f.Symmetry == nil) {
		return nil, errors.New("want either composite or symmetry")
	}
	known := func(id int) error {
		if id != 0 && s.Structure(id) == nil {
			return fmt.Errorf("structure is %d, which is not among the structures", id)
		}
		return nil
	}
	b := &Basis{Options: f.Options}
	for i, p := range f.Accepted {
		g, err := p.motion()
		if err = errors.Join(err, known(p.Structure)); err != nil {
			return nil, fmt.Errorf("accepted %d: %w", i+1, err)
		}
		score := math.NaN()
		if p.Score != nil {
			score = *p.Score
		}
		b.Accepted = append(b.Accepted, Standing{p.Structure, g, score})
	}
	if c := f.Composite; c != nil {
		b.Composite = &CompositeBasis{MaxClash: c.MaxClash, MaxRounds: c.MaxRounds, Zero: c.Zero}
		for i, w := range c.Wanted {
			if err := known(w.Structure); err != nil {
				return nil, fmt.Errorf("wanted %d: %w", i+1, err)
			}
			b.Composite.Wanted = append(b.Composite.Wanted, Wanted(w))
		}
	}
	if f.Symmetry != nil {
		b.Symmetry = &SymmetryBasis{f.Symmetry.Stated}
	}
	return b, nil
}
