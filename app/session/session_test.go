// SPDX-License-Identifier: BSD-3-Clause

package session_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	. "difffit/app/session"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

func TestSessionRoundTrip(t *testing.T) {
	d := worked(t)
	must(t, d.SetLayer(1, false))
	level := 1.0 / 7
	o := d.State().Options
	o.Level = &level
	must(t, d.SetOptions("level", o))
	s := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, s, "/data/sessions", "DiffFit test"))
	got, err := Decode(context.Background(), bytes.NewReader(b.Bytes()), "/data/sessions", inMemory(s))
	must(t, err)
	if !reflect.DeepEqual(got, s) {
		t.Errorf("a session came back otherwise:\n%+v\nwant\n%+v", got, s)
	}
	var again bytes.Buffer
	must(t, Encode(&again, got, "/data/sessions", "DiffFit test"))
	if !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Error("written again, the session has other bytes")
	}
}

func TestSessionMovesWithItsInputs(t *testing.T) {
	d := worked(t)
	s := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, s, "/data", "test"))
	moved := documenttest.Memory{Maps: map[string]*document.Map{"/other/noise.mrc": s.Map}, Inputs: map[string]*document.Structure{}}
	for _, q := range s.Structures {
		moved.Inputs[strings.Replace(q.Path, "/data", "/other", 1)] = q
	}
	if _, err := Decode(context.Background(), bytes.NewReader(b.Bytes()), "/other", moved); err != nil {
		t.Errorf("session and inputs moved together: %v", err)
	}
	if _, err := Decode(context.Background(), bytes.NewReader(b.Bytes()), "/elsewhere", inMemory(s)); err != nil {
		t.Errorf("session moved alone: %v", err)
	}
}

func TestFaultySessionsAreRefused(t *testing.T) {
	d := worked(t)
	must(t, d.Move(document.Standing{Structure: 2, Motion: geom.NewRigid(quat.Number{Real: 0.8, Imag: 0.6}, r3.Vec{X: 3})}))
	s := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, s, "", "test"))
	whole := b.String()
	replace := func(old, new string) func(string) string {
		return func(text string) string {
			if !strings.Contains(text, old) {
				t.Fatalf("the session has no %s", old)
			}
			return strings.Replace(text, old, new, 1)
		}
	}
	tests := []struct {
		name string
		edit func(string) string
		want string
	}{
		{"cut short", func(s string) string { return s[:len(s)/2] }, "session: is not JSON, or cut short: unexpected end of JSON input"},
		{"empty", func(string) string { return "" }, "session: is not JSON, or cut short: unexpected end of JSON input"},
		{"another format", replace(`"difffit.session"`, `"difffit.fits"`), `session: format: is "difffit.fits", want "difffit.session": not a DiffFit session`},
		{"newer", replace(`"version": 1`, `"version": 2`), `session: version: is 2, written by "test"; this program reads 1 to 1`},
		{"wrong kind", replace(`"seed": 1`, `"seed": "one"`), "session: has a value of the wrong kind: json: cannot unmarshal string"},
		{"wrong option", replace(`"iterations": 201`, `"iterations": 0`), "session: options: cannot be used: fitting: option iterations is 0, want 1 to 100000"},
		{"no rotation", replace("0.32163376", "9.32163376"), "has length"},
		{"unknown structure", replace(`"structure": 2`, `"structure": 5`), "session: rounds 1, fits 2: structure is 5, which is not among the structures"},
		{"no such placement", replace(`"placement": 1`, `"placement": 7`), "session: rounds 1, fits 1: cannot be used: clusters 2: placement is 7, want 0 to 1"},
		{"layer of other size", replace(fmt.Sprintf(`"voxels": %d`, s.Layers[0].Cut.Voxels), `"voxels": 3`), fmt.Sprintf("session: layers 1: has %d voxels, want 3 as when it was saved", s.Layers[0].Cut.Voxels)},
		{"no rotation of a pose", replace(`"pose": {
    "quaternion": [
     0.8`, `"pose": {
    "quaternion": [
     9.8`), "session: structures 2, pose: cannot be used: quaternion"},
		{"no such chain", replace(`"name": "beta",`, `"name": "beta", "chains": ["Q"],`), `session: structures 2: input file /data/beta.pdb cannot be read: /data/beta.pdb: has no chain "Q"`},
		{"changed map", replace(`"sha256": "0`, `"sha256": "f`), "session: map: input file /data/noise.mrc has changed: SHA-256 is 000000000000…, want f00000000000…"},
		{"missing structure", replace("/data/beta.pdb", "/data/gone.pdb"), "session: structures 2: input file /data/gone.pdb is missing: open /data/gone.pdb: file does not exist"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Decode(context.Background(), strings.NewReader(tt.edit(whole)), "", inMemory(s))
			if err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("Decode: %v, want %s", err, tt.want)
			}
		})
	}
}

