// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/viewport"
	"difffit/fitting"
	"difffit/fitting/mol"
)

// leastSphere is the least radius of a sphere of the program's own, ångström.
const leastSphere = 8

// sphereHere is the sphere as it was written, or about the centre of view as large
// as the largest structure of the next fit.
func (co *Composer) sphereHere(s document.State) (fitting.Sphere, error) {
	radius, err := co.Panel.Sphere()
	if err != nil {
		return fitting.Sphere{}, err
	}
	center, written, err := co.Panel.SphereCenter()
	if err != nil {
		return fitting.Sphere{}, err
	}
	if radius == 0 {
		radius = leastSphere
		for _, t := range s.Fitted() {
			radius = max(radius, mol.Gyration(t.Model.Atoms))
		}
	}
	if !written {
		c := co.stage.Camera().Target
		center = [3]float64{c.X, c.Y, c.Z}
	}
	return fitting.Sphere{Center: center, Radius: radius}, nil
}

// showSphere shows the sphere that a fit here would be done in, with its handles,
// if it is to be shown.
func (co *Composer) showSphere() {
	if !co.Panel.IsSphereShown() {
		co.setSphere(nil)
		return
	}
	b, err := co.sphereHere(co.sh.Doc.State())
	if err != nil {
		co.sh.Fail("There is no such sphere", err)
		return
	}
	if co.sphere == nil {
		co.sh.Say("Drag the sphere by its middle, resize it by its rim or with Ctrl+Shift and the wheel; Fit here (Ctrl+2) fits within it")
	}
	co.Panel.ShowSphere(b)
	co.setSphere(&b)
}

// dragSphere takes over what a person makes of the sphere in the picture.
func (co *Composer) dragSphere(b viewport.Ball) {
	s := fitting.Sphere{Center: [3]float64{b.Center.X, b.Center.Y, b.Center.Z}, Radius: b.Radius}
	co.Panel.ShowSphere(s)
	co.setSphere(&s)
}

// setSphere shows a sphere, nil none. One that a person placed has handles.
func (co *Composer) setSphere(s *fitting.Sphere) {
	var handles *viewport.Ball
	if s != nil && co.Panel.IsSphereShown() {
		handles = &viewport.Ball{Center: r3.Vec{X: s.Center[0], Y: s.Center[1], Z: s.Center[2]}, Radius: s.Radius}
	}
	co.stage.HoldCamera()
	co.sphere = s
	co.stage.Viewport().SetBall(handles)
	co.stage.Show()
}

// endSphere hides the sphere of a fit, unless a person has placed it.
func (co *Composer) endSphere() {
	if co.sphere != nil && !co.Panel.IsSphereShown() {
		co.setSphere(nil)
	}
}
