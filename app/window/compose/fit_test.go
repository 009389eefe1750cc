// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"strings"
	"testing"
	"time"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/mol"
)

// What was finished when a fit of several structures is cancelled may be
// complete; the others were not searched.
func TestSummaryTellsOfACancel(t *testing.T) {
	found := fitting.Cluster{Rank: 1, Placement: fitting.Placement{Metrics: fitting.Metrics{Score: 0.9, SignificanceZ: 30}}}
	r := &document.Round{Number: 1, Fits: []document.Fit{{
		Structure: 1, Result: &fitting.Result{Clusters: []fitting.Cluster{found}, Placements: []fitting.Placement{found.Placement}, RoundsAgreed: true},
	}}}
	s := document.State{Structures: []*document.Structure{{ID: 1, Model: &mol.Structure{Name: "alpha"}}}, Rounds: []*document.Round{r}}
	for _, cut := range []bool{false, true} {
		if text := summary(s, 1, document.Order(1, r.Fits), time.Second, cut); strings.Contains(text, "cancelled") != cut {
			t.Errorf("cut is %t, and the summary says %q", cut, text)
		}
	}
}
