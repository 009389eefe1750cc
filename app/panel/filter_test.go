// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strings"
	"testing"

	"difffit/fitting"
)

func TestFilterTakesAndRefuses(t *testing.T) {
	r := &row{name: "7CFN Alpha", place: 3, note: "upside down", accepted: true, pin: 1, Cluster: &fitting.Cluster{
		Rank: 2, Placement: fitting.Placement{Hits: 5, Metrics: fitting.Metrics{Score: 0.3125, SignificanceZ: 21, Inside: 0.85, MapCorrelation: 0.5}},
	}}
	tests := []struct {
		text string
		want bool
	}{
		{"", true},
		{"alpha", true},
		{"beta", false},
		{"-beta", true},
		{"-alpha", false},
		{"upside", true}, // in the note
		{`"cfn alpha"`, true},
		{`"alpha cfn"`, false},
		{"score>0.3 hits>=5 alpha", true},
		{"score>0.3 hits>5 alpha", false},
		{"score > 0,3  hits ≥ 5", true},
		{"SCORE<=0.3125", true},
		{"score=0.3125", true},
		{"score!=0.3125", false},
		{"inside>80", true},
		{"inside>=85%", true},
		{"inside<80", false},
		{"z<20", false},
		{"mapcc>=0.5 map_correlation<0.51", true},
		{"#<=3", true},
		{"starts>=5 ccatatoms>-1 ccaboutmean>-1 corr>-1 cam>-1 cc>=0.5", true},
		{"-rank<=3", false},
		{"-order<=3", false},
		{"structure=\"7cfn alpha\"", true},
		{"is:accepted is:pinned is:noted -is:rejected", true},
		{"is:open", false},
		{"7-3", false}, // a word with a hyphen in it
	}
	for _, tt := range tests {
		f, err := parseFilter(tt.text)
		if err != nil {
			t.Errorf("%q: %v", tt.text, err)
		} else if got := f.takes(r); got != tt.want {
			t.Errorf("%q takes it: %t, want %t", tt.text, got, tt.want)
		}
	}
	for text, want := range map[string]string{
		"scor>0.3":   "scor: there is no such column; want #, starts, score, z",
		"score>high": "score>high: want a number after >",
		"is:good":    "is:good: want right, accepted, rejected, pinned, noted or open",
		"score>":     "score>: want a number after >",
	} {
		if _, err := parseFilter(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// Whatever is written, there is a filter or an error.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{`score>0.3 -"a b" is:open`, `"`, `-`, `>`, `a"b`, "≥≠"} {
		f.Add(s)
	}
	q := &row{name: "alpha", Cluster: &fitting.Cluster{}}
	f.Fuzz(func(_ *testing.T, text string) {
		if p, err := parseFilter(text); err == nil {
			p.takes(q)
		}
	})
}
