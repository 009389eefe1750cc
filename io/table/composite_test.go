// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"encoding/json"
	"strings"
	"testing"
)

func composite() *Composite {
	c := NewComposite()
	c.Fits = *sample()
	c.MaxClash, c.Rounds, c.Stopped, c.Exact = 0.05, 2, "complete", true
	c.Copies = []Copies{{0, 2, 1}, {1, 0, 0}}
	c.Placements = []Placed{{Structure: 0, Copy: 1, Round: 2, Agreed: true, Clash: 0.0125, Cluster: sample().Structures[0].Clusters[0]}}
	return c
}

// The placements stand beside all that fits.json has, under the names of the
// contract.
func TestCompositeJSON(t *testing.T) {
	var out strings.Builder
	if err := composite().JSON(&out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Format     string
		Structures []any
		Placements []map[string]any
		Copies     []map[string]any
	}
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.Format != Format || len(got.Structures) != 3 || len(got.Placements) != 1 {
		t.Fatalf("format %q, %d structures, %d placements, want %q, 3, 1", got.Format, len(got.Structures), len(got.Placements), Format)
	}
	p := got.Placements[0]
	for _, key := range append(MetricNames(), "structure", "copy", "round", "rounds_agreed", "clash", "hits", "quaternion", "rotation", "translation") {
		if _, ok := p[key]; !ok {
			t.Errorf("a placement has no %q: %v", key, p)
		}
	}
	if p["clash"] != 0.0125 || p["round"] != 2.0 || p["significance_z"] != 30.0 {
		t.Errorf("clash %v, round %v, z %v, want 0.0125, 2, 30", p["clash"], p["round"], p["significance_z"])
	}
	if c := got.Copies[0]; c["wanted"] != 2.0 || c["placed"] != 1.0 {
		t.Errorf("copies %v, want 2 wanted and 1 placed", c)
	}
	empty := NewComposite()
	out.Reset()
	if err := empty.JSON(&out); err != nil || !strings.Contains(out.String(), `"placements": []`) {
		t.Errorf("without placements: %v, %s, want an empty list", err, out.String())
	}
}

func TestCompositeCSV(t *testing.T) {
	var out strings.Builder
	if err := composite().CSV(&out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 2 || strings.Count(lines[0], ",") != strings.Count(lines[1], ",") {
		t.Fatalf("%d lines, want a head and one row of as many cells:\n%s", len(lines), out.String())
	}
	if !strings.HasSuffix(lines[0], "tz,rounds_agreed,copy,round,clash") || !strings.HasSuffix(lines[1], ",1,2,3,true,1,2,0.0125") {
		t.Errorf("head ends %q, row %q", lines[0][len(lines[0])-40:], lines[1][len(lines[1])-40:])
	}
	if !strings.HasPrefix(lines[1], "1,b,b.cif,1,9,0.25,30,") {
		t.Errorf("row is %q", lines[1])
	}
}
