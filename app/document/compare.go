// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
)

// A Difference is how far two placements are from each other.
type Difference struct {
	Shift float64 // between the centroids, ångström
	Angle float64 // of the rotation between them, degrees; NaN for different structures
	RMSD  float64 // of the atoms that were fitted, ångström; NaN for different structures
}

// Difference returns how far the placement of b is from that of a.
func (s State) Difference(a, b ClusterID) (Difference, error) {
	ma, ga, err := s.placed(a)
	if err != nil {
		return Difference{}, err
	}
	mb, gb, err := s.placed(b)
	if err != nil {
		return Difference{}, err
	}
	if b.Structure == a.Structure {
		c, _ := s.Cluster(b)
		mb, gb = ma, ma.ToCenter(c.Motion) // of the same atoms, also if those of the fits differ
	}
	d := Difference{r3.Norm(r3.Sub(ga.Shift, gb.Shift)), math.NaN(), math.NaN()}
	if ma == mb {
		d.Angle, d.RMSD = geom.Angle(ga.Rotation, gb.Rotation), ma.RMSD(ga, gb)
	}
	return d, nil
}

// placed returns the molecule of a cluster and where it is, about its centroid.
func (s State) placed(id ClusterID) (*fitting.Molecule, geom.Rigid, error) {
	c, ok := s.Cluster(id)
	t, f := s.Structure(id.Structure), s.Fit(id)
	if !ok || t == nil || f == nil {
		return nil, geom.Rigid{}, errors.New("document: there is no such placement")
	}
	m, err := fitting.NewMolecule(t.Model, f.Options.Atoms)
	if err != nil {
		return nil, geom.Rigid{}, err
	}
	return m, m.ToCenter(c.Motion), nil
}
