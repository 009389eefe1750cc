// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"

	"difffit/fitting"
)

// memory is a Reader of inputs that are no files.
type memory struct {
	maps       map[string]*Map
	structures map[string]*Structure
}

func inMemory(s State) memory {
	m := memory{map[string]*Map{s.Map.Path: s.Map}, map[string]*Structure{}}
	for _, t := range s.Structures {
		m.structures[t.Path] = t
	}
	return m
}

func (m memory) Map(_ context.Context, path string) (*Map, error) {
	if g, ok := m.maps[path]; ok {
		return g, nil
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

func (m memory) Structures(_ context.Context, path string) ([]*Structure, error) {
	if t, ok := m.structures[path]; ok {
		return []*Structure{t}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

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
	moved := memory{map[string]*Map{"/other/noise.mrc": s.Map}, map[string]*Structure{}}
	for _, q := range s.Structures {
		moved.structures[strings.Replace(q.Path, "/data", "/other", 1)] = q
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
	must(t, a.lock.Close()) // as the system does when a process ends
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
	null := fitting.Null{Placements: 250, Mean: 0.01, Sigma: 0.05, Eta0: 0.9, Cut: 0.1}
	f := toFit(Fit{Result: &fitting.Result{Null: &null}})
	r, err := f.result()
	if err != nil || r.Null == nil || *r.Null != null {
		t.Errorf("comes back as %v, error %v, want %v", r.Null, err, null)
	}
}

// A session that is private stays so when it is saved again.
func TestSaveKeepsTheMode(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such modes here")
	}
	path := filepath.Join(t.TempDir(), "work"+Ending)
	must(t, os.WriteFile(path, nil, 0o600))
	must(t, Save(path, State{Options: fitting.DefaultOptions()}, "test"))
	info, err := os.Stat(path)
	must(t, err)
	if info.Mode().Perm() != 0o600 || info.Size() == 0 {
		t.Errorf("saved with mode %v and %d bytes, want mode 0600 and a session", info.Mode(), info.Size())
	}
}
