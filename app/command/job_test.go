// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/io/mrc"
	"difffit/io/table"
)

// known is an engine whose results are known. It notes what it was asked.
type known struct {
	fit func(ctx context.Context, p *fitting.Problem) (*fitting.Result, error)

	mu    sync.Mutex
	asked []fitting.Options
}

func (*known) Info() fitting.Info {
	return fitting.Info{Name: "cpu", Device: "a device", Kernel: "a kernel"}
}
func (*known) Close() error { return nil }

func (k *known) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	k.mu.Lock()
	k.asked = append(k.asked, p.Options)
	k.mu.Unlock()
	report(fitting.Progress{Phase: fitting.Done, Fraction: 1})
	return k.fit(ctx, p)
}

// found is a result with n places that are worse and worse from z on.
func found(z float64, n int, agreed bool) *fitting.Result {
	r := &fitting.Result{
		Level: volume.Level{Value: 0.5, Rule: "known"}, Resolution: volume.Resolution{Value: 4, Rule: "stated"},
		AtomsUsed: 2, Starts: 512, RoundsAgreed: agreed, Seconds: fitting.Seconds{Prepare: 0.5, Search: 0.25, Score: 0.125},
	}
	for i := range n {
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: fitting.Placement{
			Motion: geom.Rigid{Rotation: geom.Identity().Rotation, Shift: r3.Vec{X: 1, Y: 2, Z: float64(i)}}, Hits: 3,
			Metrics: fitting.Metrics{Score: 0.5, SignificanceZ: z - float64(i), Density: 2, Overlap: 1, Correlation: 0.75, CorrelationAboutMean: 0.5, Inside: 1, MapCorrelation: 0.25},
		}})
	}
	return r
}

