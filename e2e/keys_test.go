// SPDX-License-Identifier: BSD-3-Clause

package e2e

import "testing"

// TestKeysEverywhere clicks on things of each kind, and presses keys of the window
// and of the picture then.
func TestKeysEverywhere(t *testing.T) {
	dir := home(t)
	p := start(t, newScreen(t, 1500, 950), dir, "--demo")
	p.rest("the demo", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	p.row(0)
	for _, at := range []string{"filter", "level", "histogram", "viewport", "table", "tabs"} {
		p.press(at)
		p.keys("F1")
		p.wait("the help, from "+at, func(v view) bool { return v.Dialogs == 1 })
		p.keys("Escape")
		p.wait("no help", func(v view) bool { return v.Dialogs == 0 })
	}
	// Two Tabs from the filter lead to buttons, which have no use for X.
	p.press("filter")
	rejected := p.rest("rest", func(view) bool { return true }).Rejected
	p.keys("Tab", "Tab", "x")
	p.rest("a rejection", func(v view) bool { return v.Rejected == rejected+1 })
	p.keys("x")
	p.rest("none", func(v view) bool { return v.Rejected == rejected })
	// The slab, after a click on what is in the picture gave the table the keyboard.
	p.press("viewport")
	p.keys("bracketleft")
	p.rest("a slab", func(v view) bool { return v.Camera.Slab > 0 })
	p.keys("backslash")
	p.rest("no slab", func(v view) bool { return v.Camera.Slab == 0 })
	// A double click on Fit fits once, and cancels nothing.
	p.row(0)
	p.keys("Delete") // or a fit would find the same again
	v := p.rest("density zeroed out", func(v view) bool { return len(v.Layers) == 1 && v.Drawn })
	fit := v.Places["fit"]
	x, y := p.x+fit[0]+fit[2]/2, p.y+fit[1]+fit[3]/2
	p.click(x, y)
	p.do("xdotool", "click", "1")
	p.rest("a round", func(v view) bool { return v.Rounds == 2 && v.Rows >= 5 })
}
