// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"encoding/json"
	"fmt"
	"math"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"difffit/internal/testdata"
	"difffit/io/load"
)

// archive is a server on this machine with an entry of EMDB and one of the
// PDB: files of the demo. The home gets its addresses.
func archive(t *testing.T, home string) {
	t.Helper()
	demo := filepath.Join(testdata.Root(t), "assets", "demo")
	files := map[string]string{
		"/map/emd_30342.map.gz": filepath.Join(demo, "7cfn_map.mrc.gz"),
		"/pdb/7cfn.cif.gz":      filepath.Join(demo, "7cfn_A_galpha.cif.gz"),
	}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch path, ok := files[r.URL.Path]; {
		case ok:
			http.ServeFile(w, r, path)
		case r.URL.Path == "/emd-30342.xml":
			fmt.Fprint(w, `<emd><map><contour_list><contour primary="true"><level>0.17</level></contour></contour_list></map></emd>`)
		default:
			http.NotFound(w, r)
		}
	}))
	t.Cleanup(server.Close)
	addresses, err := json.Marshal(map[string]string{
		"pdb": server.URL + "/pdb/{id}.cif.gz", "emdb_map": server.URL + "/map/emd_{id}.map.gz",
		"emdb_header": server.URL + "/emd-{id}.xml", "alphafold": server.URL + "/af/{ID}.cif",
	})
	if err == nil {
		err = os.MkdirAll(filepath.Join(home, ".config", "difffit"), 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(home, ".config", "difffit", "addresses.json"), addresses, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestTrustAndInterchange fetches a map and a structure, fits, writes all
// files for other programs and a report, saves the session, and finds its
// inputs again after they were moved away: one in another folder under another
// name, one in its archive.
func TestTrustAndInterchange(t *testing.T) {
	dir := t.TempDir()
	archive(t, dir)
	p := start(t, newScreen(t, 1500, 950), dir)

	p.keys("ctrl+shift+o")
	p.answer("fetch.ids", "EMD-30342 nonsense")
	p.wait("a dialog that stays", func(v view) bool { return v.Dialogs == 1 && v.Places["fetch.ids"] != [4]int{} })
	p.shot("fetch")
	p.keys("ctrl+a")
	p.typed("EMD-30342, 7cfn")
	p.press("fetch.ok") // with the mouse
	v := p.rest("what was fetched", func(v view) bool { return v.Map == "emd_30342" && len(v.Names) == 1 && v.Drawn })
	if math.Abs(v.Level-0.17) > 1e-6 || v.UndoItem != "Undo: Use the level of EMD-30342" {
		t.Errorf("level %g, menu %q", v.Level, v.UndoItem)
	}
	p.keys("ctrl+shift+o")
	p.answer("fetch.ids", "9zzz")
	p.rest("what is not there", func(v view) bool { return v.Dialogs == 1 && strings.Contains(v.Status, "no such entry") })
	p.shot("not_there")
	p.keys("Escape")

	p.press("fit")
	p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	p.keys("space")
	v = p.rest("an accepted placement", func(v view) bool { return v.Accepted == 1 })
	if v.UndoItem != "Undo: Accept 7cfn copy 1" {
		t.Errorf("the menu says %q", v.UndoItem)
	}
	p.keys("ctrl+z")
	v = p.rest("it undone", func(v view) bool { return v.Accepted == 0 })
	if v.RedoItem != "Redo: Accept 7cfn copy 1" || v.UndoItem != "Undo: Fit, round 1" {
		t.Errorf("the menu says %q and %q", v.UndoItem, v.RedoItem)
	}
	p.keys("ctrl+shift+z")
	p.rest("it done again", func(v view) bool { return v.Accepted == 1 })

	out := filepath.Join(dir, "out")
	p.keys("ctrl+shift+x")
	p.wait("the dialog", func(v view) bool { return v.Places["export.folder"] != [4]int{} })
	p.shot("export")
	p.keys("ctrl+a")
	p.typed(out)
	p.press("export.ok")
	p.rest("the files", func(v view) bool { return v.Dialogs == 0 && strings.HasPrefix(v.Status, "Wrote ") })
	for _, name := range []string{
		"open.cxc", "fits_chimerax_1_7cfn.txt", "fit_001_7cfn.cif", "composite.cif", "remaining.mrc", "mask.mrc", "residual.mrc", "report.html",
	} {
		if !exists(filepath.Join(out, name)) {
			t.Errorf("%s was not written", name)
		}
	}
	mask, err := load.Volume(filepath.Join(out, "mask.mrc"), load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	inside := 0
	for _, m := range mask.Grid.Data {
		if m == 1 {
			inside++
		}
	}
	if part := float64(inside) / float64(len(mask.Grid.Data)); part < 0.005 || part > 0.3 {
		t.Errorf("the mask has %.3f of the box", part)
	}

	report := filepath.Join(dir, "all.html")
	p.keys("ctrl+shift+r")
	p.answer("save.path", report)
	p.rest("the report", func(v view) bool { return v.Dialogs == 0 && exists(report) })
	text, err := os.ReadFile(report)
	if err != nil || strings.Count(string(text), "data:image/png;base64,") != 4 || !strings.Contains(string(text), "accepted") {
		t.Errorf("the report has %d pictures (%v), want 4", strings.Count(string(text), "data:image/png"), err)
	}

	session := filepath.Join(dir, "work.difffit")
	p.keys("ctrl+s")
	p.answer("save.path", session)
	before := p.rest("the session", func(v view) bool { return v.Dialogs == 0 && exists(session) })
	moveAway(t, dir)
	binary, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	replay := exec.Command(binary, "replay", session, "--inputs", filepath.Join(dir, "moved"), "--exact")
	if said, err := replay.CombinedOutput(); err != nil || !strings.Contains(string(said), "1 identical") {
		t.Errorf("replay of what the window saved: %v\n%s", err, said)
	}

	p.keys("ctrl+o")
	p.answer("open.path", session)
	p.rest("a dialog about what is missing", func(v view) bool {
		return v.Dialogs == 1 && strings.Contains(v.Status, "2 inputs of work.difffit are missing: emd_30342.map.gz, 7cfn.cif.gz")
	})
	p.shot("missing")
	p.answer("missing.path", filepath.Join(dir, "moved", "a"))
	p.rest("one of them found", func(v view) bool { return v.Dialogs == 1 && strings.Contains(v.Status, "missing: 7cfn.cif.gz") })
	p.shot("one_found")
	p.press("missing.fetch") // the archive has the other one
	p.rest("the session opened", func(v view) bool {
		return v.Dialogs == 0 && v.Rounds == 1 && v.Accepted == 1 && v.Rows == before.Rows && v.Level == before.Level && v.Drawn
	})
	p.shot("opened")
}

// moveAway moves what was fetched to other places, under other names.
func moveAway(t *testing.T, home string) {
	t.Helper()
	cache := filepath.Join(home, ".cache", "difffit", "fetch")
	for from, to := range map[string]string{"emd_30342.map.gz": "a/density", "7cfn.cif.gz": "b/chain.gz"} {
		to = filepath.Join(home, "moved", to)
		if err := os.MkdirAll(filepath.Dir(to), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(cache, from), to); err != nil {
			t.Fatal(err)
		}
	}
}
