// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"math"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
)

// A readColumn is a column of the read-out of differences.
type readColumn struct {
	over        string // first line of the title, "" if it has one
	title, help string
	value       func(p Pin) string                // as it is
	against     func(p Pin, reference Pin) string // less that of the reference; nil where the value is a distance
}

// readColumns are those after the name, with what is inside of a contour level in
// the units of the map. Their numbers are those in the map as it was opened, as
// in the table.
func readColumns(level float64) []readColumn {
	distance := func(digits int, of func(Pin) float64) func(Pin) string {
		return func(p Pin) string {
			if p.Reference {
				return "–"
			}
			return number(of(p), digits)
		}
	}
	const one = " Only between placements of one structure."
	list := []readColumn{
		{title: "Shift Å", help: "Distance of the centre from that of the reference, in ångström.", value: distance(2, func(p Pin) float64 { return p.Shift })},
		{title: "Angle °", help: "Angle of the rotation from the reference, in degrees." + one, value: distance(1, func(p Pin) float64 { return p.Angle })},
		{title: "RMSD Å", help: "Root mean square distance of the atoms from where the reference has them, in ångström." + one, value: distance(2, func(p Pin) float64 { return p.RMSD })},
	}
	for _, m := range columns {
		if m.metric == nil || m.counts {
			continue
		}
		over, title, two := strings.Cut(m.short, " ")
		if !two {
			over, title = "", cmp.Or(m.short, m.title)
		}
		about := m
		of := func(p Pin) float64 { return m.metric(fitting.Placement{Metrics: p.Placement.InWhole()}) }
		switch m.name {
		case insideColumn:
			over, title = m.title, "at "+strconv.FormatFloat(level, 'g', 3, 64)
			of = func(p Pin) float64 { return 100 * p.Inside }
		case fitMapColumn: // there is one in the map as it was opened
			about = columnOf(wholeMapColumn)
			over, title, _ = strings.Cut(about.title, " ")
		}
		list = append(list, readColumn{
			over: over, title: title, help: about.title + ": " + about.help() + " Below it: the difference from the reference.",
			value:   func(p Pin) string { return m.format(of(p)) },
			against: func(p, reference Pin) string { return signed(m, of(p)-of(reference)) },
		})
	}
	return list
}

// signed writes a difference of a metric, "" where there is none.
func signed(m *column, d float64) string {
	text := m.brief(math.Abs(d))
	switch {
	case math.IsNaN(d) || math.IsInf(d, 0):
		return ""
	case strings.Trim(text, "0.") == "": // less than what is written
		return text
	case d < 0:
		return "−" + text
	}
	return "+" + text
}

// A readout shows pinned placements below each other: what they are, how far
// from the reference, and the metrics with their differences from it. Where
// there is no room for a column of names, each name has a line of its own.
type readout struct {
	widget.BaseWidget
	tip     *tip
	onTap   func(Pin)
	pins    []Pin
	columns []readColumn
	needs   []float32 // width of each column
	name    float32   // width of the longest name
	head    *fyne.Container
	lines   *fyne.Container
	body    fyne.CanvasObject
}

// Measures of the read-out.
const (
	readPad   = 3   // left and right of a text
	leastName = 116 // a column of names has this width at least
	mostName  = 420
)

// quietSize is that of the texts of differences.
func quietSize() float32 { return theme.TextSize() - 2 }

