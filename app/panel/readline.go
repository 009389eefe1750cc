// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A readLine is a pinned placement in the read-out: its values, and below them
// how they differ from those of the reference. A tap selects it.
type readLine struct {
	widget.BaseWidget
	of         *readout
	pin        Pin
	back, edge *canvas.Rectangle
	name       *Explained
	note       *canvas.Text // below the name
	values     []*canvas.Text
	against    []*canvas.Text
}

func newReadLine(r *readout, i int) *readLine {
	p := r.pins[i]
	l := &readLine{of: r, pin: p, back: canvas.NewRectangle(color.Transparent), edge: canvas.NewRectangle(PinColour(i))}
	style := fyne.TextStyle{Bold: p.Selected}
	if p.Selected {
		l.back.FillColor = theme.Color(theme.ColorNameSelection)
	}
	text := func(s string, size float32, ink fyne.ThemeColorName) *canvas.Text {
		t := canvas.NewText(s, theme.Color(ink))
		t.TextSize, t.Alignment = size, fyne.TextAlignTrailing
		return t
	}
	l.name = r.text(p.Name, style, "")
	note := "difference"
	if p.Reference {
		note = "reference"
	}
	l.note = text(note, quietSize(), theme.ColorNamePlaceHolder)
	l.note.Alignment = fyne.TextAlignLeading
	for _, c := range r.columns {
		v, d := text(c.value(p), theme.TextSize(), theme.ColorNameForeground), text("", quietSize(), theme.ColorNamePlaceHolder)
		v.TextStyle = style
		if c.against != nil && !p.Reference {
			d.Text = c.against(p, r.reference())
		}
		l.values, l.against = append(l.values, v), append(l.against, d)
	}
	l.ExtendBaseWidget(l)
	return l
}

// Tapped selects the placement.
func (l *readLine) Tapped(*fyne.PointEvent) { l.of.onTap(l.pin) }

// CreateRenderer lays the parts out.
func (l *readLine) CreateRenderer() fyne.WidgetRenderer {
	r := &readLineRenderer{l: l, objects: []fyne.CanvasObject{l.back, l.edge, l.name, l.note}}
	for i := range l.values {
		r.objects = append(r.objects, l.values[i], l.against[i])
	}
	return r
}

type readLineRenderer struct {
	l       *readLine
	objects []fyne.CanvasObject
}

func (r *readLineRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *readLineRenderer) Destroy()                     {}
func (r *readLineRenderer) Refresh()                     { canvas.Refresh(r.l) }

// heights returns those of a value and of a difference.
func (r *readLineRenderer) heights() (value, against float32) {
	return r.l.name.text.MinSize().Height, r.l.note.MinSize().Height
}

// MinSize depends on the width: that of the panel says whether names have
// lines of their own.
func (r *readLineRenderer) MinSize() fyne.Size {
	v, d := r.heights()
	h := v + d + readPad
	if name, _, _ := r.l.of.places(r.l.of.Size().Width); name == 0 {
		if h += v; r.l.pin.Reference { // nothing is below its numbers
			h -= d
		}
	}
	return fyne.NewSize(r.l.of.least(), h)
}

func (r *readLineRenderer) Layout(size fyne.Size) {
	l := r.l
	v, d := r.heights()
	name, at, wide := l.of.places(size.Width)
	l.back.Resize(size)
	l.edge.Resize(fyne.NewSize(pinWidth, size.Height-2))
	l.edge.Move(fyne.NewPos(0, 1))
	left, y := float32(readPad+pinWidth), float32(readPad/2)
	room := name - left - readPad
	note := fyne.NewPos(left, y+v)
	if name == 0 { // the name has a line of its own, with the note at its end
		wide := l.note.MinSize().Width
		room = size.Width - left - 3*readPad - wide - theme.ScrollBarSmallSize()
		note = fyne.NewPos(left+room+readPad, y+v-d)
	}
	l.name.text.Text = Shorten(l.pin.Name, room, theme.TextSize(), l.name.text.TextStyle)
	if l.name.help = ""; l.name.text.Text != l.pin.Name {
		l.name.help = l.pin.Name
	}
	l.name.Move(fyne.NewPos(left, y))
	l.name.Resize(fyne.NewSize(room, v))
	if name == 0 {
		y += v
	}
	l.note.Hidden = name == 0 && !l.pin.Reference // which differs is seen from its signs
	l.note.Move(note)
	l.note.Resize(fyne.NewSize(max(room, l.note.MinSize().Width), d))
	for i := range l.values {
		l.values[i].Move(fyne.NewPos(at[i], y))
		l.values[i].Resize(fyne.NewSize(wide[i]-readPad, v))
		l.against[i].Move(fyne.NewPos(at[i], y+v))
		l.against[i].Resize(fyne.NewSize(wide[i]-readPad, d))
	}
}
