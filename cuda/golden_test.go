// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"testing"

	"difffit/fitting/geom"
	"difffit/fitting/search"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

// goldenCase is a field and atoms in small whole numbers, so that the host
// hands the card the same bits on every computer.
func goldenCase(t *testing.T) (*search.Field, []r3.Vec, []search.Climber) {
	t.Helper()
	g := volume.New([3]int{24, 20, 16}, r3.Vec{X: 1, Y: 1, Z: 2}, r3.Vec{X: -4, Y: 8, Z: 16})
	for i := range g.Data {
		x, y, z := i%24, i/24%20, i/480
		g.Data[i] = float32((x*(23-x)*y*(19-y)*(z+1))%8191) / 8192
	}
	f, err := search.NewField(g, 1)
	if err != nil {
		t.Fatal(err)
	}
	var atoms []r3.Vec
	for i := range 300 {
		atoms = append(atoms, r3.Vec{X: float64(i*7%33-16) / 4, Y: float64(i*5%27-13) / 4, Z: float64(i*3%21-10) / 4})
	}
	var climbers []search.Climber
	for i := range 6 { // quarter and half turns: exact quaternions
		q := []quat.Number{{Real: 1}, {Imag: 1}, {Jmag: 1}, {Kmag: 1}, {Real: 0.5, Imag: 0.5, Jmag: 0.5, Kmag: 0.5}, {Real: 0.5, Imag: -0.5, Jmag: 0.5, Kmag: -0.5}}[i]
		climbers = append(climbers, search.Climber{Rigid: geom.Rigid{Rotation: q, Shift: r3.Vec{X: float64(4 + i), Y: float64(20 - i), Z: 32}}})
	}
	return f, atoms, climbers
}

// What the card makes of it is the same to the last bit on every card and in
// the interpreter: the kernels use nothing that IEEE 754 leaves open.
// It is also the same however many steps one launch takes.
func TestGolden(t *testing.T) {
	for _, rate := range []float64{firstRate, 1} { // 1: the first launch is of one step
		testGolden(t, rate)
	}
}

func testGolden(t *testing.T, rate float64) {
	e := open(t)
	defer e.Close()
	e.card.rate = rate
	f, atoms, climbers := goldenCase(t)
	ctx := context.Background()
	o, err := newObjective(ctx, e.card, f, atoms)
	if err != nil {
		t.Fatal(err)
	}
	defer o.Close()
	var starts []geom.Rigid
	for _, c := range climbers {
		starts = append(starts, c.Rigid)
	}
	slopes, err := o.sum(starts, len(starts))
	if err != nil {
		t.Fatal(err)
	}
	check(t, "sum", "4f1e081665f9b675", slopes)
	if err := o.climb(ctx, climbers, len(climbers), search.Ascent{Steps: 12, First: 1, Last: 0.25, Gyration: 4}); err != nil {
		t.Fatal(err)
	}
	for i := range climbers { // without what is not exported
		slopes[i] = slope{climbers[i].Value, climbers[i].Shift, r3.Vec{X: climbers[i].Rotation.Real, Y: climbers[i].Rotation.Imag, Z: climbers[i].Rotation.Kmag}}
	}
	check(t, "climb", "759dfaec2bbe88ef", slopes)
	ends, err := o.follow(ctx, starts, len(starts), search.Adam{Steps: 21, Look: 5, ShiftRate: 0.25, RotationRate: 0.015625})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range ends {
		slopes[i] = slope{c.Value, c.Shift, r3.Vec{X: c.Rotation.Real, Y: c.Rotation.Imag, Z: c.Rotation.Kmag}}
	}
	check(t, "follow", "20119bcc25e9a278", slopes)
}

// check compares the bits of what came back with those of the first time.
func check(t *testing.T, name, want string, got []slope) {
	t.Helper()
	var b bytes.Buffer
	for _, s := range got {
		for _, v := range []float64{s.value, s.shift.X, s.shift.Y, s.shift.Z, s.turn.X, s.turn.Y, s.turn.Z} {
			if err := binary.Write(&b, binary.LittleEndian, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	h := fnv.New64a()
	_, _ = h.Write(b.Bytes())
	if sum := fmt.Sprintf("%016x", h.Sum64()); sum != want {
		t.Errorf("%s: hash %s, want %s; the first is %+v", name, sum, want, got[0])
	}
}
