// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A SequenceCell is a residue in a strip of sequence, or a gap.
type SequenceCell struct {
	Residue  int    // its number among the residues of the structure, from 0; -1 for a gap
	Letter   string // one-letter code
	Number   int    // of the residue
	Chain    string // that begins here; "" within one
	Name     string // said when the pointer is over it
	Color    color.NRGBA
	Selected bool
}

// A SequenceState is what a strip of sequence shows.
type SequenceState struct {
	Title string // the structure; "" for none
	About string // what the colours tell
	Cells []SequenceCell
}

// Sequence is a slim strip with a cell for each residue of a structure.
type Sequence struct {
	widget.BaseWidget

	// OnSelect is told the residues that were dragged over, from the first to the
	// last, and whether they come to those that are selected; done is false while a
	// person still drags.
	OnSelect func(first, last int, more, done bool)
	// OnCentre is told the residue that was clicked on, and whether it comes to
	// those that are selected.
	OnCentre func(residue int, more bool)
	// OnClose asks to put the strip away.
	OnClose func()

	title, words *canvas.Text
	cells        *sequenceCells
	close        *widget.Button
	name, about  string
	said         string // in full
}

// Measures of the strip, in units of Fyne.
const (
	sequenceSide = 168 // for title and words
	cellWidth    = 11
	cellHeight   = 18
	rulerHeight  = 14
	viewHeight   = 6 // all of it, below
	sequenceText = 12
)

// NewSequence returns an empty strip.
func NewSequence() *Sequence {
	p := &Sequence{title: canvas.NewText("", nil), words: canvas.NewText("", nil)}
	p.title.TextSize, p.words.TextSize, p.title.TextStyle.Bold = sequenceText, sequenceText, true
	p.cells = newSequenceCells(p)
	p.close = widget.NewButtonWithIcon("", theme.CancelIcon(), func() {
		if p.OnClose != nil {
			p.OnClose()
		}
	})
	p.close.Importance = widget.LowImportance
	p.ExtendBaseWidget(p)
	return p
}

// SetState shows s. Where it was scrolled to stays if it is of the same structure.
func (p *Sequence) SetState(s SequenceState) {
	if p.name != s.Title {
		p.cells.offset = 0
	}
	p.name, p.about = s.Title, s.About
	if s.Title == "" {
		p.name, p.about = "No sequence", "select a structure"
	}
	p.cells.cells = s.Cells
	p.say("")
	p.Refresh()
}

// Reveal scrolls so that a residue is seen.
func (p *Sequence) Reveal(residue int) {
	for i, c := range p.cells.cells {
		if c.Residue == residue {
			p.cells.reveal(i)
			return
		}
	}
}

// say says words about what is under the pointer, or what the colours tell.
func (p *Sequence) say(words string) {
	if words == "" {
		words = p.about
	}
	p.said = words
	p.words.Text = shortened(words, p.words)
	p.words.Refresh()
}

// shortened returns words as far as there is room for them at the side.
func shortened(words string, in *canvas.Text) string {
	text := []rune(words)
	for len(text) > 4 && fyne.MeasureText(string(text), in.TextSize, in.TextStyle).Width > sequenceSide-3*theme.Padding() {
		text = append(text[:len(text)-2], '…')
	}
	return string(text)
}

// Words returns what is said beside the strip.
func (p *Sequence) Words() string { return p.said }

// Places returns widgets by name, so that they can be found on the screen.
func (p *Sequence) Places() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{"sequence.cells": p.cells, "sequence.close": p.close}
}

// CreateRenderer lays the strip out.
func (p *Sequence) CreateRenderer() fyne.WidgetRenderer { return &sequenceRenderer{p} }

type sequenceRenderer struct{ p *Sequence }

func (r *sequenceRenderer) Layout(size fyne.Size) {
	p, pad := r.p, theme.Padding()
	p.title.Move(fyne.NewPos(2*pad, 2))
	p.words.Move(fyne.NewPos(2*pad, 2+rulerHeight+3))
	button := p.close.MinSize()
	p.close.Resize(fyne.NewSize(button.Width, size.Height))
	p.close.Move(fyne.NewPos(size.Width-button.Width, 0))
	p.cells.Move(fyne.NewPos(sequenceSide, 1))
	p.cells.Resize(fyne.NewSize(max(0, size.Width-sequenceSide-button.Width-pad), size.Height-2))
}

func (r *sequenceRenderer) MinSize() fyne.Size {
	return fyne.NewSize(sequenceSide+160, rulerHeight+cellHeight+viewHeight+6)
}

func (r *sequenceRenderer) Refresh() {
	r.p.title.Color, r.p.words.Color = theme.Color(theme.ColorNameForeground), theme.Color(theme.ColorNamePlaceHolder)
	r.p.title.Text = shortened(r.p.name, r.p.title)
	r.p.title.Refresh()
	r.p.words.Refresh()
	r.p.cells.Refresh()
}

func (r *sequenceRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.p.title, r.p.words, r.p.cells, r.p.close}
}

func (r *sequenceRenderer) Destroy() {}
