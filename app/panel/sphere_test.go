// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"testing"

	"difffit/fitting"
)

// The numbers of the sphere follow what is done in the picture, and can be written.
func TestSphereInNumbers(t *testing.T) {
	p := NewCompose()
	told := 0
	p.OnSphere = func() { told++ }
	if _, written, err := p.SphereCenter(); written || err != nil || p.IsSphereShown() {
		t.Errorf("a sphere before there is one: %v", err)
	}
	p.ShowSphere(fitting.Sphere{Center: [3]float64{1.25, -2, 30.01}, Radius: 21.16})
	c, written, err := p.SphereCenter()
	r, fault := p.Sphere()
	if err != nil || fault != nil || !written || c != [3]float64{1.2, -2, 30} || r != 21.2 || told != 0 {
		t.Errorf("%v and %g, %v, %v, told %d times", c, r, err, fault, told)
	}
	for text, ok := range map[string]bool{"1, 2.5, -3": true, "1;2;3": true, "1 2 3": true, "": true, "1, 2": false, "1, 2, x": false, "1e9, 0, 0": false} {
		p.center.SetText(text)
		if _, _, err := p.SphereCenter(); (err == nil) != ok {
			t.Errorf("centre %q: %v", text, err)
		}
	}
	p.ball.SetChecked(false)
	if _, written, _ := p.SphereCenter(); written || told != 1 || !p.center.Disabled() {
		t.Errorf("hidden: written %t, told %d times", written, told)
	}
}
