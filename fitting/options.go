// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"errors"
	"fmt"
	"math"

	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Method says how placements are found.
type Method string

// Methods.
const (
	// Search halves a crowd of starts over several fields, polishes the best,
	// and goes on with more starts until independent rounds agree.
	Search Method = "search"
	// DiffFit is the plain method of the paper (Luo et al., IEEE TVCG 2025):
	// every start is followed by Adam for a fixed number of steps.
	DiffFit Method = "difffit"
)

// Options are the knobs of one fit. Start from DefaultOptions; the zero value
// is not valid.
type Options struct {
	Method Method `json:"method"`
	// Atoms says which atoms take part.
	Atoms mol.Selection `json:"atoms"`
	// Level is the contour level, in the units of the map; nil lets the
	// program choose.
	Level *float64 `json:"level"`
	// Resolution of the map in ångström; 0 lets the program estimate it.
	Resolution float64 `json:"resolution"`
	// Starts is how many starting placements there may be in all; 0 is the
	// method's own number.
	Starts int `json:"starts"`
	// Seed makes a fit repeatable: same inputs, options and seed, same result.
	Seed uint64 `json:"seed"`
	// Threads is how many processors to use; 0 is all. It does not change the result.
	Threads int `json:"threads"`
	// MinIsland is the least number of connected voxels above the level that
	// is kept; smaller islands are dust. 0 is the method's own number: 20 for
	// Search, 1 for DiffFit, whose reference shows such an option but does not
	// apply it.
	MinIsland int `json:"min_island"`

	// ClusterShift (ångström) and ClusterAngle (degrees): placements nearer
	// than both are one cluster.
	ClusterShift float64 `json:"cluster_shift"`
	ClusterAngle float64 `json:"cluster_angle"`
	// Sphere is where the centre of the molecule is looked for; the zero value
	// is everywhere.
	Sphere Sphere `json:"sphere,omitzero"`

	// The rest is for the method DiffFit alone.

	// Smoothings is how many smoothed copies of the map are added.
	Smoothings int `json:"smoothings"`
	// Outside is the density that voxels outside the molecule get, in a map
	// whose maximum is 1. It is not positive.
	Outside float64 `json:"outside"`
	// Expand fills the outside after all smoothings and not after each.
	Expand bool `json:"expand"`
	// Iterations of Adam.
	Iterations int `json:"iterations"`
	// ShiftRate is the learning rate of the shift as a part of the mean box
	// edge, RotationRate that of the quaternion.
	ShiftRate    float64 `json:"shift_rate"`
	RotationRate float64 `json:"rotation_rate"`
}

// DefaultOptions are the options of a fit that nobody tuned.
func DefaultOptions() Options {
	return Options{
		Method: Search, Atoms: mol.AllAtoms, Seed: 1,
		ClusterShift: 3, ClusterAngle: 6, // as ChimeraX: docs/adr/0016-score.md
		Smoothings: 3, Outside: -0.5, Iterations: 201, ShiftRate: 0.01, RotationRate: 0.01, // as the paper's program
	}
}

// An OptionError names an option whose value cannot be used.
type OptionError struct {
	Option string // as in JSON
	Msg    string
}

func (e *OptionError) Error() string { return fmt.Sprintf("fitting: option %s %s", e.Option, e.Msg) }

// Validate reports everything that is wrong with o, as one joined error.
func (o Options) Validate() error {
	var errs []error
	bad := func(wrong bool, option, msg string, args ...any) {
		if wrong {
			errs = append(errs, &OptionError{option, fmt.Sprintf(msg, args...)})
		}
	}
	within := func(option string, v, lo, hi float64) {
		bad(!(v >= lo && v <= hi), option, "is %g, want %g to %g", v, lo, hi)
	}
	bad(o.Method != Search && o.Method != DiffFit, "method", "is %q, want %q or %q", o.Method, Search, DiffFit)
	bad(o.Atoms.Validate() != nil, "atoms", "is %q, want %q or %q", o.Atoms, mol.AllAtoms, mol.Backbone)
	bad(o.Level != nil && (math.IsNaN(*o.Level) || math.IsInf(*o.Level, 0)), "level", "is not a finite number")
	bad(o.Resolution != 0 && !volume.IsResolution(o.Resolution), "resolution", "is %g Å, want %g to %d, or 0 to estimate it", o.Resolution, volume.FinestResolution, volume.CoarsestResolution)
	bad(o.Starts < 0 || o.Starts > 1e7, "starts", "is %d, want 1 to 10000000, or 0 for the method's own number", o.Starts)
	bad(o.Threads < 0 || o.Threads > 4096, "threads", "is %d, want 1 to 4096, or 0 for all", o.Threads)
	bad(o.MinIsland < 0, "min_island", "is %d voxels, want at least 1, or 0 for the method's own number", o.MinIsland)
	bad(o.Sphere.fault() != "", "sphere", "%s", o.Sphere.fault())
	within("cluster_shift", o.ClusterShift, 0, 1000)
	within("cluster_angle", o.ClusterAngle, 0, 180)
	bad(o.Smoothings < 0 || o.Smoothings > 50, "smoothings", "is %d, want 0 to 50", o.Smoothings)
	within("outside", o.Outside, -100, 0)
	bad(o.Iterations < 1 || o.Iterations > 100000, "iterations", "is %d, want 1 to 100000", o.Iterations)
	within("shift_rate", o.ShiftRate, 1e-6, 10)
	within("rotation_rate", o.RotationRate, 1e-6, 10)
	return errors.Join(errs...)
}
