// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"strings"
	"testing"

	looks "difffit/app/view"
)

// choose clicks an entry of the menu bar as a hand does: its title, and the
// entries of menus in menus. Path is as "Placements/Pinned placements/Side by
// side"; words after a colon or in brackets are left out.
func (p *program) choose(path string) {
	p.t.Helper()
	parts := strings.Split(path, "/")
	for i := range parts {
		name := "menu." + strings.Join(parts[:i+1], "/")
		v := p.wait(name, func(v view) bool { return v.Places[name] != [4]int{} && !contains(v.Disabled, name) })
		at := v.Places[name]
		p.click(p.x+at[0]+at[2]/2, p.y+at[1]+at[3]/2)
	}
}

// TestMenusByMouse chooses from all menus with the mouse, and sees what comes
// of it. What is in no menu, other tests click.
func TestMenusByMouse(t *testing.T) {
	dir := home(t)
	tableOfAll(t, dir)
	p := start(t, newScreen(t, 1500, 950), dir, "--demo")
	p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	p.steps(dir, []step{
		{"file", menuFile},
		{"edit", menuEdit},
		{"fit", menuFit},
		{"clusters", menuClusters},
		{"compose", menuCompose},
		{"view", menuView},
		{"camera", menuCamera},
		{"help", menuHelp},
	})
}

// opens chooses an entry that opens a dialog, and closes that.
func (p *program) opens(path string) {
	p.t.Helper()
	p.choose(path)
	p.wait(path, func(v view) bool { return v.Dialogs == 1 })
	p.keys("Escape")
	p.wait("no dialog", func(v view) bool { return v.Dialogs == 0 })
}

// changes chooses an entry and waits for what it does.
func (p *program) changes(path string, done func(before, now view) bool) {
	p.t.Helper()
	before := p.rest("rest", func(v view) bool { return v.Dialogs == 0 })
	p.choose(path)
	p.rest(path, func(now view) bool { return done(before, now) })
}

func accepted(n int) func(_, now view) bool {
	return func(_, now view) bool { return now.Accepted == n }
}

// looks tells whether something of the picture has a value.
func looksLike(name string, value int) func(_, now view) bool {
	return func(_, now view) bool { return now.Looks[name] == value }
}

// other tells whether something of the picture has another value than before.
func other(name string) func(before, now view) bool {
	return func(before, now view) bool { return now.Looks[name] != before.Looks[name] }
}

func menuFile(_ *testing.T, p *program, _ string) {
	p.choose("Fit/Accept")
	p.rest("an accepted placement", func(v view) bool { return v.Accepted == 1 })
	for _, entry := range []string{
		"Open…", "Fetch from PDB, EMDB, AlphaFold DB…", "Save session", "Save session as…", "Save fitted structure…",
		"Save all accepted as one structure…", "Save remaining map…", "Save picture…", "Save turntable movie…",
		"Save report…", "Export for other programs…",
	} {
		p.opens("File/" + entry)
	}
}

func menuEdit(_ *testing.T, p *program, _ string) {
	p.changes("Edit/Undo", accepted(0))
	p.changes("Edit/Redo", accepted(1))
	p.opens("Edit/Preferences…")
}

func menuFit(_ *testing.T, p *program, _ string) {
	p.changes("Compose/Zero out the selected placement", func(_, now view) bool { return len(now.Layers) == 1 })
	p.changes("Fit/Fit", func(_, now view) bool { return now.Rounds == 2 && now.Selected != nil })
	p.choose("Fit/Fit") // what has not changed is fitted again only with another seed
	p.rest("a question", func(v view) bool { return v.Dialogs == 1 })
	p.keys("Escape")
	p.rest("no question", func(v view) bool { return v.Dialogs == 0 })
	p.changes("Edit/Undo", func(_, now view) bool { return now.Rounds == 1 })
	p.choose("Fit/Fit")
	p.wait("a running fit", func(v view) bool { return strings.HasPrefix(v.Job, "Fit") || v.Rounds == 2 })
	if p.wait("rest or a fit", func(view) bool { return true }).Job != "" {
		p.choose("Fit/Cancel what runs")
	}
	p.rest("its end", func(v view) bool { return v.Job == "" })
	for p.rest("rest", func(view) bool { return true }).Rounds > 1 {
		p.changes("Edit/Undo", func(before, now view) bool { return now.Undo < before.Undo })
	}
	p.changes("Fit/Engine/cpu", func(_, _ view) bool { return true })
}

