// SPDX-License-Identifier: BSD-3-Clause

// Package compose builds a composite without a person: rounds of fit, choose,
// zero out, again, for given structures and copy numbers. It knows which
// placements are significant, which are in each other's way, and which of
// those that compete are to be had together. It does not know how placements
// are found (an Engine does) nor where structures come from.
package compose

import (
	"errors"
	"fmt"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Part is a structure of which copies are wanted.
type Part struct {
	Structure *mol.Structure
	Copies    int // how many at most; 0 is as many as are significant
	// Assumed tells that nobody said that there are as many: then the number is a
	// limit, and no evidence that any is there.
	Assumed bool
}

// Options are the knobs of a composite. Start from DefaultOptions.
type Options struct {
	// Fit has the options of the single fits. Its level and resolution, where
	// they are left open, are found once in the map and hold in all rounds.
	Fit fitting.Options `json:"fit"`
	// MaxClash is the largest clash (see Clash) of two placements.
	MaxClash float64 `json:"max_clash"`
	// MaxRounds is the largest number of rounds.
	MaxRounds int `json:"max_rounds"`
	// Zero says how the density of what is placed is taken out.
	Zero volume.ZeroOptions `json:"zero"`
	// Fixed are placements that a person holds to be right. They are taken out
	// of the map first, and nothing that clashes with them is placed. They are
	// not in the result, and do not count as copies.
	Fixed []Placed `json:"-"`
}

// Placed is a structure where somebody has put it.
type Placed struct {
	Structure *mol.Structure
	Motion    geom.Rigid
}

// What is significant and what clashes: docs/adr/0004-composite.md has the
// measurements.
const (
	// significantZ is the least significance z, besides what fitting.Believable
	// asks for, where nobody said how many copies there are: small helical
	// structures that are not in the map reach S 0.30, but only z 14.4. A stated number says that it is there;
	// right placements of small chains at 8 Å have z from 11 on.
	significantZ = 15
	// copyPart is the part of the score of the best copy that another copy of
	// the same structure must have. Right copies have 0.74 and more of it.
	copyPart = 0.5
	// maxClash is the default of MaxClash. In the models of the real cases and
	// in six deposited assemblies the clash of neighbours is up to 0.011; where
	// crystal structures stand in for what is in the map, up to 0.036.
	maxClash = 0.05
	// maxRounds is the default of MaxRounds: every round but the last places
	// something, and few composites need more than three.
	maxRounds = 20
)

// DefaultOptions are the options of a composite that nobody tuned.
func DefaultOptions() Options {
	return Options{Fit: fitting.DefaultOptions(), MaxClash: maxClash, MaxRounds: maxRounds, Zero: volume.DefaultZeroOptions()}
}

// Validate reports everything that is wrong with o, as one joined error.
func (o Options) Validate() error {
	errs := []error{o.Fit.Validate(), o.Zero.Validate()}
	if !(o.MaxClash >= 0 && o.MaxClash <= 1) {
		errs = append(errs, &fitting.OptionError{Option: "max_clash", Msg: fmt.Sprintf("is %g, want 0 to 1", o.MaxClash)})
	}
	if o.MaxRounds < 1 {
		errs = append(errs, &fitting.OptionError{Option: "max_rounds", Msg: fmt.Sprintf("is %d, want at least 1", o.MaxRounds)})
	}
	return errors.Join(errs...)
}

// A Placement is one copy of a structure in the composite.
type Placement struct {
	Part  int // index of the structure
	Copy  int // from 1, of this structure
	Round int // from 1, in which it was accepted
	// Agreed tells whether independent rounds of the fit that found it agreed.
	Agreed bool
	// Motion, Hits and Metrics; the metrics are those in the whole map, not in
	// what was left of it when the placement was found.
	fitting.Placement
	Clash float64 // the largest with any other placement of the composite
}

// A Reason says why no more rounds were done.
type Reason string

// Reasons.
const (
	Complete    Reason = "complete"    // every copy that was wanted is placed
	Exhausted   Reason = "exhausted"   // the last round found nothing more that is significant and free of clashes
	Empty       Reason = "empty"       // nothing is left above the contour level
	RoundLimit  Reason = "round limit" // MaxRounds
	Interrupted Reason = "interrupted"
)

// A Result is a composite.
type Result struct {
	Engine     fitting.Info    // what made the fits: see fitting.MadeBy
	Placements []Placement     // in order of acceptance
	Parts      []PartResult    // in the order given
	Layers     []*volume.Layer // what each placement takes out of the map
	Remaining  *volume.Grid    // the map without them
	Level      volume.Level
	Resolution volume.Resolution
	Rounds     int // done, with the last that added nothing
	Reason     Reason
	// Exact tells whether the choice among competing placements is proven to
	// be the best one; false only for hundreds of them in each other's way.
	Exact   bool
	Seconds fitting.Seconds // summed over the fits
}

// PartResult is what came of a part.
type PartResult struct {
	Wanted int // 0: as many as are significant
	Placed int
	Starts int // in all rounds
	// First is its fit in the whole map; nil if it did not come to that.
	First *fitting.Result
}

// Progress tells how far a composite is.
type Progress struct {
	Round    int
	Placed   int
	Phase    fitting.Phase
	Fraction float64 // of the whole, as far as one can know; 1 at the end; never falls
}

// isSignificant tells whether a placement with metrics m is to be believed as
// one of p, in a map of the given resolution in ångström, when best is the score
// of the best copy. It asks for more than fitting.Believable does, and for less
// where a person said how many copies there are.
func isSignificant(m fitting.Metrics, p Part, resolution, best float64) bool {
	stated := p.Copies > 0 && !p.Assumed
	return fitting.Believable(m, resolution) && m.Score >= copyPart*best && (stated || m.SignificanceZ >= significantZ)
}
