// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"gonum.org/v1/gonum/spatial/r3"
)

// A Mark lies over the picture at places of the scene: words at one place, or a
// dashed line through several with the words at its middle. It is seen through
// what is before it; what the slab cuts off has none.
type Mark struct {
	Places []r3.Vec // ångström
	Words  string
}

// Measures of marks, in units of Fyne.
const (
	dashLength = 6
	dashGap    = 4
	mostDashes = 60 // of a line: longer ones have longer dashes
	lineWidth  = 2.2
	edgeWidth  = 4 // of what sets a line off from the picture
	markText   = 12
)

// markColour is that of lines: on the dark edge that they have, it is seen on
// maps, molecules and any ground.
var (
	markColour = color.NRGBA{255, 221, 51, 255}
	markEdge   = color.NRGBA{25, 25, 25, 190}
	labelBack  = color.NRGBA{25, 25, 25, 175}
	labelInk   = color.NRGBA{255, 255, 255, 255}
)

// SetMarks shows marks over the picture in place of those that were there.
func (v *Viewport) SetMarks(marks []Mark) {
	m := v.overlay.marks
	if len(marks) == 0 && len(m.marks) == 0 {
		return
	}
	m.marks = slices.Clone(marks)
	m.arrange(v)
	canvas.Refresh(v)
}

// Marks returns the marks over the picture.
func (v *Viewport) Marks() []Mark { return slices.Clone(v.overlay.marks.marks) }

// marks are what is drawn of marks. Objects that are needed no more are kept,
// hidden, for the next.
type marks struct {
	marks  []Mark
	lines  []*canvas.Line // first all edges, then what lies on them
	labels []label
	used   int // lines
}

type label struct {
	lead *canvas.Line // from the place that is named
	back *canvas.Rectangle
	text *canvas.Text
}

// Words about one place stand as far from it as a residue is large, within these
// bounds, so that they do not lie over it.
const (
	besidePlace             = 3 // Å
	leastBeside, mostBeside = 10, 70
)

func (m *marks) objects() []fyne.CanvasObject {
	var list []fyne.CanvasObject
	for _, l := range m.lines {
		list = append(list, l)
	}
	for _, l := range m.labels {
		list = append(list, l.lead, l.back, l.text)
	}
	return list
}

// arrange puts lines and words where the camera wants them.
func (m *marks) arrange(v *Viewport) {
	if len(m.marks) == 0 && m.used == 0 && len(m.labels) == 0 {
		return
	}
	seen := v.hasContent() && v.fault == nil && v.Size().Height > 0
	m.used = 0
	for _, edge := range []bool{true, false} {
		for _, k := range m.marks {
			for i := 1; i < len(k.Places) && seen; i++ {
				m.line(v, k.Places[i-1], k.Places[i], edge)
			}
		}
	}
	for _, l := range m.lines[m.used:] {
		l.Hide()
	}
	var taken []*canvas.Rectangle
	for i := range max(len(m.marks), len(m.labels)) {
		if i == len(m.labels) {
			m.labels = append(m.labels, newLabel())
		}
		if i >= len(m.marks) || !seen {
			m.labels[i].hide()
			continue
		}
		if m.labels[i].show(v, m.marks[i]) && m.labels[i].isFree(taken) {
			taken = append(taken, m.labels[i].back)
		} else {
			m.labels[i].hide()
		}
	}
}

// line adds the dashes between two places.
func (m *marks) line(v *Viewport, a, b r3.Vec, edge bool) {
	p, ok := v.seenAt(a)
	q, also := v.seenAt(b)
	if !ok || !also {
		return
	}
	d := q.Subtract(p)
	length := float32(math.Hypot(float64(d.X), float64(d.Y)))
	if !(length > 1) {
		return
	}
	step := max(dashLength+dashGap, length/mostDashes)
	dash := step * dashLength / (dashLength + dashGap)
	for from := float32(0); from < length; from += step {
		to := min(from+dash, length)
		at := func(x float32) fyne.Position { return fyne.NewPos(p.X+d.X*x/length, p.Y+d.Y*x/length) }
		if m.used == len(m.lines) {
			m.lines = append(m.lines, canvas.NewLine(markColour))
		}
		l := m.lines[m.used]
		m.used++
		l.StrokeColor, l.StrokeWidth = markColour, lineWidth
		if edge {
			l.StrokeColor, l.StrokeWidth = markEdge, edgeWidth
		}
		l.Position1, l.Position2, l.Hidden = at(from), at(to), false
		l.Refresh()
	}
}

// seenAt returns where a place is seen in the widget, and whether it is: not
// behind the eye, and not cut off.
func (v *Viewport) seenAt(place r3.Vec) (fyne.Position, bool) {
	size := v.Size()
	x, y, depth := v.camera.Project(place, float64(size.Width), float64(size.Height))
	if !v.camera.Sees(place) || !(depth > 0) || math.IsNaN(x) || math.Abs(x) > 1e5 || math.Abs(y) > 1e5 {
		return fyne.Position{}, false
	}
	return fyne.NewPos(float32(x), float32(y)), true
}

func newLabel() label {
	l := label{canvas.NewLine(labelBack), canvas.NewRectangle(labelBack), canvas.NewText("", labelInk)}
	l.back.CornerRadius, l.text.TextSize = 3, markText
	return l
}

func (l label) hide() {
	l.lead.Hide()
	l.back.Hide()
	l.text.Hide()
}

// isFree tells whether the words lie over no others: of those the first are seen.
func (l label) isFree(of []*canvas.Rectangle) bool {
	p, size := l.back.Position(), l.back.Size()
	return !slices.ContainsFunc(of, func(r *canvas.Rectangle) bool {
		q, other := r.Position(), r.Size()
		return p.X < q.X+other.Width && q.X < p.X+size.Width && p.Y < q.Y+other.Height && q.Y < p.Y+size.Height
	})
}

// aside leads from a place to words of a size to the right above it, so many units
// away, and returns where they are.
func (l label) aside(place fyne.Position, box fyne.Size, away float64) fyne.Position {
	by := float32(max(leastBeside, min(mostBeside, away)) / math.Sqrt2)
	end := place.AddXY(by, -by)
	l.lead.Position1, l.lead.Position2 = place, end
	l.lead.Show()
	l.lead.Refresh()
	return end.AddXY(0, -box.Height)
}

// show puts the words of a mark at its middle, or beside its one place, and tells
// whether that is seen.
func (l label) show(v *Viewport, k Mark) bool {
	middle := r3.Vec{}
	for _, p := range k.Places {
		middle = r3.Add(middle, r3.Scale(1/float64(len(k.Places)), p))
	}
	if len(k.Places)%2 == 1 { // of an angle, at its corner
		middle = k.Places[len(k.Places)/2]
	}
	at, ok := v.seenAt(middle)
	size := v.Size()
	if !ok || k.Words == "" || at.X < 0 || at.Y < 0 || at.X > size.Width || at.Y > size.Height {
		return false
	}
	l.lead.Hide()
	l.text.Text = k.Words
	text := l.text.MinSize()
	box := text.AddWidthHeight(8, 2)
	if at = at.AddXY(7, -box.Height/2); len(k.Places) == 1 {
		at = l.aside(at.AddXY(-7, box.Height/2), box, besidePlace*float64(size.Height)/v.camera.Height())
	}
	l.back.Resize(box)
	l.back.Move(at)
	l.text.Resize(text)
	l.text.Move(at.AddXY(4, 1))
	l.back.Show()
	l.text.Show()
	l.text.Refresh()
	return true
}
