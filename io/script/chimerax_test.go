// SPDX-License-Identifier: BSD-3-Clause

package script

import (
	"math"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

// A quarter turn about z: x' = (−y, x, z), with rows as ChimeraX wants them.
func TestChimeraX(t *testing.T) {
	turn := geom.NewRigid(geom.Exp(r3.Vec{Z: math.Pi / 2}), r3.Vec{X: 1, Y: -2.5, Z: 300})
	var out strings.Builder
	err := ChimeraX(&out, Scene{Map: "/data/a map.mrc", Level: 0.25, Placed: []Placed{
		{Path: "/data/1abc.cif", Motion: turn, Name: "1abc 1"},
		{Path: "/data/1abc.cif", Motion: geom.Identity(), Hidden: true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	want := `# Written by DiffFit. Open in an empty ChimeraX session: models are numbered from 1.
open "/data/a map.mrc"
volume #1 style surface level 0.25
transparency #1 50
open "/data/1abc.cif"
view matrix models #2,0.000000000,-1.000000000,0.000000000,1.000000,1.000000000,0.000000000,0.000000000,-2.500000,0.000000000,0.000000000,1.000000000,300.000000
rename #2 "1abc 1"
open "/data/1abc.cif"
view matrix models #3,1.000000000,0.000000000,0.000000000,0.000000,0.000000000,1.000000000,0.000000000,0.000000,0.000000000,0.000000000,1.000000000,0.000000
hide #3 models
view
`
	if got := out.String(); got != want {
		t.Errorf("ChimeraX wrote\n%s\nwant\n%s", got, want)
	}
}

func TestQuoteRefuses(t *testing.T) {
	for _, path := range []string{"/a\"b.mrc", "/a\nb.mrc"} {
		var out strings.Builder
		if err := ChimeraX(&out, Scene{Map: path}); err == nil || !strings.HasPrefix(err.Error(), "script: ") {
			t.Errorf("ChimeraX of %q: %v, want an error of this package", path, err)
		}
	}
}

func TestOpens(t *testing.T) {
	for path, want := range map[string]bool{
		"a.cif": true, "/x/A.CIF": true, "a.pdb.gz": true, "a.ent": true, "m.mrc": true, "m.map": true, "m.ccp4": true,
		"a.cif.gz": false, "m.map.gz": false, "m.mrc.bz2": false, "a.bcif": false, "a.pdbx": false, "a": false, "demo:m.mrc.gz": false,
	} {
		if got := Opens(path); got != want {
			t.Errorf("Opens(%q): %t, want %t", path, got, want)
		}
	}
}

// A scene and the files beside it can be moved together.
func TestFilesBesideTheScriptAreRelative(t *testing.T) {
	folder := t.TempDir()
	var out strings.Builder
	err := ChimeraX(&out, Scene{Folder: folder, Map: filepath.Join(folder, "..", "map.mrc"), Placed: []Placed{{Path: filepath.Join(folder, "fit_001.cif"), Motion: geom.Identity()}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`open "fit_001.cif"`, `open "` + filepath.Join(filepath.Dir(folder), "map.mrc") + `"`} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %s in\n%s", want, out.String())
		}
	}
}
