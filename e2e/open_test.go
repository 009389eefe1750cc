// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestOpening opens files as a person does who has no dialog of a desktop: by
// keys alone, and a second map.
func TestOpening(t *testing.T) {
	dir := home(t)
	data, err := os.ReadFile(filepath.Join(dir, "map.mrc.gz"))
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, "half_map.mrc.gz"), data, 0o644)
	}
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, newScreen(t, 1500, 950), dir)
	p.steps(dir, []step{
		{"complete", completePath},
		{"nowhere", typeNowhere},
		{"second map", openSecondMap},
		{"new session", beginAnew},
	})
}

func completePath(_ *testing.T, p *program, dir string) {
	open := func() {
		p.keys("ctrl+o")
		p.wait("the dialog", func(v view) bool { return v.Places["open.path"] != [4]int{} && v.Dialogs == 1 })
	}
	open()
	p.typed(dir + "/map")
	p.keys("Tab", "Return")
	p.rest("the map", func(v view) bool { return v.Map == "map" && v.Dialogs == 0 && v.Drawn })
	open()
	p.typed(dir + "/par")
	p.keys("Tab", "Down", "Return")
	p.rest("a structure", func(v view) bool { return len(v.Names) == 1 && v.Dialogs == 0 })
}

// typeNowhere types a path when the dialog is gone: the filter does not get it.
func typeNowhere(_ *testing.T, p *program, _ string) {
	p.keys("ctrl+o")
	p.wait("the dialog", func(v view) bool { return v.Dialogs == 1 })
	p.keys("Escape")
	p.wait("no dialog", func(v view) bool { return v.Dialogs == 0 })
	p.typed("/tmp")
	p.rest("no filter; M moves the model", func(v view) bool { return v.Filter == "" && v.Moving && len(v.Names) == 1 })
	p.keys("m")
	p.rest("the point of view again", func(v view) bool { return v.Filter == "" && !v.Moving })
}

func openSecondMap(_ *testing.T, p *program, dir string) {
	p.keys("ctrl+o")
	p.answer("open.path", filepath.Join(dir, "half_map.mrc.gz"))
	p.wait("the question", func(v view) bool { return v.Dialogs == 1 && v.Places["map.ok"] != [4]int{} })
	p.shot("what it is")
	p.press("map.ok")
	p.rest("the first map still, and the other beside it", func(v view) bool {
		return v.Map == "map" && len(v.Others) == 1 && strings.HasSuffix(v.Others[0], "half_map") && v.Dialogs == 0 && v.Drawn
	})
	p.keys("ctrl+z")
	p.rest("the same", func(v view) bool { return v.Map == "map" && len(v.Others) == 0 && len(v.Names) == 1 })
}

func beginAnew(_ *testing.T, p *program, _ string) {
	p.keys("ctrl+n")
	p.press("modified.drop")
	p.rest("nothing", func(v view) bool { return v.Map == "" && len(v.Names) == 0 && v.Dialogs == 0 })
}
