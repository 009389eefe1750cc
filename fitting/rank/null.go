// SPDX-License-Identifier: BSD-3-Clause

package rank

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"slices"

	"difffit/fitting"
)

// ErrTooFew is wrapped where a significance cannot be had for want of
// placements. It is an answer, not a fault.
var ErrTooFew = errors.New("too few placements")

// ErrNoSamples is wrapped where an engine is no Sampler. It is an answer, too.
var ErrNoSamples = errors.New("takes no samples")

const (
	// centralPart of the sample makes the null: what is farther out may be real.
	centralPart = 0.95
	// leastP is the smallest two-sided p: the tail of a fitted normal means
	// nothing beyond.
	leastP = 2.2e-16
	// camMost keeps Fisher's transform finite.
	camMost = 1 - 1e-7
)

// FitNull fits the distribution to the cam of all unique placements of one
// structure: σ maximises the likelihood of a normal about the mean that is
// truncated where a twentieth of the sample is farther out, and η0 compares
// how many are within with how many the normal has there.
func FitNull(cams []float64) (fitting.Null, error) {
	n := fitting.Null{Placements: len(cams)}
	if len(cams) < fitting.LeastNull {
		return n, fmt.Errorf("fitting: significance: %d placements, want at least %d: %w", len(cams), fitting.LeastNull, ErrTooFew)
	}
	z := make([]float64, len(cams))
	for i, c := range cams {
		if math.IsNaN(c) {
			return n, fmt.Errorf("fitting: significance: the correlation of placement %d is not a number", i+1)
		}
		z[i] = fisher(c)
		n.Mean += z[i] / float64(len(z))
	}
	far := make([]float64, len(z))
	for i := range z {
		z[i] -= n.Mean
		far[i] = math.Abs(z[i])
	}
	slices.Sort(z)
	slices.Sort(far)
	n.Cut = quantile(far, centralPart)
	start := (quantile(z, 0.75) - quantile(z, 0.25)) / (2 * 0.67449) // of a normal with these quartiles
	if !(start > 0) || !(n.Cut > 0) {
		return n, fmt.Errorf("fitting: significance: the correlations of %d placements do not vary: %w", len(z), ErrTooFew)
	}
	within, squares := 0.0, 0.0
	for _, d := range far {
		if d <= n.Cut {
			within++
			squares += d * d
		}
	}
	n.Sigma = leastOf(start/1000, start*1000, func(s float64) float64 {
		return within*math.Log(centralMass(n.Cut/s)) + within*math.Log(s) + squares/(2*s*s)
	})
	n.Eta0 = math.Min(1, within/float64(len(z))/centralMass(n.Cut/n.Sigma))
	return n, nil
}

// NullOf lets an engine follow random starts of a structure, and fits the
// distribution to where they end.
func NullOf(ctx context.Context, e fitting.Engine, p *fitting.Problem) (fitting.Null, error) {
	sampler, ok := e.(fitting.Sampler)
	if !ok {
		return fitting.Null{}, fmt.Errorf("fitting: significance: the engine %s %w", e.Info().Name, ErrNoSamples)
	}
	cams, err := sampler.Sample(ctx, p)
	if err != nil {
		return fitting.Null{}, err
	}
	return FitNull(cams)
}

// Z returns by how many standard deviations of the wrong placements a cam is
// above their mean, in Fisher's z.
func Z(n fitting.Null, cam float64) float64 { return (fisher(cam) - n.Mean) / n.Sigma }

// P returns the part of wrong placements that have the given cam or a higher
// one: one-tailed.
func P(n fitting.Null, cam float64) float64 {
	z := Z(n, cam)
	half := math.Max(leastP, math.Erfc(math.Abs(z)/math.Sqrt2)) / 2
	if z > 0 {
		return half
	}
	return 1 - half
}

// falseDiscovery returns the q value of each p, after Benjamini and Hochberg
// (J. R. Stat. Soc. B 57, 289 (1995)): the part of false ones to be expected
// among those that are accepted down to it. tests is how many placements were
// tried; those whose p is not given count as 1.
func falseDiscovery(p []float64, tests int) []float64 {
	order := make([]int, len(p))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(p[a], p[b]) })
	q := make([]float64, len(p))
	least := 1.0
	for rank := len(order); rank > 0; rank-- {
		i := order[rank-1]
		least = math.Min(least, p[i]*float64(max(tests, len(p)))/float64(rank))
		q[i] = least
	}
	return q
}

func fisher(cam float64) float64 { return math.Atanh(min(max(cam, -camMost), camMost)) }

// centralMass is the part of a normal within x standard deviations.
func centralMass(x float64) float64 { return math.Erf(x / math.Sqrt2) }

// quantile of sorted numbers, between the nearest two (type 7 of Hyndman and
// Fan, The American Statistician 50, 361 (1996)).
func quantile(sorted []float64, part float64) float64 {
	at := part * float64(len(sorted)-1)
	i := min(int(at), len(sorted)-2)
	return sorted[i] + (at-float64(i))*(sorted[i+1]-sorted[i])
}

// leastOf returns where f is least between lo and hi, both positive: the best
// of a coarse scan, narrowed by golden sections, all on a logarithmic scale.
func leastOf(lo, hi float64, f func(float64) float64) float64 {
	const scan = 200
	g := func(x float64) float64 { return f(math.Exp(x)) }
	from, step := math.Log(lo), math.Log(hi/lo)/scan
	best := 0
	for i := range scan + 1 {
		if g(from+float64(i)*step) < g(from+float64(best)*step) {
			best = i
		}
	}
	a, b := from+float64(max(0, best-1))*step, from+float64(min(scan, best+1))*step
	for b-a > 1e-9 {
		const golden = 0.3819660112501051
		x, y := a+golden*(b-a), b-golden*(b-a)
		if g(x) < g(y) {
			b = y
		} else {
			a = x
		}
	}
	return math.Exp((a + b) / 2)
}