func TestSessionHoldsWhatIsNotFinite(t *testing.T) {
	d := worked(t)
	s := d.State()
	s.Rounds[0].Fits[0].Result.Clusters[1].Overlap = math.NaN()
	if err := Encode(&bytes.Buffer{}, s, "", "test"); err != nil {
		t.Error(err)
	}
}

func TestSaveIsWholeOrNotAtAll(t *testing.T) {
	d := worked(t)
	folder := t.TempDir()
	path := filepath.Join(folder, "work"+Ending)
	must(t, Save(path, d.State(), "test"))
	if _, err := Open(context.Background(), path, inMemory(d.State())); err != nil {
		t.Error(err)
	}
	if err := Save(filepath.Join(folder, "no", "folder"), d.State(), "test"); err == nil {
		t.Error("Save: wrote into a folder that is not there")
	}
	must(t, os.Mkdir(filepath.Join(folder, "taken"), 0o700))
	if err := Save(filepath.Join(folder, "taken"), d.State(), "test"); err == nil {
		t.Error("Save: replaced a folder")
	}
	entries, err := os.ReadDir(folder)
	must(t, err)
	if len(entries) != 2 {
		t.Errorf("files left over: %v", entries)
	}
}

func TestAutosaveSurvivesACrashOnly(t *testing.T) {
	d := worked(t)
	folder := filepath.Join(t.TempDir(), "autosave")
	a, err := NewAutosave(folder)
	must(t, err)
	must(t, a.Save(d.State(), "test"))
	crashed, err := FindCrashed(folder)
	must(t, err)
	if len(crashed) != 0 {
		t.Errorf("a running program counts as crashed: %v", crashed)
	}
	must(t, a.CloseLock()) // as the system does when a process ends
	crashed, err = FindCrashed(folder)
	must(t, err)
	if len(crashed) != 1 {
		t.Fatalf("found %v, want one", crashed)
	}
	if got, want := crashed[0].Summary(), "noise.mrc, 2 structures, 1 round, 1 accepted"; got != want {
		t.Errorf("summary %q, want %q", got, want)
	}
	if got := (Crashed{Path: filepath.Join(folder, "none")}).Summary(); !strings.HasPrefix(got, "cannot be read") {
		t.Errorf("summary of nothing %q", got)
	}
	got, err := Open(context.Background(), crashed[0].Path, inMemory(d.State()))
	must(t, err)
	if !reflect.DeepEqual(got, d.State()) {
		t.Error("the crashed session came back otherwise")
	}
	must(t, crashed[0].Remove())

	b, err := NewAutosave(folder)
	must(t, err)
	must(t, b.Save(d.State(), "test"))
	must(t, b.Close())
	entries, err := os.ReadDir(folder)
	must(t, err)
	if len(entries) != 0 {
		t.Errorf("a normal end left %v", entries)
	}
}

// What wrong placements look like comes back, for the table is ordered by it.
func TestSessionKeepsTheNull(t *testing.T) {
	d := worked(t)
	null := fitting.Null{Placements: 250, Mean: 0.01, Sigma: 0.05, Eta0: 0.9, Cut: 0.1}
	r := found(0.5)
	r.Null = &null
	addRound(t, d, document.Fit{Structure: 1, Options: d.State().Options, Result: r})
	var b bytes.Buffer
	must(t, Encode(&b, d.State(), "", "test"))
	s, err := Decode(context.Background(), &b, "", inMemory(d.State()))
	must(t, err)
	if got := s.Rounds[1].Fits[0].Result.Null; got == nil || *got != null {
		t.Errorf("comes back as %v, want %v", got, null)
	}
}

// The session keeps copies, who proposed, neighbours and order.
func TestComposedSession(t *testing.T) {
	d := composed(t)
	must(t, d.MoveLayer(1, 1))
	want := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, want, "", "test"))
	got, err := Decode(context.Background(), &b, "", inMemory(want))
	must(t, err)
	if got.Structures[0].Copies != 3 || got.Rounds[1].Proposed != "symmetry C2" || got.Layers[0].ID != 2 || len(got.Layers[0].Beside) != 1 {
		t.Errorf("copies %d, proposed by %q, layers %+v", got.Structures[0].Copies, got.Rounds[1].Proposed, got.Layers[0])
	}
	if a, b := got.Layers[0].Cut, want.Layers[0].Cut; a.Voxels != b.Voxels || a.Spared != b.Spared {
		t.Errorf("the layer came back with %d voxels, %d spared, want %d and %d", a.Voxels, a.Spared, b.Voxels, b.Spared)
	}
}

