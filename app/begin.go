// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"fmt"
	"image"
	"image/png"
	"os"

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
	for _, e := range w.config.Engines {
		i := e.Info()
		w.note(fmt.Sprintf("engine %s: %s, kernel %s", i.Name, i.Device, i.Kernel))
	}
	w.afterJob = w.finish
	switch {
	case w.config.Demo:
		w.openDemo(true)
	case len(w.config.Files) > 0:
		w.open(append([]string(nil), w.config.Files...))
	default:
		w.offerCrashed()
	}
	w.next()
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
	size := w.view.Size()
	scale := w.Canvas().Scale()
	go func() {
		scene, err := w.snapshot(int(size.Width*scale), int(size.Height*scale))
		w.do(func() {
			if err != nil {
				w.note("screenshot: " + err.Error())
			}
			if err := w.saveScreenshot(path, scene); err != nil {
				fmt.Fprintf(os.Stderr, "difffit: screenshot: %v\n", err)
				w.code = exitFailed
				w.note("screenshot: " + err.Error())
			} else {
				w.say("Saved " + path)
			}
			if w.config.Exit {
				w.end()
			}
		})
	}()
}

// saveScreenshot draws the window in memory, for what is on the screen cannot
// be read back with every driver; the picture of the viewport is scene.
func (w *window) saveScreenshot(path string, scene image.Image) error {
	_ = scene
	c := software.NewCanvas()
	c.SetPadded(false)
	c.SetScale(w.Canvas().Scale())
	c.SetContent(w.Content())
	c.Resize(w.Canvas().Size())
	img := c.Capture()
	w.SetContent(w.Content())
	return writeFile(path, func(f *os.File) error { return png.Encode(f, img) })
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
