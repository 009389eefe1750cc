// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// An OriginRule says what gave a map its place.
type OriginRule string

// Origin rules.
const (
	ByOrigin OriginRule = "origin words" // ORIGIN, words 50–52
	ByStart  OriginRule = "nstart"       // NSTART, words 5–7, times the voxel
	BySkew   OriginRule = "skew shift"   // CCP4's SKWTRN, words 35–37; it adds to NSTART
	AtZero   OriginRule = "both zero"
)

const (
	minStep, maxStep = 1e-3, 1e5 // voxel edges that are believed, ångström
	maxOrigin        = 1e6       // origin that is believed, ångström: 0.1 mm
	minOrigin        = 1e-6      // less than that is 0, ångström
	maxStart         = 10        // NSTART that is believed, in sizes of map or cell
	rightAngle       = 1e-3      // degrees by which a right angle may be off
)

// frame is where the voxels are in space.
type frame struct {
	sampling [3]int     // intervals along the edges of the cell
	cell     [3]float64 // edges, ångström
	angles   [3]float64 // degrees
	// edges leads from one voxel to the next along x, y, z, ångström. As in
	// PDB files the first is along x and the second in the plane of x and y.
	edges  [3]r3.Vec
	origin r3.Vec // centre of the first voxel, ångström
	rule   OriginRule
}

// step returns the voxel of the orthogonal grid: that of the map itself, or
// one as large as the skewed voxel.
func (f *frame) step() r3.Vec { return r3.Vec{X: f.edges[0].X, Y: f.edges[1].Y, Z: f.edges[2].Z} }

func (f *frame) isOrthogonal() bool { return f.angles == [3]float64{90, 90, 90} }

// frame checks cell, angles and origin.
func (d *decoder) frame(l *layout) (*frame, error) {
	f := &frame{}
	if err := d.findCell(f, l); err != nil {
		return nil, err
	}
	if err := d.findAngles(f); err != nil {
		return nil, err
	}
	return f, d.findOrigin(f, l)
}

// findCell reads the edges of the cell and into how many voxels they are
// divided. Where they are 0, as in old files and in single sections, or no
// numbers, a voxel is 1 Å, and negative edges count without their sign, as
// other readers assume too.
func (d *decoder) findCell(f *frame, l *layout) error {
	f.sampling, f.cell = d.header.sampling(), d.header.cell()
	for i, m := range f.sampling {
		if m < 1 {
			f.sampling[i] = l.shape[i]
			if err := d.survive(8+i, "intervals in the cell are %d, want at least 1; the size, %d, is used", m, l.shape[i]); err != nil {
				return err
			}
		}
		edge := f.cell[i]
		switch {
		case edge == 0 || math.IsNaN(edge) || math.IsInf(edge, 0):
			f.cell[i] = float64(f.sampling[i])
			if err := d.survive(11+i, "edge of the cell is %g; a voxel of 1 Å is used", edge); err != nil {
				return err
			}
		case edge < 0:
			f.cell[i] = -edge
			if err := d.survive(11+i, "edge of the cell is %g Å; %g Å is used", edge, -edge); err != nil {
				return err
			}
		}
		if step := f.cell[i] / float64(f.sampling[i]); !(step >= minStep && step <= maxStep) {
			return &FormatError{Word: 11 + i, Msg: fmt.Sprintf("edge of the cell is %g Å, a voxel of %g Å, want %g to %g", edge, step, minStep, maxStep)}
		}
	}
	return nil
}

