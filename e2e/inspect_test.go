// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// TestInspection looks at the clusters of the demo as a person does who
// decides on them: with the mouse, and with keys alone.
func TestInspection(t *testing.T) {
	dir := home(t)
	tableOfAll(t, dir)
	p := start(t, newScreen(t, 1500, 950), dir, "--demo")
	p.rest("the demo", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	p.steps(dir, []step{
		{"keys", decideByKeys},
		{"note", noteByKeys},
		{"pick", pickInThePicture},
		{"follow", followTheSelection},
		{"filter", filterRows},
		{"order", orderBySeveral},
		{"columns", chooseColumns},
		{"tooltip", explainColumn},
		{"tolerance", dragTolerance},
		{"copy", copyAndExport},
		{"rows", stepThroughRows},
		{"fifty", decideOnFifty},
		{"kept", keepDecisions},
	})
}

// TestComparison compares placements of the demo.
func TestComparison(t *testing.T) {
	dir := home(t)
	p := start(t, newScreen(t, 1500, 950), dir, "--demo")
	p.rest("the demo", func(v view) bool { return v.Rounds == 1 && v.Selected != nil && v.Drawn })
	p.steps(dir, []step{
		{"pin", pinThree},
		{"overlay", showInOneView},
		{"beside", showSideBySide},
		{"flicker", flicker},
		{"cloud", showCloud},
		{"path", showPath},
	})
}

// A step is a part of a test.
type step struct {
	name string
	do   func(t *testing.T, p *program, dir string)
}

// steps does one step after another, with a picture after each, until one fails.
func (p *program) steps(dir string, list []step) {
	for _, s := range list {
		if !p.t.Run(s.name, func(t *testing.T) {
			q, screen := *p, *p.screen // failures belong to the step
			q.t, screen.t, q.screen = t, t, &screen
			s.do(t, &q, dir)
			q.shot(s.name)
		}) {
			return
		}
	}
}

func (v view) selected() cluster {
	if v.Selected == nil {
		return cluster{}
	}
	return *v.Selected
}

func decideByKeys(t *testing.T, p *program, _ string) {
	p.row(0)
	first := p.rest("the first row", func(v view) bool { return v.Selected != nil }).selected()
	p.keys("End")
	last := p.rest("the last row", func(v view) bool { return v.selected() != first }).selected()
	p.keys("Home")
	p.rest("the first row again", func(v view) bool { return v.selected() == first })
	p.keys("Next")
	tenth := p.rest("ten rows on", func(v view) bool { return v.selected() != first }).selected()
	p.keys("Prior", "Down")
	second := p.rest("the second row", func(v view) bool { return v.selected() != first && v.selected() != tenth }).selected()
	if last == tenth || second == tenth {
		t.Errorf("rows 2, 11 and the last are %v, %v, %v", second, tenth, last)
	}
	p.keys("x")
	p.rest("a rejected placement", func(v view) bool { return v.Rejected == 1 && v.Accepted == 0 })
	p.keys("space")
	p.rest("accepted instead", func(v view) bool { return v.Rejected == 0 && v.Accepted == 1 })
	p.keys("ctrl+z")
	p.rest("rejected again", func(v view) bool { return v.Rejected == 1 && v.Accepted == 0 })
	p.keys("ctrl+z")
	p.rest("nothing decided", func(v view) bool { return v.Rejected == 0 && v.Accepted == 0 })
}

func noteByKeys(t *testing.T, p *program, _ string) {
	p.keys("n")
	p.wait("a field", func(v view) bool { return v.Places["note.text"] != [4]int{} && v.Dialogs == 1 })
	p.typed("next to the membrane")
	p.keys("Return")
	v := p.rest("the note", func(v view) bool { return len(v.Notes) == 1 && v.Dialogs == 0 })
	if v.Notes[0] != "next to the membrane" {
		t.Errorf("the note is %q", v.Notes[0])
	}
	p.keys("Down")
	p.rest("keys work in the table again", func(w view) bool { return w.selected() != v.selected() })
}

func pickInThePicture(_ *testing.T, p *program, _ string) {
	p.keys("Home")
	first := p.rest("the first row", func(v view) bool { return v.Selected != nil && v.Drawn }).selected()
	p.keys("space", "Down")
	p.rest("the second row", func(v view) bool { return v.selected() != first && v.Accepted == 1 })
	p.keys("space")
	v := p.rest("two accepted placements", func(v view) bool { return v.Accepted == 2 && len(v.Spots) == 2 && v.Drawn })
	for _, s := range v.Spots { // the second is selected: the first changes that
		p.click(p.x+s.X, p.y+s.Y)
		p.rest(fmt.Sprintf("the row of %+v", s.Cluster), func(v view) bool { return v.selected() == s.Cluster })
	}
	last := v.Spots[1].Cluster
	p.keys("Down") // the table has the keyboard after a click
	p.rest("the row below", func(w view) bool { return w.selected() != last })
}

func followTheSelection(t *testing.T, p *program, _ string) {
	p.row(0)
	v := p.rest("the first row", func(v view) bool { return v.Drawn })
	at := v.Places["viewport"]
	p.do("xdotool", append([]string{"mousemove", fmt.Sprint(p.x + at[0] + at[2]/2), fmt.Sprint(p.y + at[1] + at[3]/3)},
		slices.Repeat([]string{"click", "4"}, 20)...)...) // zoom in on the receptor
	before := p.rest("a near view", func(w view) bool { return w.Target != v.Target && w.Drawn })
	p.row(1) // far from there
	after := p.rest("the picture elsewhere", func(w view) bool { return w.Target != before.Target && w.Drawn })
	if after.Turn != before.Turn {
		t.Error("the picture turned")
	}
	p.keys("r")
	p.rest("all of it", func(w view) bool { return w.Target != after.Target && w.Drawn })
}

func filterRows(_ *testing.T, p *program, _ string) {
	p.row(0)
	all := p.rest("all rows", func(v view) bool { return v.Rows > 100 }).Rows
	p.keys("slash")
	p.rest("the filter", func(v view) bool { return v.Places["filter"] != [4]int{} })
	p.typed("score>0.3 hits>=3 -alpha")
	p.rest("few rows", func(v view) bool { return v.Filter == "score>0.3 hits>=3 -alpha" && v.Rows > 0 && v.Rows < 6 })
	p.keys("Escape", "Home")
	p.rest("all rows again", func(v view) bool { return v.Filter == "" && v.Rows == all })
}

func orderBySeveral(_ *testing.T, p *program, _ string) {
	p.column("Starts")
	p.rest("rows by hits", func(v view) bool { return slices.Equal(v.Order, []string{"Starts↓"}) })
	p.do("xdotool", "keydown", "shift")
	p.column("Inside")
	p.column("Inside")
	p.do("xdotool", "keyup", "shift")
	p.rest("and then by inside", func(v view) bool { return slices.Equal(v.Order, []string{"Starts↓", "Inside↑"}) })
	p.row(0)
	p.keys("1")
	p.rest("rows by rank again", func(v view) bool { return slices.Equal(v.Order, []string{"#↓"}) })
	p.keys("4", "shift+3")
	p.rest("by hits and structure, by keys", func(v view) bool { return len(v.Order) == 2 && v.Order[0] == "Starts↓" })
	p.keys("1")
	p.rest("by rank once more", func(v view) bool { return slices.Equal(v.Order, []string{"#↓"}) })
}

func chooseColumns(t *testing.T, p *program, _ string) {
	v := p.rest("all columns", func(v view) bool { return len(v.Shown) > 10 && v.Columns["z"] != [4]int{} })
	all := len(v.Shown)
	from, to := v.Columns["Score"], v.Columns["z"]
	y := p.y + from[1] + from[3]/2
	p.pull(p.x+from[0]+from[2]/2, y, p.x+to[0]+to[2]/2, y)
	w := p.rest("the score behind z", func(w view) bool { return !slices.Equal(w.Shown, v.Shown) })
	if slices.Index(w.Shown, "score") != slices.Index(w.Shown, "significance_z")+1 {
		t.Errorf("columns %v", w.Shown)
	}
	p.press("columns")
	p.rest("the dialog", func(v view) bool { return v.Dialogs == 1 })
	p.keys("Down", "space") // by keys: the second column away
	p.rest("one column less", func(v view) bool { return len(v.Shown) == all-1 })
	p.keys("space")
	u := p.rest("and there again", func(v view) bool { return len(v.Shown) == all })
	p.keys("Next")
	p.rest("one place further", func(v view) bool { return v.Shown[2] == u.Shown[1] && v.Shown[1] == u.Shown[2] })
	p.keys("Prior")
	p.rest("and back", func(v view) bool { return slices.Equal(v.Shown, u.Shown) })
	hits := p.rest("the box of a column", func(v view) bool { return v.Places["columns.hits"] != [4]int{} }).Places["columns.hits"]
	tick := func() { p.click(p.x+hits[0]+10, p.y+hits[1]+hits[3]/2) } // with the mouse
	tick()
	p.rest("without the hits", func(v view) bool { return len(v.Shown) == all-1 && !slices.Contains(v.Shown, "hits") })
	tick()
	p.rest("with them", func(v view) bool { return slices.Equal(v.Shown, u.Shown) })
	p.shot("chooser")
	p.keys("Escape")
	p.rest("the dialog closed", func(v view) bool { return v.Dialogs == 0 })
}

func explainColumn(_ *testing.T, p *program, _ string) {
	at := p.rest("the table", func(v view) bool { return v.Columns["CC about mean"] != [4]int{} }).Columns["CC about mean"]
	p.do("xdotool", "mousemove", fmt.Sprint(p.x+at[0]+at[2]/2), fmt.Sprint(p.y+at[1]+at[3]/2))
	p.wait("an explanation", func(v view) bool {
		return strings.Contains(v.Tip, "Correlation about the mean") && strings.Contains(v.Tip, "Higher is better")
	})
}

// dragTolerance drags the slider of the shift, which may join nothing, and then
// that of the angle, which must.
func dragTolerance(t *testing.T, p *program, _ string) {
	v := p.rest("the table", func(v view) bool { return v.Places["tolerance.angle"] != [4]int{} })
	at := v.Places["tolerance.shift"]
	p.pull(p.x+at[0]+at[2]*13/100, p.y+at[1]+at[3]/2, p.x+at[0]+at[2]-4, p.y+at[1]+at[3]/2) // from 3 of 0.5 to 20 Å
	u := p.rest("a large shift", func(w view) bool { return w.Tolerance[0] > 15 && w.Undo == v.Undo+1 })
	at = v.Places["tolerance.angle"]
	x, y := p.x+at[0]+at[2]*8/100, p.y+at[1]+at[3]/2 // 6 of 1° to 60°
	p.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "mousedown", "1")
	p.do("xdotool", "mousemove", fmt.Sprint(x+at[2]/4), fmt.Sprint(y))
	p.do("xdotool", "mousemove", fmt.Sprint(p.x+at[0]+at[2]-4), fmt.Sprint(y))
	w := p.wait("fewer clusters while it is dragged", func(w view) bool { return w.Rows < u.Rows })
	if w.Tolerance != u.Tolerance || w.Undo != u.Undo {
		t.Errorf("the document changed before the slider was let go: %v", w.Tolerance)
	}
	p.do("xdotool", "mouseup", "1")
	p.rest("the tolerance in the document", func(w view) bool { return w.Tolerance[1] > 50 && w.Undo == v.Undo+2 && w.Rows < u.Rows })
	p.keys("ctrl+z", "ctrl+z")
	p.rest("all clusters again", func(w view) bool { return w.Tolerance == v.Tolerance && w.Rows == v.Rows })
	p.press("tolerance.angle") // in its middle
	w = p.rest("a middle angle", func(w view) bool { return w.Tolerance[1] > 25 && w.Tolerance[1] < 35 })
	p.keys("Right", "Right")
	p.rest("two degrees more by keys", func(x view) bool { return x.Tolerance[1] == w.Tolerance[1]+2 })
	for now := p.rest("rest", func(view) bool { return true }); now.Tolerance != v.Tolerance; {
		p.keys("ctrl+z")
		now = p.rest("a step back", func(w view) bool { return w.Undo == now.Undo-1 })
	}
}

