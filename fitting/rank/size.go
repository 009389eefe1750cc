// SPDX-License-Identifier: BSD-3-Clause

package rank

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// LeastLibrary is the number of structures below which none is compared with
// those of its size: the spread of fewer is not known to a quarter of itself.
const LeastLibrary = 20

// sizesMost is how many structures a regression is fitted to at most, evenly
// drawn by size: the pairs of a thousand take a twentieth of a second.
const sizesMost = 1000

// A sizeRegression is how the significance z of the best place of a structure grows
// with its size where it does not belong. Fisher's z divides by the error that
// independent noise would make, but proteins look like proteins everywhere:
// the larger of two wrong structures has the higher z (rank correlation 0.78
// between atoms and z over 357 wrong domains in one map). So
//
//	library z = (z − Offset − Slope·ln(atoms)) / Spread
//
// compares a structure with those of its size in the same map and library,
// most of which are wrong. (The thought is that of DomainSeeker, which
// interpolates mean and standard deviation of bins of the overlap volume. Here
// the line is that of Theil (Proc. K. Ned. Akad. Wet. A 53, 386 (1950)) and Sen
// (J. Am. Stat. Assoc. 63, 1379 (1968)), the spread the scaled median of the
// absolute deviations, which a tenth of right ones hardly move: measured in
// docs/adr/0005-libraries.md. The rank correlation above becomes 0.00.)
type sizeRegression struct {
	Offset, Slope, Spread float64
	Structures            int // to which it was fitted
}

// regressOnSize fits a regression to the numbers of atoms of structures and the
// significance z of their best placements.
func regressOnSize(atoms []int, z []float64) (sizeRegression, error) {
	t := sizeRegression{Structures: len(z)}
	if len(z) < LeastLibrary {
		return t, fmt.Errorf("fitting: library: %d structures have a placement, want at least %d: %w", len(z), LeastLibrary, ErrTooFew)
	}
	order := make([]int, len(z))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return atoms[a] - atoms[b] })
	var x, y []float64
	for i := range min(len(order), sizesMost) {
		at := order[i*len(order)/min(len(order), sizesMost)]
		x = append(x, math.Log(float64(atoms[at])))
		y = append(y, z[at])
	}
	slopes := make([]float64, 0, len(x)*(len(x)-1)/2)
	for i := range x {
		for j := range i {
			if x[i] > x[j] {
				slopes = append(slopes, (y[i]-y[j])/(x[i]-x[j]))
			}
		}
	}
	if len(slopes) > 0 {
		t.Slope = median(slopes)
	}
	rest := make([]float64, len(x))
	for i := range x {
		rest[i] = y[i] - t.Slope*x[i]
	}
	t.Offset = median(rest)
	for i := range rest {
		rest[i] = math.Abs(rest[i] - t.Offset)
	}
	const normal = 1.4826 // standard deviation of a normal over its median absolute deviation
	if t.Spread = normal * median(rest); !(t.Spread > 0) {
		return t, fmt.Errorf("fitting: library: the significance of %d structures does not vary: %w", len(z), ErrTooFew)
	}
	return t, nil
}

// z returns the library z of a placement of a structure.
func (t sizeRegression) z(atoms int, z float64) float64 {
	return (z - t.Offset - t.Slope*math.Log(float64(atoms))) / t.Spread
}

// median returns quantile at 0.5 and puts v into another order. It does not sort
// the slopes of a library, which are tens of thousands and which each report of
// a running fit makes anew.
func median(v []float64) float64 {
	if len(v) == 1 {
		return v[0]
	}
	middle := (len(v) - 1) / 2
	choose(v, middle)
	next := slices.MinFunc(v[middle+1:], cmp.Compare[float64])
	return quantile([]float64{v[middle], next}, float64((len(v)-1)%2)/2)
}

// choose puts into v[k] what sorting would, nothing less behind it and nothing
// greater before it: Hoare's FIND (Communications of the ACM 4, 321 (1961)).
func choose(v []float64, k int) {
	for lo, hi := 0, len(v)-1; lo < hi; {
		pivot, i, j := v[k], lo, hi
		for i <= j {
			for cmp.Less(v[i], pivot) {
				i++
			}
			for cmp.Less(pivot, v[j]) {
				j--
			}
			if i <= j {
				v[i], v[j] = v[j], v[i]
				i, j = i+1, j-1
			}
		}
		if j < k {
			lo = i
		}
		if k < i {
			hi = j
		}
	}
}
