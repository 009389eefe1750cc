// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/marks"
	"difffit/render"
)

// seen returns the lines and the words that are seen of marks.
func (m *markLayer) seen() (lines int, words []string) {
	for _, l := range m.lines {
		if l.Visible() {
			lines++
		}
	}
	for _, l := range m.labels {
		if l.text.Visible() {
			words = append(words, l.text.Text)
		}
	}
	return lines, words
}

func TestMarksLieOverThePicture(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	c := v.Camera()
	right, up, back := c.Axes()
	at := func(x, y, z float64) r3.Vec {
		return r3.Add(c.Target, r3.Add(r3.Add(r3.Scale(x, right), r3.Scale(y, up)), r3.Scale(z, back)))
	}
	tests := []struct {
		name   string
		slab   float64 // before and behind the centre, Å
		places []r3.Vec
		lines  bool
		words  bool
	}{
		{"a name", 0, []r3.Vec{at(0, 0, 0)}, false, true},
		{"a distance", 0, []r3.Vec{at(-4, 0, 0), at(4, 0, 0)}, true, true},
		{"an angle", 0, []r3.Vec{at(-4, 0, 0), at(0, 0, 0), at(0, 4, 0)}, true, true},
		{"behind the eye", 0, []r3.Vec{at(0, 0, c.Distance+5)}, false, false},
		{"cut off by the slab", 2, []r3.Vec{at(0, 0, 3)}, false, false},
		{"in the slab", 2, []r3.Vec{at(0, 0, 1)}, false, true},
		{"half cut off", 2, []r3.Vec{at(0, 0, 3), at(4, 0, 0)}, false, true},
		{"beside the picture", 0, []r3.Vec{at(1000, 0, 0)}, false, false},
	}
	for _, tt := range tests {
		d := c
		d.Front, d.Back = tt.slab, tt.slab
		v.SetCamera(d)
		v.SetMarks([]marks.Mark{{Places: tt.places, Words: "words"}})
		lines, words := v.overlay.marks.seen()
		if lines > 0 != tt.lines || len(words) > 0 != tt.words {
			t.Errorf("%s: %d lines, words %q", tt.name, lines, words)
		}
	}
	v.SetCamera(c)
	v.SetMarks([]marks.Mark{{Places: []r3.Vec{at(0, 0, 0)}, Words: "first"}, {Places: []r3.Vec{at(0.01, 0, 0)}, Words: "covered"}, {Places: []r3.Vec{at(0, 8, 0)}, Words: "beside"}})
	if _, words := v.overlay.marks.seen(); len(words) != 2 || words[0] != "first" || words[1] != "beside" {
		t.Errorf("of words that lie over each other are seen %q", words)
	}
	v.SetMarks(nil)
	if lines, words := v.overlay.marks.seen(); lines+len(words) > 0 || len(v.Marks()) > 0 {
		t.Errorf("without marks: %d lines, %q", lines, words)
	}
}

// A click with keys held is told with them; a drag with them is none.
func TestClicksWithKeys(t *testing.T) {
	for _, held := range []fyne.KeyModifier{0, fyne.KeyModifierShift, fyne.KeyModifierControl, fyne.KeyModifierShift | fyne.KeyModifierControl} {
		v, _, _ := newTest(t)
		v.SetScene(scene())
		plain, with := 0, []fyne.KeyModifier{}
		v.OnPick = func(render.Hit, bool) { plain++ }
		v.OnPickWith = func(_ render.Hit, _ bool, held fyne.KeyModifier) { with = append(with, held) }
		release := func() {
			v.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 150)}, Button: desktop.MouseButtonPrimary, Modifier: held})
		}
		press(v, 200, 150, desktop.MouseButtonPrimary, held)
		release()
		press(v, 200, 150, desktop.MouseButtonPrimary, held)
		drag(v, 200, 150, 20, 0)
		release()
		v.DragEnd()
		if held == 0 && (plain != 1 || len(with) != 0) || held != 0 && (plain != 0 || len(with) != 1 || with[0] != held) {
			t.Errorf("with keys %b: %d clicks without, %v with", held, plain, with)
		}
	}
}
