// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// An axis is the line of numbers below a plot, with what they are and their
// unit.
type axis struct {
	widget.BaseWidget
	title  string
	lo, hi float64 // at the left and right edge; equal for none
}

func newAxis(title string) *axis {
	a := &axis{title: title}
	a.ExtendBaseWidget(a)
	return a
}

// show sets the range.
func (a *axis) show(lo, hi float64) {
	if a.lo != lo || a.hi != hi {
		a.lo, a.hi = lo, hi
		a.Refresh()
	}
}

// name sets the title.
func (a *axis) name(title string) {
	if a.title != title {
		a.title = title
		a.Refresh()
	}
}

// axisText is the size of the numbers of an axis.
func axisText() float32 { return theme.TextSize() - 2 }

// axisLine is the height of a line of its texts.
func axisLine() float32 { return fyne.MeasureText("0", axisText(), fyne.TextStyle{}).Height - 2 }

// CreateRenderer makes the parts.
func (a *axis) CreateRenderer() fyne.WidgetRenderer { return &axisRenderer{a: a} }

type axisRenderer struct {
	a       *axis
	objects []fyne.CanvasObject
}

func (r *axisRenderer) MinSize() fyne.Size {
	return fyne.NewSize(80, 2*axisLine()+axisTick)
}

func (r *axisRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *axisRenderer) Destroy()                     {}

func (r *axisRenderer) Refresh() {
	r.Layout(r.a.Size())
	canvas.Refresh(r.a)
}

// axisTick is the length of the marks, axisGap the least room between numbers.
const axisTick, axisGap = 3, 8

// Layout puts numbers below their marks, where they do not touch, and the title
// below the numbers.
func (r *axisRenderer) Layout(size fyne.Size) {
	ink := theme.Color(theme.ColorNamePlaceHolder)
	r.objects = nil
	text := func(words string) *canvas.Text {
		t := canvas.NewText(words, ink)
		t.TextSize = axisText()
		t.Resize(t.MinSize())
		return t
	}
	if title := text(r.a.title); title.MinSize().Width <= size.Width {
		title.Move(fyne.NewPos((size.Width-title.MinSize().Width)/2, axisTick+axisLine()))
		r.objects = append(r.objects, title)
	}
	free := float32(0)
	for _, v := range ticks(r.a.lo, r.a.hi, int(size.Width/60)) {
		x := float32((v - r.a.lo) / (r.a.hi - r.a.lo) * float64(size.Width))
		mark := canvas.NewLine(ink)
		mark.Position1, mark.Position2 = fyne.NewPos(x, 0), fyne.NewPos(x, axisTick)
		r.objects = append(r.objects, mark)
		t := text(tickText(v, r.a.hi-r.a.lo))
		width := t.MinSize().Width
		left := max(0, min(x-width/2, size.Width-width))
		if left < free {
			continue
		}
		t.Move(fyne.NewPos(left, axisTick))
		free = left + width + axisGap
		r.objects = append(r.objects, t)
	}
}

// ticks returns round numbers from lo to hi, about n of them: steps of 1, 2 or
// 5 times a power of ten.
func ticks(lo, hi float64, n int) []float64 {
	if !(hi > lo) || n < 1 || math.IsInf(hi-lo, 0) {
		return nil
	}
	step := math.Pow(10, math.Floor(math.Log10((hi-lo)/float64(n))))
	for _, k := range []float64{1, 2, 5, 10} {
		if (hi-lo)/(k*step) <= float64(n) {
			step *= k
			break
		}
	}
	var list []float64
	for i := math.Ceil(lo / step); i*step <= hi && len(list) <= 2*n+2; i++ {
		list = append(list, i*step)
	}
	return list
}

// tickText writes a number of an axis with as many digits as its range needs.
func tickText(v, span float64) string {
	if math.Abs(v) < span*1e-9 {
		return "0"
	}
	if a := math.Abs(v); a >= 1e5 || a < 1e-4 {
		return strconv.FormatFloat(v, 'g', 3, 64)
	}
	digits := max(0, 2-int(math.Floor(math.Log10(span))))
	s := strconv.FormatFloat(v, 'f', min(digits, 6), 64)
	for len(s) > 1 && digits > 0 && s[len(s)-1] == '0' {
		s = s[:len(s)-1]
		digits--
	}
	if s[len(s)-1] == '.' {
		s = s[:len(s)-1]
	}
	return s
}

// plotLabel is a quiet text in the corner of a plot.
func plotLabel(words string) *canvas.Text {
	t := canvas.NewText(words, color.Transparent)
	t.TextSize = axisText()
	return t
}