// inFolder makes a folder with a small map and structures with the given
// names, and makes it the working folder.
func inFolder(t *testing.T, structures ...string) {
	t.Helper()
	t.Chdir(t.TempDir())
	g := volume.New([3]int{4, 4, 4}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	g.Data[21] = 1
	if err := mrc.WriteFile("m.mrc", g, mrc.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, name := range structures {
		if err := os.WriteFile(name+".pdb", pdbText(coil(1)[:2]), 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// runMain runs the commands with an engine and returns exit code and outputs.
func runMain(ctx context.Context, e fitting.Engine, args ...string) (code int, out, errs string) {
	var o, w bytes.Buffer
	code = Main(ctx, args, strings.NewReader(""), &o, &w, Program{Name: "difffit", Engines: []fitting.Engine{e}})
	return code, o.String(), w.String()
}

func readFits(t *testing.T, path string) *table.Fits {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	f := &table.Fits{}
	if err := json.Unmarshal(b, f); err != nil {
		t.Fatal(err)
	}
	return f
}

// The whole file as other programs read it: changing it breaks them.
func TestFitsJSON(t *testing.T) {
	inFolder(t, "a")
	e := &known{fit: func(context.Context, *fitting.Problem) (*fitting.Result, error) { return found(30, 2, true), nil }}
	code, out, errs := runMain(t.Context(), e, "fit", "m.mrc", "a.pdb", "--top", "1", "--json", "-", "-q", "--level", "-0.5", "--min-island", "20")
	if code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(out), &got); err != nil {
		t.Fatal(err)
	}
	seconds := got["seconds"].(map[string]any)
	for _, k := range []string{"read", "total"} {
		if v := seconds[k].(float64); !(v > 0 && v < 60) {
			t.Errorf("seconds.%s is %g, want some", k, v)
		}
		seconds[k] = 0.0
	}
	for _, file := range []map[string]any{got["map"].(map[string]any), got["structures"].([]any)[0].(map[string]any)} {
		if sum := file["sha256"].(string); len(sum) != 64 {
			t.Errorf("sha256 of %v is %q, want 64 digits", file["path"], sum)
		}
		file["sha256"] = ""
	}
	compact, err := json.Marshal(got) // sorted names
	if err != nil {
		t.Fatal(err)
	}
	want := `{"engine":{"device":"a device","kernel":"a kernel","name":"cpu"},"format":"difffit.fits",` +
		`"map":{"level":0.5,"level_rule":"known","path":"m.mrc","resolution":4,"resolution_rule":"stated","sha256":""},` +
		`"options":{"atoms":"all","cluster_angle":6,"cluster_shift":3,"expand":false,"iterations":201,"level":-0.5,"method":"search",` +
		`"min_island":20,"outside":-0.5,"resolution":0,"rotation_rate":0.01,"seed":1,"shift_rate":0.01,"smoothings":3,"starts":0,"threads":0},` +
		`"partial":false,"seconds":{"prepare":0.5,"read":0,"score":0.125,"search":0.25,"total":0},"seed":1,` +
		`"structures":[{"atoms":2,"atoms_used":2,"clusters":[{"correlation":0.75,"correlation_about_mean":0.5,"density":2,"hits":3,"inside":1,` +
		`"map_correlation":0.25,"overlap":1,"quaternion":[1,0,0,0],"rank":1,"rotation":[1,0,0,0,1,0,0,0,1],"score":0.5,"significance_z":30,` +
		`"translation":[1,2,0]}],"engine":"cpu","kernel":"a kernel","left_out":{"hydrogens":0,"not_backbone":0,"water":0},"name":"a","path":"a.pdb","rounds_agreed":true,"sha256":"",` +
		`"significance":{"null_placements":0,"reason":"fitting: significance: the engine cpu takes no samples"},"starts":512}],"version":1}`
	if string(compact) != want {
		t.Errorf("fits.json is\n%s\nwant\n%s", compact, want)
	}
}

// What is finished when a run is interrupted is written and marked partial.
func TestInterrupted(t *testing.T) {
	inFolder(t, "a", "b", "c")
	ctx, cancel := context.WithCancel(t.Context())
	e := &known{fit: func(ctx context.Context, p *fitting.Problem) (*fitting.Result, error) {
		if p.Structure.Name == "a" {
			return found(30, 2, true), nil
		}
		cancel()
		return found(10, 1, false), fmt.Errorf("cpu: %w", context.Canceled)
	}}
	code, out, errs := runMain(ctx, e, "fit", "m.mrc", "a.pdb", "b.pdb", "c.pdb", "--threads", "1", "--level", "0.1", "--out", "result")
	if code != exitInterrupted || !strings.Contains(errs, "interrupted") || !strings.Contains(out, "partial") {
		t.Errorf("exit code %d, want %d; wrote\n%s%s", code, exitInterrupted, out, errs)
	}
	f := readFits(t, filepath.Join("result", "fits.json"))
	var names []string
	for _, s := range f.Structures {
		names = append(names, s.Name)
	}
	if !f.Partial || !slices.Equal(names, []string{"a", "b"}) {
		t.Errorf("partial %v with %v, want the finished a and what there was of b", f.Partial, names)
	}
	if strings.Contains(errs, "fraction=1.00 phase=done") {
		t.Errorf("the progress says done: %s", errs)
	}
}

// A library is screened in passes: the best whose rounds did not agree are
// searched for with more starts, the best three in full; with --starts all get
// the same.
func TestScreening(t *testing.T) {
	var names, args []string
	for i := range 14 {
		names = append(names, fmt.Sprintf("s%02d", i))
		args = append(args, names[i]+".pdb")
	}
	inFolder(t, names...)
	// s03 and s04 agree at once; z grows with the number, so s04 to s13 are the best ten
	e := &known{fit: func(_ context.Context, p *fitting.Problem) (*fitting.Result, error) {
		var number int
		if _, err := fmt.Sscanf(p.Structure.Name, "s%d", &number); err != nil {
			return nil, err
		}
		return found(float64(10+number), 1, number == 3 || number == 4), nil
	}}
	starts := func() (counts map[int]int) {
		counts = map[int]int{}
		for _, o := range e.asked {
			counts[o.Starts]++
		}
		e.asked = nil
		return counts
	}
	if code, _, errs := runMain(t.Context(), e, append([]string{"fit", "m.mrc", "--json", "f.json"}, args...)...); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if got, want := starts(), (map[int]int{512: 14, 1024: 12, 4096: 9, 0: 3}); !maps.Equal(got, want) {
		t.Errorf("fits by number of starts: %v, want %v (0: the method's own)", got, want)
	}
	if f := readFits(t, "f.json"); len(f.Structures) != 14 || f.Structures[0].Name != "s13" || f.Options.Starts != 0 || f.Options.Level != nil {
		t.Errorf("%d structures, first %s, options %+v; want 14, s13, options as they were given", len(f.Structures), f.Structures[0].Name, f.Options)
	}
	if code, _, errs := runMain(t.Context(), e, append([]string{"fit", "m.mrc", "--starts", "99", "-q"}, args...)...); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	if got := starts(); got[99] != 14 || len(got) != 1 {
		t.Errorf("fits by number of starts: %v, want 14 with 99", got)
	}
}

// All structures are fitted at one level, that of the largest.
func TestCommonLevel(t *testing.T) {
	inFolder(t, "a", "b")
	g := volume.New([3]int{20, 20, 20}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data { // 8000 Å³, most of it far below mean + SD
		part := float32(i) / 8000
		g.Data[i] = part*part*part*part - 0.19
	}
	if err := mrc.WriteFile("m.mrc", g, mrc.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile("b.pdb", pdbText(coil(10)), 0o600); err != nil {
		t.Fatal(err)
	}
	e := &known{fit: func(context.Context, *fitting.Problem) (*fitting.Result, error) { return found(30, 1, true), nil }}
	fit := func(files ...string) (level float64, rule string) {
		e.asked = nil
		if code, _, errs := runMain(t.Context(), e, append([]string{"fit", "m.mrc", "--json", "f.json"}, files...)...); code != exitDone {
			t.Fatalf("exit code %d: %s", code, errs)
		}
		f := readFits(t, "f.json")
		for _, o := range e.asked {
			if len(files) > 1 && (o.Level == nil || *o.Level != f.Map.Level) {
				t.Errorf("asked for the level %v, %g is told", o.Level, f.Map.Level)
			}
		}
		return f.Map.Level, f.Map.LevelRule
	}
	level, rule := fit("a.pdb", "b.pdb")
	if !strings.HasSuffix(rule, "3 × the volume of the largest of the 2 structures") {
		t.Errorf("level %g (%s), want that of the largest structure", level, rule)
	}
	if again, _ := fit("b.pdb", "a.pdb"); again != level {
		t.Errorf("level %g, in another order %g", level, again)
	}
}

func TestEngineFails(t *testing.T) {
	inFolder(t, "a", "b")
	e := &known{fit: func(_ context.Context, p *fitting.Problem) (*fitting.Result, error) {
		if p.Structure.Name == "b" {
			return found(30, 1, true), nil
		}
		return nil, errors.New("cpu: out of order")
	}}
	if code, _, errs := runMain(t.Context(), e, "fit", "m.mrc", "a.pdb"); code != exitFailed || !strings.Contains(errs, "cpu: out of order") {
		t.Errorf("one structure: exit code %d with %q, want %d and the reason", code, errs, exitFailed)
	}
	if code, _, errs := runMain(t.Context(), e, "fit", "m.mrc", "a.pdb", "b.pdb"); code != exitDone || !strings.Contains(errs, "1 of 2 structures") {
		t.Errorf("two structures: exit code %d with %q, want 0 and the one that failed", code, errs)
	}
	if code, _, errs := runMain(t.Context(), e, "refine", "m.mrc", "b.pdb"); code != exitFailed || !strings.Contains(errs, "cannot refine") {
		t.Errorf("refine: exit code %d with %q, want %d: this engine cannot", code, errs, exitFailed)
	}
}

func TestIsCommand(t *testing.T) {
	tests := []struct {
		args string
		want bool
	}{
		{"", false},
		{"map.mrc a.pdb", false},
		{"--demo", false},
		{"--demo fit", false},
		{"fit map.mrc a.pdb", true},
		{"--quiet info x", true},
		{"-h", true},
		{"--help", true},
		{"--version", true},
		{"help fit", true},
		{"version", true},
		{"fitting.mrc", false},
	}
	for _, tt := range tests {
		if got := IsCommand(strings.Fields(tt.args)); got != tt.want {
			t.Errorf("IsCommand(%q) = %v, want %v", tt.args, got, tt.want)
		}
	}
}

func TestStructurePaths(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, name := range []string{"lib/b.cif", "lib/A.PDB.gz", "lib/c.bcif.gz", "lib/notes.txt", "lib/m.mrc", "lib/sub/d.pdb", "e.ent"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got, err := structurePaths([]string{"e.ent", "lib", "none.pdb"})
	want := []string{"e.ent", filepath.Join("lib", "A.PDB.gz"), filepath.Join("lib", "b.cif"), filepath.Join("lib", "c.bcif.gz"), "none.pdb"}
	if err != nil || !slices.Equal(got, want) {
		t.Errorf("paths %v, %v; want %v", got, err, want)
	}
}
