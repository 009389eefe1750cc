// SPDX-License-Identifier: BSD-3-Clause

package session_test

import (
	"bytes"
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	. "difffit/app/session"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/mrc"
	"difffit/io/pdb"
)

// onDisk writes a map and two structures into a folder and returns the state
// of a document that has opened them.
func onDisk(t *testing.T, folder string) document.State {
	t.Helper()
	must(t, os.MkdirAll(folder, 0o755))
	grid := volume.New([3]int{12, 10, 8}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range grid.Data {
		grid.Data[i] = float32(i % 17)
	}
	must(t, mrc.WriteFile(filepath.Join(folder, "density.mrc"), grid, mrc.WriteOptions{}))
	for i, name := range []string{"alpha", "beta"} {
		s := &mol.Structure{Name: name, Model: 1}
		for j := range 4 + i {
			s.Atoms = append(s.Atoms, mol.Atom{Pos: r3.Vec{X: float64(2 * j)}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: j + 1})
		}
		must(t, pdb.WriteFile(filepath.Join(folder, name+".pdb"), s, pdb.EncodeOptions{}))
	}
	d := document.New()
	m, err := Files{}.Map(context.Background(), filepath.Join(folder, "density.mrc"))
	must(t, err)
	must(t, d.SetMap(m))
	for _, name := range []string{"alpha", "beta"} {
		list, err := Files{}.Structures(context.Background(), filepath.Join(folder, name+".pdb"))
		must(t, err)
		must(t, d.AddStructures(list...))
	}
	return d.State()
}

func TestAllMissingInputsAreNamed(t *testing.T) {
	folder := t.TempDir()
	data := filepath.Join(folder, "data")
	s := onDisk(t, data)
	path := filepath.Join(folder, "work"+Ending)
	must(t, Save(path, s, "test"))

	// The map has moved and has another name, alpha has changed in its place
	// and its old content is elsewhere, beta is where it was.
	elsewhere := filepath.Join(folder, "elsewhere", "deep")
	must(t, os.MkdirAll(elsewhere, 0o755))
	must(t, os.Rename(filepath.Join(data, "density.mrc"), filepath.Join(elsewhere, "renamed.map")))
	alpha, err := os.ReadFile(filepath.Join(data, "alpha.pdb"))
	must(t, err)
	changed := bytes.Replace(alpha, []byte("2.000"), []byte("3.000"), 1) // of the same length
	must(t, os.WriteFile(filepath.Join(data, "alpha.pdb"), changed, 0o644))

	_, err = Open(context.Background(), path, Files{})
	var missing *MissingError
	if !errors.As(err, &missing) || len(missing.Inputs) != 2 {
		t.Fatalf("Open: %v, want two inputs missing", err)
	}
	if m := missing.Inputs[0]; m.Place != "map" || m.Name() != "density.mrc" || m.SHA256 != s.Map.SHA256 || !strings.Contains(m.Err.Error(), "is missing") {
		t.Errorf("first: %+v", m)
	}
	if m := missing.Inputs[1]; m.Place != "structures 1" || m.Name() != "alpha.pdb" || !strings.Contains(m.Err.Error(), "has changed") {
		t.Errorf("second: %+v", m)
	}

	// Without the old alpha it is still missing, and alone.
	_, notes, err := OpenFrom(context.Background(), path, Files{}, []string{filepath.Join(folder, "elsewhere")})
	if !errors.As(err, &missing) || len(missing.Inputs) != 1 || missing.Inputs[0].Name() != "alpha.pdb" {
		t.Errorf("with the map found: %v, want alpha.pdb missing alone", err)
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "renamed.map") {
		t.Errorf("notes %q", notes)
	}

	must(t, os.WriteFile(filepath.Join(elsewhere, "old.pdb"), alpha, 0o644))
	got, _, err := OpenFrom(context.Background(), path, Files{}, []string{data, filepath.Join(folder, "elsewhere")})
	must(t, err)
	if got.Map.Path != filepath.Join(elsewhere, "renamed.map") || got.Structures[0].Path != filepath.Join(elsewhere, "old.pdb") {
		t.Errorf("found %s and %s", got.Map.Path, got.Structures[0].Path)
	}
	if _, _, err := OpenFrom(context.Background(), path, Files{}, []string{filepath.Join(folder, "gone")}); err == nil || !strings.Contains(err.Error(), "gone") {
		t.Errorf("a folder that is not there: %v", err)
	}
}

func TestSearchStopsWhenAsked(t *testing.T) {
	folder := t.TempDir()
	s := onDisk(t, folder)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Search(ctx, folder, []Missing{{Source: s.Map.Source}}); !errors.Is(err, context.Canceled) {
		t.Errorf("Search: %v, want that it was cancelled", err)
	}
	// A file is a place too, and another one is not taken for it.
	found, err := Search(context.Background(), s.Structures[0].Path, []Missing{{Source: s.Structures[1].Source}})
	if err != nil || len(found) != 0 {
		t.Errorf("Search: found %v (%v) in another file", found, err)
	}
	found, err = Search(context.Background(), s.Map.Path, []Missing{{Source: s.Map.Source}})
	if err != nil || found[s.Map.SHA256] != s.Map.Path {
		t.Errorf("Search: found %v (%v), want %s", found, err, s.Map.Path)
	}
}

// What a fit can be repeated from comes back: the layers as they were then,
// although they have been changed since, who made it and when; and the table
// comes back as it was, with what has no value.
func TestSessionKeepsHowFitsWereMade(t *testing.T) {
	d := worked(t)
	layers := d.State().Active()
	result := found(0.3, 0.2)
	result.Note = "found on the processors"
	result.Placements[1].Inside = math.NaN()
	result.Clusters[1].Inside = math.NaN()
	addRound(t, d, document.Fit{
		Structure: 1, Options: d.State().Options, Result: result,
		Layers: layers, Program: "DiffFit 1.2", Began: time.Date(2026, 11, 26, 15, 4, 5, 0, time.UTC),
	})
	must(t, d.SetLayer(1, false))
	s := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, s, "", "test"))
	got, err := Decode(context.Background(), &b, "", inMemory(s))
	must(t, err)
	fit, want := got.Rounds[1].Fits[0], s.Rounds[1].Fits[0]
	if fit.Program != want.Program || !fit.Began.Equal(want.Began) || fit.Result.Note != want.Result.Note {
		t.Errorf("made by %q at %v with note %q", fit.Program, fit.Began, fit.Result.Note)
	}
	if !reflect.DeepEqual(fit.Layers, layers) || !fit.Layers[0].On || got.Layers[0].On {
		t.Errorf("the fit was made with %+v, want %+v", fit.Layers, layers)
	}
	if fit.Layers[0].Cut != got.Layers[0].Cut {
		t.Error("the same zeroing was made twice")
	}
	if c := fit.Result.Clusters[1]; !math.IsNaN(c.Inside) || c.Score != 0.2 {
		t.Errorf("inside %g, score %g, want NaN and 0.2", c.Inside, c.Score)
	}
	if !slices.Equal(left(s, want.Layers), left(got, fit.Layers)) {
		t.Error("what was left of the map then is another map now")
	}
}

