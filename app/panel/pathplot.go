// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"strings"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgimg"

	"difffit/fitting"
)

// Colours of the curves; both stand out from light and dark grounds.
var (
	scoreColour = color.NRGBA{0, 158, 115, 255}
	rmsdColour  = color.NRGBA{213, 94, 0, 255}
)

// curveKey is what a plot of a trajectory depends on.
type curveKey struct {
	trajectory   *fitting.Trajectory
	w, h         int     // pixels of the device
	scale        float64 // of them to those of the window
	text, ground color.RGBA
}

// A curvePlot is a trajectory as two curves over its steps: the score, and how far it
// is from its end.
type curvePlot struct {
	key         curveKey
	picture     image.Image
	left, right float64 // of the first and the last step, pixels
	top, bottom int     // of the data, pixels
}

// x returns the pixel of a step.
func (c *curvePlot) x(step int) int {
	n := max(1, len(c.key.trajectory.Steps)-1)
	return int(math.Round(c.left + (c.right-c.left)*float64(step)/float64(n)))
}

// pointsPerInch are those of a screen on which a pixel of the window is a point.
const pointsPerInch = 72

// plotTrajectory draws the curves.
func plotTrajectory(key curveKey) (*curvePlot, error) {
	score, rmsd := newPlot(key, "Score"), newPlot(key, "RMSD to end (Å)")
	rmsd.X.Label.Text = "Step of the optimisation"
	score.X.Tick.Marker = unlabelled{score.X.Tick.Marker} // those below do for both
	var a, b plotter.XYs
	for i, s := range key.trajectory.Steps {
		if !math.IsNaN(s.Score) && !math.IsInf(s.Score, 0) {
			a = append(a, plotter.XY{X: float64(i), Y: s.Score})
		}
		b = append(b, plotter.XY{X: float64(i), Y: s.RMSD})
	}
	for _, c := range []struct {
		in     *plot.Plot
		points plotter.XYs
		colour color.Color
	}{{score, a, scoreColour}, {rmsd, b, rmsdColour}} {
		if len(c.points) == 0 {
			continue
		}
		line, err := plotter.NewLine(c.points)
		if err != nil {
			return nil, fmt.Errorf("plot: %w", err)
		}
		line.Color, line.Width = c.colour, vg.Points(1.8)
		c.in.Add(stageLines(key), line)
		c.in.X.Min, c.in.X.Max = 0, float64(max(1, len(key.trajectory.Steps)-1))
		c.in.Y.Min = math.Min(0, c.in.Y.Min)
	}
	dpi := pointsPerInch * key.scale
	length := func(pixels int) vg.Length { return vg.Length(float64(pixels)/dpi) * vg.Inch }
	c := vgimg.NewWith(vgimg.UseWH(length(key.w), length(key.h)), vgimg.UseDPI(int(math.Round(dpi))), vgimg.UseBackgroundColor(key.ground))
	return key.compose(c, score, rmsd), nil
}

// compose puts the two plots one below the other, with one axis of steps.
func (key curveKey) compose(c *vgimg.Canvas, score, rmsd *plot.Plot) *curvePlot {
	tiles := draw.Tiles{Rows: 2, Cols: 1, PadY: vg.Points(6), PadLeft: vg.Points(4), PadRight: vg.Points(10), PadTop: vg.Points(5), PadBottom: vg.Points(2)}
	plots := [][]*plot.Plot{{score}, {rmsd}}
	canvases := plot.Align(plots, tiles, draw.New(c))
	for i := range plots {
		plots[i][0].Draw(canvases[i][0])
	}
	perPoint := key.scale
	upper, lower := score.DataCanvas(canvases[0][0]), rmsd.DataCanvas(canvases[1][0])
	return &curvePlot{
		key: key, picture: c.Image(),
		left: float64(lower.Min.X) * perPoint, right: float64(lower.Max.X) * perPoint,
		top: key.h - int(float64(upper.Max.Y)*perPoint), bottom: key.h - int(float64(lower.Min.Y)*perPoint),
	}
}

// newPlot makes an empty plot in the colours of the window.
func newPlot(key curveKey, name string) *plot.Plot {
	p := plot.New()
	p.BackgroundColor = key.ground
	sans := font.Font{Typeface: "Liberation", Variant: "Sans", Size: vg.Points(10)}
	for _, a := range []*plot.Axis{&p.X, &p.Y} {
		a.Color, a.Tick.Color = key.text, key.text
		for _, s := range []*text.Style{&a.Label.TextStyle, &a.Tick.Label} {
			s.Font, s.Color = sans, key.text
		}
		a.Padding = 0
	}
	p.Y.Label.Text = name
	p.Y.Tick.Marker = fewTicks{}
	return p
}

// fewTicks are three at most: there is room for no more.
type fewTicks struct{}

func (fewTicks) Ticks(low, high float64) []plot.Tick {
	step := math.Pow(10, math.Floor(math.Log10(math.Max(high-low, 1e-9))))
	for _, k := range []float64{0.2, 0.5, 1, 2, 5} {
		if (high-low)/(k*step) <= 3 {
			step *= k
			break
		}
	}
	var ticks []plot.Tick
	for v := math.Ceil(low/step) * step; v <= high+1e-9*step; v += step {
		ticks = append(ticks, plot.Tick{Value: v, Label: fmt.Sprintf("%.3g", math.Round(v/step)*step)})
	}
	return ticks
}

// unlabelled are ticks without labels.
type unlabelled struct{ plot.Ticker }

func (u unlabelled) Ticks(low, high float64) []plot.Tick {
	ticks := u.Ticker.Ticks(low, high)
	for i := range ticks {
		ticks[i].Label = ""
	}
	return ticks
}

// stageLines are thin lines where one stage of the search ends and the next
// begins.
func stageLines(key curveKey) plot.Plotter {
	var at []float64
	steps := key.trajectory.Steps
	for i := 2; i < len(steps); i++ {
		if steps[i].Stage != steps[i-1].Stage && !strings.HasPrefix(steps[i].Stage, "Adam") {
			at = append(at, float64(i)-0.5)
		}
	}
	return verticals{at, key.text}
}

type verticals struct {
	at     []float64
	colour color.RGBA
}

// Plot draws the lines.
func (v verticals) Plot(c draw.Canvas, p *plot.Plot) {
	x, _ := p.Transforms(&c)
	faint := color.NRGBA{v.colour.R, v.colour.G, v.colour.B, 90}
	style := draw.LineStyle{Color: faint, Width: vg.Points(0.7), Dashes: []vg.Length{vg.Points(2), vg.Points(3)}}
	for _, at := range v.at {
		c.StrokeLine2(style, x(at), c.Min.Y, x(at), c.Max.Y)
	}
}
