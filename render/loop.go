// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"errors"
	"image"
	"math"
	"runtime"
	"sync"
	"time"
)

// A Request asks a Loop for a picture.
type Request struct {
	Scene         *Scene
	Camera        Camera
	Width, Height int // pixels of the device

	// Of a Snapshot alone; see Quality.
	Samples     int // 0 is a few
	Transparent bool
}

// A Frame is a picture that a Loop has made. Its buffer is used again after
// Release; call that when the next frame is shown.
type Frame struct {
	Image         *image.RGBA // opaque, rows from the top; smaller than asked if Scale < 1
	Width, Height int         // as in the Request
	Scale         float64     // edge of Image / edge of the Request
	Draft         bool        // a better one follows when nothing is asked for a while
	Took          time.Duration
	Device        string   // name of the graphics device
	Notes         []string // what a person should know, as: the map is shown at half resolution

	release func()
}

// Release gives the buffer back. Calling it again does nothing.
func (f *Frame) Release() {
	if f.release != nil {
		f.release()
		f.release = nil
	}
}

// How a Loop spends its time.
const (
	draftTime = 35 * time.Millisecond  // for a picture while things move
	fullTime  = 60 * time.Millisecond  // a full picture as fast as this needs no draft before it
	stillTime = 250 * time.Millisecond // without a request, after which one that leaves camera and maps as they are gets no draft
	mostStill = time.Second            // that a full picture may take for that: the last one is better to look at than a draft
	restTime  = 70 * time.Millisecond  // without a request until the picture is made at full quality: that is stopped by the next one
	buffers   = 3                      // one is shown, one waits to be, one is drawn
	smallest  = 0.2                    // scale of a draft

	betterScale = 0.5                    // of a draft at rest,
	betterTime  = 250 * time.Millisecond // where all of the picture takes longer

	smoothTime    = 4 * time.Second // a smooth picture that takes longer is not made
	smoothSamples = 4
)

// errStopped is what a drawer returns when Quality.Stop told it to stop.
var errStopped = errors.New("render: stopped")

// A drawer is a Renderer, or stands for one in tests.
type drawer interface {
	Draw(s *Scene, c Camera, w, h int, q Quality) (*image.RGBA, error)
	Device() string
	Notes() []string
	Close()
}

// A Loop draws on a goroutine and thread of its own, which own the context.
// Of several requests it serves the latest. While requests keep coming it
// makes drafts, as large as the time allows; when they rest, a better draft, if
// these were coarse and a full picture takes long, one full picture
// and one with smooth edges; then it sleeps. A request that comes alone and changes
// neither camera nor maps, as a selection, has the full picture at once.
type Loop struct {
	open  func() (drawer, error)
	frame func(*Frame)
	fail  func(error)

	mu      sync.Mutex
	next    *Request // the latest that was not begun
	shots   []shot
	stopped bool

	wake chan struct{} // there is something new in the fields above
	free chan *image.RGBA
	quit chan struct{}
	done chan struct{}
}

// A shot is a picture that somebody waits for.
type shot struct {
	request Request
	answer  chan<- shotAnswer
}

type shotAnswer struct {
	picture *image.RGBA
	err     error
}

// NewLoop starts a loop that draws in a context. It calls frame with every
// picture and fail with every error, on its own goroutine. If the context
// cannot be used, fail is told and the loop draws nothing. Loops with the same
// turn, which may be nil, draw one after the other.
func NewLoop(ctx Context, turn sync.Locker, frame func(*Frame), fail func(error)) *Loop {
	open := func() (drawer, error) { return New(ctx) }
	if turn != nil {
		open = inTurn(open, turn)
	}
	return newLoop(open, frame, fail)
}

func newLoop(open func() (drawer, error), frame func(*Frame), fail func(error)) *Loop {
	l := &Loop{
		open: open, frame: frame, fail: fail,
		wake: make(chan struct{}, 1), free: make(chan *image.RGBA, buffers),
		quit: make(chan struct{}), done: make(chan struct{}),
	}
	for range buffers {
		l.free <- nil
	}
	go l.run()
	return l
}

