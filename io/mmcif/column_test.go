// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"strings"
	"testing"

	"difffit/fitting/mol"
)

// A predicted model has a metric of its quality, also after it was written.
func TestConfidenceIsToldFromBFactors(t *testing.T) {
	for _, column := range []mol.BColumn{mol.BFactor, mol.Confidence} {
		s := &mol.Structure{Name: "a", Column: column, Atoms: []mol.Atom{{Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: 1, Occupancy: 1, B: 90}}}
		var text strings.Builder
		if err := Encode(&text, s); err != nil {
			t.Fatal(err)
		}
		models, _, err := Decode(strings.NewReader(text.String()), Options{})
		if err != nil || models[0].Column != column || models[0].HasConfidence() != (column == mol.Confidence) {
			t.Errorf("column %d comes back as %d (%v)", column, models[0].Column, err)
		}
	}
}
