// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"strings"
	"testing"

	"difffit/fitting/mol"
)

// What was measured has B factors; a file that does not tell has them for sure
// where they are above 100.
func TestWhetherTheColumnMayBeConfidence(t *testing.T) {
	const atom = "ATOM      1  CA  ALA A   1       0.000   0.000   0.000  1.00 %s           C\n"
	for _, tt := range []struct {
		method, b string
		column    mol.BColumn
		may       bool
	}{
		{"EXPDTA    X-RAY DIFFRACTION\n", " 90.00", mol.BFactor, false},
		{"EXPDTA    THEORETICAL MODEL\n", " 90.00", mol.UnknownB, true},
		{"", " 90.00", mol.UnknownB, true},
		{"", "120.00", mol.UnknownB, false},
	} {
		models, _, err := Decode(strings.NewReader(tt.method+strings.Replace(atom, "%s", tt.b, 1)), Options{})
		if err != nil || models[0].Column != tt.column || models[0].HasConfidence() != tt.may {
			t.Errorf("%q, B %s: column %d, may be confidence %t (%v)", tt.method, tt.b, models[0].Column, models[0].HasConfidence(), err)
		}
	}
}
