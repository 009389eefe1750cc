// SPDX-License-Identifier: BSD-3-Clause

// Package viewport has the widget that shows a scene and turns gestures into
// points of view. It knows how people use a mouse; what is drawn, and how, is
// the matter of package render.
//
// All methods must be called on Fyne's goroutine.
package viewport

import (
	"errors"
	"image"
	"image/color"
	"slices"
	"sync"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/keys"
	"difffit/render"
)

// Empty is what the viewport says when there is nothing to show.
const Empty = "Open a map (Ctrl-O) or drop files here"

// A Source makes pictures. A render.Loop is one; tests have others.
type Source interface {
	Submit(render.Request)
	Snapshot(render.Request) (*image.RGBA, error)
	Stop()
}

// A Start starts a source that calls frame with every picture and fail with
// every error, on any goroutine.
type Start func(frame func(*render.Frame), fail func(error)) (Source, error)

// A Viewport shows a scene. Set the functions before it is first shown; those
// that are nil are not called.
type Viewport struct {
	widget.BaseWidget

	// OnPick is told what was clicked on, and whether there was anything.
	OnPick func(hit render.Hit, ok bool)
	// OnPickWith is told what was clicked on with keys held, and whether there was
	// anything.
	OnPickWith func(hit render.Hit, ok bool, held fyne.KeyModifier)
	// OnMenu is told what was clicked on with the right button, whether there
	// was anything, and where in the window: for a context menu.
	OnMenu func(hit render.Hit, ok bool, at fyne.Position)
	// OnHover is told what is under the pointer, and whether there is anything.
	// It is called at most once for each place of the pointer at rest.
	OnHover func(hit render.Hit, ok bool)
	// OnLevelWheel is told to raise the contour level by so many notches of
	// the wheel (Alt and wheel), less than zero to lower it.
	OnLevelWheel func(steps float64)
	// OnInfo is told about every picture that is shown.
	OnInfo func(Info)
	// OnKey is told the keys that the viewport has no use for.
	OnKey func(*fyne.KeyEvent)
	// OnCamera is told the point of view whenever a person, or another scene, has
	// changed it, but not by SetCamera.
	OnCamera func(render.Camera)
	// Describe returns a few words about what is under the pointer when that
	// rests; "" for none. They are shown beside it.
	Describe func(render.Hit) string
	// OnBall is told what a person makes of the ball, while they do: see SetBall.
	OnBall func(Ball)
	// OnError is told about errors of the graphics. They are also shown.
	OnError func(error)

	mu     sync.Mutex
	start  Start
	source Source
	latest render.Request // what Snapshot makes a picture of

	// Preferences of people. They may be changed at any time; call Refresh then.
	Preset   Preset
	Wheel    Wheel // what the wheel does without keys
	Inertia  bool  // a scene that is let go while it turns goes on turning for a while
	Jump     bool  // the camera jumps to where it is sent; else it flies
	ScaleBar bool  // a bar of known length, in ångström
	Axes     bool  // the directions x, y, z

	Mover  Mover // of models; nil if there are none to be moved
	Moving bool  // the mouse and keys move models in place of the camera

	scene   *render.Scene
	camera  render.Camera
	picker  *render.Picker
	flight  *fyne.Animation
	reach   float64 // of the scene reachOf from its middle, ångström
	reachOf *render.Scene
	overlay *overlay
	pointer pointer
	moved   bool // by a person, or by SetCamera: a new scene does not move it
	parts   int  // maps and molecules of the scene that the camera was fitted to
	fault   error
	shown   *render.Frame
	gesture gesture
	ball    *Ball // whose handles are shown, or nil

	picture *canvas.Image
	message *widget.Label
	bare    *canvas.Rectangle // behind the message, never behind a picture

	modifiers func() fyne.KeyModifier
}

// Info tells about the picture that is shown.
type Info struct {
	Width, Height int     // pixels of the viewport
	Scale         float64 // below 1 while a picture is a draft
	Draft         bool    // a better one follows
	Milliseconds  float64 // that the picture took
	Device        string  // the graphics device, or the software in its place
	Notes         []string
}

