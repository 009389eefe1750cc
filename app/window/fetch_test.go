// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"difffit/app/window/shell"
	"difffit/io/fetch"
)

// slow is an archive on this machine whose map comes in halves: the second
// when the gate is open.
type slow struct {
	dir  string
	gate chan struct{}
	mu   sync.Mutex
	from []string // ranges that the map was asked for with
}

func (s *slow) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch {
	case r.URL.Path == "/emd-1234.xml":
		_, _ = w.Write([]byte(`<emd><map><contour_list><contour><level>0.31</level></contour></contour_list></map></emd>`))
	case r.URL.Path == "/1abc":
		http.ServeFile(w, r, filepath.Join(s.dir, "alpha.pdb"))
	case r.URL.Path == "/emd_1234" && r.Header.Get("Range") == "":
		s.note(r)
		data, err := os.ReadFile(filepath.Join(s.dir, "density.mrc"))
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		info, _ := os.Stat(filepath.Join(s.dir, "density.mrc"))
		w.Header().Set("Last-Modified", info.ModTime().UTC().Format(http.TimeFormat))
		w.Header().Set("Content-Length", "43264")
		_, _ = w.Write(data[:20000])
		w.(http.Flusher).Flush()
		select {
		case <-s.gate:
			_, _ = w.Write(data[20000:])
		case <-r.Context().Done():
		}
	case r.URL.Path == "/emd_1234":
		s.note(r)
		http.ServeFile(w, r, filepath.Join(s.dir, "density.mrc"))
	default:
		http.NotFound(w, r)
	}
}

func (s *slow) note(r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.from = append(s.from, r.Header.Get("Range"))
}

func TestFetchCancelsAndGoesOn(t *testing.T) {
	b := newBench(t, &planned{})
	t.Setenv("XDG_CONFIG_HOME", t.TempDir())
	b.App.Preferences().SetString(shell.KeyCache, t.TempDir())
	archive := &slow{dir: b.data, gate: make(chan struct{})}
	server := httptest.NewServer(archive)
	defer server.Close()
	a := fetch.Addresses{
		PDB: server.URL + "/{id}", EMDBMap: server.URL + "/emd_{id}", EMDBHeader: server.URL + "/emd-{id}.xml", AlphaFold: server.URL + "/af{id}",
	}
	config, err := os.UserConfigDir()
	b.must(err)
	b.must(a.WriteFile(filepath.Join(config, "difffit", "addresses.json")))

	// The dialog says who will be asked; nothing is asked before Fetch.
	b.files.AskFetch()
	if said := b.said(); !strings.Contains(said, "Asks "+strings.TrimPrefix(server.URL, "http://")) || !strings.Contains(said, "Nothing is sent but the identifiers") {
		t.Errorf("the dialog says %q", said)
	}
	ids := b.Named["fetch.ids"].(*shell.PathField)
	for text, want := range map[string]string{
		"": "which entries?", "what": `"what" is no identifier`, "EMD-1234 EMD-1235": "only one map can be fetched at a time",
	} {
		ids.SetText(text)
		test.Tap(b.named("fetch.ok"))
		if said := b.said(); !strings.Contains(said, want) || b.Busy() {
			t.Errorf("for %q the dialog says %q, want %q", text, said, want)
		}
	}
	ids.SetText("EMD-1234 1abc")
	test.Tap(b.named("fetch.ok"))
	b.until("half of the map is there", func() bool {
		return b.Progress.Visible() && b.Progress.TextFormatter != nil && strings.Contains(b.Progress.TextFormatter(), "emd_1234.map.gz, 0.0 of 0.0 MB")
	})
	b.Stop()
	b.idle()
	if s := b.Doc.State(); s.Map != nil || len(s.Structures) != 0 || b.Dialogs() != 0 {
		t.Errorf("after the cancel: map %v, %d structures; says %q", s.Map, len(s.Structures), b.said())
	}
	close(archive.gate)
	b.must(b.files.FetchAll("EMD-1234 1abc 9zzz", a, a, func() {}))
	b.idle()
	s := b.Doc.State()
	if s.Map == nil || len(s.Structures) != 1 || s.Options.Level == nil || *s.Options.Level != 0.31 || b.Doc.UndoLabel() != "Use the level of EMD-1234" {
		t.Errorf("map %v, %d structures, level %v, undo %q", s.Map, len(s.Structures), s.Options.Level, b.Doc.UndoLabel())
	}
	if got := b.stage.Maps().Contour; got == nil || got.Value != 0.31 || got.Rule != "recommended by the authors of EMD-1234" {
		t.Errorf("the map is seen at %+v, want the level of its authors", got)
	}
	if said := b.said(); !strings.Contains(said, "9ZZZ: there is no such entry") {
		t.Errorf("what is not there is not told: %q", said)
	}
	// How much of the first 20000 bytes came before the cancel, the machine says.
	if len(archive.from) != 2 || !strings.HasPrefix(archive.from[1], "bytes=") || archive.from[1] == "bytes=0-" {
		t.Errorf("the map was asked for with %q, want the second time from where it stopped", archive.from)
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})

	server.Close()
	b.must(b.files.FetchAll("1abc", a, a, func() {})) // from the cache
	b.idle()
	if len(b.Doc.State().Structures) != 2 || b.Dialogs() != 0 {
		t.Errorf("what is in the cache is not had without the archive: %q", b.said())
	}
	b.must(b.files.FetchAll("2abc", a, a, func() {}))
	b.idle()
	if said := b.said(); !strings.Contains(said, "cannot be reached") || !strings.Contains(said, "Is this computer offline") {
		t.Errorf("offline it says %q", said)
	}
}

func TestMissingInputsAreAskedFor(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	path := b.path0("work.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	b.must(os.Mkdir(b.path0("moved"), 0o700))
	b.must(os.Rename(b.path0("density.mrc"), b.path0("moved/other.map")))
	b.must(os.WriteFile(b.path0("alpha.pdb"), []byte("REMARK another file\n"), 0o600))
	b.files.Open([]string{path})
	b.idle()
	said := b.said()
	for _, want := range []string{"density.mrc", "is missing", "alpha.pdb", "SHA-256 " + b.Doc.State().Map.SHA256, "was " + b.path0("density.mrc")} {
		if !strings.Contains(said, want) {
			t.Errorf("the dialog does not say %q: %q", want, said)
		}
	}
	field := b.Named["missing.path"].(*shell.PathField)
	for where, want := range map[string]string{b.path0("beta.pdb"): "no file with these SHA-256", b.path0("gone"): "That did not work"} {
		field.SetText(where)
		test.Tap(b.named("missing.look"))
		b.idle()
		if said := b.said(); !strings.Contains(said, want) {
			t.Errorf("looking in %s it says %q, want %q", where, said, want)
		}
	}
	field.SetText(b.path0("moved"))
	test.Tap(b.named("missing.look"))
	b.idle()
	if said := b.said(); !strings.Contains(said, "Found 1, 1 still missing") || !strings.Contains(b.Status.Text, "is missing: alpha.pdb") {
		t.Errorf("with the map found it says %q, status %q", said, b.Status.Text)
	}
}