func copyAndExport(t *testing.T, p *program, dir string) {
	p.row(0)
	p.keys("ctrl+c")
	p.rest("a row on the clipboard", func(v view) bool { return strings.Count(v.Clipboard, "\n") == 2 })
	p.keys("ctrl+shift+c")
	v := p.rest("all rows on the clipboard", func(v view) bool { return strings.Count(v.Clipboard, "\n") == v.Rows+1 })
	if !strings.HasPrefix(v.Clipboard, "order\tdecision\tverdict\tstructure\thits") {
		t.Errorf("the clipboard begins with %.60q", v.Clipboard)
	}
	path := filepath.Join(dir, "table.csv")
	p.keys("ctrl+shift+t")
	p.answer("save.path", path)
	p.rest("the file", func(v view) bool { return v.Dialogs == 0 && exists(path) })
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if lines, err := csv.NewReader(f).ReadAll(); err != nil || len(lines) != v.Rows+1 {
		t.Errorf("%d lines, %v; want %d", len(lines), err, v.Rows+1)
	}
}

// stepThroughRows asks how soon a placement is seen after it was selected: a
// tenth of a second is promised, but other programs may run at the same time.
func stepThroughRows(t *testing.T, p *program, _ string) {
	p.row(0)
	p.keys("Home")
	p.rest("the first row", func(v view) bool { return !v.Waiting && v.Drawn })
	var v view
	for range 50 {
		at := p.wait("a picture of the row", func(w view) bool { return !w.Waiting && w.Selected != nil }).selected()
		p.keys("Down")
		v = p.wait("the next row", func(w view) bool { return w.selected() != at && !w.Waiting })
	}
	t.Logf("from a selection to its picture: %.0f ms (median of 50)", v.SelectionMS)
	if v.SelectionMS > 500 {
		t.Errorf("from a selection to its picture it takes %.0f ms", v.SelectionMS)
	}
}

