// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"encoding/json"
	"math"
	"reflect"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// sample has two structures: the second is more significant, the first has a
// metric without a value.
func sample() *Fits {
	level := 0.25
	f := NewFits()
	f.Map = NewMap("map.mrc", "aa", volume.Level{Value: level, Rule: "stated"}, volume.Resolution{Value: 4, Rule: "stated"})
	f.Options = fitting.DefaultOptions()
	f.Options.Level = &level
	f.Engine = fitting.Info{Name: "cpu", Device: "a processor", Kernel: "go"}
	f.Seed = 1
	f.Seconds = Seconds{0.5, 0.25, 0.125, 0.0625, 1}
	place := func(rank int, z, score float64) Cluster {
		return NewCluster(fitting.Cluster{Rank: rank, Placement: fitting.Placement{
			Motion: geom.NewRigid(geom.Exp(r3.Vec{Z: math.Pi}), r3.Vec{X: 1, Y: 2, Z: 3}), Hits: 10 - rank,
			Metrics: fitting.Metrics{Score: score, SignificanceZ: z, Density: 2, Overlap: 3, Correlation: 0.5, CorrelationAboutMean: 0.25, Inside: 0.75, MapCorrelation: math.NaN()},
		}})
	}
	f.Structures = []Structure{
		{Path: "a.cif", SHA256: "bb", Name: "a", Atoms: 12, AtomsUsed: 8, Starts: 512, RoundsAgreed: false, Clusters: []Cluster{place(1, 10, 0.5), place(2, 4, 0.125)}},
		{Path: "b.cif", SHA256: "cc", Name: "b", Atoms: 9, AtomsUsed: 9, Starts: 1024, RoundsAgreed: true, Clusters: []Cluster{place(1, 30, 0.25)}},
		{Path: "c.cif", SHA256: "dd", Name: "c", Atoms: 9, AtomsUsed: 9, Starts: 1024, Clusters: []Cluster{}},
	}
	f.Rank()
	return f
}

// The names are a contract with other programs: version 1.
func TestJSONNames(t *testing.T) {
	var out strings.Builder
	if err := sample().JSON(&out); err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	keys := func(path string, v any, want ...string) {
		t.Helper()
		var have []string
		for k := range v.(map[string]any) {
			have = append(have, k)
		}
		slices.Sort(have)
		slices.Sort(want)
		if !slices.Equal(have, want) {
			t.Errorf("%s has %v, want %v", path, have, want)
		}
	}
	keys("fits", got, "format", "version", "partial", "map", "options", "engine", "seed", "seconds", "ranked_by", "structures")
	keys("map", got["map"], "path", "sha256", "level", "level_rule", "resolution", "resolution_rule")
	keys("engine", got["engine"], "name", "device", "kernel")
	keys("seconds", got["seconds"], "read", "prepare", "search", "score", "total")
	keys("options", got["options"], "method", "atoms", "level", "resolution", "starts", "seed", "threads", "min_island",
		"cluster_shift", "cluster_angle", "smoothings", "outside", "expand", "iterations", "shift_rate", "rotation_rate")
	s := got["structures"].([]any)[0].(map[string]any)
	keys("structure", s, "path", "sha256", "name", "atoms", "atoms_used", "left_out", "starts", "rounds_agreed", "engine", "kernel", "clusters")
	keys("left_out", s["left_out"], "water", "hydrogens", "not_backbone")
	c := s["clusters"].([]any)[0].(map[string]any)
	keys("cluster", c, "rank", "hits", "score", "significance_z", "density", "overlap", "correlation",
		"correlation_about_mean", "inside", "map_correlation", "quaternion", "rotation", "translation", "undefined")
	if got["format"] != "difffit.fits" || got["version"] != 1.0 {
		t.Errorf("format %v version %v, want difffit.fits version 1", got["format"], got["version"])
	}
	if none := got["structures"].([]any)[2].(map[string]any)["clusters"]; none == nil {
		t.Error("clusters of a structure without places are null, want an empty list")
	}
}

