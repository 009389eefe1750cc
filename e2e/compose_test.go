// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/load"
	"difffit/io/mrc"
)

// trimer writes a map of three copies of one chain about an axis and another
// chain on top of them, at 6 Å with noise.
func trimer(t *testing.T, dir string) (path string, structures []string) {
	t.Helper()
	read := func(name string) *mol.Structure {
		f, err := load.Structure(filepath.Join(dir, "parts", name+".cif.gz"), load.StructureOptions{})
		if err != nil {
			t.Fatal(err)
		}
		structures = append(structures, filepath.Join(dir, "parts", name+".cif.gz"))
		return f.Models[0]
	}
	three, one := read("7cfn_N_nanobody"), read("7cfn_A_galpha")
	var points []volume.Point
	add := func(s *mol.Structure, g geom.Rigid) {
		points = append(points, fitting.Points(s.Moved(g.Mover()).Atoms)...)
	}
	for k := range 3 {
		turn := 2 * math.Pi * float64(k) / 3
		to := r3.Vec{X: 60 + 21*math.Cos(turn), Y: 60 + 21*math.Sin(turn), Z: 40}
		add(three, geom.About(geom.Exp(r3.Vec{Z: turn}), mol.Center(three.Atoms), to))
	}
	add(one, geom.About(geom.Exp(r3.Vec{X: 1}), mol.Center(one.Atoms), r3.Vec{X: 60, Y: 60, Z: 88}))
	g, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{Resolution: 6, Spacing: 1.9, Padding: 10})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := mrc.Encode(&b, volume.AddNoise(g, 0.1*volume.NewProfile(g).SD, 7), mrc.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(dir, "trimer.mrc")
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
	return path, structures
}

// says tells whether the tree of the panel Compose has a line with all words.
func (v view) says(words ...string) bool {
	return slices.ContainsFunc(v.Compose.Tree, func(line string) bool {
		for _, w := range words {
			if !strings.Contains(line, w) {
				return false
			}
		}
		return true
	})
}

// TestCompose puts a composite together in the window, with mouse and keys:
// counters, layers, previews, proposals by symmetry and without a person, fits
// of what is missing and about a point. One program for all.
func TestCompose(t *testing.T) {
	dir := home(t)
	density, structures := trimer(t, dir)
	p := start(t, newScreen(t, 1500, 1100), dir, append([]string{density}, structures...)...)
	p.do("xdotool", "windowsize", p.window, "1500", "1100") // so that the whole tree is seen
	steps := []struct {
		name string
		do   func(t *testing.T, p *program, dir string)
	}{
		{"counters", composeCounters},
		{"zeroing", composeZeroing},
		{"layers", composeLayers},
		{"symmetry", composeSymmetry},
		{"next", composeNext},
		{"here", composeHere},
		{"clashes", composeClashes},
		{"complete", composeComplete},
		{"session", composeSession},
	}
	for _, step := range steps {
		if !t.Run(step.name, func(t *testing.T) {
			q, s := *p, *p.screen // failures belong to the step
			q.t, s.t = t, t
			q.screen = &s
			step.do(t, &q, dir)
			if step.name != "session" { // which ends the program
				q.shot(step.name)
			}
		}) {
			break
		}
	}
}

// composeCounters says how many copies there are, fits and accepts two.
func composeCounters(_ *testing.T, p *program, _ string) {
	p.rest("the files", func(v view) bool { return v.Map == "trimer" && len(v.Names) == 2 && v.Drawn })
	p.keys("ctrl+8")
	p.wait("the panel", func(v view) bool { return v.Places["more.structure:1"] != [4]int{} })
	p.rest("one copy of each of two", func(v view) bool { return v.says("nanobody: 0 of 1") && v.says("galpha: 0 of 1") })
	p.press("more.structure:1")
	p.rest("one more copy", func(v view) bool { return v.says("nanobody: 0 of 2") })
	p.press("node.structure:1")
	p.keys("plus")
	p.rest("a third by its key", func(v view) bool { return v.says("nanobody: 0 of 3") })
	p.keys("Down")
	p.rest("the other structure", func(v view) bool { return v.Compose.Selected == "structure:2" })
	p.keys("2")
	p.rest("two copies by their number", func(v view) bool { return v.says("galpha: 0 of 2") })
	p.press("less.structure:2")
	p.rest("the counters", func(v view) bool { return v.says("nanobody: 0 of 3") && v.says("galpha: 0 of 1") })
	p.press("fit")
	p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Rows >= 3 && v.Selected != nil })
	p.acceptCopies("7cfn_N_nanobody", 2)
	p.rest("two of three", func(v view) bool {
		return v.says("nanobody: 2 of 3") && v.Compose.Explained > 10 && v.says("% of the map above", "explained")
	})
}

