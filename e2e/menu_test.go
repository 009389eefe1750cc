// SPDX-License-Identifier: BSD-3-Clause

package e2e

import "testing"

// TestMenusByMouse chooses from the menu bar as a hand does. Where the titles
// are, only Fyne knows; these are the middles of theirs with its own letters.
func TestMenusByMouse(t *testing.T) {
	dir := home(t)
	p := start(t, newScreen(t, 1500, 950), dir, "--demo")
	p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	const bar, first, each = 14, 44, 29 // of titles, of the first entry, from one to the next; pixels
	choose := func(title, entry int) {
		p.click(p.x+title, p.y+bar)
		p.shot("menu")
		p.click(p.x+title+20, p.y+first+each*entry)
	}
	const edit, help = 60, 291
	choose(help, 0)
	p.wait("the help", func(v view) bool { return v.Dialogs == 1 })
	p.keys("Escape")
	p.wait("no help", func(v view) bool { return v.Dialogs == 0 })

	p.press("accept")
	p.wait("an accepted placement", func(v view) bool { return v.Accepted == 1 && v.UndoItem != "" })
	choose(edit, 0)
	p.wait("it undone", func(v view) bool { return v.Accepted == 0 && v.Redo > 0 })
	choose(edit, 1)
	p.wait("it redone", func(v view) bool { return v.Accepted == 1 })
}
