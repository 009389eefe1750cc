// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"difffit/fitting/mol"
	"difffit/io/load"
	"difffit/io/pdb"
)

// TestModels does the daily job with models that stand near their places: they
// are seen and judged there, moved by mouse and keys, and fitted in the map.
func TestModels(t *testing.T) {
	dir := home(t)
	placed := filepath.Join(dir, "placed.pdb")
	f, err := load.Structure(filepath.Join(dir, "parts", "7cfn_R_receptor.cif.gz"), load.StructureOptions{})
	if err == nil {
		err = pdb.WriteFile(placed, f.Models[0].Moved(truth(t, "7cfn_R_receptor").Mover()), pdb.EncodeOptions{})
	}
	if err != nil {
		t.Fatal(err)
	}
	p := start(t, newScreen(t, 1500, 950), dir, filepath.Join(dir, "map.mrc.gz"), placed, filepath.Join(dir, "parts", "7cfn_N_nanobody.cif.gz"))
	p.steps(dir, []step{
		{"as it stands", modelAsItStands},
		{"moved by mouse", moveByMouse},
		{"moved by keys", moveByKeys},
		{"fit in map", fitInMap},
		{"colour", modelColour},
		{"eye", modelEye},
		{"menus", modelMenus},
		{"sphere", dragSphere},
	})
}

// moved is how far the i-th structure stands from where it stood, in ångström.
func (v view) moved(before view, i int) float64 {
	if len(v.Centers) <= i || len(before.Centers) <= i {
		return 0
	}
	a, b := v.Centers[i], before.Centers[i]
	return math.Hypot(math.Hypot(a[0]-b[0], a[1]-b[1]), a[2]-b[2])
}

func modelAsItStands(t *testing.T, p *program, _ string) {
	v := p.rest("two models and what is said of them", func(v view) bool {
		return v.Map == "map" && len(v.Stands) == 2 && v.Stands[0] != "" && v.Stands[1] != "" && v.Drawn
	})
	if says := v.Stands[0]; !strings.HasPrefix(says, "as opened: score") || !strings.HasSuffix(says, ": yes") {
		t.Errorf("of the model in its place it says %q", says)
	}
	if v.Level <= 0 || v.Rounds != 0 {
		t.Errorf("level %g, %d rounds", v.Level, v.Rounds)
	}
	p.press("input.name:1")
	p.rest("the model is selected", func(v view) bool { return slices.Equal(v.Chosen, []int{1}) && v.Drawn })
}

func moveByMouse(t *testing.T, p *program, _ string) {
	before := p.rest("rest", func(v view) bool { return !v.Moving })
	x, y := p.inPicture(0.5, 0.5)
	p.press("inputs.move")
	p.rest("models that are moved", func(v view) bool { return v.Moving })
	p.drag("3", x, y, x+60, y-30)
	v := p.rest("the model elsewhere", func(v view) bool { return v.moved(before, 0) > 3 && v.Drawn })
	if v.Camera != before.Camera || v.Undo != before.Undo+1 || v.moved(before, 1) != 0 {
		t.Errorf("camera %v, before %v; %d steps to undo, before %d; the other model moved %.1f Å", v.Camera, before.Camera, v.Undo, before.Undo, v.moved(before, 1))
	}
	p.rest("how good it is there", func(v view) bool { return strings.HasPrefix(v.Stands[0], "as moved: score") })
	p.do("xdotool", "keydown", "shift")
	p.drag("3", x, y, x+40, y)
	p.do("xdotool", "keyup", "shift")
	w := p.rest("the model turned", func(w view) bool { return w.Undo == before.Undo+2 && w.Drawn })
	if w.Camera != before.Camera || w.moved(v, 0) > 0.5 {
		t.Errorf("the turn moved the model by %.1f Å, and the camera from %v to %v", w.moved(v, 0), before.Camera, w.Camera)
	}
	p.keys("ctrl+z", "ctrl+z")
	p.rest("it stands where it stood", func(v view) bool { return v.moved(before, 0) < 1e-6 && v.Undo == before.Undo })
	p.keys("ctrl+shift+z")
	p.rest("and elsewhere again", func(v view) bool { return v.moved(before, 0) > 3 && v.Drawn })
}

func moveByKeys(t *testing.T, p *program, _ string) {
	before := p.rest("rest", func(v view) bool { return v.Moving })
	p.keys("Right", "Right", "Up")
	v := p.rest("three ångström by keys", func(v view) bool { return v.moved(before, 0) > 2 })
	if off := v.moved(before, 0); math.Abs(off-math.Sqrt(5)) > 0.01 {
		t.Errorf("two steps to the right and one up are %.2f Å, want √5", off)
	}
	p.keys("m")
	p.rest("the point of view is moved", func(v view) bool { return !v.Moving })
}

