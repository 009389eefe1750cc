// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
)

// buildSphere makes the fields.
func (p *Compose) buildSphere() {
	p.ball = widget.NewCheck("Sphere", func(bool) {
		if !p.mute {
			p.enableSphere()
			act(p.OnSphere)
		}
	})
	p.sphere, p.center = newEntry(), newEntry()
	p.sphere.PlaceHolder, p.center.PlaceHolder = "auto", "centre of view"
	p.sphere.OnDone = func(text string) {
		if _, err := p.Sphere(); p.judge(p.sphere, err) {
			p.setSphereShown(text != "")
			p.placed()
		}
	}
	p.center.OnDone = func(string) {
		if _, _, err := p.SphereCenter(); p.judge(p.center, err) {
			p.placed()
		}
	}
	p.enableSphere()
}

// sphereRow lays the fields out.
func (p *Compose) sphereRow() fyne.CanvasObject {
	radius := container.NewHBox(widget.NewLabel("radius"), container.NewGridWrap(fyne.NewSize(64, p.sphere.MinSize().Height), p.sphere), widget.NewLabel("Å"))
	return container.NewBorder(nil, nil, p.ball, radius, p.center)
}

// enableSphere lets the centre be written while the sphere is shown.
func (p *Compose) enableSphere() {
	if p.ball.Checked {
		p.center.Enable()
		return
	}
	p.center.settle("")
	p.center.Disable()
}

// IsSphereShown tells whether the sphere is shown in the picture.
func (p *Compose) IsSphereShown() bool { return p.ball.Checked }

// setSphereShown says whether the sphere is shown in the picture. OnSphere is
// not called.
func (p *Compose) setSphereShown(on bool) {
	p.mute = true
	p.ball.SetChecked(on)
	p.mute = false
	p.enableSphere()
}

// ShowSphere shows the numbers of a sphere that is shown in the picture.
func (p *Compose) ShowSphere(s fitting.Sphere) {
	p.setSphereShown(true)
	p.center.settle(fmt.Sprintf("%s, %s, %s", number(s.Center[0], 1), number(s.Center[1], 1), number(s.Center[2], 1)))
	p.sphere.settle(number(s.Radius, 1))
}

// SphereCenter returns the centre of the sphere that was written, in ångström;
// false for the centre of view.
func (p *Compose) SphereCenter() (c [3]float64, written bool, err error) {
	text := strings.TrimSpace(p.center.Text)
	if text == "" || !p.ball.Checked {
		return c, false, nil
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ',' || r == ';' || r == ' ' })
	if len(parts) != len(c) {
		return c, false, fmt.Errorf("the centre of the sphere is %q, want three numbers, as in 10, 20.5, 30", text)
	}
	for i, part := range parts {
		if c[i], err = parse(part); err != nil || !(c[i] >= -1e6 && c[i] <= 1e6) {
			return c, false, fmt.Errorf("the centre of the sphere is %q, want three numbers up to 1000000 Å, as in 10, 20.5, 30", text)
		}
	}
	return c, true, nil
}