// acceptCopies steps through the table and accepts placements of a structure.
func (p *program) acceptCopies(name string, copies int) {
	p.t.Helper()
	p.row(0)
	p.keys("Home")
	before := p.rest("rest", func(v view) bool { return v.Selected != nil }).Accepted
	for range 12 {
		v := p.rest("a row", func(v view) bool { return v.Selected != nil })
		if v.Selected.Structure == name && v.Selected.Rank <= 3 {
			p.keys("space")
			v = p.rest("one more accepted", func(w view) bool { return w.Accepted > v.Accepted })
		}
		if v.Accepted == before+copies {
			return
		}
		p.keys("Down")
		p.rest("the next row", func(w view) bool { return w.Selected != nil && *w.Selected != *v.Selected })
	}
	p.t.Fatalf("the table has no %d placements of %s", copies, name)
}

// composeZeroing previews what would be erased while mode and radius change.
func composeZeroing(t *testing.T, p *program, _ string) {
	p.keys("ctrl+5")
	v := p.rest("a preview", func(v view) bool { return v.Compose.Preview && v.Compose.Erased > 0 && v.Drawn })
	if !strings.Contains(v.Compose.Says, "molecule") || !strings.Contains(v.Compose.Says, "would erase") {
		t.Errorf("the preview says %q", v.Compose.Says)
	}
	p.press("compose.mode")
	p.keys("Down", "Down", "Return") // from the first, to the contour, to the second
	contour := v
	v = p.rest("only within the radius", func(w view) bool { return w.Compose.Erased > 0 && w.Compose.Erased < contour.Compose.Erased && w.Drawn })
	at := v.Places["compose.slider"]
	p.click(p.x+at[0]+at[2]*6/10, p.y+at[1]+at[3]/2) // about 5 Å
	wide := p.rest("more erased", func(w view) bool { return w.Compose.Erased > 2*v.Compose.Erased && w.Drawn })
	if wide.Compose.Contested == 0 || !strings.Contains(wide.Compose.Says, "shared with neighbours") {
		t.Errorf("nothing is contested: %q", wide.Compose.Says)
	}
	p.shot("contested")
	p.keys("Left") // of the slider, which has the keyboard
	p.rest("a smaller radius", func(w view) bool { return w.Compose.Erased < wide.Compose.Erased && w.Drawn })
	p.press("compose.radius")
	p.keys("ctrl+a")
	p.typed("5\t")
	wide = p.rest("the radius that was written", func(w view) bool { return w.Compose.Erased > 2*v.Compose.Erased && w.Drawn })
	p.press("compose.mode")
	p.keys("Down", "Down", "Down", "Return") // to the third
	own := p.rest("neighbours spared", func(w view) bool { return strings.Contains(w.Compose.Says, "spared") && w.Drawn })
	if own.Compose.Erased >= wide.Compose.Erased {
		t.Errorf("the mode own erases %d voxels, distance %d", own.Compose.Erased, wide.Compose.Erased)
	}
	p.press("compose.preview")
	p.rest("no preview", func(w view) bool { return !w.Compose.Preview && w.Compose.Erased == 0 })
}

