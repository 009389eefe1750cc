// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image"
	"image/draw"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
)

// Path shows how a start came to a placement: a curve of its convergence, and
// a slider of its steps.
type Path struct {
	widget.BaseWidget

	// OnAsk is called to look for the ways to the selected placement.
	OnAsk func()
	// OnWay and OnStep are told which way and step a person chooses, from 0.
	OnWay, OnStep func(int)
	// OnPlay is called to play the steps, or to stop that.
	OnPlay func()
	// OnClose is called to go back to the placement.
	OnClose func()

	ways   []fitting.Trajectory
	way    int
	step   int
	which  *widget.Select
	ask    *widget.Button
	play   *widget.Button
	close  *widget.Button
	slider *widget.Slider
	words  *widget.Label
	raster *canvas.Raster
	empty  *widget.Label
	curve  *curvePlot // drawn last
	mute   bool
}

// NewPath returns a panel without a way.
func NewPath() *Path {
	p := &Path{slider: widget.NewSlider(0, 1), words: widget.NewLabel("")}
	tell := func(f *func(int), i int) {
		if !p.mute && *f != nil {
			(*f)(i)
		}
	}
	call := func(f *func()) func() {
		return func() {
			if *f != nil {
				(*f)()
			}
		}
	}
	p.which = widget.NewSelect(nil, func(string) { tell(&p.OnWay, p.which.SelectedIndex()) })
	p.which.PlaceHolder = "No start"
	p.ask = widget.NewButton("Show how it was found", call(&p.OnAsk))
	p.play = widget.NewButtonWithIcon("", theme.MediaPlayIcon(), call(&p.OnPlay))
	p.close = widget.NewButtonWithIcon("", theme.CancelIcon(), call(&p.OnClose))
	p.slider.OnChanged = func(v float64) { tell(&p.OnStep, int(math.Round(v))) }
	p.words.Truncation = fyne.TextTruncateEllipsis
	p.raster = canvas.NewRaster(p.draw)
	p.empty = hint("Select a placement and press T: the starts that came to it are followed once more, and each step is shown in the picture and in a curve here.")
	p.ExtendBaseWidget(p)
	p.SetWays(nil, 0, 0)
	return p
}

// CreateRenderer lays the panel out.
func (p *Path) CreateRenderer() fyne.WidgetRenderer {
	top := container.NewBorder(nil, nil, container.NewHBox(p.ask, container.NewGridWrap(fyne.NewSize(150, p.which.MinSize().Height), p.which)), container.NewHBox(p.play, p.close), p.slider)
	return widget.NewSimpleRenderer(container.NewBorder(top, nil, nil, nil, container.NewBorder(p.words, nil, nil, nil, container.NewStack(p.raster, p.empty))))
}

// SetWays shows ways of starts, one of them at a step.
func (p *Path) SetWays(ways []fitting.Trajectory, way, step int) {
	p.mute = true
	defer func() { p.mute = false }()
	p.ways, p.way, p.step = ways, way, step
	var names []string
	for i, w := range ways {
		names = append(names, fmt.Sprintf("start %d (%d of %d)", w.Start, i+1, len(ways)))
	}
	p.which.SetOptions(names)
	some := len(ways) > 0
	for _, o := range []fyne.CanvasObject{p.which, p.play, p.close, p.slider, p.raster, p.words} {
		if some {
			o.Show()
		} else {
			o.Hide()
		}
	}
	p.empty.Hidden = some
	if some {
		p.which.SetSelectedIndex(way)
		p.slider.Max = float64(len(ways[way].Steps) - 1)
		p.slider.SetValue(float64(step))
		p.tell()
	}
	p.Refresh()
	p.raster.Refresh()
}

// SetStep shows another step of the same way.
func (p *Path) SetStep(step int) {
	p.mute = true
	p.step = step
	p.slider.SetValue(float64(step))
	p.mute = false
	p.tell()
	p.raster.Refresh()
}

// SetPlaying says whether the steps are playing.
func (p *Path) SetPlaying(on bool) {
	if on {
		p.play.SetIcon(theme.MediaPauseIcon())
	} else {
		p.play.SetIcon(theme.MediaPlayIcon())
	}
}

// Enable says whether there is a placement whose ways can be looked for.
func (p *Path) Enable(on bool) { enable(p.ask, on) }

// Play returns the button that plays, so that it can be found on the screen.
func (p *Path) Play() fyne.CanvasObject { return p.play }

// Ask returns the button that looks for ways.
func (p *Path) Ask() fyne.CanvasObject { return p.ask }

// Steps returns the slider of the steps.
func (p *Path) Steps() fyne.CanvasObject { return p.slider }

func (p *Path) tell() {
	steps := p.ways[p.way].Steps
	s := steps[p.step]
	p.words.SetText(fmt.Sprintf("Step %d of %d, %s: score %.3f, corr. about mean %.3f, inside %.0f %%, %.2f Å from its end",
		p.step, len(steps)-1, s.Stage, s.Score, s.CorrelationAboutMean, 100*s.Inside, s.RMSD))
}

// draw draws the curve with a mark at the step.
func (p *Path) draw(w, h int) image.Image {
	if len(p.ways) == 0 || w < 80 || h < 50 {
		return image.NewRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	}
	key := curveKey{
		&p.ways[p.way], w, h, float64(w) / float64(max(1, p.raster.Size().Width)),
		opaque(theme.Color(theme.ColorNameForeground)), opaque(theme.Color(theme.ColorNameBackground)),
	}
	if p.curve == nil || p.curve.key != key {
		curve, err := plotWay(key)
		if err != nil {
			p.words.SetText("The curve cannot be drawn: " + err.Error())
			return image.NewRGBA(image.Rect(0, 0, w, h))
		}
		p.curve = curve
	}
	picture := image.NewRGBA(p.curve.picture.Bounds())
	draw.Draw(picture, picture.Bounds(), p.curve.picture, picture.Bounds().Min, draw.Src)
	x := p.curve.x(p.step)
	mark := image.Rect(x, p.curve.top, x+max(1, int(key.scale)), p.curve.bottom)
	draw.Draw(picture, mark, image.NewUniform(theme.Color(theme.ColorNamePrimary)), image.Point{}, draw.Src)
	return picture
}
