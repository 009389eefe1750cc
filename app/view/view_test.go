// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"bytes"
	"encoding/json"
	"image/color"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/render"
)

func example() View {
	level := 0.25
	return View{
		Camera: render.Camera{Target: r3.Vec{X: 1, Y: -2, Z: 3}, Rotation: geom.Exp(r3.Vec{X: 0.3, Z: 1}), Distance: 90, FovY: 0.5, Ortho: true, Front: 4, Back: 9, Follow: 0.25, Around: 15},
		Style:  render.Skin, Coloring: render.ByPLDDT,
		Look:   render.Look{Light: render.TwoLights, NoHaze: true, Occlusion: 0.7, Silhouettes: 1},
		Hidden: Hidden{Structures: []int{2}, Accepted: []int{3, 7}},
		Residues: &Residues{
			Selected: []AtomsAt{{Structure: 2, Motion: geom.Identity(), Atoms: []int{0, 7}}},
			Measures: [][]AtomsAt{{{Structure: 1, Motion: geom.NewRigid(geom.Exp(r3.Vec{Y: 2}), r3.Vec{X: 1.25}), Atoms: []int{3}}, {Structure: 2, Motion: geom.Identity(), Atoms: []int{5}}}},
			Labels:   true,
		},
		Setting: &Setting{Ground: BlackGround, Painted: true, Hydrogens: true, Zero: volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 3.5}},
		Maps: Maps{Contour: &volume.Level{Value: 0.125, Rule: "stated"}, Near: true, Radius: 5, Molecules: true, Maps: []Map{
			{Kind: Remaining, Visible: true, Style: render.Mesh, Color: color.NRGBA{1, 2, 3, 4}, Slices: render.SlicePlanes{Show: [3]bool{true}, At: [3]float64{7}}},
			{Kind: Residual, Style: render.Cloud, Color: color.NRGBA{5, 6, 7, 255}, Level: &level, Transfer: []render.Stop{{Density: 0.5}, {Density: 1, Color: color.NRGBA{9, 8, 7, 6}}}},
		}},
	}
}

func TestViewComesBack(t *testing.T) {
	want := example()
	data, err := want.Encode()
	if err != nil {
		t.Fatal(err)
	}
	got, err := Decode(data)
	if err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%s\ngives %+v (%v)\nwant %+v", data, got, err, want)
	}
	if level, ok, err := (document.State{View: data}).SeenLevel(); level != *want.Maps.Contour || !ok || err != nil {
		t.Errorf("the level is %+v (%t, %v), want %+v", level, ok, err, *want.Maps.Contour)
	}
	want.Maps.Contour = nil
	if data, err = want.Encode(); err != nil {
		t.Fatal(err)
	}
	if level, ok, err := (document.State{View: data}).SeenLevel(); ok || err != nil {
		t.Errorf("a view of an older program has the level %+v (%v)", level, err)
	}
}

func TestWrongViews(t *testing.T) {
	good, err := example().Encode()
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, old, new, want string }{
		{"no JSON", `{"camera"`, `{camera`, "view:"},
		{"style", `"style":"surface"`, `"style":"ribbon"`, "cartoon"},
		{"colour", `"#01020304"`, `"red"`, "map 1: color"},
		{"map", `"map":"residual"`, `"map":"other"`, `map 2: there is none called "other"`},
		{"distance", `"distance":90`, `"distance":0`, "camera: distance is 0"},
		{"quaternion", `"quaternion":[`, `"quaternion":[7,`, "quaternion"},
		{"order of stops", `"density":1`, `"density":0.1`, "want them growing"},
		{"camera", `"quaternion":`, `"other":`, "length of the quaternion is 0"},
		{"background", `"background":"black"`, `"background":"pink"`, `setting: background is "pink"`},
		{"zeroing", `"mode":"own"`, `"mode":"out"`, `mode is "out"`},
		{"follow", `"follow":0.25`, `"follow":-1`, "camera: follow is -1"},
		{"around", `"around":15`, `"around":-15`, "camera: around is -15"},
		{"measure of one atom", `[{"structure":1,`, `[{"structure":1,"atoms":[1,2],"other":{}},{"structure":1,`, "residues: "},
		{"order of atoms", `"atoms":[0,7]`, `"atoms":[7,0]`, "want them rising"},
		{"radius", `"radius":5`, `"radius":-5`, "radius is -5"},
	}
	for _, tt := range tests {
		bad := strings.Replace(string(good), tt.old, tt.new, 1)
		if bad == string(good) {
			t.Fatalf("%s: %s lacks %s", tt.name, good, tt.old)
		}
		if _, err := Decode(json.RawMessage(bad)); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// What is read as a view is written, and read as the same view again.
func FuzzDecode(f *testing.F) {
	data, err := example().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(data))
	f.Add([]byte("{}"))
	f.Fuzz(func(t *testing.T, data []byte) {
		v, err := Decode(data)
		if err != nil {
			return
		}
		text, err := v.Encode()
		if err != nil {
			t.Fatal(err)
		}
		again, err := Decode(text)
		if err != nil {
			t.Fatalf("decoded again: %v\n%s", err, text)
		}
		if last, err := again.Encode(); err != nil || !bytes.Equal(text, last) {
			t.Errorf("encoded again as %s, %v, want %s", last, err, text)
		}
	})
}

// All styles of maps have words, by which they come back, and names of their own.
func TestMapStyles(t *testing.T) {
	for _, names := range []func(MapStyle) string{
		func(s MapStyle) string { return s.Word },
		func(s MapStyle) string { return s.Label },
		func(s MapStyle) string { return s.Item },
	} {
		seen := map[string]bool{"": true}
		for _, s := range MapStyles {
			if seen[names(s)] {
				t.Errorf("style %d is called %q, as another or not at all", s.Style, names(s))
			}
			seen[names(s)] = true
		}
	}
	for _, word := range []string{"surface", "mesh", "cloud", "projection", "slices"} { // in sessions that there are
		if s, ok := MapStyleWords[word]; !ok || WordOf(MapStyleWords, s) != word {
			t.Errorf("%q is style %d (%t), which is %q", word, s, ok, WordOf(MapStyleWords, s))
		}
	}
}

// Where atoms are drawn, elements have their colours and carbon that of its
// structure, unless colours tell something else.
func TestElementsInStyles(t *testing.T) {
	tests := []struct {
		chosen render.Coloring
		style  render.Style
		want   render.Coloring
	}{
		{render.ByCopy, render.Sticks, render.ByHetero},
		{render.Uniform, render.BallAndStick, render.ByHetero},
		{render.ByCopy, render.Balls, render.ByHetero},
		{render.ByCopy, render.Spheres, render.ByHetero},
		{render.ByCopy, render.Cartoon, render.ByCopy},
		{render.Uniform, render.Skin, render.Uniform},
		{render.ByChain, render.Sticks, render.ByChain},
		{render.ByPLDDT, render.BallAndStick, render.ByPLDDT},
	}
	for _, tt := range tests {
		if got := InStyle(tt.chosen, tt.style); got != tt.want {
			t.Errorf("InStyle(%d, %d) = %d, want %d", tt.chosen, tt.style, got, tt.want)
		}
	}
}
