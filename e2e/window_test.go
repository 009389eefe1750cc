// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/internal/testdata"
	"difffit/io/load"
)

// TestMainJob does in the window what the program is for, step by step: open,
// fit, sort, select, accept, zero out, fit again, undo, save.
func TestMainJob(t *testing.T) {
	dir := home(t)
	p := start(t, newScreen(t, 1500, 950), dir)
	steps := []struct {
		name string
		do   func(t *testing.T, p *program, dir string)
	}{
		{"open", openFiles},
		{"fit", fit},
		{"sort", sortTable},
		{"select", selectRows},
		{"accept", accept},
		{"zero", zero},
		{"again", fitAgain},
		{"undo", undo},
		{"structure", saveStructure},
		{"map", saveMap},
		{"session", saveSession},
		{"quit", func(t *testing.T, p *program, _ string) {
			p.keys("ctrl+q")
			p.exit()
		}},
	}
	for _, step := range steps {
		if !t.Run(step.name, func(t *testing.T) {
			q, s := *p, *p.screen // failures belong to the step
			q.t, s.t = t, t
			q.screen = &s
			step.do(t, &q, dir)
			if step.name != "quit" {
				q.shot(step.name)
			}
		}) {
			break
		}
	}
}

func openFiles(_ *testing.T, p *program, dir string) {
	p.press("open")
	p.answer("open.path", filepath.Join(dir, "map.mrc.gz"))
	p.rest("the map", func(v view) bool { return v.Map == "map" && v.Dialogs == 0 && v.Drawn })
	p.keys("ctrl+o")
	p.answer("open.path", filepath.Join(dir, "parts"))
	p.rest("five structures", func(v view) bool { return len(v.Names) == 5 && v.Dialogs == 0 })
}

func fit(_ *testing.T, p *program, _ string) {
	p.press("fit")
	p.rest("the first round", func(v view) bool { return v.Rounds == 1 && v.Rows >= 5 && v.Selected != nil && v.Drawn })
}

func sortTable(_ *testing.T, p *program, _ string) {
	p.column("Map CC")
	v := p.rest("rows by map correlation", func(v view) bool { return v.Sorted == "Map CC" })
	p.column("Map CC")
	p.rest("the other order", func(w view) bool { return w.Sorted == "Map CC" && w.Downward != v.Downward })
	p.column("Score")
	p.rest("rows by score", func(v view) bool { return v.Sorted == "Score" && v.Downward })
}

func selectRows(t *testing.T, p *program, _ string) {
	p.row(0) // of those in sight: the table follows the selection when it is sorted
	p.keys("Home")
	best := p.rest("the best row", func(v view) bool { return v.Selected != nil && v.Selected.Structure == "7cfn_R_receptor" }).Selected
	p.row(1)
	second := p.rest("another row", func(v view) bool { return v.Selected != nil && *v.Selected != *best && v.Drawn }).Selected
	p.keys("Up")
	first := p.rest("the row above", func(v view) bool { return v.Selected != nil && *v.Selected != *second && v.Drawn }).Selected
	p.keys("Down", "Down")
	third := p.rest("two rows below", func(v view) bool { return v.Selected != nil && *v.Selected != *first && *v.Selected != *second }).Selected
	p.keys("Home")
	p.rest("the first row", func(v view) bool { return v.Selected != nil && *v.Selected == *first })
	if first.Structure == third.Structure && first.Rank == third.Rank {
		t.Errorf("rows 1 and 3 are both %+v", *first)
	}
}

func accept(_ *testing.T, p *program, _ string) {
	p.press("accept")
	p.rest("an accepted placement", func(v view) bool { return v.Accepted == 1 })
}

func zero(t *testing.T, p *program, _ string) {
	p.choose("Compose/Zero out the selected placement")
	v := p.rest("a layer", func(v view) bool { return len(v.Layers) == 1 && v.Layers[0].On && v.Drawn })
	if v.Layers[0].Voxels == 0 || v.Layers[0].Structure != v.Selected.Structure {
		t.Errorf("layer %+v of the selected %+v zeroes nothing of it", v.Layers[0], *v.Selected)
	}
}

func fitAgain(_ *testing.T, p *program, _ string) {
	p.press("fit")
	p.rest("the second round", func(v view) bool { return v.Rounds == 2 && v.Selected != nil && v.Selected.Round == 2 && v.Drawn })
}