func menuClusters(_ *testing.T, p *program, _ string) {
	p.row(2)
	p.rest("the third row", func(v view) bool { return v.Selected != nil && v.Drawn })
	p.changes("Placements/Reject", func(_, now view) bool { return now.Rejected == 1 })
	p.choose("Placements/Note…")
	p.wait("a field", func(v view) bool { return v.Places["note.text"] != [4]int{} && v.Dialogs == 1 })
	p.typed("to be looked at again")
	p.keys("Return")
	p.rest("the note", func(v view) bool { return len(v.Notes) == 1 && v.Dialogs == 0 })
	p.choose("Placements/Filter")
	p.typed("hits>=3")
	p.rest("fewer rows", func(v view) bool { return v.Filter == "hits>=3" && v.Rows < v.AllRows })
	p.press("filter") // with the mouse: the field itself
	p.keys("ctrl+a", "BackSpace")
	p.rest("all rows", func(v view) bool { return v.Filter == "" && v.Rows == v.AllRows })
	p.opens("Placements/Columns…")
	p.opens("Placements/Export the table…")
	p.changes("Placements/Copy the row", func(_, now view) bool { return strings.Count(now.Clipboard, "\n") == 2 })
	p.changes("Placements/Copy all rows shown", func(_, now view) bool { return strings.Count(now.Clipboard, "\n") == now.Rows+1 })
	pins := func(n int) func(_, now view) bool { return func(_, now view) bool { return len(now.Pins) == n } }
	for i := range 2 {
		p.row(i)
		p.rest("a row", func(v view) bool { return v.Selected != nil })
		p.changes("Placements/Pin", pins(i+1))
	}
	p.changes("Placements/Pinned placements/All in one view", func(_, now view) bool { return now.Mode == 1 })
	p.changes("Placements/Pinned placements/Side by side", func(_, now view) bool { return now.Mode == 2 && now.Views == 2 })
	p.changes("Placements/Pinned placements/The selected one", func(_, now view) bool { return now.Mode == 0 && now.Views == 1 })
	p.changes("Placements/Flicker between two", func(before, now view) bool { return now.selected() != before.selected() })
	p.changes("Placements/Unpin all", pins(0))
	p.changes("Placements/Cloud of placements/All starts of the fit", func(_, now view) bool { return now.Cloud > 1 })
	p.changes("Placements/Cloud of placements/None", func(_, now view) bool { return now.Cloud == 0 })
	p.choose("Placements/How it was found")
	p.wait("a way", func(v view) bool { return v.Ways > 0 && v.Steps > 20 })
	p.choose("Placements/How it was found")
	p.rest("no way", func(v view) bool { return v.Ways == 0 })
}

func menuCompose(_ *testing.T, p *program, _ string) {
	p.changes("Compose/Show the panel", func(_, now view) bool { return now.Places["compose.tree"] != [4]int{} })
	p.changes("Compose/Preview what would be zeroed", func(_, now view) bool { return now.Compose.Preview && now.Compose.Erased > 0 })
	p.changes("Compose/Preview what would be zeroed", func(_, now view) bool { return !now.Compose.Preview })
	p.changes("Compose/Next", func(_, now view) bool { return now.Rounds == 2 })
	p.changes("Edit/Undo", func(_, now view) bool { return now.Rounds == 1 })
	p.changes("Compose/Fit here", func(before, now view) bool { return now.Rounds == before.Rounds+1 })
	p.changes("Edit/Undo", func(_, now view) bool { return now.Rounds == 1 })
	p.changes("Compose/Complete automatically", func(_, now view) bool { return now.Compose.Proposals >= 3 })
	p.changes("Compose/Reject the proposal", func(before, now view) bool { return now.Compose.Proposals == before.Compose.Proposals-1 })
	p.changes("Compose/Accept the proposal", func(before, now view) bool { return now.Accepted == before.Accepted+1 })
	p.changes("Compose/Accept all that look right, without clash", func(before, now view) bool { return now.Compose.Proposals == 0 && now.Accepted > before.Accepted })
}

