// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"errors"
	"image"
	"sync"
	"testing"
	"time"
)

// A fakeDrawer draws nothing, when it is told to.
type fakeDrawer struct {
	drawn  chan Quality // what is being drawn; unbuffered, so that the test sets the pace
	answer chan error
	closed chan struct{}
	sizes  [][2]int // of the loop's goroutine until it has ended
}

func newFakeDrawer() *fakeDrawer {
	return &fakeDrawer{drawn: make(chan Quality), answer: make(chan error), closed: make(chan struct{})}
}

func (d *fakeDrawer) Draw(_ *Scene, _ Camera, w, h int, q Quality) (*image.RGBA, error) {
	d.sizes = append(d.sizes, [2]int{w, h})
	d.drawn <- q
	if err := <-d.answer; err != nil {
		return nil, err
	}
	return buffer(q.Into, w, h), nil
}

func (d *fakeDrawer) Device() string  { return "paper" }
func (d *fakeDrawer) Notes() []string { return []string{"drawn by hand"} }
func (d *fakeDrawer) Close()          { close(d.closed) }

type loopTest struct {
	*fakeDrawer
	*Loop
	frames chan *Frame
	errors chan error
}

func newLoopTest(*testing.T) *loopTest { return newLoopInTurn(nil) }

// newLoopInTurn returns a loop that draws when it has the turn, if that is not nil.
func newLoopInTurn(turn sync.Locker) *loopTest {
	d := newFakeDrawer()
	lt := &loopTest{fakeDrawer: d, frames: make(chan *Frame, 10), errors: make(chan error, 10)}
	open := func() (drawer, error) { return d, nil }
	if turn != nil {
		open = inTurn(open, turn)
	}
	lt.Loop = newLoop(open, func(f *Frame) { lt.frames <- f }, func(err error) { lt.errors <- err })
	return lt
}

func request(size int) Request { return Request{Scene: &Scene{}, Width: size, Height: size} }

func TestLoopDraftsThenRefines(t *testing.T) {
	lt := newLoopTest(t)
	lt.Submit(request(1000))
	if q := <-lt.drawn; !q.Draft || q.Stop != nil {
		t.Errorf("first a picture with %+v, want a draft", q)
	}
	lt.answer <- nil
	f := <-lt.frames
	if !f.Draft || f.Scale >= 1 || f.Width != 1000 || f.Image.Rect.Dx() != int(f.Scale*1000) || f.Device != "paper" || len(f.Notes) != 1 {
		t.Errorf("first frame %+v", f)
	}
	f.Release()
	if q := <-lt.drawn; q.Draft || q.Stop == nil || q.Stop() {
		t.Errorf("at rest a picture with %+v, want the best", q)
	}
	lt.answer <- nil
	f = <-lt.frames
	if f.Draft || f.Scale != 1 || f.Image.Rect.Dx() != 1000 {
		t.Errorf("second frame %+v, want the full one", f)
	}
	f.Release()
	if q := <-lt.drawn; q.Draft || q.Stop == nil || q.Samples != smoothSamples {
		t.Errorf("then a picture with %+v, want a smooth one", q)
	}
	lt.answer <- nil
	if f := <-lt.frames; f.Draft || f.Scale != 1 {
		t.Errorf("third frame %+v, want the smooth one", f)
	}
	lt.Stop()
	<-lt.closed
	select {
	case q := <-lt.drawn:
		t.Errorf("a fourth picture with %+v", q)
	default:
	}
}

// A device so slow that drafts are coarse shows a better one at rest, before all
// of the picture.
func TestLoopRefinesInSteps(t *testing.T) {
	lt := newLoopTest(t)
	lt.Submit(request(4000)) // expected at 400 ns for a pixel
	for i, want := range []struct {
		draft bool
		scale float64
	}{{true, smallest}, {true, betterScale}, {false, 1}} {
		if q := <-lt.drawn; q.Draft != want.draft || (q.Stop == nil) != (i == 0) {
			t.Errorf("picture %d with %+v, want a draft: %t", i+1, q, want.draft)
		}
		lt.answer <- nil
		f := <-lt.frames
		if f.Draft != want.draft || f.Scale != want.scale {
			t.Errorf("frame %d: draft %t at %g, want %t at %g", i+1, f.Draft, f.Scale, want.draft, want.scale)
		}
		f.Release()
	}
	go lt.Stop()
	for stopped := false; !stopped; {
		select {
		case <-lt.drawn:
			lt.answer <- errStopped
		case <-lt.done:
			stopped = true
		}
	}
}

