// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/view"
	"difffit/app/viewport"
	"difffit/app/window/stage"
	"difffit/render"
)

// pick does what an item of the menu View does, found by its labels.
func pick(t *testing.T, w *window, labels ...string) *fyne.MenuItem {
	t.Helper()
	items := w.menus.view.Items
	var found *fyne.MenuItem
	for _, label := range labels {
		found = nil
		for _, i := range items {
			if strings.HasPrefix(i.Label, label) {
				found = i
			}
		}
		if found == nil {
			t.Fatalf("no item %q of %q", label, labels)
		}
		if found.ChildMenu != nil {
			items = found.ChildMenu.Items
		}
	}
	if found.Action != nil {
		found.Action()
	}
	return found
}

func TestViewMenuChangesTheScene(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	scene := func() render.Scene { return b.stage.View.Scene() }
	if s := scene(); s.Look.Occlusion == 0 || s.Look.Silhouettes != 0 || s.Volumes[0].Style != render.Surface || s.Volumes[0].Color.A == 255 {
		t.Errorf("at first: %+v, map in style %d, alpha %d", s.Look, s.Volumes[0].Style, s.Volumes[0].Color.A)
	}
	mesh := pick(t, b.window, "Map", "Mesh")
	pick(t, b.window, "Molecules", "Sticks")
	pick(t, b.window, "Colours", "By element")
	pick(t, b.window, "Light", "Two lights")
	pick(t, b.window, "Light", "Silhouettes")
	s := scene()
	if s.Volumes[0].Style != render.Mesh || s.Look.Light != render.TwoLights || s.Look.Silhouettes == 0 {
		t.Errorf("map in style %d, look %+v", s.Volumes[0].Style, s.Look)
	}
	if !mesh.Checked || pick(t, b.window, "Map").ChildMenu.Items[0].Checked {
		t.Error("the mark is not on the mesh alone")
	}
	want := b.stage.Display()
	if want.Colours != render.ByElement {
		t.Errorf("coloured by %d", want.Colours)
	}
	// Another job begins with the light of this one, and nothing else.
	want.Colours, want.Style, want.MapStyle, want.Hydrogens, want.Dust = view.FirstColoring, render.Cartoon, render.Surface, false, false
	if l := stage.New(b.Shell, viewport.NewFrom(nil)).Display(); l != want {
		t.Errorf("kept: %+v, want %+v", l, want)
	}
	b.App.Preferences().SetInt("view.light", 99)
	if l := stage.New(b.Shell, viewport.NewFrom(nil)).Display(); l.Light != render.Headlight {
		t.Errorf("a light that is none: %d, want that of the head", l.Light)
	}
	for key, number := range map[string]int{"view.light": 2, "view.background": 1} {
		b.App.Preferences().SetInt(key, number) // as older programs kept them
	}
	l := stage.New(b.Shell, viewport.NewFrom(nil)).Display()
	if l.Light != render.Flat || l.Ground != view.WhiteGround {
		t.Errorf("of numbers: %+v", l)
	}
	pick(t, b.window, "Camera", "Wheel", "Changes the level")
	parallel := pick(t, b.window, "Camera", "Parallel")
	pick(t, b.window, "Camera", "Thinner slab")
	if c := b.stage.View.Camera(); b.stage.View.Wheel != viewport.WheelLevels || !c.Ortho || !parallel.Checked || c.Front == 0 {
		t.Errorf("wheel %d, camera %+v, mark %t", b.stage.View.Wheel, c, parallel.Checked)
	}
}

func TestWordsBesideThePointer(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	t1 := b.Doc.State().Structures[0]
	at := r3.Vec{X: 10, Y: 10, Z: 10} // the middle of the blob, where the density is 1
	got := b.stage.Describe(render.Hit{IsAtom: true, ID: t1.ID, Atom: 0, Position: at})
	sigma := fmt.Sprintf("%.1f σ", (1-b.stage.Target().Profile().Mean)/b.stage.Target().Profile().SD)
	for _, want := range []string{t1.Model.Name, t1.Model.Atoms[0].Residue, "density 1 ", sigma} {
		if !strings.Contains(got, want) {
			t.Errorf("%q lacks %q", got, want)
		}
	}
	if got := b.stage.Describe(render.Hit{ID: 99, IsAtom: true}); strings.Contains(got, "/") {
		t.Errorf("of a structure that is gone: %q", got)
	}
}