func newReadout(t *tip, onTap func(Pin)) *readout {
	r := &readout{tip: t, onTap: onTap, columns: readColumns(0), head: container.NewWithoutLayout()}
	r.lines = container.New(readLines{})
	r.head.Layout = readHead{r}
	r.body = container.NewHScroll(container.NewBorder(r.head, nil, nil, nil, container.NewVScroll(r.lines)))
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer shows the titles above the lines, which scroll.
func (r *readout) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

// set shows pins, and what is inside of a contour level.
func (r *readout) set(pins []Pin, level float64) {
	r.pins, r.columns = pins, readColumns(level)
	r.measure()
	r.head.RemoveAll()
	r.lines.RemoveAll()
	if len(pins) > 0 {
		r.head.Add(r.text("Placement", bold, "The pinned placements. The reference, with which the others are compared, is the selected one, else the first."))
		for _, c := range r.columns {
			r.head.Add(r.text(c.title, bold, c.help))
		}
		for _, c := range r.columns {
			r.head.Add(r.text(c.over, bold, c.help))
		}
	}
	for i := range pins {
		r.lines.Add(newReadLine(r, i))
	}
	r.body.Refresh()
}

// reference returns the pin with which the others are compared.
func (r *readout) reference() Pin {
	for _, p := range r.pins {
		if p.Reference {
			return p
		}
	}
	return Pin{}
}

// measure finds the widths of what is shown.
func (r *readout) measure() {
	width := func(s string, size float32, heavy bool) float32 {
		return fyne.MeasureText(s, size, fyne.TextStyle{Bold: heavy}).Width
	}
	r.needs, r.name = make([]float32, len(r.columns)), width("Placement", theme.TextSize(), true)
	for i, c := range r.columns {
		w := max(width(c.over, theme.TextSize(), true), width(c.title, theme.TextSize(), true))
		for _, p := range r.pins {
			w = max(w, width(c.value(p), theme.TextSize(), p.Selected))
			if c.against != nil && !p.Reference {
				w = max(w, width(c.against(p, r.reference()), quietSize(), false))
			}
		}
		r.needs[i] = w + 2*readPad
	}
	for _, p := range r.pins {
		r.name = max(r.name, width(p.Name, theme.TextSize(), true))
	}
	r.name += 2*readPad + pinWidth
}

// least is the width that all columns need, the names above them.
func (r *readout) least() float32 {
	sum := float32(theme.ScrollBarSmallSize() + 2*pinWidth)
	for _, w := range r.needs {
		sum += w
	}
	return sum
}

// places returns the width of the column of names, 0 if names have lines of
// their own, and where the other columns begin and how wide they are.
func (r *readout) places(width float32) (name float32, at, wide []float32) {
	spare := width - r.least()
	x := float32(2 * pinWidth)
	if spare >= min(r.name, leastName) {
		name = min(r.name, mostName, spare)
		spare -= name
		x = name + pinWidth
	}
	for _, w := range r.needs {
		w += max(0, spare) / float32(len(r.needs))
		at, wide = append(at, x), append(wide, w)
		x += w
	}
	return name, at, wide
}

// text makes a text that is explained when the pointer rests on it.
func (r *readout) text(words string, style fyne.TextStyle, help string) *Explained {
	e := r.tip.explained(words, help)
	e.text.TextStyle = style
	return e
}

// readHead lays the titles out above their columns, and the first lines of those
// that have two above these.
type readHead struct{ r *readout }

func (l readHead) MinSize(o []fyne.CanvasObject) fyne.Size {
	if len(o) == 0 {
		return fyne.Size{}
	}
	return fyne.NewSize(l.r.least(), 2*o[0].MinSize().Height+readPad)
}

func (l readHead) Layout(o []fyne.CanvasObject, size fyne.Size) {
	if len(o) == 0 {
		return
	}
	name, at, wide := l.r.places(size.Width)
	line := o[0].MinSize().Height
	o[0].(*Explained).Hidden = name == 0
	o[0].Move(fyne.NewPos(readPad+pinWidth, line))
	o[0].Resize(fyne.NewSize(max(0, name-readPad-pinWidth), size.Height-line))
	for i, t := range o[1:] {
		column, y, high := i%len(at), line, size.Height-line
		if i >= len(at) {
			y, high = 0, line
		}
		t.(*Explained).text.Alignment = fyne.TextAlignTrailing
		t.Move(fyne.NewPos(at[column], y))
		t.Resize(fyne.NewSize(wide[column]-readPad, high))
	}
}

// readLines lays the lines of pins out below each other, with no gap.
type readLines struct{}

func (readLines) MinSize(o []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for _, l := range o {
		least := l.MinSize()
		size = fyne.NewSize(max(size.Width, least.Width), size.Height+least.Height)
	}
	return size
}

func (readLines) Layout(o []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, l := range o {
		h := l.MinSize().Height
		l.Move(fyne.NewPos(0, y))
		l.Resize(fyne.NewSize(size.Width, h))
		y += h
	}
}
