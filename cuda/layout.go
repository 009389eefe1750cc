// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"math"

	"difffit/fitting/geom"
	"difffit/fitting/search"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

// What host and card share, as kernel/task.h has it.
type (
	task struct {
		End        [3]float32
		Scale      float32
		Voxels     [3]float32
		Share      float32
		Step       [3]float32
		Atoms      uint32
		Row, Layer uint32
		Gyration   float32
		Unused     float32
	}
	place struct {
		Rotation [4]float32
		Begin    [3]float32
		Rest     [3]float32
		Moved    [3]float32
		Value    float32
	}
	climber struct {
		At     place
		Mean   [6]float32
		Square [2]float32
		Decay  [2]float32
	}
	climb struct {
		Beta1, Beta2 float32
		First, Ratio float32
		Steps        uint32
		Unused       [3]uint32
	}
	follower struct {
		At     place
		Mean   [7]float32
		Square [7]float32
		Decay  [2]float32
		Best   place
	}
	follow struct {
		Beta1, Beta2, Epsilon   float32
		ShiftRate, RotationRate float32
		Steps, Done             uint32
		Look                    uint32
	}
	density struct {
		Size   [3]uint32
		Points uint32
	}
)

// sums is how many numbers difffit_sum writes for a placement.
const sums = 10

func taskOf(f *search.Field, atoms int, gyration float64) task {
	size := f.Size()
	t := task{
		End: f.End(), Scale: f.Scale(), Share: float32(1 / float64(atoms)), Atoms: uint32(atoms),
		Row: uint32(size[0]), Layer: uint32(size[0] * size[1]), Gyration: float32(math.Max(gyration, 1e-3)),
	}
	for i, h := range f.Step {
		t.Step[i], t.Voxels[i] = float32(h), float32(1/h)
	}
	return t
}

// placeOf puts a placement about the centroid into the frame of a field.
func placeOf(f *search.Field, g geom.Rigid) place {
	q := g.Rotation
	p := place{Rotation: [4]float32{float32(q.Real), float32(q.Imag), float32(q.Jmag), float32(q.Kmag)}}
	for i, x := range [3]float64{g.Shift.X, g.Shift.Y, g.Shift.Z} {
		v := (x - f.Origin[i]) / f.Step[i]
		p.Begin[i] = float32(v)
		p.Rest[i] = float32(v - float64(p.Begin[i]))
	}
	return p
}

// motion returns where a placement is that began at begin.
func (p place) motion(begin geom.Rigid) geom.Rigid {
	q := quat.Number{Real: float64(p.Rotation[0]), Imag: float64(p.Rotation[1]), Jmag: float64(p.Rotation[2]), Kmag: float64(p.Rotation[3])}
	return geom.Rigid{
		Rotation: quat.Scale(1/quat.Abs(q), q),
		Shift:    r3.Add(begin.Shift, r3.Vec{X: float64(p.Moved[0]), Y: float64(p.Moved[1]), Z: float64(p.Moved[2])}),
	}
}

// finite reports whether a motion can be used.
func finite(g geom.Rigid) bool {
	s := quat.Abs(g.Rotation) + r3.Norm(g.Shift)
	return !math.IsNaN(s) && !math.IsInf(s, 0)
}

func climberOf(f *search.Field, c *search.Climber) climber {
	r := climber{At: placeOf(f, c.Rigid), Decay: [2]float32{1, 1}}
	for i, m := range c.Mean {
		r.Mean[3*i], r.Mean[3*i+1], r.Mean[3*i+2] = float32(m.X), float32(m.Y), float32(m.Z)
		r.Square[i] = float32(c.Square[i])
	}
	if c.Decay1 != 0 {
		r.Decay = [2]float32{float32(c.Decay1), float32(c.Decay2)}
	}
	return r
}

// to writes r back to the climber that it was made of.
func (r *climber) to(c *search.Climber) {
	c.Rigid, c.Value = r.At.motion(c.Rigid), float64(r.At.Value)
	for i := range c.Mean {
		c.Mean[i] = r3.Vec{X: float64(r.Mean[3*i]), Y: float64(r.Mean[3*i+1]), Z: float64(r.Mean[3*i+2])}
		c.Square[i] = float64(r.Square[i])
	}
	c.Decay1, c.Decay2 = float64(r.Decay[0]), float64(r.Decay[1])
	if !finite(c.Rigid) {
		c.Value = math.Inf(-1)
	}
}
