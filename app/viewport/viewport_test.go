// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/render"
)

// A fakeSource notes what it is asked for.
type fakeSource struct {
	requests []render.Request
	frame    func(*render.Frame)
	fail     func(error)
	stopped  int
}

func (s *fakeSource) Submit(r render.Request) { s.requests = append(s.requests, r) }

func (s *fakeSource) Snapshot(r render.Request) (*image.RGBA, error) {
	return image.NewRGBA(image.Rect(0, 0, r.Width, r.Height)), nil
}

func (s *fakeSource) Stop() { s.stopped++ }

func (s *fakeSource) last() render.Request { return s.requests[len(s.requests)-1] }

// newTest returns a viewport of 400 by 300 in a window, and what it asks.
func newTest(t *testing.T) (*Viewport, *fakeSource, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	s := &fakeSource{}
	v := NewFrom(func(frame func(*render.Frame), fail func(error)) (Source, error) {
		s.frame, s.fail = frame, fail
		return s, nil
	})
	w := test.NewTempWindow(t, v)
	w.SetPadded(false)
	w.Resize(fyne.NewSize(400, 300))
	return v, s, w
}

// scene has a map with a ball of 8 Å about (100, 0, 0) and an atom there.
func scene() render.Scene {
	at := r3.Vec{X: 100}
	g := volume.New([3]int{30, 30, 30}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{X: 85.5, Y: -14.5, Z: -14.5})
	for i := range g.Data {
		g.Data[i] = float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), at)) / 50))
	}
	s := &mol.Structure{Atoms: []mol.Atom{{Pos: at, Element: mol.Carbon}}}
	return render.Scene{
		Volumes:   []render.Volume{{Grid: g, Level: 0.3, Color: color.NRGBA{100, 100, 200, 120}, Visible: true}},
		Molecules: []render.Molecule{{Structure: s, Motions: []geom.Rigid{geom.Identity()}, ID: 3, Visible: true}},
	}
}

func press(v *Viewport, x, y float32, b desktop.MouseButton, m fyne.KeyModifier) {
	v.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: b, Modifier: m})
}

func release(v *Viewport, x, y float32) {
	v.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}, Button: desktop.MouseButtonPrimary})
}

func drag(v *Viewport, x, y, dx, dy float32) {
	v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x+dx, y+dy)}, Dragged: fyne.NewDelta(dx, dy)})
}

func TestEmptyViewportSaysWhatToDo(t *testing.T) {
	v, s, _ := newTest(t)
	if !v.message.Visible() || v.message.Text != Empty || v.picture.Visible() {
		t.Errorf("message %q visible %t", v.message.Text, v.message.Visible())
	}
	if len(s.requests) != 0 {
		t.Errorf("%d pictures asked for, want none", len(s.requests))
	}
}

func TestSceneIsAskedForAtDeviceSize(t *testing.T) {
	v, s, w := newTest(t)
	w.Canvas().(test.WindowlessCanvas).SetScale(2)
	w.Resize(fyne.NewSize(400, 300))
	v.SetScene(scene())
	r := s.last()
	if r.Width != 800 || r.Height != 600 || r.Camera != v.Camera() {
		t.Errorf("asked for %d×%d with %+v, want 800×600 with %+v", r.Width, r.Height, r.Camera, v.Camera())
	}
	if r.Scene.Background.A != 255 {
		t.Errorf("background %v, want an opaque one", r.Scene.Background)
	}
	if v.message.Text != "" {
		t.Errorf("before the first picture it says %q", v.message.Text)
	}
}

func TestFirstSceneIsShownWhole(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	if d := r3.Norm(r3.Sub(v.Camera().Target, r3.Vec{X: 100})); d > 1 {
		t.Fatalf("the camera looks %g Å beside the ball", d)
	}
	before := v.Camera()
	higher := scene()
	higher.Volumes[0].Level = 0.6
	if v.SetScene(higher); v.Camera() != before {
		t.Error("another level moves the camera")
	}
	more := scene()
	more.Molecules = append(more.Molecules, more.Molecules[0])
	more.Molecules[1].Motions = []geom.Rigid{geom.NewRigid(geom.Identity().Rotation, r3.Vec{X: 50})}
	if v.SetScene(more); v.Camera() == before {
		t.Error("a new molecule far away is not shown")
	}
	v.TypedRune('+')
	before = v.Camera()
	if v.SetScene(scene()); v.Camera() != before {
		t.Error("after a person has zoomed a new scene moves the camera")
	}
}

