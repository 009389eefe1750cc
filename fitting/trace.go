// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"context"

	"difffit/fitting/geom"
)

// A Trajectory is how one start of a fit came to its end.
type Trajectory struct {
	Start int // number of the start in the fit, from 1
	Steps []Step
}

// A Step is where a start was after a step of the optimisation.
type Step struct {
	Placement         // Hits is 0
	Stage     string  // what moved it there, in a few words
	RMSD      float64 // of the atoms to where they are at the last step, ångström
}

// A Tracer is an engine that follows starts of a fit once more and tells where
// they were after each step.
type Tracer interface {
	// Trace repeats the fit of p, which tried so many starts, and returns the
	// trajectories of up to most of the starts that ended at the placement end,
	// a motion of the structure as it is in its file; first the one by which the
	// fit came there. There may be none: if the placement did not come from this
	// fit, or an engine on another device found it at the edge of what it kept.
	Trace(ctx context.Context, p *Problem, end geom.Rigid, starts, most int) ([]Trajectory, error)
}
