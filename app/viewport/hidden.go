// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"fmt"
	"image"
	"unsafe"

	"github.com/go-gl/glfw/v3.3/glfw"

	"difffit/render"
)

// Pictures makes pictures in a window that is never shown; see render.Images.
// Call it on the main goroutine.
func Pictures(s *render.Scene, cameras []render.Camera, w, h int, q render.Quality, each func(i int, m *image.RGBA) error) error {
	window, err := newHidden()
	if err != nil {
		return err
	}
	defer window.Destroy()
	return render.Images(hiddenContext{window}, s, cameras, w, h, q, each)
}

// newHidden returns a window that is never shown. GLFW wants it made on the
// main goroutine.
func newHidden() (*glfw.Window, error) {
	if err := Display(); err != nil {
		return nil, err
	}
	// Hints stay for the next window, which is Fyne's.
	glfw.DefaultWindowHints()
	defer glfw.DefaultWindowHints()
	hint := func(name glfw.Hint, value int) { glfw.WindowHint(name, value) }
	hint(glfw.Visible, glfw.False)
	hint(glfw.Resizable, glfw.False)
	hint(glfw.ContextVersionMajor, 4)
	hint(glfw.ContextVersionMinor, 1)
	hint(glfw.OpenGLProfile, glfw.OpenGLCoreProfile)
	hint(glfw.OpenGLForwardCompatible, glfw.True)
	hint(glfw.DepthBits, 0)
	hint(glfw.StencilBits, 0)
	hint(glfw.CocoaGraphicsSwitching, glfw.True)
	window, err := glfw.CreateWindow(1, 1, "DiffFit OpenGL", nil, nil)
	if err != nil {
		return nil, fmt.Errorf("viewport: no OpenGL 4.1: %w", err)
	}
	return window, nil
}

// Display reports why there can be no window at all, or nil. Fyne panics
// where this is an error. Call it on the main goroutine.
func Display() (err error) {
	defer noDisplay(&err)
	if err := glfw.Init(); err != nil { // does nothing if Fyne has done it
		return fmt.Errorf("viewport: no display: %w", err)
	}
	glfw.DefaultWindowHints()
	return nil
}

// Screen returns how large the part of the first screen is that windows may have,
// in pixels; 0 where nobody knows. Call it on the main goroutine.
func Screen() (width, height int) {
	m := glfw.GetPrimaryMonitor()
	if m == nil {
		return 0, 0
	}
	_, _, width, height = m.GetWorkarea()
	return width, height
}

// noDisplay turns a panic of GLFW into an error. Without a display, its Init
// prints a line and returns nil, and the next call panics.
func noDisplay(err *error) {
	switch p := recover().(type) {
	case nil:
	case *glfw.Error:
		*err = fmt.Errorf("viewport: no display: %w", p)
	default:
		panic(p)
	}
}

// hiddenContext is the context of a window as render wants it.
type hiddenContext struct{ window *glfw.Window }

func (c hiddenContext) MakeCurrent() error {
	c.window.MakeContextCurrent()
	return nil
}

func (c hiddenContext) Release() { glfw.DetachCurrentContext() }

func (c hiddenContext) ProcAddress(name string) unsafe.Pointer { return glfw.GetProcAddress(name) }