func TestFrameIsShownAndReleased(t *testing.T) {
	v, s, _ := newTest(t)
	var info Info
	v.OnInfo = func(i Info) { info = i }
	v.SetScene(scene())
	first := &render.Frame{Image: image.NewRGBA(image.Rect(0, 0, 40, 30)), Width: 400, Height: 300, Scale: 0.1, Draft: true, Device: "paper"}
	second := &render.Frame{Image: image.NewRGBA(image.Rect(0, 0, 400, 300)), Width: 400, Height: 300, Scale: 1}
	s.frame(first)
	if v.picture.Image != image.Image(first.Image) || !v.picture.Visible() || v.message.Visible() {
		t.Error("the first picture is not shown")
	}
	if info.Device != "paper" || !info.Draft || info.Scale != 0.1 {
		t.Errorf("info %+v", info)
	}
	s.frame(second)
	if v.picture.Image != image.Image(second.Image) || v.shown != second {
		t.Error("the second picture is not shown")
	}
	v.SetScene(render.Scene{})
	if v.picture.Visible() || !v.message.Visible() {
		t.Error("an empty scene shows the last picture")
	}
	s.frame(first) // was under way
	if v.picture.Visible() {
		t.Error("a late picture is shown for an empty scene")
	}
}

func TestSlabKeys(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	if v.TypedRune(']'); v.Camera().Front != 0 {
		t.Errorf("thicker than all: slab %g, want none", v.Camera().Front)
	}
	v.TypedRune('[')
	first := v.Camera().Front
	v.TypedRune('[')
	if c := v.Camera(); !(first > 0 && c.Front < first && c.Front == c.Back) {
		t.Errorf("slab %g, then %g", first, c.Front)
	}
	if v.TypedRune('\\'); v.Camera().Front != 0 {
		t.Error("the slab is not taken away")
	}
	before := v.Camera()
	v.TypedRune('o')
	v.TypedRune(',')
	v.TypedRune('.')
	if c := v.Camera(); !c.Ortho || c.Distance != before.Distance {
		t.Errorf("projection: %+v", c)
	}
	v.modifiers = func() fyne.KeyModifier { return fyne.KeyModifierShift }
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyRight})
	if c := v.Camera(); c.Target == before.Target {
		t.Error("Shift and an arrow do not move the scene")
	}
}

func TestLinkedViews(t *testing.T) {
	a, _, _ := newTest(t)
	b := NewFrom(nil)
	a.SetScene(scene())
	b.SetScene(scene())
	Link(a, b)
	a.TypedRune('+')
	if a.Camera() != b.Camera() {
		t.Error("the second does not follow the first")
	}
	b.TypedRune('-')
	b.TypedRune('-')
	if a.Camera() != b.Camera() {
		t.Error("the first does not follow the second")
	}
	a.ResetView()
	if a.Camera() != b.Camera() {
		t.Error("the second does not see from the front as the first does")
	}
	more := scene()
	more.Molecules[0].Motions = []geom.Rigid{{Rotation: geom.Identity().Rotation, Shift: r3.Vec{X: 200}}}
	more.Molecules = append(more.Molecules, scene().Molecules...)
	a.SetScene(more) // which is framed
	if a.Camera() != b.Camera() {
		t.Error("the second does not follow when the first frames another scene")
	}
}

