// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// TestOneWayThrough goes from the files to what is handed over by the keys that
// the hint names, and looks at the room, the level and the menus on the way.
func TestOneWayThrough(t *testing.T) {
	dir := home(t)
	fake := fakeChimeraX(t, dir)
	p := start(t, newScreen(t, 1440, 910), dir, filepath.Join(dir, "map.mrc.gz"), filepath.Join(dir, "parts")) // with room for a frame
	p.steps(dir, []step{
		{"keys", wayByKeys},
		{"several", acceptSeveralRows},
		{"next", wayNext},
		{"room", pictureAlone},
		{"level", levelIsNotTheFits},
		{"context", contextMenus},
		{"presets", presets},
		{"chimerax", func(t *testing.T, p *program, _ string) { showInChimeraX(t, p, fake) }},
	})
}

// wayByKeys fits with the key, wherever the keyboard is.
func wayByKeys(t *testing.T, p *program, _ string) {
	v := p.rest("the files", func(v view) bool { return v.Map == "map" && len(v.Names) == 5 && v.Drawn })
	if !strings.Contains(v.Hint, "Fit (F5)") {
		t.Errorf("the hint says %q", v.Hint)
	}
	at := v.Places["viewport"]
	if part := float64(at[2]*at[3]) / (1440 * 880); part < 0.62 {
		t.Errorf("the picture has %.0f %% of the window, want 62", 100*part)
	}
	p.press("filter")
	p.keys("F5")
	v = p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Rows >= 5 && v.Selected != nil && v.Drawn })
	if !strings.Contains(v.Hint, "Accept") {
		t.Errorf("the hint says %q", v.Hint)
	}
	p.press("filter")
	p.keys("F5")
	p.rest("nothing has changed", func(v view) bool { return v.Dialogs == 1 && strings.Contains(v.Status, "Nothing has changed") })
	p.shot("nothing has changed")
	p.keys("Escape")
	p.rest("no dialog", func(v view) bool { return v.Dialogs == 0 && v.Rounds == 1 })
}

// acceptSeveralRows selects rows with Shift and accepts them together.
func acceptSeveralRows(_ *testing.T, p *program, _ string) {
	p.row(0)
	p.rest("a row", func(v view) bool { return v.SelectedRows == 1 })
	p.do("xdotool", "keydown", "shift")
	p.row(2)
	p.do("xdotool", "keyup", "shift")
	p.rest("three rows", func(v view) bool { return v.SelectedRows == 3 && v.Accepted == 0 && v.Drawn })
	p.shot("three rows")
	p.keys("space")
	v := p.rest("three accepted", func(v view) bool { return v.Accepted == 3 && v.Drawn })
	p.keys("ctrl+z")
	p.rest("none, in one step", func(w view) bool { return w.Accepted == 0 && w.Undo == v.Undo-1 })
	p.keys("ctrl+shift+z")
	p.rest("three again", func(v view) bool { return v.Accepted == 3 })
}

// wayNext goes on to the end by F6, F7, F8 and Accept all.
func wayNext(t *testing.T, p *program, _ string) {
	p.press("viewport")
	p.keys("F6")
	v := p.rest("the next round", func(v view) bool { return v.Rounds == 2 && len(v.Layers) == 3 && v.Drawn })
	p.keys("F8")
	p.rest("what symmetry says", func(w view) bool { return w.Status != v.Status })
	p.keys("F7")
	w := p.rest("proposals for what is missing", func(v view) bool { return v.Compose.Proposals >= 1 && v.Drawn })
	p.shot("proposals")
	p.keys("ctrl+shift+a")
	v = p.rest("more accepted", func(v view) bool { return v.Accepted > w.Accepted && v.Drawn })
	if v.Accepted == 5 && !strings.Contains(v.Hint, "Done: save") {
		t.Errorf("all is placed; the hint says %q", v.Hint)
	}
}

// pictureAlone puts table and panels away, and takes them back.
func pictureAlone(t *testing.T, p *program, _ string) {
	before := p.rest("table and panels", func(v view) bool { return !v.Alone && v.Drawn })
	p.press("filter")
	p.keys("F11")
	v := p.rest("the picture alone", func(v view) bool { return v.Alone && v.Drawn })
	if at := v.Places["viewport"]; at[2] < 1400 {
		t.Errorf("alone the picture is %d wide", at[2])
	}
	p.shot("alone")
	p.keys("F11")
	p.rest("table and panels again", func(v view) bool { return !v.Alone && v.Places["viewport"] == before.Places["viewport"] })
	p.press("edge")
	p.rest("the picture alone, by mouse", func(v view) bool { return v.Alone })
	p.press("edge")
	v = p.rest("and not", func(v view) bool { return !v.Alone && v.Drawn })
	at := v.Places["edge"]
	x, y := p.x+at[0]+at[2]/2, p.y+at[1]+at[3]/4
	p.drag("1", x, y, x-120, y)
	p.rest("a wider dock", func(w view) bool { return w.Places["table"][2] > v.Places["table"][2]+80 && w.Drawn })
	p.drag("1", x-120, y, x, y)
	p.rest("the width before", func(w view) bool { return w.Places["table"][2] < v.Places["table"][2]+20 && w.Drawn })
}

