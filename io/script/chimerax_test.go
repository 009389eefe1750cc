// SPDX-License-Identifier: BSD-3-Clause

package script

import (
	"image/color"
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
	green := color.NRGBA{0, 158, 115, 255}
	tests := []struct {
		name  string
		scene Scene
		want  string
	}{
		{"plain", Scene{Map: "/data/a map.mrc", Level: 0.25, Placed: []Placed{
			{Path: "/data/1abc.cif", Motion: turn, Name: "1abc 1"},
			{Path: "/data/1abc.cif", Motion: geom.Identity(), Hidden: true},
		}}, `# Written by DiffFit. Open in an empty ChimeraX session: models are numbered from 1.
open "/data/a map.mrc"
volume #1 style surface step 1 level 0.25
transparency #1 50
open "/data/1abc.cif"
view matrix models #2,0.000000000,-1.000000000,0.000000000,1.000000,1.000000000,0.000000000,0.000000000,-2.500000,0.000000000,0.000000000,1.000000000,300.000000
rename #2 "1abc 1"
open "/data/1abc.cif"
hide #3 models
view
`},
		{"as the window has it, beside other models", Scene{
			Map: "/data/m.mrc", Level: -1e-5, Color: color.NRGBA{165, 195, 230, 145}, Dust: 123.4, Background: color.NRGBA{255, 255, 255, 255},
			Camera: &Camera{Eye: r3.Vec{X: 1, Y: 2, Z: 300}, Rotation: geom.Identity().Rotation, Angle: 30}, Taken: []int{1, 3, 4},
			Placed: []Placed{
				{Path: "/data/a.cif", Motion: geom.Identity(), Color: green},
				{Path: "/data/b.cif", Motion: geom.Identity(), Color: green, Coloring: ByChain},
				{Path: "/data/c.cif", Motion: geom.Identity(), Coloring: ByPLDDT},
				{Path: "/data/d.cif", Motion: geom.Identity(), Coloring: ByBFactor},
			},
		}, `set bgColor #ffffff
open "/data/m.mrc"
volume #2 style surface step 1 level -1e-05 color #a5c3e6
transparency #2 43
surface dust #2 size 123.4 metric volume
open "/data/a.cif"
color #5 #009e73
open "/data/b.cif"
color #6 bychain
open "/data/c.cif"
color bfactor #7 palette alphafold
open "/data/d.cif"
color bfactor #8 palette blue:white:red
camera mono fieldOfView 30
view matrix camera 1.000000000,0.000000000,0.000000000,1.000000,0.000000000,1.000000000,0.000000000,2.000000,0.000000000,0.000000000,1.000000000,300.000000
`},
	}
	for _, tt := range tests {
		var out strings.Builder
		if err := ChimeraX(&out, tt.scene); err != nil {
			t.Fatal(err)
		}
		if got := out.String(); got != tt.want {
			t.Errorf("%s: ChimeraX wrote\n%s\nwant\n%s", tt.name, got, tt.want)
		}
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