func TestAxesAndScaleBar(t *testing.T) {
	v, _, _ := newTest(t)
	v.Axes, v.ScaleBar = true, true
	v.SetScene(scene())
	o := v.overlay
	if !o.bar.Visible() || !o.axes[0].Visible() {
		t.Fatal("axes and scale bar are not shown")
	}
	var length float64
	if _, err := fmt.Sscanf(o.length.Text, "%g Å", &length); err != nil {
		t.Fatalf("scale bar %q: %v", o.length.Text, err)
	}
	at := func(x float64) float64 {
		px, _, _ := v.Camera().Project(r3.Add(v.Camera().Target, r3.Vec{X: x}), 400, 300)
		return px
	}
	if got, want := float64(o.bar.Position2.X-o.bar.Position1.X), at(length)-at(0); math.Abs(got-want) > 0.1 {
		t.Errorf("%s are %g units long, want %g", o.length.Text, got, want)
	}
	if d := o.axes[0].Position2.X - o.axes[0].Position1.X; d != axisLength { // seen from the front
		t.Errorf("the x axis is %g units to the right, want %g", d, float64(axisLength))
	}
	for x, want := range map[float64]float64{7: 5, 49: 20, 0.3: 0.2, 100: 100, math.NaN(): 1} {
		if got := round125(x); got != want {
			t.Errorf("round125(%g) = %g, want %g", x, got, want)
		}
	}
	v.SetScene(render.Scene{})
	if o.bar.Visible() || o.axes[2].Visible() {
		t.Error("they are shown without a scene")
	}
}

func TestKeys(t *testing.T) {
	v, _, w := newTest(t)
	v.SetScene(scene())
	home := v.Camera()
	if press(v, 200, 150, desktop.MouseButtonPrimary, 0); w.Canvas().Focused() != fyne.Focusable(v) {
		t.Error("a click does not give the keys to the viewport")
	}
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyRight, fyne.KeyUp, fyne.KeyDown} {
		before := v.Camera()
		if v.TypedKey(&fyne.KeyEvent{Name: k}); v.Camera().Rotation == before.Rotation {
			t.Errorf("%s does not turn", k)
		}
	}
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	test.Type(v, "+")
	if !(v.Camera().Distance < home.Distance) {
		t.Error("+ does not zoom in")
	}
	test.Type(v, "--")
	if !(v.Camera().Distance > home.Distance) {
		t.Error("- does not zoom out")
	}
	if v.TypedRune('r'); v.Camera() != home {
		t.Errorf("r: %+v, want %+v", v.Camera(), home)
	}
}

func TestOtherKeysArePassedOn(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete}) // to nobody
	var keys []fyne.KeyName
	v.OnKey = func(e *fyne.KeyEvent) { keys = append(keys, e.Name) }
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyDelete, fyne.KeyHome} {
		v.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if !slices.Equal(keys, []fyne.KeyName{fyne.KeyDelete, fyne.KeyHome}) {
		t.Errorf("passed on %v, want Delete and Home", keys)
	}
}

func TestWithoutGraphics(t *testing.T) {
	test.NewTempApp(t)
	broken := errors.New("no display")
	v := NewFrom(func(func(*render.Frame), func(error)) (Source, error) { return nil, broken })
	test.NewTempWindow(t, v).Resize(fyne.NewSize(400, 300))
	v.SetScene(scene())
	if !v.message.Visible() || !strings.Contains(v.message.Text, "no display") {
		t.Errorf("message %q", v.message.Text)
	}
	if _, err := v.Snapshot(10, 10); !errors.Is(err, broken) {
		t.Errorf("Snapshot: %v, want %v", err, broken)
	}
	picked := false
	v.OnPick = func(_ render.Hit, ok bool) { picked = ok }
	press(v, 200, 150, desktop.MouseButtonPrimary, 0)
	if release(v, 200, 150); !picked {
		t.Error("picking does not work without graphics")
	}
	v.Stop()

	none := NewFrom(nil)
	if _, err := none.Snapshot(10, 10); err == nil {
		t.Error("Snapshot without a source: no error")
	}
}

func TestLateFault(t *testing.T) {
	v, s, _ := newTest(t)
	v.SetScene(scene())
	var told error
	v.OnError = func(err error) { told = err }
	s.fail(errors.New("device lost"))
	if told == nil || !v.message.Visible() || !strings.Contains(v.message.Text, "device lost") {
		t.Errorf("told %v, message %q", told, v.message.Text)
	}
}

func TestSnapshotAndStop(t *testing.T) {
	v, s, _ := newTest(t)
	v.SetScene(scene())
	m, err := v.Snapshot(64, 48)
	if err != nil || m.Bounds() != image.Rect(0, 0, 64, 48) {
		t.Errorf("Snapshot: %v, %v", m, err)
	}
	v.Stop()
	v.Stop()
	if s.stopped != 1 {
		t.Errorf("the source was stopped %d times, want once", s.stopped)
	}
	v.TypedRune('+') // nothing draws any more, and nothing breaks
}