func menuView(_ *testing.T, p *program, _ string) {
	for _, e := range []string{"Tube", "Sticks", "Balls and sticks", "Van der Waals spheres", "Small spheres", "One sphere per residue", "Molecular surface", "Cartoon"} {
		p.changes("View/Molecules/"+e, other("style"))
	}
	for _, e := range []string{"By chain", "By element", "By B factor", "By pLDDT", "By local fit", "Rainbow from N to C terminus", "By secondary structure", "Carbon by copy, the rest by element", "By structure", "By copy, in shades of the structure"} {
		p.changes("View/Colours/"+e, other("colours"))
	}
	for i := range looks.MapStyles { // the first is on already
		p.changes("View/Map/"+looks.MapStyles[(i+1)%len(looks.MapStyles)].Item, other("map"))
	}
	p.changes("View/Map/Coloured by the placement that explains it", func(_, now view) bool { return now.Painted })
	p.changes("View/Map/Residual map", func(before, now view) bool { return now.Volumes == before.Volumes+2 })
	p.changes("View/Map/Only near the selection", looksLike("near", 1))
	for _, e := range []string{"Coloured by the placement that explains it", "Residual map", "Only near the selection"} {
		p.choose("View/Map/" + e)
		p.rest(e, func(view) bool { return true })
	}
	p.changes("View/Map/Hide dust", other("dust"))
	p.changes("View/Light/Two lights", other("light"))
	p.changes("View/Light/Headlight", other("light"))
	p.changes("View/Light/Silhouettes", other("silhouettes"))
	p.changes("View/Light/Ambient occlusion", other("hollows"))
	for _, e := range []string{"10 %", "100 %", "30 %"} {
		p.changes("View/Map/Opacity/"+e, func(_, now view) bool { return now.Drawn })
	}
	p.changes("View/Picture only", func(_, now view) bool { return now.Alone })
	p.keys("F11") // the menus are away, too
	p.rest("the rest again", func(v view) bool { return !v.Alone && v.Drawn })
	p.changes("View/Background/White", func(_, now view) bool { return now.Behind == [4]int{255, 255, 255, 255} })
	p.changes("View/Background/As the window", func(_, now view) bool { return now.Behind[3] == 0 })
}

func menuCamera(_ *testing.T, p *program, _ string) {
	p.changes("View/Camera/Parallel projection", func(_, now view) bool { return now.Camera.Parallel })
	p.changes("View/Camera/Thinner slab", func(_, now view) bool { return now.Camera.Slab > 0 })
	p.changes("View/Camera/No slab", func(_, now view) bool { return now.Camera.Slab == 0 })
	p.changes("View/Camera/Mouse as in/Coot", looksLike("mouse", 1))
	p.changes("View/Camera/Wheel/Changes the level", other("wheel"))
	p.changes("View/From the front", func(_, now view) bool { return now.Drawn })
	p.changes("View/Appearance/Light", func(_, now view) bool { return now.Drawn })
}

func menuHelp(_ *testing.T, p *program, _ string) {
	p.opens("Help/Keys, mouse, columns")
	p.opens("Help/System…")
	p.opens("Help/About DiffFit")
	p.changes("Help/Hints", func(before, now view) bool { return (now.Hint == "") != (before.Hint == "") })
}
