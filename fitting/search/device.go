// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"context"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/internal/prepare"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// A Device is what placements climb on.
type Device interface {
	// Begin is called at the beginning of a fit. threads is how many
	// processors the fit may use; the result does not depend on it.
	Begin(threads int) Session

	// Info says what the device is.
	Info() fitting.Info
}

// A Session is the use of a device by one fit.
type Session interface {
	// Objective returns the mean of f over atoms that are at the given
	// offsets from the centroid, ångström.
	Objective(ctx context.Context, f *Field, offsets []r3.Vec) (Objective, error)

	// Note returns what a person should know about the session: that another
	// device had to finish it, and why. Mostly it is empty.
	Note() string

	// End gives back what the session holds.
	End()
}

// A Scorer measures placements of one molecule in one map.
type Scorer interface {
	// Samples returns what is sampled for a score: two maps, 0 outside their
	// boxes, at points from the centroid, in ångström, that move with the
	// placement.
	Samples() (density, around *volume.Grid, points [][3]float32)

	// CorrelateSamples scores a placement by the samples of both maps. It
	// overwrites around.
	CorrelateSamples(density, around []float32) Correlation
}

// A Correlation is what a score is made of.
type Correlation = prepare.Correlation

// A Measurer is a session that also scores many placements at once.
type Measurer interface {
	// Correlate scores places as s does. It returns nil if the device is of no
	// use for them, has failed, or ctx is done.
	Correlate(ctx context.Context, s Scorer, places []geom.Rigid) []Correlation
}

// An Objective is the mean of a field over some atoms of the molecule, as a
// function of the placement about the centroid. Its methods return soon, with
// an error that wraps ctx.Err(), when ctx is done. What becomes of a placement
// depends on nothing but itself.
type Objective interface {
	// Climb moves climbers by Riemannian Adam and sets their values.
	Climb(ctx context.Context, climbers []Climber, how Ascent) error

	// Polish moves places to the nearest optimum, as Ascend does.
	Polish(ctx context.Context, places []geom.Rigid, how Polishing) error

	// Follow moves n starts by plain Adam and calls ended, from any goroutine,
	// for each that was followed to its end, with the best state looked at.
	Follow(ctx context.Context, n int, start func(i int) geom.Rigid, how Adam, ended func(i int, end Climber)) error

	// Close gives back what the objective holds.
	Close()
}

// A Climber is a placement about the centroid on its way up, with the memory
// of Riemannian Adam.
type Climber struct {
	geom.Rigid
	Value float64 // of the objective
	Memory
	start uint64 // which start it was: breaks ties
}

// A Memory is what Riemannian Adam (Bécigneul and Ganea, ICLR 2019) knows of a
// climber's way.
type Memory struct {
	Mean   [2]r3.Vec  // first moments: shift, turn (per ångström of arc)
	Square [2]float64 // second moments, one for each: isotropic
	Decay1 float64    // Beta1 to the power of the steps so far; 0 before the first
	Decay2 float64
}

// Rates of decay of the moments. They are lower than usual: a climber takes
// some dozen steps in all. They were chosen, and not varied since
// (docs/adr/0016-score.md).
const (
	Beta1 = 0.7 // of the mean
	Beta2 = 0.9 // of the square
)

// An Ascent says how climbers climb. Steps are measured in ångström of shift,
// and of arc at the radius of gyration for turns; they fall geometrically from
// First to Last.
type Ascent struct {
	Steps       int
	First, Last float64 // ångström
	Gyration    float64 // radius of gyration, ångström
}

// A Polishing says how an optimum is found.
type Polishing struct {
	Gyration    float64 // radius of gyration, ångström
	First       float64 // length of the first step, ångström
	Tolerance   float64 // the last step is shorter, ångström
	Evaluations int     // at most
}

func polishing(gyration float64, evaluations int) Polishing {
	return Polishing{Gyration: gyration, First: polishFirst, Tolerance: polishTolerance, Evaluations: evaluations}
}

// An Adam says how starts are followed: Adam (Kingma and Ba, ICLR 2015) with
// AdamBeta1, AdamBeta2 and AdamEpsilon on shift and quaternion, each number for
// itself.
type Adam struct {
	Steps        int
	Look         int     // steps from one look at the value to the next
	ShiftRate    float64 // ångström
	RotationRate float64
}

// Constants of plain Adam, as in its paper and in DiffFit's.
const (
	AdamBeta1   = 0.9
	AdamBeta2   = 0.999
	AdamEpsilon = 1e-8
)
