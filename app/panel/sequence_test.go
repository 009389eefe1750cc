// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// sequenceTest is a strip of 100 residues, of which 10 to 19 are missing, and what
// it told.
type sequenceTest struct {
	*Sequence
	told []string
}

func newSequenceTest(t *testing.T) *sequenceTest {
	p := &sequenceTest{Sequence: NewSequence()}
	shown(t, p.Sequence, 600, 44)
	s := SequenceState{Title: "a structure with a name that is far too long for its place", About: "pLDDT"}
	for i := range 91 {
		c := SequenceCell{Residue: i, Number: i + 1, Letter: "A", Name: fmt.Sprintf("/A ALA %d", i+1), Color: color.NRGBA{0, 83, 214, 255}}
		switch {
		case i == 0:
			c.Chain = "/A"
		case i == 9:
			c = SequenceCell{Residue: -1, Letter: "…", Name: "10 missing"}
		case i > 9:
			c.Residue, c.Number = i-1, i+10
		}
		s.Cells = append(s.Cells, c)
	}
	p.OnSelect = func(first, last int, more, done bool) {
		p.told = append(p.told, fmt.Sprintf("%d-%d more %t done %t", first, last, more, done))
	}
	p.OnCentre = func(r int, more bool) { p.told = append(p.told, fmt.Sprintf("centre %d more %t", r, more)) }
	p.SetState(s)
	return p
}

// drag presses at a cell, goes to another and lets go.
func (p *sequenceTest) drag(from, to float32, held fyne.KeyModifier) {
	c := p.cells
	at := func(cell float32) fyne.Position { return fyne.NewPos((cell+0.5)*cellWidth-c.offset, rulerHeight+4) }
	c.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(from)}, Button: desktop.MouseButtonPrimary, Modifier: held})
	if to != from {
		c.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(to)}})
	}
	c.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(to)}, Button: desktop.MouseButtonPrimary})
	if to != from {
		c.DragEnd()
	}
}

func TestSequenceSelects(t *testing.T) {
	tests := []struct {
		name     string
		from, to float32
		held     fyne.KeyModifier
		want     string
	}{
		{"a click", 4, 4, 0, "[centre 4 more false]"},
		{"a click with Shift", 4, 4, fyne.KeyModifierShift, "[centre 4 more true]"},
		{"a click on a gap", 9, 9, 0, "[]"},
		{"a drag", 2, 5, 0, "[2-5 more false done false 2-5 more false done true]"},
		{"a drag to the left, with Ctrl", 5, 2, fyne.KeyModifierControl, "[2-5 more true done false 2-5 more true done true]"},
		{"over a gap", 8, 12, 0, "[8-11 more false done false 8-11 more false done true]"},
		{"of a gap alone", 9, 9.2, 0, "[]"},
	}
	for _, tt := range tests {
		p := newSequenceTest(t)
		p.drag(tt.from, tt.to, tt.held)
		if got := fmt.Sprint(p.told); got != tt.want {
			t.Errorf("%s: tells %s, want %s", tt.name, got, tt.want)
		}
	}
}

// What is under the pointer is named; the strip scrolls by the wheel, by the view
// of all below, and to a residue.
func TestSequenceTellsAndScrolls(t *testing.T) {
	p := newSequenceTest(t)
	if p.Words() != "pLDDT" || len([]rune(p.title.Text)) >= len("a structure with a name that is far too long") {
		t.Errorf("says %q under the title %q", p.Words(), p.title.Text)
	}
	over := func(x, y float32) string {
		p.cells.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
		return p.Words()
	}
	if got := over(3.5*cellWidth, rulerHeight+3); got != "/A ALA 4" {
		t.Errorf("says %q over the fourth", got)
	}
	if got := over(9.5*cellWidth, rulerHeight+3); got != "10 missing" {
		t.Errorf("says %q over the gap", got)
	}
	p.cells.MouseOut()
	p.cells.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -25)})
	if p.Words() != "pLDDT" || p.cells.offset != 50 {
		t.Errorf("says %q, scrolled to %g", p.Words(), p.cells.offset)
	}
	p.Reveal(89)
	if end := p.cells.length() - p.cells.Size().Width; p.cells.offset != end {
		t.Errorf("the last residue: scrolled to %g, want %g", p.cells.offset, end)
	}
	p.cells.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(0, rulerHeight+cellHeight+3)}, Button: desktop.MouseButtonPrimary})
	p.cells.MouseUp(&desktop.MouseEvent{Button: desktop.MouseButtonPrimary})
	if p.cells.offset != 0 || len(p.told) > 0 {
		t.Errorf("a click at the left below: scrolled to %g, tells %v", p.cells.offset, p.told)
	}
	shut := false
	p.OnClose = func() { shut = true }
	if test.Tap(p.close); !shut {
		t.Error("nobody is asked to close it")
	}
	if p.SetState(SequenceState{}); p.Words() != "select a structure" {
		t.Errorf("without a structure: %q", p.Words())
	}
}

func TestFilterForm(t *testing.T) {
	f := NewFilterForm(nil)
	shown(t, f, 400, 200)
	tests := []struct{ kind, text, want, fault string }{
		{"Smooth (Gaussian)", "1,5", "gaussian 1.5 Å", ""},
		{"Smooth (Gaussian)", "wide", "", `σ: "wide", want a number of Å`},
		{"Smooth (Gaussian)", "0", "", "volume: filter gaussian: value is 0, want 0.01 to 100 Å"},
		{"Invert", "7", "inverted", ""},
		{"Voxel size", "1.06", "voxel size 1.06 Å", ""},
	}
	for _, tt := range tests {
		f.kind.SetSelected(tt.kind)
		f.value.SetText(tt.text)
		filter, err := f.Read()
		if err != nil && err.Error() != tt.fault || err == nil && (tt.fault != "" || filter.String() != tt.want) {
			t.Errorf("%s %s: %v, %v; want %q %q", tt.kind, tt.text, filter, err, tt.want, tt.fault)
		}
		if f.value.Visible() != (tt.kind != "Invert") {
			t.Errorf("%s: a number is asked for: %t", tt.kind, f.value.Visible())
		}
	}
}