// NewFrom returns a viewport that has its pictures from a source; start may
// be nil: then there are no pictures.
func NewFrom(start Start) *Viewport {
	v := &Viewport{
		start:     start,
		scene:     &render.Scene{},
		picker:    render.NewPicker(),
		overlay:   newOverlay(),
		picture:   &canvas.Image{ScaleMode: canvas.ImageScaleFastest, FillMode: canvas.ImageFillStretch},
		message:   widget.NewLabel(Empty),
		bare:      canvas.NewRectangle(color.Transparent),
		modifiers: keys.Held,
	}
	v.camera = render.Fit(v.scene)
	v.picture.Hide()
	v.message.Alignment = fyne.TextAlignCenter
	v.message.Wrapping = fyne.TextWrapWord
	v.ExtendBaseWidget(v)
	v.begin()
	return v
}

// begin starts the source.
func (v *Viewport) begin() {
	if v.start == nil {
		return
	}
	source, err := v.start(v.onFrame, v.onFail)
	if err != nil {
		v.setFault(err)
		return
	}
	v.mu.Lock()
	v.source = source
	v.mu.Unlock()
}

// Restart begins the drawing anew, as after the graphics device was lost. Call
// it on the main goroutine.
func (v *Viewport) Restart() {
	v.Stop()
	v.mu.Lock()
	v.fault = nil
	v.mu.Unlock()
	if v.shown != nil {
		v.shown.Release()
		v.shown = nil
	}
	v.begin()
	v.update()
}

// HasFault reports whether nothing can be drawn.
func (v *Viewport) HasFault() bool { return v.fault != nil }

// SetScene shows a scene, from where the last one was seen. Until somebody
// moves the camera, it shows all of a scene that got or lost a map or a
// molecule.
func (v *Viewport) SetScene(s render.Scene) {
	changed := v.scene.Background != s.Background
	v.scene = &s
	if changed {
		v.overlay.recolour(v.behind())
	}
	if n := len(s.Volumes) + len(s.Molecules); !v.moved && n != v.parts {
		v.parts, v.camera = n, render.Fit(v.scene)
		v.tellCamera()
	}
	v.update()
}

// Scene returns the scene that is shown.
func (v *Viewport) Scene() render.Scene { return *v.scene }

// tellCamera tells the point of view, so that pictures beside this one have it too.
func (v *Viewport) tellCamera() {
	if v.OnCamera != nil {
		v.OnCamera(v.camera)
	}
}

// Camera returns the point of view.
func (v *Viewport) Camera() render.Camera { return v.camera }

// SetCamera sets the point of view.
func (v *Viewport) SetCamera(c render.Camera) {
	v.camera, v.moved = c, true
	v.update()
}

// FrameAll shows everything, without turning it: also what was not near to the
// centre of view.
func (v *Viewport) FrameAll() {
	all := *v.scene
	all.Molecules = slices.Clone(all.Molecules)
	for i := range all.Molecules {
		all.Molecules[i].Aside = false
	}
	if lo, hi, ok := render.Bounds(&all); ok {
		c := v.camera
		if c.Around > 0 {
			c.Around, c.Follow = 0, 0
		}
		c.Frame(lo, hi)
		v.fly(c)
	}
}

// ResetView shows everything from the front, and again all of the next scene.
func (v *Viewport) ResetView() {
	v.camera, v.moved = render.Fit(v.scene), false
	v.tellCamera()
	v.update()
}

// Snapshot returns a picture at full quality of what is seen, w by h pixels.
// It waits for the picture and, unlike most others, may be called on any
// goroutine.
func (v *Viewport) Snapshot(w, h int) (image.Image, error) {
	v.mu.Lock()
	r := v.latest
	v.mu.Unlock()
	r.Width, r.Height = w, h
	picture, err := v.Shoot(r)
	if err != nil {
		return nil, err
	}
	return picture, nil
}