// A half turn about z and NaN: numbers as they are written.
func TestClusterValues(t *testing.T) {
	b, err := json.Marshal(sample().Structures[0].Clusters[0])
	if err != nil {
		t.Fatal(err)
	}
	var got struct {
		Quaternion  []float64
		Rotation    []float64
		Translation []float64
		Undefined   []string
		Z           float64 `json:"significance_z"`
		MC          float64 `json:"map_correlation"`
	}
	if err := json.Unmarshal(b, &got); err != nil {
		t.Fatal(err)
	}
	near := func(what string, have, want []float64) {
		if len(have) != len(want) {
			t.Fatalf("%s has %d numbers, want %d", what, len(have), len(want))
		}
		for i := range want {
			if math.Abs(have[i]-want[i]) > 1e-15 {
				t.Errorf("%s is %v, want %v", what, have, want)
			}
		}
	}
	near("quaternion", got.Quaternion, []float64{0, 0, 0, 1})
	near("rotation", got.Rotation, []float64{-1, 0, 0, 0, -1, 0, 0, 0, 1})
	near("translation", got.Translation, []float64{1, 2, 3})
	if got.Z != 30 || got.MC != 0 || !slices.Equal(got.Undefined, []string{"map_correlation"}) {
		t.Errorf("z %g, map_correlation %g, undefined %v; want 30, 0 and its name", got.Z, got.MC, got.Undefined)
	}
}

func TestMetricNames(t *testing.T) {
	typ := reflect.TypeFor[fitting.Metrics]()
	var tags []string
	for i := range typ.NumField() {
		tags = append(tags, typ.Field(i).Tag.Get("json"))
	}
	if got := MetricNames(); !slices.Equal(got, tags) {
		t.Errorf("metrics are %v, want the tags %v", got, tags)
	}
	m := fitting.Metrics{Score: 1, SignificanceZ: 2, Density: 3, Overlap: 4, Correlation: 5, CorrelationAboutMean: 6, Inside: 7, MapCorrelation: 8}
	for i, x := range metrics {
		if *x.of(&m) != float64(i+1) {
			t.Errorf("%s has the value of another metric: %g", x.name, *x.of(&m))
		}
	}
}

func TestRowsAcrossStructures(t *testing.T) {
	var got []string
	f := sample()
	for _, r := range f.Rows() {
		got = append(got, f.Structures[r.Structure].Name)
	}
	if want := []string{"b", "a", "a"}; !slices.Equal(got, want) {
		t.Errorf("rows belong to %v, want %v", got, want)
	}
	if f.Structures[2].Name != "c" {
		t.Errorf("last structure is %s, want c: it has no place", f.Structures[2].Name)
	}
}

func TestCSV(t *testing.T) {
	var out strings.Builder
	if err := sample().CSV(&out); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out.String(), "\n")
	want := []string{
		"order,structure,path,rank,hits,score,significance_z,density,overlap,correlation,correlation_about_mean,inside,map_correlation," +
			"qw,qx,qy,qz,r11,r12,r13,r21,r22,r23,r31,r32,r33,tx,ty,tz,rounds_agreed,p_value,q_value,null_z,library_z,e_value,score_whole,map_correlation_whole",
		"1,b,b.cif,1,9,0.25,30,2,3,0.5,0.25,0.75,,",
		"2,a,a.cif,1,9,0.5,10,",
		"3,a,a.cif,2,8,0.125,4,",
	}
	for i, w := range want {
		if !strings.HasPrefix(lines[i], w) {
			t.Errorf("line %d is %q, want it to begin with %q", i+1, lines[i], w)
		}
		if n := strings.Count(lines[i], ","); n != 36 {
			t.Errorf("line %d has %d commas, want 36", i+1, n)
		}
	}
	if !strings.HasSuffix(lines[1], ",1,2,3,true,,,,,,,") {
		t.Errorf("line 2 ends %q, want the shift 1,2,3", lines[1])
	}
}

func TestChimeraX(t *testing.T) {
	var out strings.Builder
	f := sample()
	if err := ChimeraX(&out, &f.Structures[1], 0.25); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(out.String()), "\n")
	if len(lines) != 3 {
		t.Fatalf("%d lines, want a head and two places", len(lines))
	}
	for _, l := range lines {
		if n := len(strings.Fields(l)); n != 23 {
			t.Errorf("%d columns, want 23: %s", n, l)
		}
	}
	// 8 atoms, 0.75 inside: 2 outside
	if want := "1 2 3 0.5 0.25 3 2 8 2 NA 0.25 NA NA NA"; !strings.HasSuffix(lines[1], want) {
		t.Errorf("place is %q, want it to end with %q", lines[1], want)
	}
}
