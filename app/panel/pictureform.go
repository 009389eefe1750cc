// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// A PictureState is how pictures are to be saved.
type PictureState struct {
	Width, Height int  // pixels
	Samples       int  // of each pixel
	Transparent   bool // without a background
	ScaleBar      bool
	Frames        int // of a turntable; 0 is one picture
}

// Bounds of pictures.
const (
	MostPixels  = 16384 // along an edge
	MostFrames  = 9999
	mostSamples = 64
)

// PictureForm asks how pictures are to be saved.
type PictureForm struct {
	widget.BaseWidget

	// OnEscape is called for Escape in a field.
	OnEscape func()

	state                          PictureState
	shape                          float64 // width over height of the viewport
	width, height, samples, frames *entry
	transparent, bar               *widget.Check
	mute                           bool
}

// NewPictureForm returns a form that begins with s; the height follows the
// width, and the width the height, in the shape of the viewport.
func NewPictureForm(s PictureState, shape float64) *PictureForm {
	f := &PictureForm{
		state: s, shape: shape, width: newEntry(), height: newEntry(), samples: newEntry(), frames: newEntry(),
		transparent: widget.NewCheck("Transparent background", nil), bar: widget.NewCheck("Scale bar", nil),
	}
	for _, e := range []*entry{f.width, f.height, f.samples, f.frames} {
		e.OnEscape = func() {
			if f.OnEscape != nil {
				f.OnEscape()
			}
		}
	}
	f.width.settle(strconv.Itoa(s.Width))
	f.height.settle(strconv.Itoa(s.Height))
	f.samples.settle(strconv.Itoa(s.Samples))
	f.frames.settle(strconv.Itoa(s.Frames))
	f.transparent.SetChecked(s.Transparent)
	f.bar.SetChecked(s.ScaleBar)
	f.width.OnChanged = func(text string) { f.follow(text, f.height, 1/shape) }
	f.height.OnChanged = func(text string) { f.follow(text, f.width, shape) }
	f.ExtendBaseWidget(f)
	return f
}

// follow keeps the shape when one edge is written.
func (f *PictureForm) follow(text string, other *entry, times float64) {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && !f.mute && n > 0 {
		f.mute = true
		other.SetText(strconv.Itoa(max(1, int(float64(n)*times+0.5))))
		f.mute = false
	}
}

// CreateRenderer lays the form out.
func (f *PictureForm) CreateRenderer() fyne.WidgetRenderer {
	short := func(e *entry, unit string) fyne.CanvasObject {
		return container.NewHBox(container.NewGridWrap(fyne.NewSize(84, e.MinSize().Height), e), widget.NewLabel(unit))
	}
	form := container.New(layout.NewFormLayout(),
		Heading("Size"), container.NewHBox(container.NewGridWrap(fyne.NewSize(84, f.width.MinSize().Height), f.width), widget.NewLabel("×"), short(f.height, "pixels")),
		Heading("Samples"), short(f.samples, "for each pixel"))
	if f.state.Frames > 0 {
		form.Add(Heading("Pictures"))
		form.Add(short(f.frames, "for one turn"))
	}
	form.Add(Heading("With"))
	form.Add(container.NewHBox(f.transparent, f.bar))
	return widget.NewSimpleRenderer(container.NewVBox(form,
		hint("More samples of a pixel make smoother edges: 1 is rough, 9 is good. A printed column of 85 mm at 300 dots an inch has 1004 pixels.")))
}

// Read returns what was written, or all that is wrong with it.
func (f *PictureForm) Read() (PictureState, error) {
	s := PictureState{Transparent: f.transparent.Checked, ScaleBar: f.bar.Checked}
	var faults []string
	number := func(name string, e *entry, most int) int {
		n, err := strconv.Atoi(strings.TrimSpace(e.Text))
		if err != nil || n < 1 || n > most {
			faults = append(faults, fmt.Sprintf("%s: %q, want a whole number from 1 to %d", name, e.Text, most))
		}
		return n
	}
	s.Width, s.Height = number("width", f.width, MostPixels), number("height", f.height, MostPixels)
	s.Samples = number("samples", f.samples, mostSamples)
	if f.state.Frames > 0 {
		s.Frames = number("pictures", f.frames, MostFrames)
	}
	if len(faults) > 0 {
		return s, fmt.Errorf("%s", strings.Join(faults, "\n"))
	}
	return s, nil
}

// Places returns the parts by name, so that they can be found on the screen.
func (f *PictureForm) Places() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"picture.width": f.width, "picture.height": f.height, "picture.samples": f.samples,
		"picture.transparent": f.transparent, "picture.bar": f.bar, "picture.frames": f.frames,
	}
}
