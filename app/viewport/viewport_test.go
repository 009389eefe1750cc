// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"errors"
	"fmt"
	"image"
	"image/color"
	"math"
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

func TestDragging(t *testing.T) {
	tests := []struct {
		name   string
		x, y   float32
		button desktop.MouseButton
		keys   fyne.KeyModifier
		turns  bool
		moves  bool
		roll   bool
	}{
		{"left turns", 200, 150, desktop.MouseButtonPrimary, 0, true, false, false},
		{"left near the rim rolls", 395, 150, desktop.MouseButtonPrimary, 0, true, false, true},
		{"shift moves", 200, 150, desktop.MouseButtonPrimary, fyne.KeyModifierShift, false, true, false},
		{"control moves", 200, 150, desktop.MouseButtonPrimary, fyne.KeyModifierControl, false, true, false},
		{"middle moves", 200, 150, desktop.MouseButtonTertiary, 0, false, true, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, s, _ := newTest(t)
			v.SetScene(scene())
			before, asked := v.Camera(), len(s.requests)
			press(v, tt.x, tt.y, tt.button, tt.keys)
			drag(v, tt.x, tt.y, 5, -20)
			v.DragEnd()
			after := v.Camera()
			if got := after.Rotation != before.Rotation; got != tt.turns {
				t.Errorf("turned %t, want %t", got, tt.turns)
			}
			if got := after.Target != before.Target; got != tt.moves {
				t.Errorf("moved %t, want %t", got, tt.moves)
			}
			axis := geom.NewRigid(after.Rotation, r3.Vec{}).Apply(r3.Vec{Z: 1})
			if rolled := tt.turns && r3.Norm(r3.Sub(axis, r3.Vec{Z: 1})) < 1e-9; rolled != tt.roll {
				t.Errorf("rolled %t, want %t", rolled, tt.roll)
			}
			if len(s.requests) != asked+1 || s.last().Camera != after {
				t.Errorf("%d pictures asked for, want one more than %d", len(s.requests), asked)
			}
		})
	}
}

// What is under the pointer stays under it.
func TestPanFollowsThePointer(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	p := v.Camera().Target
	x0, y0, _ := v.Camera().Project(p, 400, 300)
	press(v, 200, 150, desktop.MouseButtonTertiary, 0)
	drag(v, 200, 150, 40, 30)
	if x, y, _ := v.Camera().Project(p, 400, 300); math.Abs(x-x0-40) > 0.01 || math.Abs(y-y0-30) > 0.01 {
		t.Errorf("moved by (%g, %g), want (40, 30)", x-x0, y-y0)
	}
}

// Fyne reports no drag with the right button, only moves.
func TestRightButtonMoves(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	p := v.Camera().Target
	press(v, 200, 150, desktop.MouseButtonSecondary, 0)
	for i := range 4 {
		v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(210+10*float32(i), 150)}, Button: desktop.MouseButtonSecondary})
	}
	if x, y, _ := v.Camera().Project(p, 400, 300); math.Abs(x-240) > 0.01 || math.Abs(y-150) > 0.01 {
		t.Errorf("the centre is at (%g, %g), want (240, 150)", x, y)
	}
}

func TestWheel(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	before := v.Camera()
	steps := 0.0
	v.OnLevelWheel = func(s float64) { steps += s }
	v.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 150)}, Scrolled: fyne.NewDelta(0, 25)})
	if c := v.Camera(); !(c.Distance < before.Distance) || steps != 0 {
		t.Errorf("wheel: distance %g was %g, level %g", c.Distance, before.Distance, steps)
	}
	before = v.Camera()
	v.modifiers = func() fyne.KeyModifier { return fyne.KeyModifierAlt }
	v.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -50)})
	if v.Camera() != before || steps != -2 {
		t.Errorf("Alt and wheel: level %g, want -2; camera moved %t", steps, v.Camera() != before)
	}
}