// What was proposed comes back with what it was made from, to the last bit.
func TestBasisComesBack(t *testing.T) {
	d := composed(t)
	o := d.State().Options
	level := 1.0 / 3
	o.Level = &level
	accepted := d.State().FixedPlacements()
	accepted[1].Score = math.NaN()
	from := &document.Basis{Options: o, Accepted: accepted, Composite: &document.CompositeBasis{
		Wanted: []document.Wanted{{Structure: 2, Copies: 3}, {Structure: 1}}, MaxClash: 0.1, MaxRounds: 7,
		Zero: volume.ZeroOptions{Mode: volume.ZeroDistance, Radius: 2.5},
	}}
	propose(t, d, "composite", from, document.Fit{Structure: 2, Options: o, Result: found(0.8)})
	want := d.State()
	var b bytes.Buffer
	must(t, Encode(&b, want, "", "test"))
	text := b.String()
	got, err := Decode(context.Background(), &b, "", inMemory(want))
	must(t, err)
	if !reflect.DeepEqual(got.Rounds[1].Basis, want.Rounds[1].Basis) || got.Rounds[0].Basis != nil {
		t.Errorf("symmetry came back as %+v, want %+v", got.Rounds[1].Basis, want.Rounds[1].Basis)
	}
	back := got.Rounds[2].Basis
	if !math.IsNaN(back.Accepted[1].Score) || len(back.Accepted) != 2 {
		t.Fatalf("accepted came back as %+v", back.Accepted)
	}
	back.Accepted[1].Score, from.Accepted[1].Score = 0, 0 // NaN is equal to nothing
	if !reflect.DeepEqual(back, from) {
		t.Errorf("composite came back as %+v, want %+v", back, from)
	}
	for _, tt := range []struct{ after, old, new, want string }{
		{`"basis": {`, `"symmetry": {`, `"other": {`, "rounds 2, basis: cannot be used: want either composite or symmetry"},
		{`"basis": {`, `"score": 0.9`, `"quaternion": [0, 0, 0, 0]`, "rounds 2, basis: cannot be used: accepted 1: quaternion"},
		{`"wanted": [`, `"copies": 3`, `"structure": 77`, "rounds 3, basis: cannot be used: wanted 1: structure is 77"},
	} {
		at := strings.Index(text, tt.after)
		bad := text[:at] + strings.Replace(text[at:], tt.old, tt.new, 1)
		if _, err := Decode(context.Background(), strings.NewReader(bad), "", inMemory(want)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s in place of %s: %v, want %s", tt.new, tt.old, err, tt.want)
		}
	}
}

func TestFaultyMarksAreRefused(t *testing.T) {
	d := worked(t)
	for _, tt := range []struct{ from, to, want string }{
		{`"pin": 1`, `"pin": -1`, "marks 2: pin is -1, want 0 or more"},
		{`"structure": 2,
   "rank": 1,
   "quaternion"`, `"structure": 9,
   "rank": 1,
   "quaternion"`, "marks 2: structure is 9, which is not among the structures"},
	} {
		var b bytes.Buffer
		must(t, Encode(&b, d.State(), "/data", "test"))
		at := strings.Index(b.String(), `"marks"`)
		text := b.String()[:at] + strings.Replace(b.String()[at:], tt.from, tt.to, 1)
		_, err := Decode(context.Background(), strings.NewReader(text), "/data", inMemory(d.State()))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%v, want %s", err, tt.want)
		}
	}
}

// A session that is private stays so when it is saved again.
func TestSaveKeepsTheMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such modes here")
	}
	path := filepath.Join(t.TempDir(), "work"+Ending)
	must(t, os.WriteFile(path, nil, 0o600))
	must(t, Save(path, document.State{Options: fitting.DefaultOptions()}, "test"))
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("saved with mode %v and %d bytes, want mode 0600 and a session", info.Mode(), info.Size())
	}
}

