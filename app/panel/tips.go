// SPDX-License-Identifier: BSD-3-Clause

package panel

import "fyne.io/fyne/v2"

// Tips are the tooltips of a window. Fyne (2.7.4) tells only the widget under the
// pointer of it, and its buttons explain nothing; so a window says where the
// pointer is, and tooltips look for what lies there once it rests.
type Tips struct {
	// Beside is beside which tooltips are shown of what lies in it, so that they
	// do not cover what is read there; nil for nothing.
	Beside fyne.CanvasObject

	tip     *tip
	sources []func() map[fyne.CanvasObject]string
	rest    *fyne.Animation // a timer on the goroutine of the window
}

// NewTips returns no tooltips.
func NewTips() *Tips { return &Tips{tip: newTip()} }

// Layer returns where tooltips are shown: over all else in the window.
func (t *Tips) Layer() fyne.CanvasObject { return t.tip.layer }

// Explain adds what is explained, and how. It is asked when the pointer rests.
func (t *Tips) Explain(of func() map[fyne.CanvasObject]string) { t.sources = append(t.sources, of) }

// Follow is told where the pointer is, and explains what it finds there when the
// pointer has come to rest.
func (t *Tips) Follow(at fyne.Position) {
	t.Hide()
	t.rest = fyne.NewAnimation(tipRest, func(done float32) {
		if done == 1 {
			t.explain(at)
		}
	})
	t.rest.Curve = fyne.AnimationLinear
	t.rest.Start()
}

// Hide ends an explanation.
func (t *Tips) Hide() {
	if t.rest != nil {
		t.rest.Stop()
		t.rest = nil
		t.tip.hide()
	}
}

// explain shows what is said of what lies at a place, if anything.
func (t *Tips) explain(at fyne.Position) {
	o, text := t.Find(at)
	if o == nil {
		return
	}
	d := fyne.CurrentApp().Driver()
	corner := d.AbsolutePositionForObject(t.tip.layer)
	from := d.AbsolutePositionForObject(o).Subtract(corner)
	if b := t.Beside; b != nil && b.Visible() {
		if p := d.AbsolutePositionForObject(b).Subtract(corner); from.X >= p.X && from.Y >= p.Y {
			t.tip.beside(text, fyne.NewPos(p.X, from.Y+o.Size().Height/2), t.tip.layer.Size())
			return
		}
	}
	t.tip.now(text, from, o.Size().Height, t.tip.layer.Size())
}

// Find returns what is explained at a place of the window, and how; nil if
// nothing is, or a dialog or a menu lies over it.
func (t *Tips) Find(at fyne.Position) (fyne.CanvasObject, string) {
	d := fyne.CurrentApp().Driver()
	c := d.CanvasForObject(t.tip.layer)
	if c == nil || c.Overlays().Top() != nil {
		return nil, ""
	}
	for _, of := range t.sources {
		for o, text := range of() {
			from, size := d.AbsolutePositionForObject(o), o.Size()
			if text == "" || from.IsZero() { // it is on no canvas, or hidden
				continue
			}
			if p := at.Subtract(from); p.X >= 0 && p.Y >= 0 && p.X < size.Width && p.Y < size.Height {
				return o, text
			}
		}
	}
	return nil, ""
}