func TestClickPicks(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	var hits []render.Hit
	var oks []bool
	v.OnPick = func(h render.Hit, ok bool) { hits, oks = append(hits, h), append(oks, ok) }
	press(v, 200, 150, desktop.MouseButtonPrimary, 0)
	release(v, 200, 150)
	press(v, 5, 5, desktop.MouseButtonPrimary, 0)
	release(v, 5, 5)
	press(v, 200, 150, desktop.MouseButtonPrimary, 0)
	drag(v, 200, 150, 9, 0)
	release(v, 209, 150) // a drag is no click
	if len(hits) != 2 || !oks[0] || oks[1] || !hits[0].IsAtom || hits[0].ID != 3 {
		t.Errorf("picked %+v %v, want an atom of molecule 3, then nothing", hits, oks)
	}
}

func TestHover(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	over := make(chan bool, 10)
	v.OnHover = func(_ render.Hit, ok bool) { over <- ok }
	v.Describe = func(h render.Hit) string { return fmt.Sprintf("atom %d", h.Atom) }
	move := func(x, y float32) {
		v.MouseMoved(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, y)}})
	}
	v.MouseIn(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(1, 1)}})
	move(200, 150) // before it has come to rest
	if !<-over {
		t.Error("nothing over the atom")
	}
	if n := len(over); n != 0 {
		t.Errorf("%d answers more, want none for the way", n)
	}
	v.rested(fyne.NewPos(200, 150))
	<-over
	if !v.overlay.words.Visible() || v.overlay.words.Text != "atom 0" {
		t.Errorf("words %q, visible %t", v.overlay.words.Text, v.overlay.words.Visible())
	}
	if v.MouseOut(); <-over || v.overlay.words.Visible() {
		t.Error("outside there is still something under the pointer")
	}
}

func TestWheelPreset(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	steps, keys := 0.0, fyne.KeyModifier(0)
	v.OnLevelWheel = func(n float64) { steps += n }
	v.modifiers = func() fyne.KeyModifier { return keys }
	roll := func() {
		v.Scrolled(&fyne.ScrollEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(200, 150)}, Scrolled: fyne.NewDelta(0, notch)})
	}
	before := v.Camera()
	v.Wheel = WheelLevels
	if roll(); steps != 1 || v.Camera() != before {
		t.Errorf("wheel for the level: %g steps, camera moved %t", steps, v.Camera() != before)
	}
	keys = fyne.KeyModifierControl
	if roll(); steps != 1 || v.Camera().Distance >= before.Distance {
		t.Error("with Ctrl it does not zoom")
	}
	keys = fyne.KeyModifierShift
	if roll(); v.Camera().Front <= 0 || v.Camera().Front != v.Camera().Back {
		t.Errorf("with Shift: slab %g, %g", v.Camera().Front, v.Camera().Back)
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

func TestDoubleClickCentres(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	c := v.Camera()
	c.Pan(0.2, 0)
	v.SetCamera(c)
	x, y, _ := c.Project(r3.Vec{X: 100}, 400, 300)
	v.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(float32(x), float32(y))})
	if got := v.Camera(); got.Target != (r3.Vec{X: 100}) || got.Distance != c.Distance {
		t.Errorf("on the atom: target %v, want (100, 0, 0)", got.Target)
	}
	c.Zoom(0.2)
	v.SetCamera(c)
	v.DoubleTapped(&fyne.PointEvent{Position: fyne.NewPos(1, 1)})
	if got := v.Camera(); !(got.Distance < c.Distance) {
		t.Errorf("on nothing: distance %g, want all of the scene in view", got.Distance)
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
	if v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome}); v.Camera() != home {
		t.Errorf("Home: %+v, want %+v", v.Camera(), home)
	}
	v.TypedKey(&fyne.KeyEvent{Name: fyne.KeyUp})
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
	for _, k := range []fyne.KeyName{fyne.KeyLeft, fyne.KeyDelete, fyne.KeyHome, fyne.KeySpace} {
		v.TypedKey(&fyne.KeyEvent{Name: k})
	}
	if len(keys) != 2 || keys[0] != fyne.KeyDelete || keys[1] != fyne.KeySpace {
		t.Errorf("passed on %v, want Delete and Space", keys)
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

func TestMousePresets(t *testing.T) {
	tests := []struct {
		name   string
		preset Preset
		button desktop.MouseButton
		keys   fyne.KeyModifier
		want   action
	}{
		{"ChimeraX left", ChimeraX, desktop.MouseButtonPrimary, 0, turns},
		{"ChimeraX right", ChimeraX, desktop.MouseButtonSecondary, 0, moves},
		{"ChimeraX middle with a key", ChimeraX, desktop.MouseButtonTertiary, fyne.KeyModifierShift, moves},
		{"Coot right", Coot, desktop.MouseButtonSecondary, 0, zooms},
		{"Coot Ctrl left", Coot, desktop.MouseButtonPrimary, fyne.KeyModifierControl, moves},
		{"Coot Shift right", Coot, desktop.MouseButtonSecondary, fyne.KeyModifierShift, rolls},
		{"PyMOL right", PyMOL, desktop.MouseButtonSecondary, 0, zooms},
		{"PyMOL Shift right", PyMOL, desktop.MouseButtonSecondary, fyne.KeyModifierShift, slabs},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			v, _, _ := newTest(t)
			v.SetScene(scene())
			v.Preset = tt.preset
			before := v.Camera()
			press(v, 200, 150, tt.button, tt.keys)
			if v.gesture.does != tt.want {
				t.Errorf("the gesture is %d, want %d", v.gesture.does, tt.want)
			}
			v.gesture.dragged = true
			v.drag(fyne.NewPos(220, 150), fyne.NewPos(200, 140))
			c := v.Camera()
			changed := [...]bool{
				turns: c.Rotation != before.Rotation, moves: c.Target != before.Target, rolls: c.Rotation != before.Rotation,
				zooms: c.Distance > before.Distance, slabs: c.Front > 0,
			}
			if !changed[tt.want] {
				t.Errorf("camera %+v, was %+v", c, before)
			}
		})
	}
}

