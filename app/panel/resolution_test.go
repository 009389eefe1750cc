// SPDX-License-Identifier: BSD-3-Clause

package panel

import "testing"

// The table tells the resolution that scores depend on, and whether it is known.
func TestTableTellsTheResolution(t *testing.T) {
	for _, tt := range []struct {
		stated, used float64
		want         string
	}{{0, 3.38, "at 3.4 Å, estimated"}, {4, 4, "at 4.0 Å"}, {0, 0, ""}} {
		s := library(1)
		f := &s.Rounds[0].Fits[0]
		f.Options.Resolution, f.Result.Resolution.Value = tt.stated, tt.used
		r := NewResults()
		r.SetState(s)
		if got := r.resolution.Text; got != tt.want {
			t.Errorf("stated %g, used %g: %q, want %q", tt.stated, tt.used, got, tt.want)
		}
	}
}