func left(s document.State, layers []*document.Layer) []uint32 {
	g := s.Map.Grid
	for _, l := range layers {
		g = volume.Apply(g, l.Cut)
	}
	return documenttest.Bits(g)
}

func TestWhatACrashLeavesIsSweptAway(t *testing.T) {
	folder := t.TempDir()
	old := time.Now().Add(-2 * SweepAge)
	write := func(name string, at time.Time) {
		must(t, os.WriteFile(filepath.Join(folder, name), nil, 0o600))
		must(t, os.Chtimes(filepath.Join(folder, name), at, at))
	}
	write(".a.difffit.123", old)        // half a session
	write(".b.difffit.123", time.Now()) // may just be written
	write("c.difffit.lock", old)        // of a session that was never written
	write("d.difffit.lock", old)        // of one that was
	write("d.difffit", old)             //
	write("mine.txt", old)              // not ours
	a, err := NewAutosave(folder)       // of a program that runs
	must(t, err)
	defer a.Close()
	running := filepath.Base(a.Path())
	must(t, os.Chtimes(a.Path()+LockEnding, old, old))
	write("."+running+".7", old)
	found, err := FindCrashed(folder)
	must(t, err)
	if len(found) != 1 || filepath.Base(found[0].Path) != "d.difffit" {
		t.Errorf("found %v, want d.difffit", found)
	}
	entries, err := os.ReadDir(folder)
	must(t, err)
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	want := []string{".b.difffit.123", "." + running + ".7", running + LockEnding, "d.difffit", "d.difffit.lock", "mine.txt"}
	slices.Sort(want)
	if !slices.Equal(left, want) {
		t.Errorf("left are %q, want %q", left, want)
	}
}