// findAngles reads the angles of the cell and makes the edges of a voxel.
func (d *decoder) findAngles(f *frame) error {
	f.angles = d.header.angles()
	if f.angles == [3]float64{} {
		f.angles = [3]float64{90, 90, 90}
		if err := d.survive(14, "angles of the cell are 0; 90° is used"); err != nil {
			return err
		}
	}
	var cos [3]float64
	for i, a := range f.angles {
		if !(a > 0 && a < 180) {
			if err := d.survive(14+i, "angle of the cell is %g°, want more than 0 and less than 180; 90° is used", a); err != nil {
				return err
			}
			a = 90
		}
		if math.Abs(a-90) <= rightAngle {
			f.angles[i] = 90
			continue // cos of π/2 in floating point is not 0
		}
		cos[i] = math.Cos(a * math.Pi / 180)
	}
	// Volume of the cell with edges 1, squared: International Tables B, 1.1.
	v2 := 1 - cos[0]*cos[0] - cos[1]*cos[1] - cos[2]*cos[2] + 2*cos[0]*cos[1]*cos[2]
	if !(v2 > 1e-4) {
		return &FormatError{Word: 14, Msg: fmt.Sprintf("angles of the cell are %g, %g, %g°, which make no cell", f.angles[0], f.angles[1], f.angles[2])}
	}
	var e [3]float64
	for i := range e {
		e[i] = f.cell[i] / float64(f.sampling[i])
	}
	sin := math.Sqrt(1 - cos[2]*cos[2])
	f.edges = [3]r3.Vec{
		{X: e[0]},
		{X: e[1] * cos[2], Y: e[1] * sin},
		{X: e[2] * cos[1], Y: e[2] * (cos[0] - cos[1]*cos[2]) / sin, Z: e[2] * math.Sqrt(v2) / sin},
	}
	if s := f.step(); !(s.Y >= minStep && s.Z >= minStep) {
		return &FormatError{Word: 14, Msg: fmt.Sprintf("angles of the cell are %g, %g, %g°, layers of %.3g Å, want %g or more",
			f.angles[0], f.angles[1], f.angles[2], min(s.Y, s.Z), minStep)}
	}
	return nil
}

// findOrigin places the map: by the ORIGIN words (x, y, z in ångström,
// whatever the axis order) if they are neither 0 nor nonsense, else by NSTART
// (per column, row and section, in voxels), as ChimeraX does. CCP4 and EMDB
// files have NSTART only. Files with both mean the same place twice, so they
// are never added up.
func (d *decoder) findOrigin(f *frame, l *layout) error {
	f.rule = AtZero
	at := d.header.origin()
	believed := true
	for i, v := range at {
		if !(math.Abs(v) <= maxOrigin) {
			believed = false
			if err := d.survive(50+i, "origin is %g Å, want −%g to %g; NSTART is used", v, maxOrigin, maxOrigin); err != nil {
				return err
			}
		} else if math.Abs(v) >= minOrigin && f.rule == AtZero {
			f.rule = ByOrigin
		}
	}
	if believed && f.rule == ByOrigin {
		f.origin = r3.Vec{X: at[0], Y: at[1], Z: at[2]}
		return nil
	}
	f.rule = AtZero
	start := d.start()
	for i, n := range start {
		a := l.axes[i]
		if limit := maxStart * max(l.shape[a], f.sampling[a]); n < -limit || n > limit {
			return d.survive(5+i, "start is %d, want −%d to %d; the map is placed at 0", n, limit, limit)
		}
	}
	for i, n := range start {
		if n != 0 {
			f.rule = ByStart
			f.origin = r3.Add(f.origin, r3.Scale(float64(n), f.edges[l.axes[i]]))
		}
	}
	if far := f.origin; !(max(math.Abs(far.X), math.Abs(far.Y), math.Abs(far.Z)) <= maxOrigin) {
		f.rule, f.origin = AtZero, r3.Vec{}
		if err := d.survive(5, "start is %v, at %.3g, %.3g, %.3g Å, want −%g to %g; the map is placed at 0",
			start, far.X, far.Y, far.Z, maxOrigin, maxOrigin); err != nil {
			return err
		}
	}
	return d.addSkew(f)
}

// addSkew applies CCP4's skew transformation, map = S·(atoms − t), where S is
// the identity: then t is one more shift. Turned maps cannot be shown on an
// orthogonal grid and are left where they are. MRC2014 has other things in
// these words, so they count only if S is a rotation.
func (d *decoder) addSkew(f *frame) error {
	if !d.skewed() {
		return nil
	}
	m, t := d.skew()
	row := func(i int) r3.Vec { return r3.Vec{X: m[3*i], Y: m[3*i+1], Z: m[3*i+2]} }
	shift := r3.Vec{X: t[0], Y: t[1], Z: t[2]}
	proper := r3.Dot(r3.Cross(row(0), row(1)), row(2))
	if !(math.Abs(proper-1) < 1e-3) || !(r3.Norm(r3.Add(f.origin, shift)) <= maxOrigin) {
		return nil
	}
	if m != [9]float64{1, 0, 0, 0, 1, 0, 0, 0, 1} {
		return d.survive(25, "skew flag is 1 and the skew matrix turns the map; it is not applied")
	}
	f.origin = r3.Add(f.origin, shift)
	if f.rule == AtZero && shift != (r3.Vec{}) {
		f.rule = BySkew
	}
	return nil
}
