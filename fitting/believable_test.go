// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"math"
	"testing"
)

func TestBelievable(t *testing.T) {
	nan := math.NaN()
	for _, tt := range []struct {
		name                 string
		score, z, resolution float64
		doubt                string
	}{
		{"a good one", 0.5, 40, 4, ""},
		{"at the least score", 0.2, 0, 10, ""},
		{"below it", 0.1875, 40, 4, "score 0.188 is below 0.2"},
		{"a small chain, z is not asked for", 0.25, 11, 8, ""},
		{"10 Å is not yet blurred", 0.5, 5, 10, ""},
		{"blurred", 0.9, 5, 15, "z 5.0 is below 20 in a map worse than 10 Å"},
		{"blurred, at the least z", 0.2, 20, 15, ""},
		{"blurred, and too low a score", 0.1, 19.5, 10.5, "score 0.100 is below 0.2, z 19.5 is below 20 in a map worse than 10 Å"},
		{"no score", nan, 40, 4, "score NaN is below 0.2"},
		{"no z", 0.5, nan, 15, "z NaN is below 20 in a map worse than 10 Å"},
	} {
		m := Metrics{Score: tt.score, SignificanceZ: tt.z}
		if got := doubtOf(m, tt.resolution); got != tt.doubt || Believable(m, tt.resolution) != (tt.doubt == "") {
			t.Errorf("%s: doubt %q, believable %t, want doubt %q", tt.name, got, Believable(m, tt.resolution), tt.doubt)
		}
	}
}

// A placement that was found in what is left of a map must be good there and in
// the whole map.
func TestDoubtOfWhatIsLeft(t *testing.T) {
	good, bad := Metrics{Score: 0.5, SignificanceZ: 30}, Metrics{Score: 0.125, SignificanceZ: 30}
	for _, tt := range []struct {
		name    string
		here    Metrics
		whole   *Metrics
		doubt   string
		verdict Verdict
	}{
		{"in the whole map", good, nil, "", VerdictYes},
		{"good in both", good, &good, "", VerdictYes},
		{"flattered by holes", good, &bad, "score 0.125 is below 0.2", VerdictDoubtful},
		{"taken by another", bad, &good, "in what is left of the map score 0.125 is below 0.2", VerdictNo},
	} {
		p := Placement{Metrics: tt.here, Whole: tt.whole}
		if got := p.Doubt(4); got != tt.doubt {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.doubt)
		}
		if got := p.Verdict(4); got != tt.verdict {
			t.Errorf("%s: verdict %s, want %s", tt.name, got, tt.verdict)
		}
	}
	blurred := Placement{Metrics: Metrics{Score: 0.5, SignificanceZ: 12}}
	if got := blurred.Verdict(15); got != VerdictDoubtful {
		t.Errorf("a good score of low z in a blurred map: verdict %s, want %s", got, VerdictDoubtful)
	}
}
