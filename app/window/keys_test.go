// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
)

// Every shortcut of the menus is in the help, and none stands for two things.
func TestHelpHasAllKeys(t *testing.T) {
	b := newBench(t, &planned{})
	meanings := map[string]string{}
	for _, g := range b.keyHelp() {
		seen := map[string]bool{}
		for _, row := range g.Rows {
			if row[0] == "" || row[1] == "" {
				t.Errorf("%s: row %q says nothing", g.Where, row)
			}
			if seen[row[0]] {
				t.Errorf("%s: %q is there twice", g.Where, row[0])
			}
			seen[row[0]] = true
			if !strings.HasPrefix(g.Where, "Menu ") {
				continue
			}
			if other, ok := meanings[row[0]]; ok {
				t.Errorf("%s is both %q and %q", row[0], other, row[1])
			}
			meanings[row[0]] = row[1]
		}
	}
	var count func(m *fyne.Menu) int
	count = func(m *fyne.Menu) int {
		n := 0
		for _, i := range m.Items {
			if i.Shortcut != nil {
				n++
			}
			if i.ChildMenu != nil {
				n += count(i.ChildMenu)
			}
		}
		return n
	}
	all := 0
	for _, m := range b.menus.main.Items {
		all += count(m)
	}
	if all != len(meanings) || all < 10 {
		t.Errorf("the help has %d shortcuts of menus, want %d", len(meanings), all)
	}
	b.help.ShowHelp()
	for _, want := range []string{"Ctrl+O", "F5", "Zero out the selected placement", "turn to the left"} {
		if said := b.said(); !strings.Contains(said, want) {
			t.Errorf("the help lacks %q", want)
		}
	}
}

// What is typed in the help filters its rows; keys scroll it, turn to another
// tab and close it.
func TestHelpIsFilteredByTyping(t *testing.T) {
	b := newBench(t, &planned{})
	b.help.ShowHelp()
	e, tabs := b.Named["help.filter"].(fyne.Focusable), b.Named["help.tabs"].(*container.AppTabs)
	text := func() string { return entryOf(e).Text }
	if b.Canvas().Focused() != e {
		t.Fatal("what is typed does not reach the filter")
	}
	press := func(names ...fyne.KeyName) {
		for _, n := range names {
			e.TypedKey(&fyne.KeyEvent{Name: n})
		}
	}
	said := func() int { return strings.Count(b.said(), "\n") }
	all := said()
	test.Type(e, "ZERO out")
	if s := b.said(); !strings.Contains(s, "Zero out the selected placement") || strings.Contains(s, "turn to the left") || said() >= all {
		t.Errorf("filtered, the help says %q", s)
	}
	press(fyne.KeyEscape)
	if text() != "" || said() != all || b.Dialogs() != 1 {
		t.Errorf("Escape does not clear the filter: %q, %d lines of %d", text(), said(), all)
	}
	test.Type(e, "verdict") // as the guide calls what the column says
	if s := b.said(); !strings.Contains(s, "Right?") {
		t.Errorf("where the verdict is looked for the help says %q", s)
	}
	press(fyne.KeyEscape)
	test.Type(e, "no such thing")
	if s := b.said(); !strings.Contains(s, "0 found") {
		t.Errorf("where nothing is found the help says %q", s)
	}
	press(fyne.KeyEscape, fyne.KeyRight)
	if i := tabs.SelectedIndex(); i != 1 {
		t.Errorf("→ leads to tab %d, want 1", i)
	}
	press(fyne.KeyLeft, fyne.KeyLeft)
	if i := tabs.SelectedIndex(); i != 2 {
		t.Errorf("← ← leads to tab %d, want the last", i)
	}
	press(fyne.KeyRight, fyne.KeyPageDown)
	if y := tabs.Selected().Content.(*container.Scroll).Offset.Y; y < 100 {
		t.Errorf("a page down scrolls by %g", y)
	}
	press(fyne.KeyEscape)
	if b.Dialogs() != 0 {
		t.Error("Escape does not close the help")
	}
}
