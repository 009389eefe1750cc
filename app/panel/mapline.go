// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A swatch is a colour that can be pressed.
type swatch struct {
	widget.BaseWidget
	fill *canvas.Rectangle
	do   func()
}

func newSwatch(do func()) *swatch {
	s := &swatch{fill: canvas.NewRectangle(color.Transparent), do: do}
	s.fill.CornerRadius, s.fill.StrokeWidth = 3, 1
	s.ExtendBaseWidget(s)
	return s
}

func (s *swatch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewCenter(container.NewGridWrap(fyne.NewSize(20, 20), s.fill)))
}

// show sets the colour, without its opacity.
func (s *swatch) show(c color.NRGBA) {
	c.A = 255
	s.fill.FillColor, s.fill.StrokeColor = c, theme.Color(theme.ColorNameInputBorder)
	s.fill.Refresh()
}

// Tapped asks for another colour.
func (s *swatch) Tapped(*fyne.PointEvent) { s.do() }

// Cursor tells that it can be pressed.
func (s *swatch) Cursor() desktop.Cursor { return desktop.PointerCursor }

// A mapLine is the line of a map in the list.
type mapLine struct {
	box     fyne.CanvasObject
	seen    *widget.Check
	color   *swatch
	name    *menuButton
	style   *widget.Select
	opacity *widget.Slider
	slide   fyne.CanvasObject // opacity with its room, which a note takes
	note    *widget.Label
}

func newMapLine(p *Maps, i int) *mapLine {
	l := &mapLine{note: widget.NewLabel("")}
	l.note.Importance = widget.LowImportance
	l.note.Truncation = fyne.TextTruncateEllipsis
	l.seen = widget.NewCheck("", func(on bool) { p.change(i, true, func(r *MapRow) { r.Visible = on }) })
	l.color = newSwatch(func() { p.recolor(i) })
	menu := func(at fyne.Position) { p.menu(i, at) }
	l.name = newMenuButton("", func() { p.Choose(i) }, menu)
	l.name.Alignment = widget.ButtonAlignLeading
	var labels []string
	for _, s := range p.styles {
		labels = append(labels, s.Label)
	}
	l.style = widget.NewSelect(labels, func(string) {
		style := p.styles[l.style.SelectedIndex()].Word
		if p.mute || style == p.state.Rows[i].Style {
			return
		}
		p.chosen = i
		p.change(i, true, func(r *MapRow) { r.Style = style })
	})
	l.opacity = widget.NewSlider(0.04, 1)
	l.opacity.Step = 0.01
	set := func(x float64, done bool) {
		p.change(i, done, func(r *MapRow) { r.Color.A = uint8(255*x + 0.5) })
	}
	l.opacity.OnChanged = func(x float64) { set(x, false) }
	l.opacity.OnChangeEnded = func(x float64) { set(x, true) }
	h := l.style.MinSize().Height
	fixed := func(w float32, o fyne.CanvasObject) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(w, h), o)
	}
	l.slide = fixed(106, l.opacity)
	first := container.New(layout.NewCustomPaddedHBoxLayout(4), fixed(26, l.seen), fixed(24, l.color))
	second := container.New(layout.NewCustomPaddedHBoxLayout(4), fixed(54, widget.NewLabel("")), fixed(112, l.style), l.slide)
	box := newMenuArea(container.NewVBox(container.NewBorder(nil, nil, first, nil, l.name), container.NewBorder(nil, nil, second, nil, l.note)))
	box.onMenu = menu
	l.box = box
	return l
}

func (l *mapLine) show(r MapRow, style MapStyle, chosen bool) {
	l.seen.SetChecked(r.Visible)
	l.color.show(r.Color)
	l.name.SetText(r.Name)
	l.name.Importance = widget.LowImportance
	if chosen {
		l.name.Importance = widget.MediumImportance
	}
	l.name.Refresh()
	l.style.SetSelected(style.Label)
	l.opacity.SetValue(float64(r.Color.A) / 255)
	l.slide.(*fyne.Container).Hidden = r.Note != ""
	if style.Opacity {
		l.opacity.Enable()
	} else {
		l.opacity.Disable()
	}
	note := r.Note
	if note == "" && !style.Curve {
		note = "level " + short(r.Level)
	}
	l.note.SetText(note)
}

// recolor asks for another colour of a row.
func (p *Maps) recolor(i int) {
	if p.OnColor == nil || i >= len(p.state.Rows) {
		return
	}
	p.OnColor(p.state.Rows[i].Color, func(c color.NRGBA) {
		p.change(i, true, func(r *MapRow) { c.A = r.Color.A; r.Color = c })
	})
}
