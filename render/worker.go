// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"errors"
	"image"
	"slices"
	"sync"
	"time"
)

// A stage is how good a picture is.
type stage uint8

const (
	draft  stage = iota
	better       // a draft at rest, where the first one is coarse and all of the picture takes long
	full         // every pixel, once
	smooth       // every pixel several times
	done
)

// A worker is the part of a Loop that draws.
type worker struct {
	*Loop
	drawer  drawer
	pace    *pace
	request *Request  // the latest
	next    stage     // of the next picture for it
	moving  bool      // the last picture was the first for its request
	scale   float64   // of the last draft
	still   bool      // the next picture is full at once, and drawn to its end
	asked   time.Time // when the latest was asked for
}

// begin begins with a new request.
func (w *worker) begin(r *Request) {
	alone := time.Since(w.asked) >= stillTime
	w.still = alone && r.isLike(w.request) && w.pace.time(r.Width*r.Height) <= mostStill
	w.request, w.next, w.moving, w.asked = r, draft, true, time.Now()
	if w.still {
		w.next, w.moving = full, false
	}
}

// isLike tells whether a request differs from another one in neither camera,
// size nor maps. Then the maps need not be drawn again.
func (r *Request) isLike(o *Request) bool {
	return o != nil && o.Scene != nil && r.Scene != nil && r.Camera == o.Camera && r.Width == o.Width && r.Height == o.Height &&
		r.Scene.Background == o.Scene.Background && slices.EqualFunc(r.Scene.Volumes, o.Scene.Volumes, sameVolume)
}

// sameVolume tells whether two volumes look the same.
func sameVolume(a, b Volume) bool {
	return a.Grid == b.Grid && a.Level == b.Level && a.Color == b.Color && a.Visible == b.Visible && a.Style == b.Style &&
		a.Slices == b.Slices && a.Paint == b.Paint && a.Zone == b.Zone && slices.Equal(a.Transfer, b.Transfer)
}

// rest returns how long nothing may be asked before the next picture is made;
// less than 0 if there is none to be made.
func (w *worker) rest() time.Duration {
	switch {
	case w.next == done:
		return -1
	case w.moving:
		return restTime
	}
	return 0
}

// draw makes and hands out the next picture.
func (w *worker) draw() {
	r := w.request
	if r.Scene == nil || r.Width <= 0 || r.Height <= 0 {
		w.next = done
		return
	}
	var buffer *image.RGBA
	select {
	case buffer = <-w.free:
	case <-w.quit:
		return
	}
	if w.next == draft && w.pace.fullFits(r.Width*r.Height) {
		w.next = full
	}
	if w.next == better && (w.scale >= betterScale || w.pace.time(r.Width*r.Height) <= betterTime) {
		w.next = full
	}
	scale, q := 1.0, Quality{Into: buffer, Stop: w.superseded}
	switch w.next {
	case draft:
		scale, q.Draft, q.Stop = w.pace.scale(r.Width*r.Height), true, nil
		w.scale = scale
	case better:
		scale, q.Draft = betterScale, true
	case full:
		if w.still {
			q.Stop = nil
		}
	case smooth:
		q.Samples = smoothSamples
	}
	width, height := max(1, int(float64(r.Width)*scale)), max(1, int(float64(r.Height)*scale))
	begin := time.Now()
	picture, err := w.try(*r, width, height, q)
	took := time.Since(begin)
	if err != nil {
		w.free <- buffer
		if !errors.Is(err, errStopped) {
			w.next = done
			w.fail(err)
		}
		return
	}
	if w.next != smooth && !w.still { // maps that were not drawn again tell nothing
		w.pace.note(took, width*height, w.next == full)
	}
	w.frame(&Frame{
		Image: picture, Width: r.Width, Height: r.Height, Scale: scale, Draft: q.Draft, Took: took,
		Device: w.drawer.Device(), Notes: w.drawer.Notes(), release: func() { w.free <- picture },
	})
	w.next++
	if w.next == smooth && smoothSamples*w.pace.time(r.Width*r.Height) > smoothTime {
		w.next = done
	}
}

// try draws a picture. If that fails, as when the device has lost everything
// while the computer slept, it begins anew, once.
func (w *worker) try(r Request, width, height int, q Quality) (*image.RGBA, error) {
	picture, err := w.drawer.Draw(r.Scene, r.Camera, width, height, q)
	if err == nil || errors.Is(err, errStopped) {
		return picture, err
	}
	w.drawer.Close()
	if w.drawer, err = w.open(); err != nil {
		w.drawer = broken{err}
	}
	return w.drawer.Draw(r.Scene, r.Camera, width, height, q)
}

// broken stands for a drawer that could not be made again. The next picture
// tries once more.
type broken struct{ err error }

func (b broken) Draw(*Scene, Camera, int, int, Quality) (*image.RGBA, error) { return nil, b.err }
func (b broken) Device() string                                              { return "" }
func (b broken) Notes() []string                                             { return nil }
func (b broken) Close()                                                      {}

// inTurn returns what opens a drawer that uses its context only while it has
// the turn.
func inTurn(open func() (drawer, error), turn sync.Locker) func() (drawer, error) {
	return func() (drawer, error) {
		turn.Lock()
		defer turn.Unlock()
		d, err := open()
		if err != nil {
			return nil, err
		}
		return taking{d, turn}, nil
	}
}

// taking is a drawer that takes turns with others.
type taking struct {
	drawer
	turn sync.Locker
}

func (t taking) Draw(s *Scene, c Camera, w, h int, q Quality) (*image.RGBA, error) {
	t.turn.Lock()
	defer t.turn.Unlock()
	return t.drawer.Draw(s, c, w, h, q)
}

func (t taking) Close() {
	t.turn.Lock()
	defer t.turn.Unlock()
	t.drawer.Close()
}
