// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"

	"difffit/fitting/geom"
)

// Stands returns where a structure stands: the motion that takes it from its
// file to the map's frame (docs/adr/0023-models.md). That of one that nobody
// moved is the identity.
func (t *Structure) Stands() geom.Rigid {
	if t.Pose == (geom.Rigid{}) {
		return geom.Identity()
	}
	return t.Pose
}

// IsMoved tells whether a structure stands elsewhere than its file says.
func (t *Structure) IsMoved() bool { return t.Stands() != geom.Identity() }

// A Standing is a structure and where it stands, or is to stand.
type Standing struct {
	Structure int // ID
	Motion    geom.Rigid
}

// Move lets structures stand elsewhere, as one step. What was found for them
// stays where it is. Where all of them stand there already nothing is done.
func (d *Document) Move(to ...Standing) error {
	moved := false
	for _, m := range to {
		t := d.state.Structure(m.Structure)
		if t == nil {
			return noStructure(m.Structure)
		}
		if m.Motion == (geom.Rigid{}) {
			return fmt.Errorf("document: %s: to be moved by no motion", t.Model.Name)
		}
		moved = moved || t.Stands() != m.Motion
	}
	if !moved {
		return nil
	}
	label := fmt.Sprintf("Move %d structures", len(to))
	if len(to) == 1 {
		label = "Move " + d.state.Name(to[0].Structure)
	}
	return d.edit(label, func(s *State) error { return s.move(to) })
}

// move lets structures stand elsewhere.
func (s *State) move(to []Standing) error {
	for _, m := range to {
		err := s.structure(m.Structure, func(t *Structure) {
			t.Pose = m.Motion
			if !t.IsMoved() {
				t.Pose = geom.Rigid{} // one way to say it, so that equal states are equal
			}
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// IsLocal tells whether all fits of a round began where a structure stood: the
// round is a "Fit in map", not a search.
func (r *Round) IsLocal() bool {
	for _, f := range r.Fits {
		if f.Start == nil {
			return false
		}
	}
	return len(r.Fits) > 0
}

// stand lets the structures of local fits stand where they were fitted to,
// unless they were moved while the fit ran.
func (a *application) stand(s *State, fits []Fit) error {
	for _, f := range fits {
		if f.Start == nil || len(f.Result.Clusters) == 0 {
			continue
		}
		was, is := a.from.Structure(f.Structure), s.Structure(f.Structure)
		if was == nil || is == nil {
			return errors.New("document: a local fit of a structure that is not there")
		}
		if was.Stands() != is.Stands() {
			continue
		}
		if err := s.move([]Standing{{f.Structure, f.Result.Clusters[0].Motion}}); err != nil {
			return err
		}
	}
	return nil
}