// broken are edits after which a state refers to what it has not.
var broken = []struct {
	name string
	edit func(*document.State)
	want string
}{
	{"a fit of a stranger", func(s *document.State) {
		s.Rounds = append(s.Rounds, &document.Round{Number: 8, Fits: []document.Fit{{Structure: 9, Result: found(1)}}})
	}, "session: rounds 3, fits 1: structure is 9, which is not among the structures"},
	{"a round twice", func(s *document.State) { s.Rounds = append(s.Rounds, s.Rounds[0]) }, "session: rounds 3: number is 1, want a new one from 1"},
	{"the structure of what is accepted", func(s *document.State) {
		s.Rounds, s.Layers, s.Marks, s.Structures = nil, nil, nil, s.Structures[1:]
	}, "session: accepted 1: structure is 1, which is not among the structures"},
	{"the structure of a mark", func(s *document.State) {
		s.Rounds, s.Layers, s.Accepted, s.Structures = nil, nil, nil, s.Structures[:1]
	}, "session: marks 2: structure is 2, which is not among the structures"},
	{"the structure of a layer", func(s *document.State) {
		s.Rounds, s.Marks, s.Accepted, s.Structures = nil, nil, nil, s.Structures[1:]
	}, "session: layers 1: structure is 1, which is not among the structures, or there is no map"},
	{"the neighbour of a layer", func(s *document.State) {
		s.Rounds, s.Marks, s.Accepted, s.Structures, s.Layers = nil, nil, nil, s.Structures[1:], s.Layers[1:]
	}, "session: layers 1: cannot be used: beside 1: structure is 1, which is not among the structures"},
	{"the map of a layer", func(s *document.State) { s.Map = nil }, "session: layers 1: structure is 1, which is not among the structures, or there is no map"},
	{"two structures with one ID", func(s *document.State) { s.Structures = append(s.Structures, s.Structures[0]) }, "session: structures 3: id is 1, want a new one from 1"},
	{"a structure without a file", func(s *document.State) {
		s.Structures = append(s.Structures, &document.Structure{ID: 7, Model: s.Structures[0].Model})
	}, "session: structures 3: has no path or no SHA-256, by which it is found again"},
	{"a map without a file", func(s *document.State) { s.Map = &document.Map{Grid: s.Map.Grid} }, "session: map: has no path or no SHA-256, by which it is found again"},
	{"two accepted placements with one ID", func(s *document.State) { s.Accepted = append(s.Accepted, s.Accepted[0]) }, "session: accepted 3: id is 1, want a new one from 1"},
	{"two layers with one ID", func(s *document.State) { s.Layers = append(s.Layers, s.Layers[0]) }, "session: layers 3: id is 1, want a new one from 1"},
	{"the accepted placement of a layer", func(s *document.State) {
		l := *s.Layers[0]
		l.Accepted = 9
		s.Layers = []*document.Layer{&l}
	}, "session: layers 1: accepted is 9, which is not among the accepted placements"},
	{"options", func(s *document.State) { s.Options.Iterations = 0 }, "session: options: cannot be used: fitting: option iterations is 0, want 1 to 100000"},
	{"a basis of neither kind", func(s *document.State) {
		r := *s.Rounds[1]
		r.Basis = &document.Basis{}
		s.Rounds = []*document.Round{s.Rounds[0], &r}
	}, "session: rounds 2, basis: cannot be used: want either composite or symmetry"},
	{"no rotation", func(s *document.State) {
		s.Accepted = []*document.Accepted{{ID: 1, Structure: 1}}
	}, "session: accepted 1: cannot be used: quaternion [0 0 0 0] has length 0, want 1"},
}

// A session that could not be opened again is an error when it is saved, and
// what was there before stays.
func TestWhatCannotBeOpenedIsNotWritten(t *testing.T) {
	good := composed(t).State()
	path := filepath.Join(t.TempDir(), "work"+Ending)
	must(t, Save(path, good, "test"))
	before, err := os.ReadFile(path)
	must(t, err)
	a, err := NewAutosave(t.TempDir())
	must(t, err)
	defer a.Close()
	for _, tt := range broken {
		t.Run(tt.name, func(t *testing.T) {
			bad := good
			tt.edit(&bad)
			for how, err := range map[string]error{"Save": Save(path, bad, "test"), "autosave": a.Save(bad, "test")} {
				if err == nil || !strings.Contains(err.Error(), "not written, for it could not be opened again: "+tt.want) {
					t.Errorf("%s: %v, want %s", how, err, tt.want)
				}
			}
			after, err := os.ReadFile(path)
			must(t, err)
			if !bytes.Equal(before, after) {
				t.Error("the session that was there has changed")
			}
			if _, err := os.Stat(a.Path()); !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("the autosave has a file: %v", err)
			}
		})
	}
}

// The level that the authors of a map recommend comes back without its archive.
func TestSessionKeepsTheLevelOfTheAuthors(t *testing.T) {
	s := worked(t).State()
	plain, m := s.Map, *s.Map
	m.Contour = &volume.Level{Value: 0.25, Rule: "recommended by the authors of EMD-1234"}
	s.Map = &m
	var b bytes.Buffer
	must(t, Encode(&b, s, "", "test"))
	s.Map = plain // as it is read from its file
	got, err := Decode(context.Background(), &b, "", inMemory(s))
	must(t, err)
	if got.Map.Contour == nil || *got.Map.Contour != *m.Contour || plain.Contour != nil {
		t.Errorf("comes back as %v, want %v", got.Map.Contour, m.Contour)
	}
}