// decideOnFifty accepts and rejects fifty placements with keys alone.
func decideOnFifty(t *testing.T, p *program, _ string) {
	p.keys("Home")
	v := p.rest("the first row", func(v view) bool { return !v.Waiting })
	began := time.Now()
	for i := range 50 {
		at := p.wait("a picture of the row", func(w view) bool { return !w.Waiting && w.Selected != nil }).selected()
		p.keys([]string{"x", "space"}[i%2])
		p.keys("Down")
		p.wait("the next row", func(w view) bool { return w.selected() != at })
	}
	took := time.Since(began)
	w := p.rest("fifty decisions", func(w view) bool { return w.Accepted+w.Rejected >= 50 && !w.Waiting })
	t.Logf("50 decisions in %.1f s", took.Seconds())
	if w.Undo < v.Undo+49 {
		t.Errorf("%d steps can be undone, before %d", w.Undo, v.Undo)
	}
}

func keepDecisions(t *testing.T, p *program, dir string) {
	v := p.rest("rest", func(view) bool { return true })
	path := filepath.Join(dir, "reviewed.difffit")
	p.keys("ctrl+s")
	p.answer("save.path", path)
	p.rest("the session", func(v view) bool { return v.Dialogs == 0 && exists(path) })
	second := newScreen(t, 1500, 950)
	second.shots = p.shots
	other := start(t, second, dir, path) // the same home: columns are kept, too
	other.rest("the decisions", func(w view) bool {
		return w.Accepted == v.Accepted && w.Rejected == v.Rejected && slices.Equal(w.Notes, v.Notes) && slices.Equal(w.Shown, v.Shown)
	})
	other.keys("ctrl+q")
	other.exit()
}

