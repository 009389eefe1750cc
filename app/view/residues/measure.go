// SPDX-License-Identifier: BSD-3-Clause

package residues

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/marks"
	"difffit/render"
)

// An Atom is one of a copy.
type Atom struct {
	Copy
	Index int // in Structure.Atoms
}

// At returns where an atom is in a scene, and whether it is seen there.
func (a Atom) At(molecules []render.Molecule) (r3.Vec, bool) {
	if m := a.In(molecules); m != nil {
		return m.Motions[0].Apply(a.Model.Atoms[a.Index].Pos), true
	}
	return r3.Vec{}, false
}

// String names an atom.
func (a Atom) String() string {
	t := a.Model.Atoms[a.Index]
	return fmt.Sprintf("%s /%s %s %d%s %s", a.Model.Name, t.Chain, t.Residue, t.Seq, t.Insert, t.Name)
}

// A Measure is the distance between two atoms, the angle at the second of three,
// or the torsion of four.
type Measure []Atom

// Words returns what is measured at some places: ångström, or degrees.
func (m Measure) Words(at []r3.Vec) string {
	switch len(at) {
	case 2:
		return fmt.Sprintf("%.2f Å", r3.Norm(r3.Sub(at[0], at[1])))
	case 3:
		return fmt.Sprintf("%.1f°", degrees(angle(r3.Sub(at[0], at[1]), r3.Sub(at[2], at[1]))))
	}
	return fmt.Sprintf("%.1f°", degrees(torsion(at[0], at[1], at[2], at[3])))
}

func degrees(radians float64) float64 { return radians * 180 / math.Pi }

// angle returns that between two directions, in radians.
func angle(a, b r3.Vec) float64 {
	return math.Atan2(r3.Norm(r3.Cross(a, b)), r3.Dot(a, b))
}

// torsion returns by how much the line from c to d is turned about that from b to c
// against the one from a to b, in radians from -π to π: clockwise is positive (IUPAC,
// Pure Appl. Chem. 45, 11 (1976)).
func torsion(a, b, c, d r3.Vec) float64 {
	u, v, w := r3.Sub(b, a), r3.Sub(c, b), r3.Sub(d, c)
	n, m := r3.Cross(u, v), r3.Cross(v, w)
	return math.Atan2(r3.Dot(r3.Scale(r3.Norm(v), u), m), r3.Dot(n, m))
}

// In returns where the atoms of a measure are in a scene, and whether all are
// seen.
func (m Measure) In(molecules []render.Molecule) ([]r3.Vec, bool) {
	var at []r3.Vec
	for _, a := range m {
		p, ok := a.At(molecules)
		if !ok {
			return nil, false
		}
		at = append(at, p)
	}
	return at, true
}

// Kind names what is measured.
func (m Measure) Kind() string {
	return map[int]string{2: "Distance", 3: "Angle", 4: "Torsion"}[len(m)]
}

// Marks returns what is drawn of measures in a scene.
func Marks(measures []Measure, molecules []render.Molecule) []marks.Mark {
	var list []marks.Mark
	for _, m := range measures {
		if at, ok := m.In(molecules); ok {
			list = append(list, marks.Mark{Places: at, Words: m.Words(at)})
		}
	}
	return list
}
