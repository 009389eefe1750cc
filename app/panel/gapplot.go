// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting"
)

// Measures of a gap plot, in units of Fyne.
const (
	gapHeight = 88
	gapDot    = 3 // radius
	gapReach  = 9 // of a click
	gapEdge   = 8 // from the edges to the dots
)

// A gapPlot shows the best score of each structure of a library, the greatest
// first: what is right stands apart from the rest. The places are on a logarithmic
// scale, for the first few matter. A click selects the placement.
type gapPlot struct {
	widget.BaseWidget
	raster   *canvas.Raster
	count    *canvas.Text
	best     []*row // of each structure, by score
	selected document.ClusterID
	pointed  *row // the pointer is over its dot
	onSelect func(document.ClusterID)
}

var (
	_ fyne.Tappable     = (*gapPlot)(nil)
	_ desktop.Hoverable = (*gapPlot)(nil)
)

func newGapPlot(selected func(document.ClusterID)) *gapPlot {
	g := &gapPlot{onSelect: selected, count: plotLabel("")}
	g.raster = canvas.NewRaster(g.draw)
	g.ExtendBaseWidget(g)
	g.Hide()
	return g
}

// CreateRenderer has the words at the right, where scores are low.
func (g *gapPlot) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(g.raster, container.NewBorder(nil, nil, nil, container.NewVBox(g.count))))
}

// MinSize is high enough for a gap to be seen.
func (g *gapPlot) MinSize() fyne.Size { return fyne.NewSize(80, gapHeight) }

// Refresh follows the theme.
func (g *gapPlot) Refresh() {
	g.count.Color = theme.Color(theme.ColorNamePlaceHolder)
	g.count.Refresh()
	g.raster.Refresh()
}

// show shows the best of each structure among rows, or nothing.
func (g *gapPlot) show(on bool, rows []*row, selected document.ClusterID) {
	g.best, g.pointed, g.selected = nil, nil, selected
	if on {
		at := map[int]int{}
		for _, q := range rows {
			if i, ok := at[q.id.Structure]; !ok {
				at[q.id.Structure] = len(g.best)
				g.best = append(g.best, q)
			} else if q.InWhole().Score > g.best[i].InWhole().Score {
				g.best[i] = q
			}
		}
		slices.SortStableFunc(g.best, func(a, b *row) int { return cmp.Compare(b.InWhole().Score, a.InWhole().Score) })
	}
	g.count.Text = fmt.Sprintf("best scores of %s", Plural(len(g.best), "structure"))
	if g.Hidden = len(g.best) == 0; !g.Hidden {
		g.Refresh()
	}
}

// mark shows which placement is selected.
func (g *gapPlot) mark(id document.ClusterID) {
	if g.selected = id; !g.Hidden {
		g.raster.Refresh()
	}
}

// at returns where a structure stands in a plot of some size, in its units.
func (g *gapPlot) at(i int, width, height float64) (x, y float64) {
	top := 1.5 * fitting.MinScore // the line of what is significant is in the picture, whatever the scores are
	if len(g.best) > 0 {
		top = math.Max(top, g.best[0].InWhole().Score)
	}
	edge := gapEdge * height / gapHeight
	last := math.Log(math.Max(2, float64(len(g.best))))
	return edge + math.Log(float64(i+1))/last*(width-2*edge), g.height(known(g.best[i].InWhole().Score)/top, height)
}

// height returns where a part of the greatest score stands.
func (g *gapPlot) height(part, height float64) float64 {
	edge := gapEdge * height / gapHeight
	return height - edge - math.Min(1, math.Max(0, part))*(height-2*edge)
}

// draw is called with the size in pixels.
func (g *gapPlot) draw(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	ground := opaque(theme.Color(theme.ColorNameInputBackground))
	for i := 0; i < len(img.Pix); i += 4 {
		img.Pix[i], img.Pix[i+1], img.Pix[i+2], img.Pix[i+3] = ground.R, ground.G, ground.B, 255
	}
	if len(g.best) == 0 || w < 2 || h < 2 {
		return img
	}
	top := math.Max(1.5*fitting.MinScore, g.best[0].InWhole().Score)
	line := opaque(theme.Color(theme.ColorNameSuccess))
	y := int(g.height(fitting.MinScore/top, float64(h)))
	for x := 0; x < w; x++ {
		if x/max(1, h/22)%2 == 0 {
			img.SetRGBA(x, y, line)
		}
	}
	radius := gapDot * float64(h) / gapHeight
	for i := len(g.best) - 1; i >= 0; i-- { // the best last, over the others
		q := g.best[i]
		c := opaque(theme.Color(theme.ColorNamePrimary))
		if q.isWrong() {
			c = opaque(theme.Color(theme.ColorNameDisabled))
		}
		x, y := g.at(i, float64(w), float64(h))
		if q.id.Structure == g.selected.Structure && q.id.Round == g.selected.Round {
			dot(img, x, y, 1.9*radius, opaque(theme.Color(theme.ColorNameForeground)))
		}
		dot(img, x, y, radius, c)
	}
	return img
}

// dot draws a filled circle.
func dot(img *image.RGBA, x, y, radius float64, c color.RGBA) {
	for j := int(y - radius); j <= int(y+radius)+1; j++ {
		for i := int(x - radius); i <= int(x+radius)+1; i++ {
			if math.Hypot(float64(i)-x, float64(j)-y) <= radius && image.Pt(i, j).In(img.Bounds()) {
				img.SetRGBA(i, j, c)
			}
		}
	}
}

// near returns the structure at a place, nil if there is none.
func (g *gapPlot) near(p fyne.Position) *row {
	var found *row
	least := float64(gapReach)
	for i, q := range g.best {
		x, y := g.at(i, float64(g.Size().Width), float64(g.Size().Height))
		if d := math.Hypot(x-float64(p.X), y-float64(p.Y)); d < least {
			found, least = q, d
		}
	}
	return found
}

// Tapped selects the structure that was clicked on.
func (g *gapPlot) Tapped(e *fyne.PointEvent) {
	if q := g.near(e.Position); q != nil {
		g.onSelect(q.id)
	}
}

// MouseIn is needed beside MouseMoved.
func (g *gapPlot) MouseIn(e *desktop.MouseEvent) { g.MouseMoved(e) }

// MouseMoved remembers what is under the pointer, for the tooltip.
func (g *gapPlot) MouseMoved(e *desktop.MouseEvent) { g.pointed = g.near(e.Position) }

// MouseOut forgets it.
func (g *gapPlot) MouseOut() { g.pointed = nil }

// help names what is under the pointer, else tells what the plot is.
func (g *gapPlot) help() string {
	if q := g.pointed; q != nil {
		return fmt.Sprintf("%s: score %s", q.name, number(q.InWhole().Score, 3))
	}
	return fmt.Sprintf("The best score of each structure, the greatest first: what is right stands apart from the rest. The line is at a score of %g. A click selects.", fitting.MinScore)
}
