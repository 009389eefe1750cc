// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"fmt"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// Placements that are nearer than these are the same: what kernels that round
// otherwise make of one optimum, also of a flat one.
const (
	SameRMSD  = 0.25 // ångström, over the atoms
	SameScore = 0.01
)

// A Repetition tells how a fit came out again.
type Repetition string

// Repetitions.
const (
	Identical   Repetition = "identical" // to the last bit
	Same        Repetition = "same"      // every placement within SameRMSD and SameScore
	Differs     Repetition = "differs"
	NotCompared Repetition = "not compared"
)

// Replayed is the comparison of one fit, as JSON has it.
type Replayed struct {
	Round       int          `json:"round"`
	Proposed    string       `json:"proposed,omitempty"` // by whom; "" for a fit
	Structure   string       `json:"structure"`
	Seed        uint64       `json:"seed"`
	Was         fitting.Info `json:"was"` // the engine then
	WasProgram  string       `json:"was_program"`
	Engine      fitting.Info `json:"engine"`    // now
	MinScore    float64      `json:"min_score"` // of the placements that were compared
	Recorded    int          `json:"recorded"`
	Found       int          `json:"found"`
	Matched     int          `json:"matched"`
	MaxRMSD     float64      `json:"max_rmsd"` // of those that match, ångström
	MaxScore    float64      `json:"max_score_difference"`
	Seconds     float64      `json:"seconds"` // of what was proposed: for all of the round, at the first
	Verdict     Repetition   `json:"verdict"`
	Differences []string     `json:"differences,omitempty"`
}

// differ notes a difference.
func (f *Replayed) differ(format string, args ...any) {
	f.Verdict = Differs
	f.Differences = append(f.Differences, fmt.Sprintf(format, args...))
}

// compare compares what was found again with what the session has. Placements
// are compared and not clusters, for these depend on tolerances that may have
// been changed since; then it is asked whether the recorded table follows.
func (f *Replayed) compare(s *mol.Structure, fit *document.Fit, now fitting.Options, again *fitting.Result) {
	center := s.Centroid(fit.Options.Atoms)
	was, is := strong(fit.Result.Placements, f.MinScore), strong(again.Placements, f.MinScore)
	f.Recorded, f.Found, f.Verdict = len(was), len(is), Identical
	if was, is := fit.Result.Level.Value, again.Level.Value; math.Abs(was-is) > 1e-6*math.Max(math.Abs(was), math.Abs(is)) {
		f.differ("the contour level is %.6g, was %.6g", is, was)
	}
	if was, is := fit.Result.Resolution.Value, again.Resolution.Value; math.Abs(was-is) > 1e-6*math.Max(was, is) {
		f.differ("the resolution is %.6g Å, was %.6g", is, was)
	}
	if len(was)+len(is) == 0 && f.MinScore > 0 {
		f.Verdict = NotCompared
		f.Differences = append(f.Differences, fmt.Sprintf("no placement has a score of %g", f.MinScore))
		return
	}
	if slices.EqualFunc(was, is, equal) {
		f.Matched = len(was)
		if f.MinScore == 0 {
			f.follow(fit, now, again, center)
		}
		return
	}
	if f.Verdict == Identical {
		f.Verdict = Same
	}
	atoms, _ := s.Select(fit.Options.Atoms)
	f.match(was, is, mol.Moments(atoms))
}

// equal tells whether two placements are one to the last bit.
func equal(a, b fitting.Placement) bool {
	bits := func(m fitting.Metrics) [8]uint64 {
		var b [8]uint64
		for i, x := range []float64{m.Score, m.SignificanceZ, m.Density, m.Overlap, m.Correlation, m.CorrelationAboutMean, m.Inside, m.MapCorrelation} {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				x = math.NaN() // a session does not tell these apart
			}
			b[i] = math.Float64bits(x)
		}
		return b
	}
	return a.Motion == b.Motion && a.Hits == b.Hits && bits(a.Metrics) == bits(b.Metrics)
}

// strong returns the placements with at least a score.
func strong(all []fitting.Placement, score float64) []fitting.Placement {
	return slices.DeleteFunc(slices.Clone(all), func(p fitting.Placement) bool { return p.Score < score })
}

// match pairs placements that are nearest to each other, best first.
func (f *Replayed) match(was, is []fitting.Placement, shape geom.Moments) {
	taken := make([]bool, len(is))
	for i, a := range was {
		best, nearest := -1, math.Inf(1)
		for j, b := range is {
			if d := shape.RMSD(a.Motion, b.Motion); !taken[j] && d < nearest {
				best, nearest = j, d
			}
		}
		if best < 0 || nearest > 10*SameRMSD {
			f.differ("place %d, score %.3f, was not found again", i+1, a.Score)
			continue
		}
		taken[best] = true
		b := is[best]
		if nearest > SameRMSD || math.Abs(a.Score-b.Score) > SameScore {
			f.differ("place %d is %.3f Å RMSD off, with score %.4f, was %.4f", i+1, nearest, b.Score, a.Score)
			continue
		}
		f.Matched++
		f.MaxRMSD = math.Max(f.MaxRMSD, nearest)
		f.MaxScore = math.Max(f.MaxScore, math.Abs(a.Score-b.Score))
	}
	for j, b := range is {
		if !taken[j] {
			f.differ("place %d now, score %.3f, is not in the session", j+1, b.Score)
		}
	}
}

// follow asks whether the recorded clusters are those of the placements, with
// the tolerances of the fit or with those of the session, which may be later.
func (f *Replayed) follow(fit *document.Fit, now fitting.Options, again *fitting.Result, center r3.Vec) {
	clusters := func(o fitting.Options) []fitting.Cluster {
		return fitting.Group(again.Placements, center, o.ClusterShift, o.ClusterAngle)
	}
	for _, want := range [][]fitting.Cluster{again.Clusters, clusters(fit.Options), clusters(now)} {
		if slices.EqualFunc(fit.Result.Clusters, want, func(a, b fitting.Cluster) bool {
			return a.Rank == b.Rank && equal(a.Placement, b.Placement)
		}) {
			return
		}
	}
	f.differ("the %d rows of the table do not follow from the placements", len(fit.Result.Clusters))
}