// Submit asks for a picture, in place of what was asked before and not begun.
func (l *Loop) Submit(r Request) {
	l.mu.Lock()
	l.next = &r
	l.mu.Unlock()
	l.signal()
}

// Snapshot returns a picture at full quality and waits for it.
func (l *Loop) Snapshot(r Request) (*image.RGBA, error) {
	answer := make(chan shotAnswer, 1)
	l.mu.Lock()
	l.shots = append(l.shots, shot{r, answer})
	l.mu.Unlock()
	l.signal()
	select {
	case a := <-answer:
		return a.picture, a.err
	case <-l.done:
		return nil, errors.New("render: the loop has ended")
	}
}

// Stop ends the loop and waits until it has given its context back. Calling it
// again does nothing.
func (l *Loop) Stop() {
	l.mu.Lock()
	if !l.stopped {
		l.stopped = true
		close(l.quit)
	}
	l.mu.Unlock()
	<-l.done
}

func (l *Loop) signal() {
	select {
	case l.wake <- struct{}{}:
	default: // it is awake already
	}
}

// take returns what is to be done, and forgets it.
func (l *Loop) take() (*Request, []shot) {
	l.mu.Lock()
	defer l.mu.Unlock()
	r, s := l.next, l.shots
	l.next, l.shots = nil, nil
	return r, s
}

// superseded reports whether there is something newer than the picture at hand.
func (l *Loop) superseded() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.next != nil || len(l.shots) > 0 || l.stopped
}

func (l *Loop) run() {
	runtime.LockOSThread() // never unlocked: the thread ends with the goroutine
	defer close(l.done)
	d, err := l.open()
	if err != nil {
		l.fail(err)
		return
	}
	w := &worker{Loop: l, drawer: d, pace: newPace(), next: done}
	defer func() { w.drawer.Close() }()
	for l.wait(w.rest()) {
		request, shots := l.take()
		for _, s := range shots {
			q := Quality{Samples: s.request.Samples, Transparent: s.request.Transparent}
			if q.Samples == 0 {
				q.Samples = smoothSamples
			}
			picture, err := w.try(s.request, s.request.Width, s.request.Height, q)
			s.answer <- shotAnswer{picture, err}
		}
		switch {
		case request != nil:
			w.begin(request)
		case w.next == done:
			continue
		default:
			w.moving = false
		}
		w.draw()
	}
}

// wait waits for something to do, or for a rest, if that is not negative. It
// returns false when the loop is to end.
func (l *Loop) wait(rest time.Duration) bool {
	var over <-chan time.Time
	if rest >= 0 {
		t := time.NewTimer(rest)
		defer t.Stop()
		over = t.C
	}
	select {
	case <-l.quit:
		return false
	case <-l.wake:
	case <-over:
	}
	return true
}

// A pace knows how long pictures take and chooses how large the next one may be.
type pace struct {
	draft, full float64 // running means, nanoseconds for a pixel
}

// newPace starts with what software rendering needs, so that the first picture
// is quick in any case.
func newPace() *pace { return &pace{draft: 100, full: 400} }

func (p *pace) note(took time.Duration, pixels int, full bool) {
	x := float64(took.Nanoseconds()) / float64(pixels)
	mean := &p.draft
	if full {
		mean = &p.full
	}
	*mean += 0.3 * (x - *mean)
}

// time returns how long a full picture takes.
func (p *pace) time(pixels int) time.Duration { return time.Duration(p.full * float64(pixels)) }

// fullFits reports whether a full picture is so fast that no draft is needed.
func (p *pace) fullFits(pixels int) bool { return p.time(pixels) <= fullTime }

// scale returns the edge of the largest draft in draftTime, as a part of the
// full edge, in few steps, since a new size costs new buffers.
func (p *pace) scale(pixels int) float64 {
	want := math.Sqrt(float64(draftTime) / (p.draft * float64(pixels)))
	for _, s := range []float64{1, 0.75, 0.625, 0.5, 0.4, 0.3} {
		if s <= want {
			return s
		}
	}
	return smallest
}
