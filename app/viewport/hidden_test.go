// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"fmt"
	"os"
	"runtime"
	"testing"

	"difffit/render"
)

// GLFW wants the main thread; main goroutines start on it and, locked here,
// stay there.
func init() { runtime.LockOSThread() }

// real is a source in a hidden window, or why there is none.
var real struct {
	source Source
	err    error
	frames chan *render.Frame
	faults chan error
}

func TestMain(m *testing.M) {
	real.frames, real.faults = make(chan *render.Frame, 10), make(chan error, 10)
	var graphics Graphics
	real.source, real.err = graphics.Start(func(f *render.Frame) { real.frames <- f }, func(err error) { real.faults <- err })
	code := m.Run()
	if real.err == nil {
		real.source.Stop()
	}
	os.Exit(code)
}

func TestDisplay(t *testing.T) {
	if err := Display(); (err == nil) != (real.err == nil) {
		t.Errorf("Display: %v, but a hidden window: %v", err, real.err)
	}
}

// The whole way to a picture in a hidden window, as the program goes it.
// Without a display the test is skipped, or fails if DIFFFIT_REQUIRE_GL=1.
func TestHidden(t *testing.T) {
	if real.err != nil {
		if os.Getenv("DIFFFIT_REQUIRE_GL") == "1" {
			t.Fatal(real.err)
		}
		t.Skip(real.err)
	}
	s := scene()
	r := render.Request{Scene: &s, Camera: render.Fit(&s), Width: 300, Height: 200}
	m, err := real.source.Snapshot(r)
	if err != nil {
		t.Fatal(err)
	}
	if middle, corner := fmt.Sprint(m.At(150, 100)), fmt.Sprint(m.At(0, 0)); middle == corner {
		t.Errorf("the middle is %s as the corner", middle)
	}
	real.source.Submit(r)
	for {
		select {
		case err := <-real.faults:
			t.Fatal(err)
		case f := <-real.frames:
			f.Release()
			if f.Draft {
				continue
			}
			if f.Image.Rect != m.Rect || f.Device == "" {
				t.Errorf("frame %+v", f)
			}
			return
		}
	}
}