func TestLoopDrawsTheLatest(t *testing.T) {
	lt := newLoopTest(t)
	lt.Submit(request(1000))
	<-lt.drawn // it is busy; of the following only the last counts
	for size := 1001; size <= 1005; size++ {
		lt.Submit(request(size))
	}
	lt.answer <- nil
	<-lt.drawn
	lt.answer <- nil
	if a, b := <-lt.frames, <-lt.frames; a.Width != 1000 || b.Width != 1005 {
		t.Errorf("frames of %d and %d, want 1000 and 1005", a.Width, b.Width)
	}
	q := <-lt.drawn // at rest
	lt.Submit(request(1006))
	if !q.Stop() {
		t.Error("a new request does not stop the full picture")
	}
	lt.answer <- errStopped
	if q := <-lt.drawn; !q.Draft {
		t.Errorf("after a stop a picture with %+v, want a draft", q)
	}
	lt.answer <- nil
	if f := <-lt.frames; f.Width != 1006 {
		t.Errorf("frame of %d, want 1006", f.Width)
	}
	if len(lt.errors) != 0 {
		t.Errorf("error %v, want none: a stop is no error", <-lt.errors)
	}
	lt.Stop()
}

// What changes alone, with camera and maps as they were, is shown with every
// pixel at once; what follows closely, or changes more, is not.
func TestSelectionIsShownAtOnce(t *testing.T) {
	scene := func(level float32, outlined bool) *Scene {
		return &Scene{Volumes: []Volume{{Level: level}}, Molecules: []Molecule{{Outlined: outlined}}}
	}
	before := Request{Scene: scene(1, false), Width: 600, Height: 500}
	turned, larger := before, before
	turned.Camera.Distance, larger.Width = 1, 700
	long := time.Now().Add(-2 * stillTime)
	for _, tt := range []struct {
		name  string
		r     Request
		asked time.Time
		full  float64 // nanoseconds for a pixel
		want  bool
	}{
		{"a selection", Request{Scene: scene(1, true), Width: 600, Height: 500}, long, 400, true},
		{"one of many", Request{Scene: scene(1, true), Width: 600, Height: 500}, time.Now(), 400, false},
		{"another level", Request{Scene: scene(2, false), Width: 600, Height: 500}, long, 400, false},
		{"a turn", turned, long, 400, false},
		{"another size", larger, long, 400, false},
		{"full pictures take long", before, long, 4000, false},
	} {
		w := &worker{pace: &pace{full: tt.full}, request: &before, asked: tt.asked}
		if w.begin(&tt.r); w.still != tt.want || (w.next == full) != tt.want || w.moving == tt.want {
			t.Errorf("%s: still %t, next %d, moving %t; want a full picture at once: %t", tt.name, w.still, w.next, w.moving, tt.want)
		}
	}
	w := &worker{pace: newPace()}
	if w.begin(&before); w.next != draft {
		t.Error("the first picture of all is no draft")
	}
}

func TestLoopWaitsForBuffers(t *testing.T) {
	lt := newLoopTest(t)
	var held []*Frame
	for range buffers {
		lt.Submit(request(500))
		<-lt.drawn
		lt.answer <- nil
		held = append(held, <-lt.frames)
	}
	lt.Submit(request(500))
	held[1].Release()
	held[1].Release() // twice is once
	if q := <-lt.drawn; q.Into != held[1].Image {
		t.Error("the buffer that was given back is not used")
	}
	lt.answer <- nil
	<-lt.frames
	lt.Submit(request(500)) // no buffer is left for it
	lt.Stop()
	<-lt.closed
}

