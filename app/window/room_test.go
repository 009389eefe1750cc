// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// menuHeight is that of the menu bar of a real window, which the windows of tests
// do not have.
const menuHeight = 26

// The picture, without what lies beside, above or below it, has most of the
// window, whatever is in the panels.
func TestPictureHasMostOfTheWindow(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	for _, tt := range []struct {
		size fyne.Size
		want float32 // part of the area
	}{{fyne.NewSize(1440, 880), 0.62}, {fyne.NewSize(1024, 700), 0.5}, {fyne.NewSize(1920, 1080), 0.62}} {
		b.Resize(tt.size.SubtractWidthHeight(0, menuHeight))
		for _, tab := range b.Tabs.Items {
			b.Tabs.Select(tab)
			v := b.stage.View.Size()
			if part := v.Width * v.Height / (tt.size.Width * tt.size.Height); part < tt.want {
				t.Errorf("%v, panel %s: the picture is %v, %.1f %%, want %.0f %%", tt.size, tab.Text, v, 100*part, 100*tt.want)
			}
		}
	}
}

// At 200 % a screen of 1440 × 900 pixels has 720 × 450 units, less the frame of
// the window.
func TestWindowFitsASmallScreenAtTwiceTheSize(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	least := b.Content().MinSize()
	if least.Width > 720 || least.Height > 420-menuHeight {
		t.Errorf("the window is at least %v", least)
	}
	b.Resize(fyne.NewSize(720, 420-menuHeight))
	for name, o := range map[string]fyne.CanvasObject{"Help": b.tools.help, "Save remaining map": b.tools.saveMap, "the slider of the level": b.stage.LevelPanel.Histogram()} {
		at := b.App.Driver().AbsolutePositionForObject(o)
		if end := at.X + o.Size().Width; at.X < 0 || end > 720 || o.Size().Width < 20 {
			t.Errorf("%s goes from %g to %g", name, at.X, end)
		}
	}
	if b.tools.saveMap.Text != "" || b.tools.fit.Text != "Fit" {
		t.Errorf("words %q and %q, want none and Fit", b.tools.saveMap.Text, b.tools.fit.Text)
	}
	b.Resize(fyne.NewSize(1440, 880))
	if b.tools.saveMap.Text != "Save remaining map" {
		t.Errorf("where there is room the button says %q", b.tools.saveMap.Text)
	}
}

// F11 shows nothing but the picture; F11, Escape, or what is asked for and not to
// be seen brings the rest back.
func TestPictureOnly(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	press := func(k fyne.KeyName) { b.typed(k, 0) }
	for _, back := range []struct {
		name string
		do   func()
	}{
		{"F11", func() { press(fyne.KeyF11) }},
		{"Escape", func() { press(fyne.KeyEscape) }},
		{"the filter", b.focusFilter},
		{"a panel", func() { b.ShowTab(b.compose.Panel) }},
	} {
		before := b.stage.View.Size()
		press(fyne.KeyF11)
		if hint, _ := b.help.Hint(); b.stage.View.Size() != b.Canvas().Size() || b.MainMenu() != nil || !strings.HasPrefix(hint, "F11 or Esc") {
			t.Errorf("the picture is %v of %v, the hint %q", b.stage.View.Size(), b.Canvas().Size(), hint)
		}
		press(fyne.KeyR)
		if hint, _ := b.help.Hint(); b.help.Bar.Visible() {
			t.Errorf("after a key the hint is still %q", hint)
		}
		if back.do(); b.stage.View.Size() != before || b.MainMenu() != b.menus.main || b.dock.Away() {
			t.Errorf("%s: the picture is %v, was %v", back.name, b.stage.View.Size(), before)
		}
	}
}

// Where the picture is alone, menus and their keys are still there.
func TestKeysOfAPictureAlone(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.setAlone(true)
	b.Canvas().(interface{ TypedShortcut(s fyne.Shortcut) }).TypedShortcut(shortcut(fyne.KeyComma, 0))
	if b.Dialogs() != 1 {
		t.Errorf("Ctrl+, opens %d dialogs", b.Dialogs())
	}
	b.Escape()
	b.typed(fyne.KeyF10, 0)
	menu, is := b.Canvas().Focused().(*widget.PopUpMenu)
	if !is || len(menu.Items) != len(b.menus.main.Items) {
		t.Errorf("F10 opens a menu: %t", is)
	}
}

// The dock is as wide as it was left, and away if it was put away.
func TestDockIsKept(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	with := b.stage.View.Size().Width
	b.dock.Edge().(fyne.Draggable).Dragged(&fyne.DragEvent{Dragged: fyne.NewDelta(-100, 0)})
	b.dock.Edge().(fyne.Draggable).DragEnd()
	if got := b.App.Preferences().Float(keyDockWidth); got < 470 || b.stage.View.Size().Width > with-90 {
		t.Errorf("dragged, the dock is %g wide, the picture %g, was %g", got, b.stage.View.Size().Width, with)
	}
	b.dock.Edge().(fyne.Tappable).Tapped(nil)
	if !b.dock.Away() {
		t.Error("a click on the edge does not put the dock away")
	}
	if !b.App.Preferences().Bool(keyDockAway) {
		t.Error("that is not kept")
	}
}

// The column follows the level that is shown, in the whole map, and at the level
// of the fit has the numbers of the fit.
func TestInsideFollowsTheLevel(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	level := b.shownLevel()
	at := func() panel.Inside { return b.table.Inside() }
	if in := at(); in.Level != level || in.Round != 1 || len(in.Of) != 6 {
		t.Fatalf("inside %+v, want 6 at %g", in, level)
	}
	highest := float64(slices.Max(b.Doc.State().Map.Grid.Data))
	b.stage.LevelPanel.OnDone(2 * highest)
	b.idle()
	if text := b.Status.Text; at().Level != level || !strings.Contains(text, "The level was not changed") {
		t.Errorf("a level above all densities: inside %g, status %q", at().Level, text)
	}
	b.stage.LevelPanel.OnDone(math.Nextafter(highest, 0))
	b.idle()
	for id, v := range at().Of {
		if v != 0 {
			t.Errorf("%v: %g of the atoms are above all densities but one", id, v)
		}
	}
}

func TestWindowBeginsWithinItsScreen(t *testing.T) {
	for _, tt := range []struct {
		name          string
		scale         float32
		width, height int
		want          fyne.Size
	}{
		{"a large screen", 1, 2560, 1440, firstSize},
		{"200 % of a laptop", 2, 1440, 900, fyne.NewSize(720, 435)},
		{"a low screen", 1, 1920, 800, fyne.NewSize(1440, 770)},
		{"nobody knows", 2, 0, 0, firstSize},
	} {
		if got := within(firstSize, tt.scale, func() (int, int) { return tt.width, tt.height }); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

// A click on the resolution in the header of the table leads to where another is
// stated, also from a window with the picture only.
func TestResolutionLeadsToItsField(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.dock.Toggle()
	b.table.Results.OnResolution()
	field := b.compose.Options.Resolution()
	if b.dock.Away() || b.Tabs.Selected().Content != b.compose.Options || b.Canvas().Focused() != field {
		t.Fatalf("away %t, panel %s, keyboard in %T", b.dock.Away(), b.Tabs.Selected().Text, b.Canvas().Focused())
	}
	field.TypedRune('8')
	field.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if got := b.Doc.State().Options.Resolution; got != 8 {
		t.Errorf("the resolution of the next fit is %g, want 8", got)
	}
}