func TestWheelOfPresets(t *testing.T) {
	v, _, _ := newTest(t)
	tests := []struct {
		preset Preset
		wheel  Wheel
		keys   fyne.KeyModifier
		want   Wheel
	}{
		{ChimeraX, WheelAsPreset, 0, WheelZooms},
		{Coot, WheelAsPreset, 0, WheelLevels},
		{PyMOL, WheelAsPreset, 0, WheelSlabs},
		{PyMOL, WheelLevels, 0, WheelLevels},
		{Coot, WheelZooms, 0, WheelZooms},
		{Coot, WheelZooms, fyne.KeyModifierAlt, WheelLevels},
		{ChimeraX, WheelLevels, fyne.KeyModifierShift, WheelSlabs},
		{PyMOL, WheelLevels, fyne.KeyModifierControl, WheelZooms},
	}
	for _, tt := range tests {
		v.Preset, v.Wheel = tt.preset, tt.wheel
		if got := v.wheel(tt.keys); got != tt.want {
			t.Errorf("preset %d, wheel %d, keys %d: %d, want %d", tt.preset, tt.wheel, tt.keys, got, tt.want)
		}
	}
	for _, p := range Presets {
		v.Preset = p.Preset
		for _, row := range v.MouseHelp() {
			if row[0] == "" || row[1] == "" {
				t.Errorf("%s: the help has %q", p.Name, row)
			}
		}
	}
}

func TestMiddleClickCenters(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	v.Preset, v.Jump = PyMOL, true
	v.camera.Pan(0.1, 0)
	x, y, _ := v.Camera().Project(r3.Vec{X: 100}, 400, 300)
	press(v, float32(x), float32(y), desktop.MouseButtonTertiary, 0)
	release(v, float32(x), float32(y))
	if d := r3.Sub(v.Camera().Target, r3.Vec{X: 100}); r3.Norm(d) > 9 {
		t.Errorf("the centre of view is %.1f Å from the ball", r3.Norm(d))
	}
}
