// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/mol"
)

// A step of an ion, measured by its radius of gyration, is not zero.
func TestGyrationOfAnIon(t *testing.T) {
	for _, tt := range []struct {
		name  string
		atoms []mol.Atom
		want  float64
	}{
		{"ion", []mol.Atom{{Element: 30, Pos: r3.Vec{X: 5}}}, leastGyration},
		{"pair", []mol.Atom{{Element: mol.Carbon}, {Element: mol.Carbon, Pos: r3.Vec{X: 8}}}, 4},
	} {
		m, err := newMolecule(&mol.Structure{Atoms: tt.atoms}, mol.AllAtoms)
		if err != nil || m.Gyration != tt.want {
			t.Errorf("%s: radius of gyration %g, %v, want %g", tt.name, m.Gyration, err, tt.want)
		}
	}
}
