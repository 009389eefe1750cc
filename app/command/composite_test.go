// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/work"
	"difffit/assets"
	"difffit/fitting"
	"difffit/fitting/compose"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/internal/testdata"
	"difffit/io/table"
)

// runComposite runs the command and returns its exit code, its JSON and its messages.
func runComposite(t *testing.T, ctx context.Context, program Program, args ...string) (int, *table.Composite, string) {
	t.Helper()
	var out, errs bytes.Buffer
	args = append([]string{"composite", "--json", "-", "--quiet"}, args...)
	code := Main(ctx, args, strings.NewReader(""), &out, &errs, program)
	c := &table.Composite{}
	if out.Len() > 0 {
		if err := json.Unmarshal(out.Bytes(), c); err != nil {
			t.Fatalf("difffit %s: %v", strings.Join(args, " "), err)
		}
	}
	return code, c, errs.String()
}

// A wanted place: where a structure, or another that is equal to it, belongs.
type truth struct {
	name  string
	atoms []mol.Atom
}

// distance returns the RMSD of the atoms of s, moved by g, to those of the same
// name in the truth; infinite if fewer than nine of ten are there. Ligands and
// their atoms may be in another order.
func (w truth) distance(s *mol.Structure, g geom.Rigid) float64 {
	type key struct {
		seq           int
		residue, name string
	}
	at := map[key]r3.Vec{}
	for _, a := range w.atoms {
		at[key{a.Seq, a.Residue, a.Name}] = a.Pos
	}
	move, sum, n := g.Mover(), 0.0, 0
	for _, a := range s.Atoms {
		if p, ok := at[key{a.Seq, a.Residue, a.Name}]; ok && !a.Het {
			sum += r3.Norm2(r3.Sub(move(a.Pos), p))
			n++
		}
	}
	if 10*n < 9*len(s.Atoms) {
		return math.Inf(1)
	}
	return math.Sqrt(sum / float64(n))
}

// checkComposite fails the test if the placements are not one for each truth,
// within 3 Å, or if any two clash.
func checkComposite(t *testing.T, c *table.Composite, structures []*mol.Structure, truths []truth) {
	t.Helper()
	if len(c.Placements) != len(truths) {
		t.Errorf("%d placements, want %d: stopped because %q", len(c.Placements), len(truths), c.Stopped)
	}
	taken := map[string]bool{}
	var bodies []*mol.Structure
	worst, clash := 0.0, 0.0
	for _, p := range c.Placements {
		s, g := structures[p.Structure], motionOf(&p.Cluster)
		best, name := math.Inf(1), ""
		for _, w := range truths {
			if d := w.distance(s, g); d < best {
				best, name = d, w.name
			}
		}
		if best > 3 || taken[name] {
			t.Errorf("placement %d (%s copy %d): %.2f Å from %s, taken %v; want under 3 Å from a place of its own", p.Rank, s.Name, p.Copy, best, name, taken[name])
		}
		taken[name] = true
		placed := s.Moved(g.Mover())
		for _, b := range bodies {
			clash = math.Max(clash, compose.Clash(placed, b))
		}
		bodies = append(bodies, placed)
		worst = math.Max(worst, best)
	}
	if clash > c.MaxClash {
		t.Errorf("clash %.4f, want at most %g", clash, c.MaxClash)
	}
	t.Logf("%d of %d placed in %d rounds, RMSD up to %.2f Å, clash up to %.4f, %.2f s", len(c.Placements), len(truths), c.Rounds, worst, clash, c.Seconds.Total)
}

// Real maps with known answers. Alpha and beta tubulin are alike and are told
// apart by choosing jointly.
func TestRealComposites(t *testing.T) {
	for _, test := range []struct {
		folder string
		args   []string // structures with copies
		truths []string
	}{
		{"emd1461_vp6_trimer", []string{"start_vp6=3"}, []string{"vp6_1", "vp6_2", "vp6_3"}},
		{"emd0093_6gyn_hcn4", []string{"start_A=4"}, []string{"A", "B", "C", "D"}},
		{"emd6187_3j8x_kinesin_tubulin", []string{"start_A=1", "start_B=1", "start_K=1"}, []string{"A", "B", "K"}},
		{"emd5168_factin", []string{"start_3MFP"}, []string{"3MFP_1", "3MFP_2", "3MFP_3", "3MFP_4", "3MFP_5"}},
	} {
		t.Run(test.folder, func(t *testing.T) {
			folder := testdata.Shared(t, test.folder)
			c := readCase(t, folder)
			args := []string{filepath.Join(folder, c.Map.File), "--resolution", fmt.Sprint(c.Resolution)}
			var structures []*mol.Structure
			for _, a := range test.args {
				name, copies, _ := strings.Cut(a, "=")
				path := filepath.Join(folder, name+".pdb.gz")
				structures = append(structures, readOne(t, path))
				if copies != "" {
					path += "=" + copies
				}
				args = append(args, path)
			}
			var truths []truth
			for _, name := range test.truths {
				truths = append(truths, truth{name, readAll(t, filepath.Join(folder, "truth_"+name+".pdb.gz"))})
			}
			code, found, errs := runComposite(t, context.Background(), testProgram(), args...)
			if code != exitDone {
				t.Fatalf("exit code %d, want 0: %s", code, errs)
			}
			checkComposite(t, found, structures, truths)
		})
	}
}

func readOne(t *testing.T, path string) *mol.Structure {
	t.Helper()
	s, err := readStructure(path, func(string, ...any) {})
	if err != nil {
		t.Fatal(err)
	}
	return s.Structure
}

