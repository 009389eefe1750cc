// SPDX-License-Identifier: BSD-3-Clause

package viewport

import (
	"errors"
	"math"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"difffit/render"
)

// The ends and the middle of the slab are dragged at the edge of the picture.
func TestSlabIsDragged(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	if v.overlay.strip.track.Visible() {
		t.Error("a strip without a slab")
	}
	v.TypedRune('[')
	s := v.overlay.strip
	if !s.track.Visible() {
		t.Fatal("no strip with a slab")
	}
	x := v.Size().Width - stripEdge - stripWide/2
	at := func(y float32) fyne.Position { return fyne.NewPos(x, y) }
	pull := func(y, by float32) (front, back float64) {
		before := v.Camera()
		v.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(y)}, Button: desktop.MouseButtonPrimary})
		v.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: at(y + by)}, Dragged: fyne.NewDelta(0, by)})
		v.MouseUp(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at(y + by)}, Button: desktop.MouseButtonPrimary})
		after := v.Camera()
		if after.Rotation != before.Rotation || after.Target != before.Target {
			t.Error("dragging the slab moves the camera")
		}
		return after.Front - before.Front, after.Back - before.Back
	}
	picked := false
	v.OnPick = func(render.Hit, bool) { picked = true }
	if front, back := pull(v.stripY(-v.camera.Front), 10); front <= 0 || back != 0 { // down is nearer
		t.Errorf("front end: front changes by %g, back by %g", front, back)
	}
	if front, back := pull(v.stripY(v.camera.Back), -10); front != 0 || back <= 0 {
		t.Errorf("back end: front changes by %g, back by %g", front, back)
	}
	if front, back := pull((v.stripY(-v.camera.Front)+v.stripY(v.camera.Back))/2, -7); back <= 0 || math.Abs(front+back) > 1e-9 {
		t.Errorf("middle: front changes by %g, back by %g, want the slab to move back", front, back)
	}
	pull(v.stripY(-v.camera.Front), -4000)
	if c := v.Camera(); c.Front+c.Back < leastSlab-1e-9 {
		t.Errorf("slab of %g Å, want at least %g", c.Front+c.Back, leastSlab)
	}
	if picked {
		t.Error("a drag of the slab picks something")
	}
	if v.overlay.strip.part(v, fyne.NewPos(100, 150)) != noPart {
		t.Error("the strip is everywhere")
	}
	v.TypedRune('\\')
	if s.track.Visible() {
		t.Error("the strip stays without a slab")
	}
}

func TestInertia(t *testing.T) {
	v, _, _ := newTest(t)
	v.SetScene(scene())
	now := time.Now()
	fling := func(does action, rest time.Duration) bool {
		press(v, 200, 150, desktop.MouseButtonPrimary, 0)
		v.gesture.does = does
		for i := range 4 {
			v.gesture.throw.note(now.Add(time.Duration(16*i)*time.Millisecond), 12, 3)
		}
		before := v.Camera()
		v.throwing(now.Add(48*time.Millisecond + rest))
		return v.Camera() != before
	}
	if fling(turns, 0) {
		t.Error("it turns on though nobody asked for that")
	}
	v.Inertia = true
	if !fling(turns, 0) {
		t.Error("it does not turn on")
	}
	if fling(turns, 100*time.Millisecond) {
		t.Error("it turns on after a rest")
	}
	if fling(moves, 0) {
		t.Error("moving has inertia")
	}
}

func TestRestart(t *testing.T) {
	test.NewTempApp(t)
	broken, starts := errors.New("device lost"), 0
	s := &fakeSource{}
	v := NewFrom(func(frame func(*render.Frame), fail func(error)) (Source, error) {
		if starts++; starts == 2 {
			return nil, broken
		}
		s.frame, s.fail = frame, fail
		return s, nil
	})
	test.NewTempWindow(t, v).Resize(fyne.NewSize(400, 300))
	v.SetScene(scene())
	s.fail(broken)
	if !v.HasFault() || !v.message.Visible() {
		t.Fatal("a lost device is not told")
	}
	if v.Restart(); !v.HasFault() || s.stopped != 1 {
		t.Errorf("restarted without a device: fault %t, stopped %d times", v.HasFault(), s.stopped)
	}
	asked := len(s.requests)
	if v.Restart(); v.HasFault() || len(s.requests) == asked {
		t.Errorf("fault %t, %d pictures asked for", v.HasFault(), len(s.requests)-asked)
	}
}

func TestIsSoftware(t *testing.T) {
	for device, want := range map[string]bool{
		"llvmpipe (LLVM 15.0.6, 256 bits)": true, "Microsoft Basic Render Driver": true, "Apple M2": false, "NVIDIA H100/PCIe/SSE2": false,
	} {
		if IsSoftware(device) != want {
			t.Errorf("IsSoftware(%q) = %t", device, !want)
		}
	}
}