// pull moves the mouse with its button held.
func (s *screen) pull(x, y, toX, toY int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "mousedown", "1")
	for i := range 5 {
		s.do("xdotool", "mousemove", fmt.Sprint(x+(toX-x)*(i+1)/5), fmt.Sprint(y+(toY-y)*(i+1)/5))
	}
	s.do("xdotool", "mouseup", "1")
}

func pinThree(t *testing.T, p *program, _ string) {
	p.row(0)
	p.keys("p", "Down", "p", "Down", "p")
	v := p.rest("three pins", func(v view) bool { return len(v.Pins) == 3 })
	if v.Pins[0] == v.Pins[1] || v.Pins[2] != v.selected() {
		t.Errorf("pinned %v, selected %v", v.Pins, v.selected())
	}
}

func showInOneView(_ *testing.T, p *program, _ string) {
	p.keys("alt+2")
	p.rest("three placements in one view", func(v view) bool { return v.Mode == 1 && v.Views == 1 && len(v.Spots) == 3 && v.Drawn })
}

func showSideBySide(t *testing.T, p *program, _ string) {
	p.keys("v")
	v := p.rest("three views", func(v view) bool { return v.Mode == 2 && v.Views == 3 && v.Places["view.3"] != [4]int{} })
	at := v.Places["view.2"]
	x, y := p.x+at[0]+at[2]/2, p.y+at[1]+at[3]/2
	p.pull(x, y, x+60, y+20)
	p.rest("all turned together", func(w view) bool { return w.Turn != v.Turn && w.Linked })
	p.shot("turned")
	if !v.Linked {
		t.Error("the views began from different sides")
	}
}

