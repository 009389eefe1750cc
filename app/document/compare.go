// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"errors"
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

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
	if b.Structure != a.Structure {
		return Difference{r3.Norm(r3.Sub(ga.Apply(ma.Center), gb.Apply(mb.Center))), math.NaN(), math.NaN()}, nil
	}
	// Of the same atoms, also if those of the fits differ.
	return Difference{
		Shift: r3.Norm(r3.Sub(ga.Apply(ma.Center), gb.Apply(ma.Center))), Angle: geom.Angle(ga.Rotation, gb.Rotation), RMSD: ma.RMSD(ga, gb),
	}, nil
}

// placed returns the moments of the fitted atoms of a cluster and where they are.
func (s State) placed(id ClusterID) (m geom.Moments, at geom.Rigid, err error) {
	c, ok := s.Cluster(id)
	t, f := s.Structure(id.Structure), s.Fit(id)
	if !ok || t == nil || f == nil {
		return m, at, errors.New("document: there is no such placement")
	}
	where := t.extent(f.Options.Atoms)
	if where.atoms == 0 {
		return m, at, fmt.Errorf("document: structure %q: none of its %d atoms takes part (atoms: %s)", t.Model.Name, len(t.Model.Atoms), f.Options.Atoms)
	}
	return where.moments, c.Motion, nil
}
