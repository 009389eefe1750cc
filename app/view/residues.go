// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// Residues are those that are selected in a picture, and what was measured.
type Residues struct {
	Selected []AtomsAt   // an atom of each residue, in the order of the structure
	Measures [][]AtomsAt // of two, three or four atoms, one in each
	Labels   bool        // the selected ones are named
	Sides    bool        // their atoms are drawn where ribbons are
}

// AtomsAt are atoms of a structure at a place.
type AtomsAt struct {
	Structure int        // ID
	Motion    geom.Rigid // from the structure's file to the map's frame
	Atoms     []int      // in the order of the structure, from 0
}

// What there can be of residues in a view.
const (
	mostSelected = 1 << 20
	mostMeasures = 10000
)

// The form of residues in a session.
type (
	fileResidues struct {
		Selected []fileAtoms   `json:"selected,omitempty"`
		Measures [][]fileAtoms `json:"measures,omitempty"`
		Labels   bool          `json:"labels"`
		Sides    bool          `json:"side_chains"`
	}
	fileAtoms struct {
		Structure   int        `json:"structure"`
		Quaternion  [4]float64 `json:"quaternion"`  // w, x, y, z
		Translation [3]float64 `json:"translation"` // ångström
		Atoms       []int      `json:"atoms"`
	}
)

func (r *Residues) file() *fileResidues {
	if r == nil {
		return nil
	}
	f := &fileResidues{Selected: toFileAtoms(r.Selected), Labels: r.Labels, Sides: r.Sides}
	for _, m := range r.Measures {
		f.Measures = append(f.Measures, toFileAtoms(m))
	}
	return f
}

func toFileAtoms(list []AtomsAt) []fileAtoms {
	var out []fileAtoms
	for _, a := range list {
		q, t := a.Motion.Rotation, a.Motion.Shift
		out = append(out, fileAtoms{a.Structure, [4]float64{q.Real, q.Imag, q.Jmag, q.Kmag}, [3]float64{t.X, t.Y, t.Z}, a.Atoms})
	}
	return out
}

// read reads residues; nil if there are none.
func (f *fileResidues) read() (*Residues, error) {
	if f == nil {
		return nil, nil
	}
	r := &Residues{Labels: f.Labels, Sides: f.Sides}
	var errs []error
	atoms := func(list []fileAtoms) (out []AtomsAt) {
		for _, a := range list {
			at, err := a.read()
			if errs = append(errs, err); err == nil {
				out = append(out, at)
			}
		}
		return out
	}
	r.Selected = atoms(f.Selected)
	if len(f.Measures) > mostMeasures {
		return nil, fmt.Errorf("residues: %d measures, want at most %d", len(f.Measures), mostMeasures)
	}
	for i, m := range f.Measures {
		if len(m) < 2 || len(m) > 4 {
			errs = append(errs, fmt.Errorf("residues: measure %d is of %d atoms, want 2 to 4", i+1, len(m)))
		}
		for _, a := range m {
			if len(a.Atoms) != 1 {
				errs = append(errs, fmt.Errorf("residues: measure %d has %d atoms in one place of the list, want 1", i+1, len(a.Atoms)))
			}
		}
		r.Measures = append(r.Measures, atoms(m))
	}
	return r, errors.Join(errs...)
}

func (a fileAtoms) read() (AtomsAt, error) {
	q := quat.Number{Real: a.Quaternion[0], Imag: a.Quaternion[1], Jmag: a.Quaternion[2], Kmag: a.Quaternion[3]}
	if n := quat.Abs(q); !(math.Abs(n-1) < 1e-3) {
		return AtomsAt{}, fmt.Errorf("residues: quaternion %v has length %g, want 1", a.Quaternion, n)
	}
	if len(a.Atoms) > mostSelected {
		return AtomsAt{}, fmt.Errorf("residues: %d atoms, want at most %d", len(a.Atoms), mostSelected)
	}
	for i, k := range a.Atoms {
		if k < 0 || i > 0 && k <= a.Atoms[i-1] {
			return AtomsAt{}, fmt.Errorf("residues: atom %d of structure %d, want them rising from 0", k, a.Structure)
		}
	}
	t := a.Translation
	return AtomsAt{a.Structure, geom.Rigid{Rotation: q, Shift: r3.Vec{X: t[0], Y: t[1], Z: t[2]}}, a.Atoms}, nil
}
