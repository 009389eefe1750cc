// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"fmt"
	"strings"
	"sync"

	"difffit/render"
)

// Graphics gives the viewports of a program their OpenGL. A graphics card is
// used through windows that are never shown, and each viewport draws when it
// likes. Software OpenGL is used apart from the contexts of the window system
// where that is possible, and by one viewport after the other, for contexts of
// Mesa 22.3 that have a screen in common read each other's lists without a
// lock (docs/adr/0015). The zero value is ready; all is to be called on the
// main goroutine.
type Graphics struct {
	software bool
	turn     sync.Mutex
}

// New returns a viewport that draws with OpenGL. Without OpenGL it says so in
// its place, and everything else works.
func (g *Graphics) New() *Viewport { return NewFrom(g.Start) }

// Start starts a render.Loop. Fyne may use GLFW before and after it.
func (g *Graphics) Start(frame func(*render.Frame), fail func(error)) (Source, error) {
	if g.software {
		if s, err := g.apart(frame, fail); err == nil {
			return s, nil
		}
	}
	window, err := newHidden()
	if err != nil {
		return nil, err
	}
	device, err := render.Device(hiddenContext{window})
	if err != nil {
		window.Destroy()
		return nil, fmt.Errorf("viewport: %w", err)
	}
	if !IsSoftware(device) {
		return &loop{render.NewLoop(hiddenContext{window}, nil, frame, fail), window.Destroy}, nil
	}
	if !g.software {
		g.software = true
		if s, err := g.apart(frame, fail); err == nil {
			window.Destroy()
			return s, nil
		}
	}
	return g.inTurn(hiddenContext{window}, window.Destroy, frame, fail), nil
}

// apart starts a loop whose context has nothing in common with those of the
// window system.
func (g *Graphics) apart(frame func(*render.Frame), fail func(error)) (Source, error) {
	g.turn.Lock()
	ctx, free, err := render.Offscreen()
	g.turn.Unlock()
	if err != nil {
		return nil, err
	}
	return g.inTurn(ctx, free, frame, fail), nil
}

func (g *Graphics) inTurn(ctx render.Context, free func(), frame func(*render.Frame), fail func(error)) Source {
	return &loop{render.NewLoop(ctx, &g.turn, frame, fail), func() {
		g.turn.Lock()
		defer g.turn.Unlock()
		free()
	}}
}

// loop is a loop with what frees its context.
type loop struct {
	*render.Loop
	free func()
}

// Stop ends the loop and then its context.
func (l *loop) Stop() {
	l.Loop.Stop()
	l.free()
}

// IsSoftware reports whether a graphics device, as its driver calls it, is
// software on the processors.
func IsSoftware(device string) bool {
	device = strings.ToLower(device)
	for _, name := range []string{"llvmpipe", "softpipe", "swrast", "software", "swiftshader", "gdi generic", "basic render"} {
		if strings.Contains(device, name) {
			return true
		}
	}
	return false
}
