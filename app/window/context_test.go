// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/render"
)

// popped returns what the context menu that is open says, and closes it.
func (b *bench) popped() []string {
	b.t.Helper()
	top := b.Canvas().Overlays().Top()
	if top == nil {
		return nil
	}
	defer b.Canvas().Overlays().Remove(top)
	var texts []string
	var walk func(fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *canvas.Text:
			texts = append(texts, o.Text)
		case *fyne.Container:
			for _, c := range o.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(o).Objects() {
				walk(c)
			}
		}
	}
	walk(top)
	return texts
}

// A right click tells what can be done with what it is on, with the keys of the
// menus.
func TestContextMenus(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.compose.ZeroOut()
	b.idle()
	at := fyne.NewPos(200, 200)
	atom := render.Hit{IsAtom: true, ID: 1, Molecule: 0, Atom: 0, Volume: -1}
	for _, tt := range []struct {
		name string
		open func()
		want []string
	}{
		{"row", func() { b.table.Results.OnMenu(at) }, []string{"Accept", "Space", "Reject", "X", "Zero out the selected placement", "Note…", "Save fitted structure…", "Columns…"}},
		{"atom", func() { b.stage.View.OnMenu(atom, true, at) }, []string{"Accept", "Reject", "Molecules", "Colours", "Rotate about this point"}},
		{"map", func() { b.stage.View.OnMenu(render.Hit{Molecule: -1}, true, at) }, []string{"Map", "Save remaining map…", "Rotate about this point"}},
		{"nothing", func() { b.stage.View.OnMenu(render.Hit{}, false, at) }, []string{"Show all", "From the front", "Light"}},
		{"row of a map", func() { b.stage.MapsPanel.OnMenu(0, at) }, []string{"Show", "Drawn as", "Another level"}},
		{"structure", func() { b.files.Inputs.OnMenu(1, at) }, []string{"Fit in map (F9)", "Take part in the next fit", "Leave out all others", "Remove"}},
		{"accepted", func() { b.compose.Panel.OnMenu(panel.Node{Kind: panel.AcceptedNode, ID: 1}, at) }, []string{"Accept it no longer", "Complete automatically"}},
		{"zeroing", func() { b.compose.Panel.OnMenu(panel.Node{Kind: panel.LayerNode, ID: 1}, at) }, []string{"Switch the zeroing", "Remove the zeroing"}},
		{"round", func() { b.compose.Panel.OnMenu(panel.Node{Kind: panel.RoundNode, ID: 1}, at) }, []string{"Remove the round"}},
		{"copies", func() { b.compose.Panel.OnMenu(panel.Node{Kind: panel.StructureNode, ID: 1}, at) }, []string{"One copy more is expected"}},
	} {
		tt.open()
		got := b.popped()
		for _, want := range tt.want {
			if !slices.Contains(got, want) {
				t.Errorf("%s: the menu lacks %q: %q", tt.name, want, got)
			}
		}
	}
}

// A right click on a row selects it first; a right drag in the picture is none.
func TestRightClicks(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	third := document.ClusterID{Round: 1, Structure: 1, Rank: 2}
	table := b.table.Results.Table()
	height := float32(0)
	for y := float32(40); y < 400 && b.Doc.Selected() != third; y += 5 {
		table.(fyne.SecondaryTappable).TappedSecondary(&fyne.PointEvent{Position: fyne.NewPos(60, y), AbsolutePosition: fyne.NewPos(60, y)})
		height = y
		if b.popped() == nil {
			t.Fatalf("a right click at %g shows no menu", y)
		}
	}
	if b.Doc.Selected() != third {
		t.Errorf("right clicks down to %g do not select the row", height)
	}
	v := b.stage.View
	click := func(to fyne.Position) []string {
		e := &desktop.MouseEvent{Button: desktop.MouseButtonSecondary}
		e.Position = fyne.NewPos(100, 100)
		v.MouseDown(e)
		e.Position = to
		v.MouseMoved(e)
		v.MouseUp(e)
		return b.popped()
	}
	before := v.Camera()
	if click(fyne.NewPos(101, 99)) == nil || v.Camera() != before {
		t.Error("a right click shows no menu, or moves the scene")
	}
	if click(fyne.NewPos(130, 90)) != nil || v.Camera() == before {
		t.Error("a right drag shows a menu, or does not move the scene")
	}
}

// Every button that is seen is explained when the pointer rests on it.
func TestButtonsAreExplained(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	d := fyne.CurrentApp().Driver()
	for name, o := range map[string]fyne.CanvasObject{
		"fit": b.tools.fit, "undo": b.tools.undo, "show all": b.tools.frame, "look": b.tools.appearance, "help": b.tools.help, "save map": b.tools.saveMap,
	} {
		at := d.AbsolutePositionForObject(o).AddXY(4, 4)
		if of, text := b.Tips.Find(at); of != o || text == "" {
			t.Errorf("%s is explained by %q", name, text)
		}
	}
	for i, of := range []fyne.CanvasObject{b.files.Inputs, nil, b.compose.Panel, b.stage.MapsPanel} {
		if of == nil {
			continue // texts explain themselves there
		}
		b.Tabs.SelectIndex(i)
		for o, text := range of.(interface {
			Tooltips() map[fyne.CanvasObject]string
		}).Tooltips() {
			if text == "" || d.AbsolutePositionForObject(o).IsZero() {
				continue
			}
			if got, _ := b.Tips.Find(d.AbsolutePositionForObject(o).AddXY(1, 1)); got == nil {
				t.Errorf("%T of tab %d is not found where it is", o, i)
			}
		}
	}
	// What is over it is not explained through.
	b.help.ShowHelp()
	if o, _ := b.Tips.Find(d.AbsolutePositionForObject(b.tools.fit).AddXY(4, 4)); o != nil {
		t.Error("a button below a dialog is explained")
	}
}
