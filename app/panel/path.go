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

	// OnAsk is called to look for the trajectories to the selected placement.
	OnAsk func()
	// OnTrajectory and OnStep are told which trajectory and step a person chooses,
	// from 0.
	OnTrajectory, OnStep func(int)
	// OnPlay is called to play the steps, or to stop that.
	OnPlay func()
	// OnClose is called to go back to the placement.
	OnClose func()

	trajectories []fitting.Trajectory
	chosen       int // of them
	step         int
	which        *widget.Select
	ask          *widget.Button
	play         *widget.Button
	close        *widget.Button
	slider       *widget.Slider
	words        *widget.Label
	raster       *canvas.Raster
	empty        *widget.Label
	curve        *curvePlot // drawn last
	mute         bool
}

// NewPath returns a panel without a trajectory.
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
	p.which = widget.NewSelect(nil, func(string) { tell(&p.OnTrajectory, p.which.SelectedIndex()) })
	p.which.PlaceHolder = "No start"
	p.ask = widget.NewButton("Show how it was found", call(&p.OnAsk))
	p.play = widget.NewButtonWithIcon("", theme.MediaPlayIcon(), call(&p.OnPlay))
	p.close = widget.NewButtonWithIcon("", theme.CancelIcon(), call(&p.OnClose))
	p.slider.OnChanged = func(v float64) { tell(&p.OnStep, int(math.Round(v))) }
	p.words.Truncation = fyne.TextTruncateEllipsis
	p.raster = canvas.NewRaster(p.draw)
	p.empty = hint("Select a placement and press T: the starts that came to it are followed once more, and each step is shown in the picture and in a curve here.")
	p.ExtendBaseWidget(p)
	p.SetTrajectories(nil, 0, 0)
	return p
}

// CreateRenderer lays the panel out.
func (p *Path) CreateRenderer() fyne.WidgetRenderer {
	top := container.NewBorder(nil, nil, container.NewHBox(p.ask, container.NewGridWrap(fyne.NewSize(150, p.which.MinSize().Height), p.which)), container.NewHBox(p.play, p.close), p.slider)
	return widget.NewSimpleRenderer(container.NewBorder(top, nil, nil, nil, container.NewBorder(p.words, nil, nil, nil, container.NewStack(p.raster, p.empty))))
}

// SetTrajectories shows trajectories of starts, one of them at a step.
func (p *Path) SetTrajectories(list []fitting.Trajectory, chosen, step int) {
	p.mute = true
	defer func() { p.mute = false }()
	p.trajectories, p.chosen, p.step = list, chosen, step
	var names []string
	for i, q := range list {
		names = append(names, fmt.Sprintf("start %d (%d of %d)", q.Start, i+1, len(list)))
	}
	p.which.SetOptions(names)
	some := len(list) > 0
	for _, o := range []fyne.CanvasObject{p.which, p.play, p.close, p.slider, p.raster, p.words} {
		if some {
			o.Show()
		} else {
			o.Hide()
		}
	}
	p.empty.Hidden = some
	if some {
		p.which.SetSelectedIndex(chosen)
		p.slider.Max = float64(len(list[chosen].Steps) - 1)
		p.slider.SetValue(float64(step))
		p.tell()
	}
	p.Refresh()
	p.raster.Refresh()
}

// SetStep shows another step of the same trajectory.
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

// Enable says whether there is a placement whose trajectories can be looked for.
func (p *Path) Enable(on bool) { enable(p.ask, on) }

// Play returns the button that plays, so that it can be found on the screen.
func (p *Path) Play() fyne.CanvasObject { return p.play }

// Ask returns the button that looks for trajectories.
func (p *Path) Ask() fyne.CanvasObject { return p.ask }

// Steps returns the slider of the steps.
func (p *Path) Steps() fyne.CanvasObject { return p.slider }

func (p *Path) tell() {
	steps := p.trajectories[p.chosen].Steps
	s := steps[p.step]
	p.words.SetText(fmt.Sprintf("Step %d of %d, %s: score %.3f, corr. about mean %.3f, inside %.0f %%, %.2f Å from its end",
		p.step, len(steps)-1, s.Stage, s.Score, s.CorrelationAboutMean, 100*s.Inside, s.RMSD))
}

// draw draws the curve with a mark at the step.
func (p *Path) draw(w, h int) image.Image {
	if len(p.trajectories) == 0 || w < 80 || h < 50 {
		return image.NewRGBA(image.Rect(0, 0, max(1, w), max(1, h)))
	}
	key := curveKey{
		&p.trajectories[p.chosen], w, h, float64(w) / float64(max(1, p.raster.Size().Width)),
		opaque(theme.Color(theme.ColorNameForeground)), opaque(theme.Color(theme.ColorNameBackground)),
	}
	if p.curve == nil || p.curve.key != key {
		curve, err := plotTrajectory(key)
		if err != nil {
			p.words.SetText("The curve cannot be drawn: " + Reason(err))
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
