// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"image"
	"image/draw"
	"os"

	"difffit/app/panel"
	"difffit/app/picture"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/software"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// begin does what the command line asks for, once the window is there.
func (w *window) begin() {
	w.showRecent()
	w.watch()
	for _, e := range w.Engines {
		w.Note("engine " + e.Info().String())
	}
	for _, missing := range w.Missing {
		w.Note("no engine " + missing)
	}
	w.OnRest = w.finish
	switch {
	case w.config.Demo:
		w.files.OpenDemo(true)
	case len(w.config.Files) > 0:
		w.files.Open(append([]string(nil), w.config.Files...))
	default:
		w.files.OfferCrashed()
	}
	w.Rest()
}

// finish is called when all is shown that was asked for at the start.
func (w *window) finish() {
	if w.config.Screenshot == "" {
		if w.config.Exit {
			w.end()
		}
		return
	}
	path := w.config.Screenshot
	size := w.stage.View.Size()
	scale := w.Canvas().Scale()
	go func() {
		scene, err := w.snapshot(int(size.Width*scale), int(size.Height*scale))
		w.Do(func() {
			if err != nil {
				w.Note("screenshot: " + panel.Reason(err))
			}
			if err := w.saveScreenshot(path, scene); err != nil {
				fmt.Fprintf(os.Stderr, "difffit: screenshot: %v\n", err)
				w.code = exitFailed
				w.Note("screenshot: " + panel.Reason(err))
			} else {
				w.Say("Saved " + path)
			}
			if w.config.Exit {
				w.end()
			}
		})
	}()
}

// saveScreenshot draws the window in memory, for what is on the screen cannot
// be read back with every driver. Fyne draws menu bars only in real windows, so
// there is one made of labels; scene is the picture of the viewport.
func (w *window) saveScreenshot(path string, scene image.Image) error {
	driver := w.App.Driver()
	content := w.Content()
	top := driver.AbsolutePositionForObject(content)
	at := driver.AbsolutePositionForObject(w.stage.View)
	var names []fyne.CanvasObject
	for _, m := range w.menus.main.Items {
		names = append(names, widget.NewLabel(m.Label))
	}
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(w.Canvas().Scale())
	bar := container.NewGridWrap(fyne.NewSize(w.Canvas().Size().Width, top.Y), container.NewHBox(names...))
	c.SetContent(container.New(below{top, content.Size()}, newGround(), bar, content))
	c.Resize(w.Canvas().Size())
	shot := c.Capture()
	w.SetContent(content)
	img := image.NewRGBA(shot.Bounds())
	draw.Draw(img, img.Bounds(), shot, shot.Bounds().Min, draw.Src)
	if scene != nil {
		x, y := w.Canvas().PixelCoordinateForPosition(at)
		draw.Draw(img, scene.Bounds().Add(image.Pt(x, y)), scene, scene.Bounds().Min, draw.Src)
	}
	return picture.Write(path, img)
}

// below has a background, what is above, and what is below at a place.
type below struct {
	at   fyne.Position
	size fyne.Size
}

func (b below) Layout(o []fyne.CanvasObject, size fyne.Size) {
	o[0].Resize(size)
	o[1].Resize(fyne.NewSize(size.Width, b.at.Y))
	o[2].Move(b.at)
	o[2].Resize(b.size)
}

func (b below) MinSize([]fyne.CanvasObject) fyne.Size {
	return b.size.AddWidthHeight(2*b.at.X, b.at.Y+b.at.X)
}

// ground is an opaque background in the colour of the theme.
type ground struct {
	widget.BaseWidget
	rect *canvas.Rectangle
}

func newGround() *ground {
	g := &ground{rect: canvas.NewRectangle(theme.Color(theme.ColorNameBackground))}
	g.ExtendBaseWidget(g)
	return g
}

func (g *ground) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewStack(g.rect))
}

// Refresh follows the theme.
func (g *ground) Refresh() {
	g.rect.FillColor = theme.Color(theme.ColorNameBackground)
	g.rect.Refresh()
}

// quit ends the program; where something runs, or there are unsaved changes, it
// asks first.
func (w *window) quit() { w.files.UnlessLost("quit", w.end) }

// end stops what runs, in order: jobs, drawing, autosave, the application.
func (w *window) end() {
	if w.Quitting {
		return
	}
	w.Quitting = true
	w.keepRoom()
	w.Stop()
	w.files.Stop()
	w.stage.Stop()
	w.App.Quit()
}