// composeLayers zeroes, moves, switches, changes and removes layers.
func composeLayers(t *testing.T, p *program, _ string) {
	p.press("zero.accepted:1")
	p.rest("a layer", func(v view) bool { return len(v.Layers) == 1 && v.says("zeroing 1: own within") })
	p.press("node.layer:1")
	v := p.rest("its voxels", func(v view) bool {
		return v.Compose.Selected == "layer:1" && v.Compose.Erased == v.Layers[0].Voxels && v.Drawn
	})
	p.press("compose.mode")
	p.keys("Down", "Return") // the first
	p.press("compose.apply")
	w := p.rest("the layer changed", func(w view) bool {
		return w.Layers[0].Voxels > v.Layers[0].Voxels && w.says("zeroing 1: to the contour")
	})
	p.keys("ctrl+z")
	p.rest("changed back", func(x view) bool { return x.Layers[0].Voxels == v.Layers[0].Voxels })
	p.keys("ctrl+6")
	p.rest("changed by its key", func(x view) bool { return x.Layers[0].Voxels == w.Layers[0].Voxels })
	p.keys("ctrl+z")
	p.rest("changed back again", func(x view) bool { return x.Layers[0].Voxels == v.Layers[0].Voxels })
	p.keys("ctrl+shift+z")
	p.rest("changed again", func(x view) bool { return x.Layers[0].Voxels == w.Layers[0].Voxels })
	p.press("node.layer:1")
	p.keys("Down")
	p.rest("the next line", func(v view) bool { return v.Compose.Selected == "accepted:2" })
	p.keys("space")
	v = p.rest("a second layer", func(v view) bool { return len(v.Layers) == 2 })
	p.keys("Down")
	p.rest("it is selected", func(v view) bool { return v.Compose.Selected == "layer:2" })
	p.press("compose.up")
	p.rest("the other order", func(w view) bool { return w.Layers[0] == v.Layers[1] && w.Layers[1] == v.Layers[0] })
	p.keys("ctrl+shift+Down")
	p.rest("the first order", func(w view) bool { return w.Layers[0] == v.Layers[0] })
	p.press("switch.layer:1")
	p.rest("the first is off", func(w view) bool { return !w.Layers[0].On })
	p.keys("ctrl+7")
	p.rest("the second is off", func(w view) bool { return !w.Layers[1].On })
	p.press("compose.remove")
	p.rest("one layer", func(w view) bool { return len(w.Layers) == 1 })
	p.keys("ctrl+z")
	p.rest("two layers", func(w view) bool { return len(w.Layers) == 2 })
	p.press("node.layer:2")
	p.keys("Delete")
	p.rest("one layer again", func(w view) bool { return len(w.Layers) == 1 })
	for range 3 {
		p.keys("ctrl+z")
	}
	if w := p.rest("all back", func(w view) bool { return len(w.Layers) == 2 && w.Layers[0].On && w.Layers[1].On }); w.Layers[1] != v.Layers[1] {
		t.Errorf("layers %+v, want %+v", w.Layers, v.Layers)
	}
}

// composeSymmetry lets the window find C3 and propose the third copy.
func composeSymmetry(t *testing.T, p *program, _ string) {
	p.press("compose.propose")
	v := p.rest("a proposal", func(v view) bool { return v.Compose.Proposals == 1 && v.Rounds == 2 })
	if !v.says("proposed by symmetry C3") {
		t.Errorf("the tree says\n%s", strings.Join(v.Compose.Tree, "\n"))
	}
	p.shot("proposal")
	p.keys("ctrl+z")
	p.rest("without it", func(v view) bool { return v.Rounds == 1 })
	p.keys("F8")
	p.rest("the proposal again", func(v view) bool { return v.Compose.Proposals == 1 && v.Rounds == 2 })
	p.keys("ctrl+shift+j")
	p.rest("rejected", func(v view) bool { return v.Compose.Proposals == 0 && v.Accepted == 2 })
	p.keys("ctrl+z")
	p.rest("open again", func(v view) bool { return v.Compose.Proposals == 1 })
	p.press("compose.skip")
	p.rest("rejected again", func(v view) bool { return v.Compose.Proposals == 0 && v.Accepted == 2 })
	p.keys("ctrl+z")
	p.rest("and open", func(v view) bool { return v.Compose.Proposals == 1 })
	p.press("compose.confirm")
	p.rest("three of three", func(v view) bool { return v.says("nanobody: 3 of 3") && v.Compose.Proposals == 0 })
}

// composeNext zeroes what is left to zero and fits the other structure alone.
func composeNext(t *testing.T, p *program, _ string) {
	p.press("compose.next")
	v := p.rest("the next round", func(v view) bool { return v.Rounds == 3 && len(v.Layers) == 3 && v.Selected != nil })
	if v.Selected.Structure != "7cfn_A_galpha" {
		t.Errorf("fitted %s, want the one that is missing", v.Selected.Structure)
	}
	p.keys("ctrl+z", "ctrl+z")
	p.rest("before it", func(v view) bool { return v.Rounds == 2 && len(v.Layers) == 2 })
	p.keys("F6")
	p.rest("the next round again", func(v view) bool { return v.Rounds == 3 && len(v.Layers) == 3 && v.Selected != nil })
}

// composeHere fits within a sphere about the centre of view.
func composeHere(t *testing.T, p *program, _ string) {
	p.press("compose.sphere")
	p.keys("ctrl+a")
	p.typed("40\t")
	p.keys("ctrl+2")
	v := p.rest("a round in a sphere", func(v view) bool { return v.Rounds == 4 && v.Compose.Sphere == 40 })
	if !v.says("Round 6", "within 40 Å of a point") { // numbers of rounds that were undone are not used again
		t.Errorf("the tree says\n%s", strings.Join(v.Compose.Tree, "\n"))
	}
	p.keys("ctrl+z")
	p.rest("without it", func(v view) bool { return v.Rounds == 3 })
	p.press("compose.here")
	p.rest("again", func(v view) bool { return v.Rounds == 4 && v.Compose.Sphere == 40 })
}

