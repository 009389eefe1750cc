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

const tipWidth = 300

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

// show explains something soon, below a place of the panel, which is so wide.
func (t *tip) show(text string, at fyne.Position, width float32) {
	t.hide()
	t.timer = fyne.NewAnimation(tipRest, func(part float32) {
		if part == 1 {
			t.now(text, at, width)
		}
	})
	t.timer.Curve = fyne.AnimationLinear
	t.timer.Start()
}

func (t *tip) now(text string, at fyne.Position, width float32) {
	t.back.FillColor = opaque(theme.Color(theme.ColorNameOverlayBackground))
	t.back.StrokeColor = theme.Color(theme.ColorNameInputBorder)
	t.label.SetText(text)
	w := min(tipWidth, width)
	t.label.Resize(fyne.NewSize(w, t.label.MinSize().Height))
	size := fyne.NewSize(w, t.label.MinSize().Height) // known only with its width, since it wraps
	at.X = max(0, min(at.X, width-w))
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
