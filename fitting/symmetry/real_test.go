// SPDX-License-Identifier: BSD-3-Clause

package symmetry

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/internal/testdata"
)

// motions returns the true placements of the first unit of a real case.
func motions(t *testing.T, name string) []geom.Rigid {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(testdata.Shared(t, name), "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct {
		Units []struct {
			Start      string
			Placements []struct {
				File        string
				Matrix      [3][3]float64
				Translation [3]float64
			}
		}
	}
	if err := json.Unmarshal(text, &c); err != nil {
		t.Fatal(err)
	}
	var out []geom.Rigid
	if len(c.Units[0].Placements) < 2 { // a copy is a unit of its own
		start := trace(t, filepath.Join(testdata.Shared(t, name), c.Units[0].Start))
		for _, u := range c.Units {
			there := trace(t, filepath.Join(testdata.Shared(t, name), u.Placements[0].File))
			out = append(out, triangle(start).Inverse().Then(triangle(there)))
		}
		return out
	}
	for _, p := range c.Units[0].Placements {
		m, s := p.Matrix, p.Translation
		out = append(out, geom.Rigid{
			Rotation: geom.FromMatrix([9]float64{m[0][0], m[0][1], m[0][2], m[1][0], m[1][1], m[1][2], m[2][0], m[2][1], m[2][2]}),
			Shift:    r3.Vec{X: s[0], Y: s[1], Z: s[2]},
		})
	}
	return out
}

// trace returns the positions of the Cα atoms of a PDB file.
func trace(t *testing.T, path string) (out []r3.Vec) {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(z)
	for lines.Scan() {
		line := lines.Text()
		if !strings.HasPrefix(line, "ATOM") || line[12:16] != " CA " {
			continue
		}
		var p [3]float64
		for k := range p {
			if p[k], err = strconv.ParseFloat(strings.TrimSpace(line[30+8*k:38+8*k]), 64); err != nil {
				t.Fatal(err)
			}
		}
		out = append(out, r3.Vec{X: p[0], Y: p[1], Z: p[2]})
	}
	if len(out) < 3 {
		t.Fatalf("%s: %d residues", path, len(out))
	}
	return out
}

// triangle returns the frame of three residues of a chain.
func triangle(x []r3.Vec) geom.Rigid {
	a, b, c := x[len(x)/6], x[len(x)/2], x[5*len(x)/6]
	axis := r3.Unit(r3.Sub(b, a))
	return frame(axis, r3.Sub(c, a), a)
}

// In real complexes the symmetry of all copies is the known one, that of all
// but one copy is too, and the copy that is missing from these comes out where
// it is. The structures are centred at 0 in their files.
func TestRealComplexes(t *testing.T) {
	tests := []struct {
		name     string
		gyration float64
		want     Group
		within   float64 // Å RMSD, of the copy that is found
	}{
		{"emd0093_6gyn_hcn4", 30, Group{Kind: Cyclic, Order: 4}, 0.5},
		{"emd1461_vp6_trimer", 28, Group{Kind: Cyclic, Order: 3}, 0.5},
		{"emd5168_factin", 23, Group{Kind: Helical, Rise: 27.6, Twist: -166.6}, 0.8},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			all, b := motions(t, tt.name), Body{Gyration: tt.gyration}
			far := r3.Vec{X: 500, Y: 500, Z: 500}
			for left := -1; left < len(all); left++ {
				var some []geom.Rigid
				for i, m := range all {
					if i != left {
						some = append(some, m)
					}
				}
				got, err := detect(b, some, Tolerance)
				if err != nil {
					t.Fatalf("without %d: %v", left, err)
				}
				if got.Kind != tt.want.Kind || got.Order != tt.want.Order || math.Abs(got.Rise-tt.want.Rise) > 0.3 || math.Abs(got.Twist-tt.want.Twist) > 0.5 {
					t.Errorf("without %d: %v", left, got.Group)
				}
				if left < 0 {
					t.Logf("%v, residual %.2f Å", got.Group, got.Residual)
					continue
				}
				least := math.Inf(1)
				for _, c := range got.Missing(b, some, r3.Scale(-1, far), far) {
					least = math.Min(least, b.RMSD(c.Motion, all[left]))
				}
				if least > tt.within {
					t.Errorf("without %d: the nearest copy that is proposed is %.2f Å from it", left, least)
				}
			}
		})
	}
}
