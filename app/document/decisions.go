// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"fmt"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A Decision is what a person decided about a place in another round. The zero
// value is none.
type Decision struct {
	Accepted, Rejected bool // one of them, or none
	Round              int  // 0 if that round was removed
}

// IsZero tells whether nothing was decided.
func (v Decision) IsZero() bool { return v == Decision{} }

// String tells what was decided, and where.
func (v Decision) String() string {
	what := "rejected"
	switch {
	case v.IsZero():
		return ""
	case v.Accepted:
		what = "accepted"
	}
	if v.Round == 0 {
		return what + " in a round that was removed"
	}
	return fmt.Sprintf("%s in round %d", what, v.Round)
}

// DecidedElsewhere tells what was decided about the place of a cluster in other
// rounds.
func (s State) DecidedElsewhere(id ClusterID) Decision {
	c, ok := s.Cluster(id)
	f := s.Fit(id)
	if !ok || f == nil {
		return Decision{}
	}
	return s.DecisionsElsewhere(id.Round, *f)(c.Motion)
}

// DecisionsElsewhere returns a function that tells what was decided, in rounds
// other than the given one, about the places where a fit of that round may put
// its structure. Places are the same where they are nearer than the tolerances of
// clusters. A place that was rejected once and accepted once is accepted.
func (s State) DecisionsElsewhere(round int, f Fit) func(geom.Rigid) Decision {
	type decided struct {
		Decision
		motion geom.Rigid
	}
	var all []decided
	for _, a := range s.Accepted {
		if a.Structure == f.Structure && a.Cluster.Round != round {
			all = append(all, decided{Decision{Accepted: true, Round: a.Cluster.Round}, a.Placement.Motion})
		}
	}
	for _, m := range s.Marks {
		if m.Rejected && m.Structure == f.Structure && m.Cluster.Round != round {
			all = append(all, decided{Decision{Rejected: true, Round: m.Cluster.Round}, m.Motion})
		}
	}
	t := s.Structure(f.Structure)
	if len(all) == 0 || t == nil {
		return func(geom.Rigid) Decision { return Decision{} }
	}
	center := t.Center(f.Options.Atoms)
	return func(motion geom.Rigid) Decision {
		for _, d := range all {
			if s.near(center, d.motion, motion) {
				return d.Decision
			}
		}
		return Decision{}
	}
}

// near reports whether two placements of a molecule with that centre would be
// in one cluster.
func (s State) near(center r3.Vec, a, b geom.Rigid) bool {
	return r3.Norm(r3.Sub(a.Apply(center), b.Apply(center))) <= s.Options.ClusterShift &&
		geom.Angle(a.Rotation, b.Rotation) <= s.Options.ClusterAngle
}

// noRound is the number of the round that fits are of before they are added.
const noRound = -1

// Undecided returns how many of the placements of fits, which are of no round
// yet, are in places that nobody decided about, and how many in places that
// were rejected.
func (s State) Undecided(fits []Fit) (open, rejected int) {
	for _, f := range fits {
		decision := s.DecisionsElsewhere(noRound, f)
		for _, c := range f.Result.Clusters {
			switch v := decision(c.Motion); {
			case v.IsZero():
				open++
			case v.Rejected:
				rejected++
			}
		}
	}
	return open, rejected
}
