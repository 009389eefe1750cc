// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"errors"
	"fmt"
	"math"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// fileBasis is what proposed placements were made from.
type fileBasis struct {
	Options   fitting.Options `json:"options"`
	Accepted  []fileFixed     `json:"accepted"`
	Composite *fileComposite  `json:"composite,omitempty"`
	Symmetry  *fileSymmetry   `json:"symmetry,omitempty"`
}

type fileFixed struct {
	Structure int `json:"structure"`
	fileMotion
	Score *float64 `json:"score,omitempty"` // where it has a value
}

type fileComposite struct {
	Wanted    []fileWanted       `json:"wanted"`
	MaxClash  float64            `json:"max_clash"`
	MaxRounds int                `json:"max_rounds"`
	Zero      volume.ZeroOptions `json:"zero"`
}

type fileWanted struct {
	Structure int `json:"structure"`
	Copies    int `json:"copies"`
	// Assumed is true where nobody said that there are as many.
	Assumed bool `json:"assumed,omitempty"`
}

type fileSymmetry struct {
	Stated string `json:"stated"`
	// Rows are significant placements that nobody had decided about.
	Rows []fileFixed `json:"rows,omitempty"`
	// Wanted are, where there are rows, the structures that may be proposed.
	Wanted []fileWanted `json:"wanted,omitempty"`
}

func toBasis(b *document.Basis) *fileBasis {
	if b == nil {
		return nil
	}
	f := &fileBasis{Options: b.Options, Accepted: toFixed(b.Accepted)}
	if c := b.Composite; c != nil {
		f.Composite = &fileComposite{Wanted: toWanted(c.Wanted), MaxClash: c.MaxClash, MaxRounds: c.MaxRounds, Zero: c.Zero}
	}
	if b.Symmetry != nil {
		f.Symmetry = &fileSymmetry{Stated: b.Symmetry.Stated, Rows: toFixed(b.Symmetry.Rows), Wanted: toWanted(b.Symmetry.Wanted)}
	}
	return f
}

func toFixed(list []document.FixedPlacement) []fileFixed {
	out := []fileFixed{}
	for _, p := range list {
		q := fileFixed{Structure: p.Structure, fileMotion: toMotion(p.Motion)}
		if !math.IsNaN(p.Score) && !math.IsInf(p.Score, 0) {
			q.Score = &p.Score
		}
		out = append(out, q)
	}
	return out
}

// openFixed returns placements, which are of structures that are known.
func openFixed(list []fileFixed, known func(id int) error) ([]document.FixedPlacement, error) {
	var out []document.FixedPlacement
	for i, p := range list {
		g, err := p.motion()
		if err = errors.Join(err, known(p.Structure)); err != nil {
			return nil, fmt.Errorf("%d: %w", i+1, err)
		}
		score := math.NaN()
		if p.Score != nil {
			score = *p.Score
		}
		out = append(out, document.FixedPlacement{Structure: p.Structure, Motion: g, Score: score})
	}
	return out, nil
}

// open checks and returns a basis. A structure 0 was removed; another one that
// is not in s is a mistake.
func (f *fileBasis) open(s *document.State) (*document.Basis, error) {
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
	b := &document.Basis{Options: f.Options}
	var err error
	if b.Accepted, err = openFixed(f.Accepted, known); err != nil {
		return nil, fmt.Errorf("accepted %w", err)
	}
	if c := f.Composite; c != nil {
		b.Composite = &document.CompositeBasis{MaxClash: c.MaxClash, MaxRounds: c.MaxRounds, Zero: c.Zero}
		if b.Composite.Wanted, err = openWanted(c.Wanted, known); err != nil {
			return nil, err
		}
	}
	if f.Symmetry != nil {
		b.Symmetry = &document.SymmetryBasis{Stated: f.Symmetry.Stated}
		if b.Symmetry.Rows, err = openFixed(f.Symmetry.Rows, known); err != nil {
			return nil, fmt.Errorf("rows %w", err)
		}
		if b.Symmetry.Wanted, err = openWanted(f.Symmetry.Wanted, known); err != nil {
			return nil, err
		}
	}
	return b, nil
}

func toWanted(list []document.Wanted) []fileWanted {
	out := []fileWanted{}
	for _, w := range list {
		out = append(out, fileWanted(w))
	}
	return out
}

// openWanted returns structures that are wanted and known.
func openWanted(list []fileWanted, known func(id int) error) ([]document.Wanted, error) {
	var out []document.Wanted
	for i, w := range list {
		if err := known(w.Structure); err != nil {
			return nil, fmt.Errorf("wanted %d: %w", i+1, err)
		}
		out = append(out, document.Wanted(w))
	}
	return out, nil
}