func TestLoopReportsErrors(t *testing.T) {
	lt := newLoopTest(t)
	broken := errors.New("broken")
	lt.Submit(request(100))
	<-lt.drawn
	lt.answer <- broken // as when the device has lost its memory: it is set up again
	<-lt.closed
	<-lt.drawn
	lt.answer <- nil
	<-lt.frames
	lt.closed = make(chan struct{})
	lt.Submit(request(101))
	<-lt.drawn
	lt.answer <- broken
	<-lt.closed
	<-lt.drawn
	lt.answer <- broken
	if err := <-lt.errors; !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	lt.closed = make(chan struct{})
	lt.Submit(request(100)) // it goes on
	<-lt.drawn
	lt.answer <- nil
	<-lt.frames
	lt.Stop()
	lt.Stop()
	if _, err := lt.Snapshot(request(10)); err == nil {
		t.Error("Snapshot after Stop: no error")
	}
}

func TestLoopSnapshot(t *testing.T) {
	lt := newLoopTest(t)
	done := make(chan *image.RGBA)
	go func() {
		r := request(700)
		r.Samples, r.Transparent = 9, true
		m, err := lt.Snapshot(r)
		if err != nil {
			t.Error(err)
		}
		done <- m
	}()
	if q := <-lt.drawn; q.Draft || q.Into != nil || q.Stop != nil || q.Samples != 9 || !q.Transparent {
		t.Errorf("picture with %+v, want the best, in memory of its own", q)
	}
	lt.answer <- nil
	if m := <-done; m.Rect.Dx() != 700 {
		t.Errorf("picture of %v, want 700", m.Rect)
	}
	lt.Stop()
}

func TestLoopWithoutContext(t *testing.T) {
	broken := errors.New("no display")
	failed := make(chan error, 1)
	l := newLoop(func() (drawer, error) { return nil, broken }, func(*Frame) {}, func(err error) { failed <- err })
	if err := <-failed; !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	l.Submit(request(10))
	if _, err := l.Snapshot(request(10)); err == nil {
		t.Error("Snapshot without a context: no error")
	}
	l.Stop()
}

func TestPace(t *testing.T) {
	p := newPace()
	if s := p.scale(1 << 24); s != smallest {
		t.Errorf("scale of a huge picture %g, want %g", s, smallest)
	}
	for range 50 { // a fast device: 2 ns for a pixel
		p.note(2*time.Millisecond, 1_000_000, true)
		p.note(2*time.Millisecond, 1_000_000, false)
	}
	if !p.fullFits(1024*768) || p.scale(1024*768) != 1 {
		t.Errorf("a fast device makes a draft at scale %g", p.scale(1024*768))
	}
	for range 50 {
		p.note(200*time.Millisecond, 1_000_000, true)
		p.note(100*time.Millisecond, 1_000_000, false)
	}
	if p.fullFits(1024*768) || p.scale(1024*768) != 0.625 {
		t.Errorf("100 ns for a pixel: a draft at scale %g, want 0.625", p.scale(1024*768))
	}
}

// Of two loops that take turns, one draws at a time.
func TestLoopsTakeTurns(t *testing.T) {
	var turn sync.Mutex
	a, b := newLoopInTurn(&turn), newLoopInTurn(&turn)
	a.Submit(request(100))
	<-a.drawn
	if turn.TryLock() {
		t.Fatal("the turn is free while a loop draws")
	}
	b.Submit(request(100))
	select {
	case <-b.drawn:
		t.Fatal("both draw at once")
	case <-time.After(20 * time.Millisecond):
	}
	a.answer <- nil
	(<-a.frames).Release()
	<-b.drawn
	b.answer <- nil
	(<-b.frames).Release()
	for _, lt := range []*loopTest{a, b} {
		ended := make(chan struct{})
		go func() {
			lt.Stop()
			close(ended)
		}()
		for done := false; !done; {
			select {
			case <-lt.drawn: // a better picture had begun
				lt.answer <- errStopped
			case <-ended:
				done = true
			}
		}
	}
}
