// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"difffit/fitting"
	"difffit/fitting/rank"
)

// structure returns one with a single place.
func structure(name string, atoms int, z, mapCorrelation float64) Structure {
	return Structure{Name: name, AtomsUsed: atoms, Starts: 512, Clusters: []Cluster{
		NewCluster(fitting.Cluster{Rank: 1, Placement: fitting.Placement{Metrics: fitting.Metrics{SignificanceZ: z, MapCorrelation: mapCorrelation}}}),
	}}
}

var wrong = fitting.Null{Placements: 250, Mean: 0, Sigma: 0.05, Eta0: 1}

// A few structures are ranked by their own wrong placements where all have
// them: the small right one is above the large wrong one.
func TestRankOfAFew(t *testing.T) {
	f := NewFits()
	f.Structures = []Structure{structure("large", 4000, 25, 0.1), structure("small", 400, 20, 0.5)}
	f.Rank()
	if f.RankedBy != rank.BySignificance || f.Structures[0].Name != "large" {
		t.Errorf("ranked by %s, first %s; want significance_z, which puts the large one first", f.RankedBy, f.Structures[0].Name)
	}
	for i := range f.Structures {
		f.Structures[i].Assess(wrong, 2)
	}
	f.Rank()
	if f.RankedBy != rank.ByNull || f.Structures[0].Name != "small" || f.Rows()[0].Structure != 0 {
		t.Errorf("ranked by %s, first %s; want null_z and small", f.RankedBy, f.Structures[0].Name)
	}
	// z = atanh(0.1)/0.05 = 2.0067: p = 0.02239 (tables), times 2 structures, times 512 starts
	large := f.Structures[1]
	for what, pair := range map[string][2]float64{
		"p": {*large.Clusters[0].P, 0.02239}, "E": {*large.Significance.EValue, 0.04478}, "q": {*large.Clusters[0].Q, 1},
	} {
		if math.Abs(pair[0]/pair[1]-1) > 1e-3 {
			t.Errorf("%s is %g, want %g", what, pair[0], pair[1])
		}
	}
	var out strings.Builder
	if err := f.CSV(&out); err != nil {
		t.Fatal(err)
	}
	if line := strings.Split(out.String(), "\n")[2]; !strings.HasSuffix(line, ",,0.0447808751,,") || !strings.Contains(line, ",0.0223904375,1,2.00670695,") {
		t.Errorf("the line of the large one is %s, want p, q, null z and E at its end, no library z", line)
	}
}

// In a library the size counts, and what has no place comes last.
func TestRankOfALibrary(t *testing.T) {
	f := NewFits()
	f.Structures = append(f.Structures, Structure{Name: "none", Clusters: []Cluster{}})
	for i := range 30 {
		atoms := 500 + 100*i
		f.Structures = append(f.Structures, structure("wrong", atoms, 4*math.Log(float64(atoms))+0.1*float64(i%5), 0.1))
	}
	f.Structures = append(f.Structures, structure("right", 450, 4*math.Log(450)+4, 0.5))
	f.Rank()
	if f.RankedBy != rank.ByLibrary || f.Structures[0].Name != "right" || f.Structures[31].Name != "none" {
		t.Errorf("ranked by %s, first %s, last %s", f.RankedBy, f.Structures[0].Name, f.Structures[31].Name)
	}
	b, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(b), `"ranked_by":"library_z"`) || strings.Contains(string(b), "p_value") {
		t.Errorf("JSON without library_z, or with a p that nobody knows: %s", b)
	}
}
