// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
)

// Every shortcut of the menus is in the help, and none stands for two things.
func TestHelpHasAllKeys(t *testing.T) {
	b := newBench(t, &planned{})
	meanings := map[string]string{}
	for _, g := range b.keyHelp() {
		seen := map[string]bool{}
		for _, row := range g.rows {
			if row[0] == "" || row[1] == "" {
				t.Errorf("%s: row %q says nothing", g.where, row)
			}
			if seen[row[0]] {
				t.Errorf("%s: %q is there twice", g.where, row[0])
			}
			seen[row[0]] = true
			if !strings.HasPrefix(g.where, "Menu ") {
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
	b.showHelp()
	for _, want := range []string{"Ctrl+O", "F5", "zero out its density", "turn to the left"} {
		if said := b.said(); !strings.Contains(said, want) {
			t.Errorf("the help lacks %q", want)
		}
	}
}
