// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/marks"
)

// SetMarks shows marks over the picture in place of those that were there.
func (v *Viewport) SetMarks(list []marks.Mark) {
	m := v.overlay.marks
	if len(list) == 0 && len(m.list) == 0 {
		return
	}
	m.list = slices.Clone(list)
	m.arrange(v)
	canvas.Refresh(v)
}

// Marks returns the marks over the picture.
func (v *Viewport) Marks() []marks.Mark { return slices.Clone(v.overlay.marks.list) }

// A markLayer is what is drawn of marks. Objects that are needed no more are kept,
// hidden, for the next.
type markLayer struct {
	list   []marks.Mark
	lines  []*canvas.Line // first all edges, then what lies on them
	labels []label
	used   int // lines
}

type label struct {
	back *canvas.Rectangle
	text *canvas.Text
}

func (m *markLayer) objects() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, l := range m.lines {
		list = append(list, l)
	}
	for _, l := range m.labels {
		list = append(list, l.back, l.text)
	}
	return list
}

// arrange puts lines and words where the camera wants them.
func (m *markLayer) arrange(v *Viewport) {
	if len(m.list) == 0 && m.used == 0 && len(m.labels) == 0 {
		return
	}
	seen := v.hasContent() && v.fault == nil && v.Size().Height > 0
	m.used = 0
	for _, edge := range []bool{true, false} {
		for _, k := range m.list {
			for i := 1; i < len(k.Places) && seen; i++ {
				m.line(v, k.Places[i-1], k.Places[i], edge)
			}
		}
	}
	for _, l := range m.lines[m.used:] {
		l.Hide()
	}
	var taken []marks.Box
	for i := range max(len(m.list), len(m.labels)) {
		if i == len(m.labels) {
			m.labels = append(m.labels, newLabel())
		}
		if i >= len(m.list) || !seen {
			m.labels[i].hide()
			continue
		}
		if m.labels[i].show(v, m.list[i]) && !slices.ContainsFunc(taken, m.labels[i].box().Overlaps) { // of those that overlap the first is seen
			taken = append(taken, m.labels[i].box())
		} else {
			m.labels[i].hide()
		}
	}
}

// line adds the dashes between two places.
func (m *markLayer) line(v *Viewport, a, b r3.Vec, edge bool) {
	p, ok := v.seenAt(a)
	q, also := v.seenAt(b)
	if !ok || !also {
		return
	}
	marks.Dashes(float64(p.X), float64(p.Y), float64(q.X), float64(q.Y), 1, func(x0, y0, x1, y1 float64) {
		if m.used == len(m.lines) {
			m.lines = append(m.lines, canvas.NewLine(marks.Line))
		}
		l := m.lines[m.used]
		m.used++
		l.StrokeColor, l.StrokeWidth = marks.Line, marks.LineWidth
		if edge {
			l.StrokeColor, l.StrokeWidth = marks.Edge, marks.EdgeWidth
		}
		l.Position1, l.Position2, l.Hidden = fyne.NewPos(float32(x0), float32(y0)), fyne.NewPos(float32(x1), float32(y1)), false
		l.Refresh()
	})
}

// seenAt returns where a place is seen in the widget, and whether it is: not
// behind the eye, and not cut off.
func (v *Viewport) seenAt(place r3.Vec) (fyne.Position, bool) {
	size := v.Size()
	x, y, ok := marks.Seen(v.camera, place, float64(size.Width), float64(size.Height))
	return fyne.NewPos(float32(x), float32(y)), ok
}

func newLabel() label {
	l := label{canvas.NewRectangle(marks.Back), canvas.NewText("", marks.Ink)}
	l.back.CornerRadius, l.text.TextSize = 3, marks.TextSize
	return l
}

func (l label) hide() {
	l.back.Hide()
	l.text.Hide()
}

// box returns where the words are.
func (l label) box() marks.Box {
	p, size := l.back.Position(), l.back.Size()
	return marks.Box{X: float64(p.X), Y: float64(p.Y), W: float64(size.Width), H: float64(size.Height)}
}

// show puts the words of a mark at its middle, or beside its one place, and tells
// whether that is seen.
func (l label) show(v *Viewport, k marks.Mark) bool {
	at, ok := v.seenAt(k.Anchor())
	size := v.Size()
	if !ok || k.Words == "" || at.X < 0 || at.Y < 0 || at.X > size.Width || at.Y > size.Height {
		return false
	}
	l.text.Text = k.Words
	text := l.text.MinSize()
	box := marks.BoxAt(float64(at.X), float64(at.Y), float64(text.Width), float64(text.Height), 1)
	at = fyne.NewPos(float32(box.X), float32(box.Y))
	l.back.Resize(fyne.NewSize(float32(box.W), float32(box.H)))
	l.back.Move(at)
	l.text.Resize(text)
	l.text.Move(at.AddXY(marks.PadX, marks.PadY))
	l.back.Show()
	l.text.Show()
	l.text.Refresh()
	return true
}