// Request returns what asks for a picture of what is seen, w by h pixels; for
// Shoot, after changes if need be. It may be called on any goroutine.
func (v *Viewport) Request(w, h int) render.Request {
	v.mu.Lock()
	defer v.mu.Unlock()
	r := v.latest
	r.Width, r.Height = w, h
	return r
}

// Shoot makes the picture of a request and waits for it. It may be called on
// any goroutine.
func (v *Viewport) Shoot(r render.Request) (*image.RGBA, error) {
	v.mu.Lock()
	source, fault := v.source, v.fault
	v.mu.Unlock()
	if fault != nil {
		return nil, fault
	}
	if source == nil {
		return nil, errors.New("viewport: no pictures: nothing draws")
	}
	return source.Snapshot(r)
}

// Stop ends the drawing. Call it once, on the main goroutine, before the
// application quits.
func (v *Viewport) Stop() {
	v.mu.Lock()
	source := v.source
	v.source = nil
	v.mu.Unlock()
	if source != nil {
		source.Stop()
	}
}

// hasContent reports whether there is anything in the scene, visible or not.
func (v *Viewport) hasContent() bool {
	return len(v.scene.Volumes)+len(v.scene.Molecules) > 0
}

// update asks for a new picture, or shows a message in its place.
func (v *Viewport) update() {
	scene := *v.scene
	scene.Background = v.behind()
	v.mu.Lock()
	v.latest = render.Request{Scene: &scene, Camera: v.camera}
	v.mu.Unlock()
	switch {
	case v.fault != nil:
		v.say("The scene cannot be drawn: " + v.fault.Error() + "\nEverything else works. View, Camera, Restart the graphics tries again.")
	case !v.hasContent():
		v.say(Empty)
	default:
		if v.message.Text != "" && !v.picture.Visible() {
			v.message.SetText("") // a picture is on its way
		}
		v.request()
	}
	v.overlay.arrange(v)
}

// say shows a message instead of a picture.
func (v *Viewport) say(text string) {
	v.picture.Hide()
	v.message.SetText(text)
	v.message.Show()
	v.bare.Show()
}

// request asks the source for a picture of the present size.
func (v *Viewport) request() {
	w, h := v.pixels()
	if v.source == nil || w == 0 || h == 0 {
		return
	}
	r := v.latest
	r.Width, r.Height = w, h
	v.source.Submit(r)
}

// pixels returns the size in pixels of the device; zero before it is shown.
func (v *Viewport) pixels() (w, h int) {
	c := fyne.CurrentApp().Driver().CanvasForObject(v)
	if c == nil {
		return 0, 0
	}
	size := v.Size()
	return c.PixelCoordinateForPosition(fyne.NewPos(size.Width, size.Height))
}

// onFrame shows a picture. It is called on the goroutine of the source.
func (v *Viewport) onFrame(f *render.Frame) {
	fyne.Do(func() {
		if !v.hasContent() || v.fault != nil {
			f.Release()
			return
		}
		last := v.shown
		v.shown = f
		v.picture.Image = f.Image
		v.message.Hide()
		v.bare.Hide()
		v.picture.Show()
		v.picture.Refresh()
		if last != nil {
			last.Release()
		}
		if v.OnInfo != nil {
			v.OnInfo(Info{f.Width, f.Height, f.Scale, f.Draft, float64(f.Took.Microseconds()) / 1000, f.Device, f.Notes})
		}
	})
}

// onFail shows an error. It is called on the goroutine of the source.
func (v *Viewport) onFail(err error) {
	fyne.Do(func() { v.setFault(err) })
}

func (v *Viewport) setFault(err error) {
	v.mu.Lock()
	v.fault = err
	v.mu.Unlock()
	v.update()
	if v.OnError != nil {
		v.OnError(err)
	}
}

// behind is the colour behind the scene.
func (v *Viewport) behind() color.NRGBA {
	if v.scene.Background.A == 0 {
		return background()
	}
	return v.scene.Background
}

// background is the colour behind a scene that has none.
func background() color.NRGBA {
	c := color.NRGBAModel.Convert(theme.Color(theme.ColorNameBackground)).(color.NRGBA)
	c.A = 255
	return c
}
