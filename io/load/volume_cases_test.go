// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"encoding/json"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/internal/testdata"
)

// heavyAtoms reads the atoms that are not hydrogen, ligands too, by
// hand: tests of maps shall not hang on readers of structures.
func heavyAtoms(t *testing.T, path string) []r3.Vec {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	var atoms []r3.Vec
	add := func(element string, fields []string) {
		if element == "H" || element == "D" {
			return
		}
		var at [3]float64
		for i := range at {
			if at[i], err = strconv.ParseFloat(strings.TrimSpace(fields[i]), 64); err != nil {
				t.Fatal(err)
			}
		}
		atoms = append(atoms, r3.Vec{X: at[0], Y: at[1], Z: at[2]})
	}
	var columns []string // of mmCIF
	for line := range strings.Lines(string(content)) {
		switch name, ok := strings.CutPrefix(strings.TrimSpace(line), "_atom_site."); {
		case ok:
			columns = append(columns, name)
		case !strings.HasPrefix(line, "ATOM") && !strings.HasPrefix(line, "HETATM"):
		case columns == nil:
			add(strings.TrimSpace(line[76:78]), []string{line[30:38], line[38:46], line[46:54]})
		default:
			fields := strings.Fields(line)
			x := slices.Index(columns, "Cartn_x")
			add(fields[slices.Index(columns, "type_symbol")], fields[x:x+3])
		}
	}
	if len(atoms) < 100 {
		t.Fatalf("%s: %d atoms", path, len(atoms))
	}
	return atoms
}

func meanDensity(g *volume.Grid, atoms []r3.Vec) float64 {
	sum := 0.0
	for _, a := range atoms {
		sum += g.Sample(a)
	}
	return sum / float64(len(atoms))
}

// zAmongRandom returns how many standard deviations the density at atoms is
// above that of 200 random rotations with the centre anywhere in the box.
func zAmongRandom(g *volume.Grid, atoms []r3.Vec) float64 {
	var centre r3.Vec
	for _, a := range atoms {
		centre = r3.Add(centre, r3.Scale(1/float64(len(atoms)), a))
	}
	rng := rand.New(rand.NewPCG(1, 2))
	const n = 200
	var sum, squares float64
	moved := make([]r3.Vec, len(atoms))
	for range n {
		axis := r3.Vec{X: rng.NormFloat64(), Y: rng.NormFloat64(), Z: rng.NormFloat64()}
		turn := r3.NewRotation(2*math.Pi*rng.Float64(), axis)
		to := g.Point(r3.Vec{
			X: rng.Float64() * float64(g.Size[0]-1), Y: rng.Float64() * float64(g.Size[1]-1), Z: rng.Float64() * float64(g.Size[2]-1),
		})
		for i, a := range atoms {
			moved[i] = r3.Add(to, turn.Rotate(r3.Sub(a, centre)))
		}
		d := meanDensity(g, moved)
		sum += d
		squares += d * d
	}
	mean := sum / n
	return (meanDensity(g, atoms) - mean) / math.Sqrt(squares/n-mean*mean)
}

// TestCaseMaps holds every map with a known answer to what was measured by
// other means: size, voxel, extremes, and the density at the atoms. A map that
// is turned or shifted by one voxel fails here.
func TestCaseMaps(t *testing.T) {
	cases, err := filepath.Glob(filepath.Join(testdata.Shared(t, "."), "*", "case.json"))
	if err != nil || len(cases) < 13 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, path := range cases {
		dir := filepath.Dir(path)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			var c struct {
				Map struct {
					File     string
					Shape    [3]int `json:"shape_xyz"`
					Voxel    [3]float64
					Min, Max float64
					PlacedBy string `json:"placed_by"`
				}
				Units []struct {
					Placements []struct {
						File        string
						MeanDensity float64 `json:"mean_density"`
						ZBox        float64 `json:"z_box"`
					}
				}
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(b, &c); err != nil {
				t.Fatal(err)
			}
			v, err := Volume(filepath.Join(dir, c.Map.File), Options{})
			if err != nil {
				t.Fatal(err)
			}
			g, voxel := v.Grid, c.Map.Voxel
			lo, hi := float64(slices.Min(g.Data)), float64(slices.Max(g.Data))
			if g.Size != c.Map.Shape || r3.Norm(r3.Sub(g.Step, r3.Vec{X: voxel[0], Y: voxel[1], Z: voxel[2]})) > 1e-3 ||
				string(v.Info.Placed) != c.Map.PlacedBy || !near(lo, c.Map.Min, 1e-4) || !near(hi, c.Map.Max, 1e-4) {
				t.Errorf("size %v, step %v, %s, %g to %g, want %+v", g.Size, g.Step, v.Info.Placed, lo, hi, c.Map)
			}
			tried := 0
			for _, u := range c.Units {
				for _, p := range u.Placements {
					tried++
					atoms := heavyAtoms(t, filepath.Join(dir, p.File))
					d, z := meanDensity(g, atoms), zAmongRandom(g, atoms)
					t.Logf("%s: density %.4g (%.4g), z %.1f (%.1f)", p.File, d, p.MeanDensity, z, p.ZBox)
					if !near(d, p.MeanDensity, 0.005) || z < 0.7*p.ZBox {
						t.Errorf("%s: density %g, z %g, want %g, %g", p.File, d, z, p.MeanDensity, p.ZBox)
					}
				}
			}
			if tried == 0 {
				t.Error("case.json has no placement")
			}
		})
	}
}

func near(got, want, relative float64) bool { return math.Abs(got-want) <= relative*math.Abs(want) }

// TestXrayMaps has permuted axes, NSTART far from zero, and in one file a
// skewed cell. The z for centres in the box are those of the data's table.
func TestXrayMaps(t *testing.T) {
	for _, tt := range []struct {
		volume, model string
		z             float64
		resampled     bool
	}{
		{"xray/3pqr/3pqr.ccp4.gz", "xray/3pqr/3pqr.pdb.gz", 90, true},
		{"xray/3ek3/3ek3_2fofc.ccp4.gz", "xray/3ek3/3ek3.cif.gz", 162, false},
		{"xray/1cbs/1cbs_2fofc.ccp4.gz", "xray/1cbs/1cbs.cif.gz", 138, false},
	} {
		v, err := Volume(testdata.Shared(t, tt.volume), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if v.Info.Resampled != tt.resampled || (len(v.Warnings) == 1) != tt.resampled || string(v.Info.Placed) != "nstart" {
			t.Errorf("%s: %+v, warnings %q", tt.volume, v.Info, v.Warnings)
		}
		z := zAmongRandom(v.Grid, heavyAtoms(t, testdata.Shared(t, tt.model)))
		t.Logf("%s: z %.1f (%.0f), %v", v.Name, z, tt.z, v.Warnings)
		if z < 0.6*tt.z { // 200 random placements tell a deviation only to some percent
			t.Errorf("%s: z %.1f, want about %.0f", v.Name, z, tt.z)
		}
	}
}