// demoFiles writes the demo into a folder, and returns the map, the structures
// and where they belong.
func demoFiles(t *testing.T) (density string, paths []string, truths []truth) {
	t.Helper()
	folder := t.TempDir()
	save := func(f assets.DemoFile) string {
		path := filepath.Join(folder, f.Name)
		if err := os.WriteFile(path, f.Data, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	volume, structures := assets.Demo()
	density = save(volume)
	b, err := os.ReadFile(filepath.Join(testdata.Root(t), "assets", "demo", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var places []struct {
		Name        string
		Quaternion  [4]float64
		Translation [3]float64
	}
	if err := json.Unmarshal(b, &places); err != nil {
		t.Fatal(err)
	}
	for i, f := range structures {
		path := save(f)
		paths = append(paths, path)
		q, v := places[i].Quaternion, places[i].Translation
		g := geom.NewRigid(quat.Number{Real: q[0], Imag: q[1], Jmag: q[2], Kmag: q[3]}, r3.Vec{X: v[0], Y: v[1], Z: v[2]})
		truths = append(truths, truth{places[i].Name, readOne(t, path).Moved(g.Mover()).Atoms})
	}
	return density, paths, truths
}

// All five chains of the demo, and their files.
func TestDemoComposite(t *testing.T) {
	density, paths, truths := demoFiles(t)
	out := filepath.Join(t.TempDir(), "out")
	args := []string{density, "--resolution", "6", "--out", out}
	var structures []*mol.Structure
	for _, p := range paths {
		args = append(args, p+"=1")
		structures = append(structures, readOne(t, p))
	}
	code, found, errs := runComposite(t, context.Background(), testProgram(), args...)
	if code != exitDone {
		t.Fatalf("exit code %d, want 0: %s", code, errs)
	}
	checkComposite(t, found, structures, truths)
	all := readOne(t, filepath.Join(out, "composite.cif"))
	atoms := 0
	for _, s := range structures {
		atoms += len(s.Atoms)
	}
	if len(all.Atoms) != atoms || len(all.Chains()) != len(structures) {
		t.Errorf("composite.cif has %d atoms in %d chains, want %d in %d", len(all.Atoms), len(all.Chains()), atoms, len(structures))
	}
	before, err := readMap(density, func(string, ...any) {})
	if err != nil {
		t.Fatal(err)
	}
	after, err := readMap(filepath.Join(out, "remaining.mrc"), func(string, ...any) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range all.Atoms { // an atom's own voxel is within 2 Å of it at 1.8 Å
		if v := after.Grid.Voxel(a.Pos); after.Grid.At(int(v.X+0.5), int(v.Y+0.5), int(v.Z+0.5)) != 0 {
			t.Fatalf("density remains at %v, in the middle of what was placed", a.Pos)
		}
	}
	if before.Grid.Size != after.Grid.Size || before.Grid.Origin != after.Grid.Origin {
		t.Errorf("the remaining map has the frame %v %v, want %v %v", after.Grid.Size, after.Grid.Origin, before.Grid.Size, before.Grid.Origin)
	}
}

// stopper is an engine that is stopped in its second round.
type stopper struct {
	fitting.Engine
	cancel context.CancelFunc
	first  *fitting.Target
}

func (s *stopper) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	if s.first == nil {
		s.first = p.Target
	}
	if p.Target != s.first {
		s.cancel()
	}
	return s.Engine.Fit(ctx, p, report)
}

// What was accepted before an interruption is written, marked as partial.
func TestInterruptedComposite(t *testing.T) {
	density, paths, _ := demoFiles(t)
	ctx, cancel := context.WithCancel(context.Background())
	program := testProgram()
	program.Engines = []fitting.Engine{&stopper{Engine: program.Engines[0], cancel: cancel}}
	out := filepath.Join(t.TempDir(), "out")
	code, found, errs := runComposite(t, ctx, program, density, paths[4], "--resolution", "6", "--out", out)
	if code != exitInterrupted || !strings.Contains(errs, "interrupted") {
		t.Fatalf("exit code %d, want %d: %s", code, exitInterrupted, errs)
	}
	if !found.Partial || len(found.Placements) != 1 || found.Stopped != string(compose.Interrupted) {
		t.Errorf("partial %v, %d placements, stopped %q; want the one of the first round", found.Partial, len(found.Placements), found.Stopped)
	}
	for _, name := range []string{"composite.cif", "remaining.mrc", "fits.json", "manifest.json"} {
		if _, err := os.Stat(filepath.Join(out, name)); err != nil {
			t.Error(err)
		}
	}
	code, report := replaySession(t, testProgram(), filepath.Join(out, sessionFile))
	if code != exitNothing || len(report.Fits) != 2 || report.count(work.NotCompared) != 2 || !strings.Contains(report.Fits[1].Differences[0], "cancelled") {
		t.Errorf("replay: exit code %d, %q, want nothing compared", code, report.verdicts())
	}
}

// noting is an engine that has something to say about each fit.
type noting struct{ fitting.Engine }

func (noting) Fit(context.Context, *fitting.Problem, func(fitting.Progress)) (*fitting.Result, error) {
	return &fitting.Result{Note: "the card has failed"}, nil
}

func TestNotesOfFitsAreSaidOnce(t *testing.T) {
	var said []string
	e := &telling{Engine: noting{}, say: func(format string, args ...any) { said = append(said, fmt.Sprintf(format, args...)) }}
	for range 3 {
		if _, err := e.Fit(t.Context(), nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	if want := []string{"the card has failed"}; !slices.Equal(said, want) {
		t.Errorf("said %q, want %q", said, want)
	}
}
