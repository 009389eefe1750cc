// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/symmetry"
	"difffit/fitting/volume"
)

// No copy is missing only where no good place of the structure is left.
func TestWhyNoneIsProposed(t *testing.T) {
	s := state()
	s.Structures[0].Model = &mol.Structure{Name: "alpha", Atoms: []mol.Atom{
		{Name: "CA", Element: mol.Carbon}, {Name: "CA", Element: mol.Carbon, Pos: r3.Vec{X: 10}}, {Name: "CA", Element: mol.Carbon, Pos: r3.Vec{Y: 10}},
	}}
	r := &fitting.Result{Resolution: volume.Resolution{Value: 4}}
	for i, score := range []float64{0.5, 0.4, 0.3, 0.1} { // the first is accepted, the last is none
		p := fitting.Placement{Motion: geom.Rigid{Rotation: geom.Identity().Rotation, Shift: r3.Vec{Z: 50 * float64(i)}}, Metrics: fitting.Metrics{Score: score}}
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
	}
	s.Rounds = []*document.Round{{Number: 1, Fits: []document.Fit{{Structure: 1, Result: r}}}}
	s.Accepted = s.Accepted[:1]
	q := &symmetric{Proposer: Proposer{State: s}, basis: SymmetryBasis(s, ""), options: s.Options, from: 2}
	says := func(want string) {
		t.Helper()
		if got := q.whyNone(); !strings.Contains(got, want) {
			t.Errorf("%q, want %q", got, want)
		}
	}
	q.found.Kind = symmetry.Cyclic
	says("in the table are not: 2")
	q.found.Group = symmetry.Group{Kind: symmetry.Helical, Rise: 82.6}
	says("two copies only fix a helix of rise 82.6 Å; a finer one may be meant: accept neighbours, or write the symmetry (good places not accepted yet: 2)")
	r.Clusters = r.Clusters[:1]
	q.found.Kind = symmetry.Cyclic
	says("no copy is missing")
}
