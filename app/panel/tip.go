// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// tipRest is how long the pointer rests on something before it is explained.
const tipRest = 450 * time.Millisecond

const tipWidth, tipGap = 300, 2

// A tip is a tooltip, which Fyne does not have: words over a panel that take
// neither clicks nor the keyboard.
type tip struct {
	back  *canvas.Rectangle
	label *widget.Label
	layer *fyne.Container
	timer *fyne.Animation // a timer on the goroutine of the window
}

func newTip() *tip {
	t := &tip{back: canvas.NewRectangle(nil), label: widget.NewLabel("")}
	t.label.Wrapping = fyne.TextWrapWord
	t.back.CornerRadius, t.back.StrokeWidth = 4, 1
	t.layer = container.NewWithoutLayout(t.back, t.label)
	t.hide()
	return t
}

// below explains a part of a panel soon, below it, or above it where there is
// no room below.
func (t *tip) below(part, panel fyne.CanvasObject, text string) {
	d := fyne.CurrentApp().Driver()
	at := d.AbsolutePositionForObject(part).Subtract(d.AbsolutePositionForObject(panel))
	high, room := part.Size().Height, panel.Size()
	t.hide()
	t.timer = fyne.NewAnimation(tipRest, func(done float32) {
		if done == 1 {
			t.now(text, at, high, room)
		}
	})
	t.timer.Curve = fyne.AnimationLinear
	t.timer.Start()
}

// now explains what lies at a place and is so high: below it, or above it.
func (t *tip) now(text string, at fyne.Position, high float32, room fyne.Size) {
	size := t.write(text, room.Width)
	at.X = max(0, min(at.X, room.Width-size.Width))
	if above := at.Y - size.Height - tipGap; at.Y+high+tipGap+size.Height > room.Height && above >= 0 {
		at.Y = above
	} else {
		at.Y += high + tipGap
	}
	t.show(at, size)
}

// beside explains something left of a place, at its height.
func (t *tip) beside(text string, at fyne.Position, room fyne.Size) {
	size := t.write(text, at.X)
	t.show(fyne.NewPos(max(0, at.X-size.Width-tipGap), max(0, min(at.Y-size.Height/2, room.Height-size.Height))), size)
}

// write takes the words, and returns how large they are in a room of a width.
func (t *tip) write(text string, room float32) fyne.Size {
	t.back.FillColor = opaque(theme.Color(theme.ColorNameOverlayBackground))
	t.back.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	t.label.SetText(text)
	whole := fyne.MeasureText(text, theme.TextSize(), fyne.TextStyle{}).Width + 2*theme.InnerPadding() + tipGap
	w := min(tipWidth, room, whole)
	t.label.Resize(fyne.NewSize(w, t.label.MinSize().Height))
	return fyne.NewSize(w, t.label.MinSize().Height) // known only with its width, since it wraps
}

func (t *tip) show(at fyne.Position, size fyne.Size) {
	for _, o := range t.layer.Objects {
		o.Resize(size)
		o.Move(at)
		o.Show()
	}
	t.layer.Refresh()
}

func (t *tip) hide() {
	if t.timer != nil {
		t.timer.Stop()
		t.timer = nil
	}
	t.back.Hide()
	t.label.Hide()
}