func undo(_ *testing.T, p *program, _ string) {
	before := p.rest("rest", func(v view) bool { return v.Undo > 2 })
	p.keys("ctrl+z")
	p.rest("the round undone", func(v view) bool { return v.Rounds == 1 && v.Redo == 1 })
	p.keys("ctrl+z")
	p.rest("the layer undone", func(v view) bool { return len(v.Layers) == 0 && v.Redo == 2 })
	p.keys("ctrl+shift+z")
	p.press("redo")
	p.rest("all done again", func(v view) bool { return v.Rounds == 2 && len(v.Layers) == 1 && v.Undo == before.Undo && v.Drawn })
}

func saveStructure(t *testing.T, p *program, dir string) {
	p.row(0)
	p.rest("a selected row", func(v view) bool { return v.Selected != nil })
	path := filepath.Join(dir, "fit.cif")
	p.press("save.structure")
	p.answer("save.path", path)
	v := p.rest("the file", func(v view) bool { return v.Dialogs == 0 && exists(path) })

	saved, err := load.Structure(path, load.StructureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	name := v.Selected.Structure
	original, err := load.Structure(filepath.Join(dir, "parts", name+".cif.gz"), load.StructureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got, parts, where := saved.Models[0].Atoms, original.Models[0].Atoms, truth(t, name).Mover()
	if len(got) != len(parts) {
		t.Fatalf("%s has %d atoms, want %d", path, len(got), len(parts))
	}
	sum := 0.0
	for i, a := range parts {
		sum += r3.Norm2(r3.Sub(got[i].Pos, where(a.Pos)))
	}
	if off := math.Sqrt(sum / float64(len(got))); !(off < 1) { // a voxel is 1.8 Å
		t.Errorf("the saved %s is %.2f Å from its place, want less than 1", name, off)
	}
}

func saveMap(t *testing.T, p *program, dir string) {
	path := filepath.Join(dir, "rest.mrc")
	v := p.rest("rest", func(view) bool { return true })
	p.press("save.map")
	p.answer("save.path", path)
	p.rest("the file", func(v view) bool { return v.Dialogs == 0 && exists(path) })

	before, err := load.Volume(filepath.Join(dir, "map.mrc.gz"), load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	after, err := load.Volume(path, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	zeroed := 0
	for i, d := range after.Grid.Data {
		switch {
		case d == before.Grid.Data[i]:
		case d == 0:
			zeroed++
		default:
			t.Fatalf("voxel %d is %g, want %g or 0", i, d, before.Grid.Data[i])
		}
	}
	if want := v.Layers[0].Voxels; zeroed != want {
		t.Errorf("%d voxels are zeroed in the file, want %d", zeroed, want)
	}
}

func saveSession(t *testing.T, p *program, dir string) {
	path := filepath.Join(dir, "work.difffit")
	p.keys("ctrl+s")
	p.answer("save.path", path)
	v := p.rest("the session", func(v view) bool { return v.Dialogs == 0 && exists(path) })
	second := newScreen(t, 1500, 950)
	second.shots = p.shots
	other := start(t, second, t.TempDir(), path)
	other.rest("the session opened", func(w view) bool {
		return w.Map == v.Map && w.Rounds == v.Rounds && w.Accepted == v.Accepted && len(w.Layers) == len(v.Layers) && len(w.Names) == len(v.Names) && w.Drawn
	})
	other.shot("reopened")
	other.keys("ctrl+q")
	other.exit()
}

// truth returns the motion that takes a chain of the demo to its place.
func truth(t *testing.T, name string) geom.Rigid {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(testdata.Root(t), "assets", "demo", "truth.json"))
	if err != nil {
		t.Fatal(err)
	}
	var answers []struct {
		Name        string
		Quaternion  [4]float64
		Translation [3]float64
	}
	if err := json.Unmarshal(text, &answers); err != nil {
		t.Fatal(err)
	}
	for _, a := range answers {
		if a.Name == name {
			return geom.NewRigid(quat.Number{Real: a.Quaternion[0], Imag: a.Quaternion[1], Jmag: a.Quaternion[2], Kmag: a.Quaternion[3]},
				r3.Vec{X: a.Translation[0], Y: a.Translation[1], Z: a.Translation[2]})
		}
	}
	t.Fatalf("truth.json has no %s", name)
	return geom.Rigid{}
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
