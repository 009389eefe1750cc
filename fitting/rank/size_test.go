// SPDX-License-Identifier: BSD-3-Clause

package rank

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// Wrong structures of all sizes have a library z about 0, whatever their size;
// a small right one is above a large wrong one whose z is higher.
func TestSizeRegression(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	var atoms []int
	var z []float64
	for range 200 {
		n := int(300 * math.Exp(2*rng.Float64()))
		atoms = append(atoms, n)
		z = append(z, -12+4*math.Log(float64(n))+1.5*rng.NormFloat64())
	}
	for i := range 30 { // right ones of all sizes
		z[i] += 30
	}
	line, err := regressOnSize(atoms, z)
	if err != nil {
		t.Fatal(err)
	}
	// 15 % of outliers make the median of the deviations 1.2 times as large, and shift the line besides.
	if math.Abs(line.Slope-4) > 0.7 || line.Spread < 1.3 || line.Spread > 2.2 {
		t.Errorf("regression %+v, want slope 4 and spread 1.5 to 2", line)
	}
	var small, large float64
	for i := 30; i < len(z); i++ {
		if atoms[i] < 600 {
			small = math.Max(small, line.z(atoms[i], z[i]))
		} else if atoms[i] > 1500 {
			large = math.Max(large, line.z(atoms[i], z[i]))
		}
	}
	if small > 5 || large > 5 {
		t.Errorf("the highest wrong library z are %.1f of small and %.1f of large ones, want below 5", small, large)
	}
	if right, wrong := line.z(300, 19), line.z(2200, 21); right < wrong {
		t.Errorf("library z %.1f of a small structure with z 19, %.1f of a large one with z 21, want the first higher", right, wrong)
	}
	if _, err := regressOnSize(atoms[:19], z[:19]); !errors.Is(err, ErrTooFew) {
		t.Errorf("19 structures: error %v, want ErrTooFew", err)
	}
	if _, err := regressOnSize(make([]int, 30), make([]float64, 30)); !errors.Is(err, ErrTooFew) {
		t.Errorf("all the same: error %v, want ErrTooFew", err)
	}
}
