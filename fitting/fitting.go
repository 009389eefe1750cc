// SPDX-License-Identifier: BSD-3-Clause

// Package fitting places rigid molecules in density maps.
//
// For most uses: NewTarget of a map, a Problem of it with a structure and
// DefaultOptions, and Fit of the engine that cpu.New returns; the best placement
// is Clusters[0] of the result, and Believable says whether it is worth a look.
// The example of the package is all of that, from files to a file. For what is
// left of a map, when something was placed in it, see Target.Without; for several
// structures package rank, for a whole complex package compose.
//
// The package has the problem (Target, Options, Problem), its solution
// (Placement, Cluster, Result), and the contract of those who solve it (Engine).
// It knows neither files nor windows nor on which device an engine runs.
package fitting

import (
	"context"
	"errors"
	"fmt"
	"time"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// ErrEmpty is wrapped by errors that say that a map has nothing to fit into.
var ErrEmpty = errors.New("nothing is left to fit into")

// A Problem is one structure to be placed in one map.
type Problem struct {
	Target    *Target
	Structure *mol.Structure
	Options   Options
}

// Metrics tell how good a placement is, by comparing the map, not thresholded and
// 0 outside its box, with one that is simulated from the structure at the
// resolution of the map, of maximum 1 (docs/adr/0016-score.md).
type Metrics struct {
	// Score ranks the placements of one structure: S = ccD · dog6D, or 0 if either
	// is not positive. ccD is the correlation about the mean of map and simulated
	// map over the mask, the molecule and a rim around it; dog6D is the same after
	// a Gaussian of 6 Å is subtracted from both.
	Score float64 `json:"score"`
	// SignificanceZ compares structures: Fisher's z, atanh(ccD)·√(N−3), of N
	// independent points, the volume of the mask over (resolution/2)³.
	SignificanceZ float64 `json:"significance_z"`
	// Density is the mean of the map at the atoms, in units of the map.
	Density float64 `json:"density"`
	// Overlap is Σ D·W/n, Correlation Σ D·W/(|D||W|) and CorrelationAboutMean the
	// same of D and W less their means: D is the map and W the simulated map at
	// all n atoms. (ChimeraX's fitmap has the three, of the atoms inside the
	// contour alone: that hides misses.)
	Overlap              float64 `json:"overlap"`
	Correlation          float64 `json:"correlation"`
	CorrelationAboutMean float64 `json:"correlation_about_mean"`
	// Inside is the part of the atoms where the map exceeds the contour level.
	Inside float64 `json:"inside"`
	// MapCorrelation is the correlation about the mean of map and simulated map
	// over the grid points where the simulated map exceeds a tenth of its maximum.
	MapCorrelation float64 `json:"map_correlation"`
}

// A Placement is one way to put a structure into a map.
type Placement struct {
	Motion geom.Rigid // from the structure's file to the map's frame
	Hits   int        // starts that came here
	Metrics
	// Whole are the metrics in the map as it was opened, where the placement was
	// found in what is left of it (see Target.Without); nil where that is the
	// same. They say how good the placement is, Metrics rank it among others.
	Whole *Metrics
}

// InWhole returns the metrics in the map as it was opened.
func (p Placement) InWhole() Metrics {
	if p.Whole != nil {
		return *p.Whole
	}
	return p.Metrics
}

// A Cluster is what is the same placement within the tolerances. Its
// Placement is the best of them, with the hits of all.
type Cluster struct {
	Rank int // from 1, by Score
	Placement
}

// A Result is what a fit found, best first.
type Result struct {
	Engine     Info              // what made it, and why that, where the engine that was asked chose
	Level      volume.Level      // the contour level used and why
	Resolution volume.Resolution // the resolution used and why
	AtomsUsed  int
	Excluded   mol.Excluded // atoms that took no part
	Starts     int          // starting placements tried
	// RoundsAgreed tells whether independent rounds found the same best
	// placement, good enough to be believed. False: more starts, or a person,
	// should decide. The method DiffFit has one round and never agrees.
	RoundsAgreed bool
	Placements   []Placement // distinct ends, best first; Clusters are made of these
	Clusters     []Cluster
	Seconds      Seconds
	Note         string // what a person should know about how it was found; mostly empty
	// Null is what wrong placements look like, nil if nobody asked: see rank.NullOf.
	Null *Null
}

// Seconds are wall-clock times of the parts of a fit.
type Seconds struct {
	Prepare float64 `json:"prepare"`
	Search  float64 `json:"search"`
	Score   float64 `json:"score"`
}

// A Phase is a part of a fit that a person waits for.
type Phase string

// Phases, in order.
const (
	Preparing Phase = "preparing"
	Searching Phase = "searching"
	Scoring   Phase = "scoring"
	Done      Phase = "done"
)

// Progress tells how far a fit is.
type Progress struct {
	Phase    Phase
	Fraction float64       // of the whole fit, 0 to 1; never falls
	Left     time.Duration // estimated time to the end, 0 if unknown
	Clusters []Cluster     // the best so far; nil if there are none yet
}

// Info says what an engine runs on.
type Info struct {
	Name   string `json:"name"`   // "cpu", "cuda"; "auto" for one that chooses
	Device string `json:"device"` // processor or card
	Kernel string `json:"kernel"` // inner loop in use: "go", "avx2", "avx512", …

	// Why is why the program took it, where the choice was left to the program.
	Why string `json:"why,omitempty"`
}

func (i Info) String() string {
	s := fmt.Sprintf("%s, %s, kernel %s", i.Name, i.Device, i.Kernel)
	if i.Why != "" {
		s += " (" + i.Why + ")"
	}
	return s
}

// An Engine finds placements. Every implementation passes enginetest.Run.
type Engine interface {
	// Info says what the engine runs on. It does not change with use, but that
	// it tells if the device has failed; what a fit ran on is Result.Engine.
	Info() Info

	// Fit finds the placements of a structure in a map and ranks them.
	//
	// When ctx is done, Fit returns within half a second, with what is
	// finished so far (never nil) and an error that wraps ctx.Err().
	//
	// Fit calls report, if it is not nil, from one goroutine at a time: at once
	// when a better placement was found than before, else not sooner than 50 ms
	// after the report before ended, and once at the end, with the clusters of the
	// result. It calls report under no lock that workers of the fit need, but the
	// next part of the fit may wait for it: report must return soon, and must not
	// wait for the fit.
	//
	// Engines may be used by several goroutines at once.
	Fit(ctx context.Context, p *Problem, report func(Progress)) (*Result, error)

	Close() error
}

// A Refiner is an engine that also improves given placements.
type Refiner interface {
	// Refine moves starts, motions of the structure as it is in its file, to
	// the nearest optima. The result has one placement for each, in their order.
	Refine(ctx context.Context, p *Problem, starts ...geom.Rigid) (*Result, error)
}

// A Sampler is an engine that also tells what placements look like that
// nobody chose: what rank.FitNull needs.
type Sampler interface {
	// Sample returns the correlation about the mean (Metrics.MapCorrelation) of
	// the distinct places that random starts of the structure climb to.
	Sample(ctx context.Context, p *Problem) ([]float64, error)
}