// levelIsNotTheFits moves the level that is seen; that of the fits stays.
func levelIsNotTheFits(t *testing.T, p *program, _ string) {
	v := p.rest("a round", func(v view) bool { return v.FitLevel != 0 })
	if v.Level <= v.FitLevel {
		t.Errorf("the map is seen at %g, the level of the fit is %g", v.Level, v.FitLevel)
	}
	p.press("level")
	p.keys("ctrl+a")
	p.typed("0.3\t")
	w := p.rest("the level that was written", func(w view) bool { return w.Level == 0.3 && w.Drawn })
	if w.FitLevel != v.FitLevel || w.Undo != v.Undo {
		t.Errorf("level of the fit %g, before %g; %d steps to undo, before %d", w.FitLevel, v.FitLevel, w.Undo, v.Undo)
	}
	p.press("level")
	p.keys("ctrl+a")
	p.typed("500\t")
	p.rest("a level above the maximum is refused", func(w view) bool { return w.Level == 0.3 && strings.Contains(w.Status, "level was not changed") })
	p.press("level.use")
	p.rest("the level that is offered", func(w view) bool { return w.Level != 0.3 && w.Drawn })
}

// contextMenus opens those of rows, of the picture, of the tree and of maps.
func contextMenus(_ *testing.T, p *program, _ string) {
	p.rightClick(p.inRow(p.rest("the table", func(v view) bool { return v.Rows > 1 }), 1))
	p.wait("the menu of a row", func(v view) bool { return v.Places["pop.Pin"] != [4]int{} && v.Places["pop.Note…"] != [4]int{} })
	p.shot("menu of a row")
	p.press("pop.Pin")
	p.rest("a pin", func(v view) bool { return len(v.Pins) == 1 && v.Dialogs == 0 })
	p.keys("ctrl+z")
	p.rest("none", func(v view) bool { return len(v.Pins) == 0 })
	x, y := p.inPicture(0.03, 0.5) // where nothing is
	p.rightClick(x, y)
	p.wait("the menu of the ground", func(v view) bool { return v.Places["pop.Show all"] != [4]int{} && v.Places["pop.Colours"] != [4]int{} })
	p.shot("menu of the ground")
	p.press("pop.Show all")
	v := p.rest("all of it", func(v view) bool { return v.Dialogs == 0 && v.Drawn })
	x, y = p.inPicture(0.5, 0.5) // of the map, or of what is in it
	p.rightClick(x, y)
	p.wait("the menu of a point", func(v view) bool { return v.Places["pop.Rotate about this point"] != [4]int{} })
	p.shot("menu of a point")
	p.press("pop.Rotate about this point")
	p.rest("another centre", func(w view) bool { return w.Target != v.Target && w.Dialogs == 0 })
	p.keys("ctrl+8")
	p.rightPress("node.structure:1")
	p.wait("the menu of a node", func(v view) bool { return v.Places["pop.One copy more is expected"] != [4]int{} })
	p.keys("Escape")
	p.rest("no menu", func(v view) bool { return v.Dialogs == 0 })
}

// presets look at it in the ways that are made for something.
func presets(t *testing.T, p *program, _ string) {
	p.choose("View/Presets/Publication")
	p.rest("a white ground", func(v view) bool {
		return v.Behind == [4]int{255, 255, 255, 255} && v.Looks["silhouettes"] == 1 && v.Drawn
	})
	p.shot("publication")
	before := p.rest("rest", func(view) bool { return true })
	p.keys("ctrl+alt+e")
	v := p.rest("residues", func(v view) bool {
		return v.Looks["silhouettes"] == 0 && v.Camera.Distance < before.Camera.Distance && v.Drawn
	})
	if v.Looks["style"] == before.Looks["style"] || v.Looks["map"] == before.Looks["map"] {
		t.Errorf("looks %v, before %v", v.Looks, before.Looks)
	}
	p.shot("residues")
	p.choose("View/Presets/Fit")
	p.keys("ctrl+f")
	p.rest("as at first", func(v view) bool { return v.Looks["style"] == before.Looks["style"] && v.Behind[3] == 0 && v.Drawn })
}

// A fakeProgram listens as a ChimeraX does, and keeps what it is told.
type fakeProgram struct {
	sync.Mutex
	told []string
}

// fakeChimeraX starts one; the preferences of a home have its port.
func fakeChimeraX(t *testing.T, home string) *fakeProgram {
	t.Helper()
	f := &fakeProgram{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := r.ParseForm(); err != nil || r.URL.Path != "/run" {
			http.NotFound(w, r)
			return
		}
		for _, c := range r.Form["command"] {
			f.Lock()
			f.told = append(f.told, c)
			f.Unlock()
			if c == "version" {
				fmt.Fprintln(w, "UCSF ChimeraX version: 1.9 (2024-12-11)")
			}
		}
	}))
	t.Cleanup(server.Close)
	at, err := url.Parse(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(at.Port())
	if err != nil {
		t.Fatal(err)
	}
	keep(t, home, map[string]any{"chimerax.port": port})
	return f
}

// keep writes the preferences of a home.
func keep(t *testing.T, home string, preferences map[string]any) {
	t.Helper()
	dir := filepath.Join(home, ".config", "fyne", "org.difffit.DiffFit")
	text, err := json.Marshal(preferences)
	if err == nil {
		err = os.MkdirAll(dir, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "preferences.json"), text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func showInChimeraX(t *testing.T, p *program, fake *fakeProgram) {
	p.choose("File/Show in ChimeraX")
	p.rest("it is shown there", func(v view) bool { return strings.HasPrefix(v.Status, "Shown in the ChimeraX at port") })
	fake.Lock()
	defer fake.Unlock()
	i := slices.IndexFunc(fake.told, func(c string) bool { return strings.HasPrefix(c, "open ") })
	if i < 0 {
		t.Fatalf("ChimeraX was told %q", fake.told)
	}
	path := strings.Trim(strings.TrimPrefix(fake.told[i], "open "), `"`)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(filepath.Dir(path)) })
	for _, want := range []string{`open "original_map.mrc"`, "volume #1", "level", `open "fit_005_`, "color #6"} {
		if !strings.Contains(string(text), want) {
			t.Errorf("%s has no %q:\n%s", path, want, text)
		}
	}
}