// composeClashes accepts a placement on another one.
func composeClashes(t *testing.T, p *program, _ string) {
	for rounds := 4; rounds > 1; { // back to the first
		undo := p.rest("rest", func(view) bool { return true }).Undo
		p.keys("ctrl+z")
		rounds = p.rest("a step undone", func(v view) bool { return v.Undo == undo-1 }).Rounds
	}
	p.row(0)
	p.keys("shift+Right") // what is wrong is folded
	p.row(4)              // below the right ones
	v := p.rest("a wrong row", func(v view) bool { return v.Selected != nil && v.Accepted == 2 })
	for v.Compose.Clashes == 0 {
		p.keys("space")
		v = p.rest("one more accepted", func(v view) bool { return v.Accepted == 3 })
		if v.Compose.Clashes == 0 { // it is where nothing is placed yet
			p.keys("ctrl+z")
			w := p.rest("undone", func(v view) bool { return v.Accepted == 2 })
			p.keys("Down")
			p.rest("the next row", func(v view) bool { return *v.Selected != *w.Selected })
		}
	}
	if !v.says("nearer than 2.5 Å") {
		t.Errorf("the tree says\n%s", strings.Join(v.Compose.Tree, "\n"))
	}
	p.press("node.clash:0")
	p.rest("it is shown", func(v view) bool { return v.Compose.Selected == "clash:0" && v.Drawn })
	p.shot("clash")
	p.keys("Up")
	p.rest("the line above", func(v view) bool { return v.Compose.Selected == "clashes:0" })
	p.keys("Down")
	p.rest("the clash by its key", func(v view) bool { return v.Compose.Selected == "clash:0" && v.Drawn })
	p.keys("ctrl+z")
	p.rest("no clash", func(v view) bool { return v.Accepted == 2 && v.Compose.Clashes == 0 })
}

// composeComplete lets the program find the rest.
func composeComplete(t *testing.T, p *program, _ string) {
	p.rest("two of three", func(v view) bool { return v.says("nanobody: 2 of 3") })
	p.press("compose.complete")
	v := p.rest("two proposals", func(v view) bool { return v.Compose.Proposals == 2 && v.says("proposed by composite") })
	p.keys("ctrl+z")
	p.rest("none", func(v view) bool { return v.Compose.Proposals == 0 })
	p.keys("F7")
	p.rest("two again", func(v view) bool { return v.Compose.Proposals == 2 })
	p.keys("ctrl+j")
	p.rest("one left", func(w view) bool { return w.Compose.Proposals == 1 && w.Accepted == v.Accepted+1 })
	p.keys("ctrl+shift+a")
	p.rest("none left", func(w view) bool { return w.Compose.Proposals == 0 })
	p.keys("ctrl+z")
	p.rest("one left again", func(w view) bool { return w.Compose.Proposals == 1 })
	p.press("compose.all")
	w := p.rest("all placed", func(w view) bool {
		return w.says("nanobody: 3 of 3") && w.says("galpha: 1 of 1") && w.Compose.Proposals == 0 && w.Compose.Explained > 60
	})
	if w.Compose.Clashes > 0 {
		t.Logf("clashes: %d", w.Compose.Clashes)
	}
}

// composeSession saves, and looks into the file.
func composeSession(t *testing.T, p *program, dir string) {
	path := filepath.Join(dir, "composite.difffit")
	p.keys("ctrl+s")
	p.answer("save.path", path)
	p.rest("the session", func(v view) bool { return v.Dialogs == 0 && exists(path) })
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var s struct {
		Structures []struct{ Copies int }
		Rounds     []struct{ Proposed string }
		Layers     []struct{ On bool }
	}
	if err := json.Unmarshal(text, &s); err != nil {
		t.Fatal(err)
	}
	if len(s.Structures) != 2 || s.Structures[0].Copies != 3 || len(s.Layers) != 2 || s.Rounds[len(s.Rounds)-1].Proposed != "composite" {
		t.Errorf("the session has %+v", s)
	}
	binary, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	said, err := exec.Command(binary, "replay", path, "--exact").CombinedOutput()
	if err != nil || !regexp.MustCompile(`(?m)^ *\d+ +composite .* identical$`).Match(said) || !strings.Contains(string(said), "0 differ, 0 not compared") {
		t.Errorf("replay of what the window saved: %v\n%s", err, said)
	}
	p.keys("ctrl+q")
	p.exit()
}
