// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// A Structure is an open structure. It is never changed.
type Structure struct {
	ID int // unique within the document, from 1
	Source
	Model *mol.Structure
	Fit   bool // takes part in the next fit
	// Chains names the chains of the file that it has; nil stands for all.
	Chains []string
	// Pose is where it was moved to, from its file to the map's frame; the zero
	// value stands for where its file says. Ask Stands.
	Pose geom.Rigid
	// Copies is how many copies a person holds to be in the map: a number, or
	// AnyNumber; 0 if nobody said. See State.Expected.
	Copies int
	Color  color.NRGBA // that a person chose for it, opaque; the zero value if nobody did
	Notes  []string    // what the reader had to say, one line each

	measured measures // of Model; see WithID
}

// measures are what is asked of a structure again and again, and takes a walk
// over all its atoms to compute.
type measures struct {
	done     bool
	mass     float64 // dalton
	all      extent  // of all atoms that take part in a fit
	backbone extent  // of the backbone
}

// An extent is where atoms are, in the frame of the file, ångström.
type extent struct {
	atoms   int
	moments geom.Moments
}

// WithID returns t as documents have it: with an ID, and with its mass and its
// moments measured once and for all.
func (t *Structure) WithID(id int) *Structure {
	q := *t
	q.ID = id
	if !q.measured.done {
		q.measured = measure(t.Model)
	}
	return &q
}

func measure(m *mol.Structure) measures {
	of := func(atoms mol.Selection) extent {
		moments, n := m.Moments(atoms)
		return extent{n, moments}
	}
	return measures{true, m.Mass(mol.AllAtoms), of(mol.AllAtoms), of(mol.Backbone)}
}

// Mass returns the mass of the atoms that take part in a fit, in dalton, with
// that of hydrogens that the file lacks: see mol.Mass.
func (t *Structure) Mass() float64 { return t.measures().mass }

// Center returns the centroid of a selection of atoms in the frame of the file,
// in ångström: see mol.Center.
func (t *Structure) Center(atoms mol.Selection) r3.Vec {
	return t.extent(atoms).moments.Center
}

func (t *Structure) extent(atoms mol.Selection) extent {
	if atoms == mol.Backbone {
		return t.measures().backbone
	}
	return t.measures().all
}

func (t *Structure) measures() measures {
	if t.measured.done {
		return t.measured
	}
	return measure(t.Model)
}

// Masses returns the masses, in dalton, of the structures that take part in
// the next fit.
func (s State) Masses() []float64 {
	var masses []float64
	for _, t := range s.Fitted() {
		masses = append(masses, t.Mass())
	}
	return masses
}