func flicker(_ *testing.T, p *program, _ string) {
	v := p.rest("three pins", func(v view) bool { return len(v.Pins) == 3 })
	p.keys("b")
	p.rest("the first pin, alone", func(w view) bool { return w.Mode == 0 && w.Views == 1 && w.selected() == v.Pins[0] })
	p.keys("b")
	p.rest("the second pin", func(w view) bool { return w.selected() == v.Pins[1] && w.Target == v.Target })
}

func showCloud(_ *testing.T, p *program, _ string) {
	p.keys("c")
	p.rest("the members of the cluster", func(v view) bool { return v.Cloud >= 1 && strings.Contains(v.Status, " distinct place") })
	p.shot("members")
	p.keys("c")
	p.rest("all placements of the fit", func(v view) bool {
		return v.Cloud > 1 && v.Drawn && strings.HasSuffix(v.Status, fmt.Sprintf(" starts at %d distinct places", v.Cloud))
	})
	p.shot("fit")
	p.keys("c")
	p.rest("no cloud", func(v view) bool { return v.Cloud == 0 })
}

func showPath(t *testing.T, p *program, _ string) {
	p.keys("t")
	v := p.wait("a way that plays", func(v view) bool { return v.Ways > 0 && v.Steps > 20 && v.Step > 0 })
	p.wait("its end", func(w view) bool { return w.Step == v.Steps-1 && !w.Playing })
	at := v.Places["path.steps"]
	p.click(p.x+at[0]+at[2]/2, p.y+at[1]+at[3]/2)
	w := p.rest("the step in the middle", func(w view) bool { return w.Step < v.Steps-1 && w.Drawn })
	if w.Step < v.Steps/3 || w.Step > v.Steps*2/3 {
		t.Errorf("the middle of the slider is step %d of %d", w.Step, v.Steps)
	}
	p.shot("step")
	p.row(0)
	p.rest("no way", func(v view) bool { return v.Ways == 0 })
}
