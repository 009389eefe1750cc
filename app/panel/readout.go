// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
)

// Widths of the columns of the read-out.
const (
	pinNameWidth, pinDistanceWidth, pinMetricWidth = 168, 62, 116
	pinColumns                                     = 4 // before the metrics
)

// pinLayout is a grid whose columns have the widths above.
type pinLayout struct{}

func pinWidths() []float32 {
	widths := []float32{pinNameWidth, pinDistanceWidth, pinDistanceWidth, pinDistanceWidth}
	for range metricColumns() {
		widths = append(widths, pinMetricWidth)
	}
	return widths
}

func pinHeight() float32 { return theme.TextSize() + 11 }

func (pinLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := float32(0)
	for _, w := range pinWidths() {
		width += w
	}
	rows := (len(objects) + len(pinWidths()) - 1) / len(pinWidths())
	return fyne.NewSize(width, float32(rows)*pinHeight())
}

func (pinLayout) Layout(objects []fyne.CanvasObject, _ fyne.Size) {
	widths := pinWidths()
	x, h := float32(0), pinHeight()
	for i, o := range objects {
		col := i % len(widths)
		if col == 0 {
			x = 0
		}
		o.Move(fyne.NewPos(x, float32(i/len(widths))*h))
		o.Resize(fyne.NewSize(widths[col], h))
		x += widths[col]
	}
}

func (c *Compare) addHeadings() {
	titles := []string{"Placement", "Shift Å", "Angle °", "RMSD Å"}
	for _, m := range metricColumns() {
		titles = append(titles, m.title)
	}
	for i, t := range titles {
		cell := newPinCell(t, i == 0)
		cell.text.TextStyle.Bold = true
		c.rows.Add(cell)
	}
}

func (c *Compare) addPin(i int, p Pin, all []Pin) {
	tap := func() {
		if c.OnSelect != nil {
			c.OnSelect(p.ID)
		}
	}
	add := func(text string, words bool) *pinCell {
		cell := newPinCell(text, words)
		cell.onTapped, cell.text.TextStyle.Bold = tap, p.Selected
		if p.Selected {
			cell.back.FillColor = theme.Color(theme.ColorNameSelection)
		}
		c.rows.Add(cell)
		return cell
	}
	add(p.Name, true).edge.FillColor = PinColour(i)
	if p.Reference {
		for range pinColumns - 1 {
			add("–", false)
		}
	} else {
		add(number(p.Shift, 2), false)
		add(number(p.Angle, 1), false)
		add(number(p.RMSD, 2), false)
	}
	r := &row{Cluster: fitting.Cluster{Placement: p.Placement}}
	for _, m := range metricColumns() {
		add(m.text(r)+against(m, r, p, all), false)
	}
}

// against returns the difference of a metric from that of the reference.
func against(m *column, r *row, p Pin, all []Pin) string {
	for _, q := range all {
		if !q.Reference || p.Reference {
			continue
		}
		d := m.value(r) - m.value(&row{Cluster: fitting.Cluster{Placement: q.Placement}})
		if math.IsNaN(d) {
			return ""
		}
		sign := "+"
		if d < 0 {
			sign = "−"
		}
		return " (" + sign + plain(m, math.Abs(d)) + ")"
	}
	return ""
}

// plain writes a difference with the digits of the column.
func plain(m *column, v float64) string {
	switch m.name {
	case "inside":
		return number(v, 0)
	case "significance_z":
		return number(v, 1)
	case "density", "overlap":
		if v < 1000 {
			return number(v, 3)
		}
		return short(v)
	}
	return number(v, 3)
}

// A pinCell is a cell of the read-out; a tap selects.
type pinCell struct {
	widget.BaseWidget
	back, edge *canvas.Rectangle
	text       *canvas.Text
	onTapped   func()
}

func newPinCell(text string, words bool) *pinCell {
	c := &pinCell{back: canvas.NewRectangle(color.Transparent), edge: canvas.NewRectangle(color.Transparent), text: canvas.NewText(text, theme.Color(theme.ColorNameForeground))}
	c.text.TextSize = theme.TextSize()
	if !words {
		c.text.Alignment = fyne.TextAlignTrailing
	} else {
		c.text.Text = shorten(text, pinNameWidth-2*cellPad-pinWidth, c.text.TextSize, c.text.TextStyle)
	}
	c.ExtendBaseWidget(c)
	return c
}

// Tapped selects the placement.
func (c *pinCell) Tapped(*fyne.PointEvent) {
	if c.onTapped != nil {
		c.onTapped()
	}
}

// CreateRenderer lays the cell out: the colour of the placement at its edge.
func (c *pinCell) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(pinCellLayout{}, c.back, c.edge, c.text))
}

type pinCellLayout struct{}

func (pinCellLayout) MinSize([]fyne.CanvasObject) fyne.Size { return fyne.NewSize(20, pinHeight()) }

func (pinCellLayout) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Resize(fyne.NewSize(pinWidth, size.Height-2))
	o[1].Move(fyne.NewPos(0, 1))
	h := o[2].MinSize().Height
	o[2].Move(fyne.NewPos(cellPad+pinWidth, (size.Height-h)/2))
	o[2].Resize(fyne.NewSize(size.Width-2*cellPad-pinWidth, h))
}