func fitInMap(t *testing.T, p *program, dir string) {
	before := p.rest("rest", func(v view) bool { return v.moved(v, 0) == 0 })
	p.press("filter") // the key works wherever the keyboard is
	p.keys("F9")
	v := p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	if v.Selected.Structure != "placed" || !strings.Contains(v.Status, "Fit in map: placed went") || !strings.HasSuffix(v.Status, ": yes") || v.moved(before, 0) < 3 {
		t.Errorf("selected %+v, moved %.1f Å; it says %q", *v.Selected, v.moved(before, 0), v.Status)
	}
	f, err := load.Structure(filepath.Join(dir, "placed.pdb"), load.StructureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	c := mol.Center(f.Models[0].Atoms)
	at := v.Centers[0]
	if off := math.Hypot(math.Hypot(at[0]-c.X, at[1]-c.Y), at[2]-c.Z); !(off < 1) { // a voxel is 1.8 Å
		t.Errorf("the model was fitted %.2f Å from its place, want less than 1", off)
	}
	p.keys("ctrl+z")
	p.rest("the fit undone", func(v view) bool { return v.Rounds == 0 && v.moved(before, 0) < 1e-6 })
	p.click(p.x+v.Places["tabs"][0]+25, p.y+v.Places["tabs"][1]+15)
	p.press("input.name:1")
	p.press("inputs.fit") // by mouse
	p.rest("the round again", func(w view) bool { return w.Rounds == 1 && w.moved(v, 0) < 0.1 && w.Drawn })
}

// modelColour gives a structure another colour, from the dialog of its swatch.
func modelColour(_ *testing.T, p *program, _ string) {
	v := p.rest("the swatch", func(v view) bool { return v.Places["input.swatch:1"] != [4]int{} })
	p.press("input.swatch:1")
	p.wait("a dialog of colours", func(v view) bool { return v.Dialogs == 1 })
	p.shot("colours")
	p.click(p.x+1500/2-52, p.y+950/2-40) // the second of the colours
	w := p.rest("another colour", func(w view) bool { return w.Dialogs == 0 && w.Colours[0] != v.Colours[0] && w.Drawn })
	p.keys("ctrl+z")
	p.rest("the colour before", func(x view) bool { return x.Colours[0] == v.Colours[0] })
	p.keys("ctrl+shift+z")
	p.rest("and the other one", func(x view) bool { return x.Colours[0] == w.Colours[0] && x.Colours[1] == v.Colours[1] })
}

func modelEye(_ *testing.T, p *program, _ string) {
	p.press("input.eye:1")
	p.rest("the model hidden", func(v view) bool { return slices.Equal(v.Unseen, []int{1}) && v.Drawn })
	p.shot("hidden")
	p.press("input.eye:1")
	p.rest("and seen", func(v view) bool { return len(v.Unseen) == 0 && v.Drawn })
	p.keys("ctrl+8")
	p.press("eye.structure:2")
	p.rest("the other one hidden", func(v view) bool { return slices.Equal(v.Unseen, []int{2}) })
	p.press("eye.structure:2")
	p.rest("all seen", func(v view) bool { return len(v.Unseen) == 0 })
}

// modelMenus works with the menu of a row of the list, and with that of Models.
func modelMenus(_ *testing.T, p *program, _ string) {
	at := p.rest("rest", func(view) bool { return true }).Places["tabs"]
	p.click(p.x+at[0]+25, p.y+at[1]+15)
	p.rightPress("input.name:2")
	p.rest("a menu", func(v view) bool {
		return v.Places["pop.Split into chains"] != [4]int{} && slices.Equal(v.Chosen, []int{2})
	})
	p.shot("menu of a structure")
	before := p.wait("rest", func(view) bool { return true })
	p.press("pop.Move to the centre of view")
	v := p.rest("the model in the middle", func(v view) bool { return v.moved(before, 1) > 1 && v.Dialogs == 0 && v.Drawn })
	for i := range 3 {
		if math.Abs(v.Centers[1][i]-v.Target[i]) > 0.1 {
			p.t.Errorf("the model is at %v, the centre of view at %v", v.Centers[1], v.Target)
			break
		}
	}
	p.choose("Models/Back to where it was opened")
	p.rest("the model where it was", func(v view) bool { return v.moved(before, 1) < 1e-6 })
}

// dragSphere places the sphere that a fit here is done in, with the mouse.
func dragSphere(t *testing.T, p *program, _ string) {
	p.keys("ctrl+8")
	p.press("compose.ball")
	v := p.rest("a sphere", func(v view) bool { return v.Ball[3] > 0 && v.Drawn })
	x, y, r := p.x+v.BallAt[0], p.y+v.BallAt[1], v.BallAt[2]
	p.drag("1", x, y, x+40, y+30)
	w := p.rest("the sphere elsewhere", func(w view) bool {
		return w.BallAt[0] >= v.BallAt[0]+35 && w.BallAt[1] >= v.BallAt[1]+25 && w.Ball[3] == v.Ball[3] && w.Drawn
	})
	if w.Camera != v.Camera {
		t.Errorf("the sphere went from %v to %v, the camera from %v to %v", v.BallAt, w.BallAt, v.Camera, w.Camera)
	}
	p.drag("1", x+40+r, y+30, x+40+r+30, y+30)
	p.rest("a larger sphere", func(w view) bool { return w.Ball[3] > v.Ball[3]*1.05 && w.Drawn })
	p.shot("larger")
	w = p.rest("its size when it was let go", func(view) bool { return true })
	p.press("compose.here")
	u := p.rest("a round in it", func(u view) bool { return u.Rounds == 2 && u.Compose.Sphere > 0 })
	if math.Abs(u.Compose.Sphere-w.Ball[3]) > 0.1 {
		t.Errorf("fitted in a sphere of %.1f Å, want %.1f", u.Compose.Sphere, w.Ball[3])
	}
	p.press("compose.ball")
	p.rest("no sphere", func(v view) bool { return v.Ball[3] == 0 })
}

// rightPress clicks a widget with the right button, once it is there.
func (p *program) rightPress(name string) {
	p.t.Helper()
	at := p.wait(name, func(v view) bool { return v.Places[name] != [4]int{} }).Places[name]
	p.rightClick(p.x+at[0]+at[2]/2, p.y+at[1]+at[3]/2)
}

// rightClick presses the right button at a point of the screen.
func (s *screen) rightClick(x, y int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "3")
}
