// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A LegendState says what the colours in the picture tell: a ramp between two
// numbers, or names.
type LegendState struct {
	Title  string // with the unit
	Colors []color.NRGBA
	Labels []string // of Colors; or, of a ramp, of its ends and what is between
	Ramp   bool
}

// Same tells whether two legends are the same.
func (s LegendState) same(t LegendState) bool {
	if s.Title != t.Title || s.Ramp != t.Ramp || len(s.Colors) != len(t.Colors) || len(s.Labels) != len(t.Labels) {
		return false
	}
	for i, c := range s.Colors {
		if c != t.Colors[i] {
			return false
		}
	}
	for i, l := range s.Labels {
		if l != t.Labels[i] {
			return false
		}
	}
	return true
}

// Measures of a legend, in units of Fyne.
const (
	legendPad    = 6
	legendSwatch = 12
	legendRamp   = 150
	legendLines  = 12 // names in all, the last of a legend "and more"
	leastLines   = 3
	legendWidth  = 220
)

// Legend explains the colours of the picture, over which it lies. It takes no
// clicks.
type Legend struct {
	widget.BaseWidget
	state []LegendState
}

// NewLegend returns a legend that says nothing.
func NewLegend() *Legend {
	l := &Legend{}
	l.ExtendBaseWidget(l)
	l.Hide()
	return l
}

// SetState shows legends one below the other; without any it hides.
func (l *Legend) SetState(parts ...LegendState) {
	if slices.EqualFunc(l.state, parts, LegendState.same) {
		return
	}
	l.state = slices.Clone(parts)
	if len(parts) == 0 {
		l.Hide()
		return
	}
	l.Show()
	l.Refresh()
}

// State returns what is shown.
func (l *Legend) State() []LegendState { return l.state }

// CreateRenderer makes the parts.
func (l *Legend) CreateRenderer() fyne.WidgetRenderer {
	r := &legendRenderer{l: l}
	r.build()
	return r
}

type legendRenderer struct {
	l       *Legend
	objects []fyne.CanvasObject
	size    fyne.Size
}

func (r *legendRenderer) Layout(fyne.Size)             {}
func (r *legendRenderer) MinSize() fyne.Size           { return r.size }
func (r *legendRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *legendRenderer) Destroy()                     {}

// Refresh makes the parts anew: there are few, and they change with the theme.
func (r *legendRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.l)
}

func (r *legendRenderer) build() {
	back := canvas.NewRectangle(theme.Color(theme.ColorNameOverlayBackground))
	back.CornerRadius = 4
	r.objects = []fyne.CanvasObject{back}
	width, y := float32(0), float32(legendPad)
	for i, s := range r.l.state {
		if i > 0 {
			y += legendPad
		}
		title := r.text(s.Title, true, fyne.NewPos(legendPad, y))
		y += title.Height + 3
		var w, h float32
		if s.Ramp {
			w, h = r.ramp(s, y)
		} else {
			w, h = r.names(s, y, max(leastLines, legendLines/len(r.l.state)))
		}
		width, y = max(width, title.Width, w), y+h
	}
	r.size = fyne.NewSize(width+2*legendPad, y+legendPad)
	back.Resize(r.size)
	r.l.Resize(r.size)
}

// text adds a text and returns its size.
func (r *legendRenderer) text(text string, bold bool, at fyne.Position) fyne.Size {
	style := fyne.TextStyle{Bold: bold}
	size := theme.TextSize() - 1
	t := canvas.NewText(Shorten(text, legendWidth, size, style), theme.Color(theme.ColorNameForeground))
	t.TextSize, t.TextStyle = size, style
	least := t.MinSize()
	t.Resize(least)
	t.Move(at)
	r.objects = append(r.objects, t)
	return least
}

// names adds a line for each colour, up to a number of lines.
func (r *legendRenderer) names(s LegendState, y float32, lines int) (width, height float32) {
	top := y
	for i, c := range s.Colors {
		label := s.Labels[min(i, len(s.Labels)-1)]
		if i == lines-1 && len(s.Colors) > lines {
			label, c = "and "+grouped(len(s.Colors)-i)+" more", color.NRGBA{}
		}
		swatch := canvas.NewRectangle(c)
		swatch.Resize(fyne.NewSize(legendSwatch, legendSwatch))
		r.objects = append(r.objects, swatch)
		size := r.text(label, false, fyne.NewPos(legendPad+legendSwatch+5, y))
		swatch.Move(fyne.NewPos(legendPad, y+(size.Height-legendSwatch)/2))
		width, y = max(width, legendSwatch+5+size.Width), y+size.Height
		if i == lines-1 {
			break
		}
	}
	return width, y - top
}

// ramp adds a bar with its numbers below.
func (r *legendRenderer) ramp(s LegendState, y float32) (width, height float32) {
	bar := canvas.NewRaster(func(w, h int) image.Image { return rampImage(s.Colors, w, h) })
	bar.Resize(fyne.NewSize(legendRamp, legendSwatch))
	bar.Move(fyne.NewPos(legendPad, y))
	r.objects = append(r.objects, bar)
	n, line := len(s.Labels), float32(0)
	for i, label := range s.Labels {
		size := fyne.MeasureText(label, theme.TextSize()-1, fyne.TextStyle{})
		x := float32(0)
		if n > 1 {
			x = legendRamp * float32(i) / float32(n-1)
		}
		x = max(0, min(x-size.Width/2, legendRamp-size.Width))
		line = r.text(label, false, fyne.NewPos(legendPad+x, y+legendSwatch+2)).Height
	}
	return legendRamp, legendSwatch + 2 + line
}

// rampImage draws colours from the left to the right, mixed between.
func rampImage(colors []color.NRGBA, w, h int) image.Image {
	m := image.NewNRGBA(image.Rect(0, 0, w, h))
	for x := range w {
		at := float64(x) / math.Max(1, float64(w-1)) * float64(len(colors)-1)
		i := min(int(at), max(0, len(colors)-2))
		a, b, f := colors[i], colors[min(i+1, len(colors)-1)], at-float64(i)
		mix := func(p, q uint8) uint8 { return uint8(math.Round(float64(p) + f*(float64(q)-float64(p)))) }
		c := color.NRGBA{mix(a.R, b.R), mix(a.G, b.G), mix(a.B, b.B), 255}
		for y := range h {
			m.SetNRGBA(x, y, c)
		}
	}
	return m
}
