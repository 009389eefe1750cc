// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"bytes"
	"image/color"
	"testing"
)

// A picture whose maps stay from the last one is that of a renderer that knew no
// other, whatever has changed in between.
func TestMapsThatStayAreThoseOfTheScene(t *testing.T) {
	r := newTestRenderer(t)
	g := ball([3]int{30, 30, 30}, vec(1, 1, 1), vec(-14.5, -14.5, -14.5), vec(0, 0, 0), 5)
	blue := bluish
	blue.A = 120
	scene := Scene{
		Volumes:   []Volume{{Grid: g, Level: levelOf(8, 5), Color: blue, Visible: true}},
		Molecules: []Molecule{molecule(6, vec(0, 0, 0)), molecule(6, vec(0, 3, 9))}, Background: dark, Look: Look{Occlusion: 0.5},
	}
	camera := front(vec(0, 0, 0), 60)
	for _, tt := range []struct {
		name   string
		stays  bool
		change func(s *Scene, c *Camera)
	}{
		{"first", false, func(*Scene, *Camera) {}},
		{"selected", true, func(s *Scene, _ *Camera) { s.Molecules[0].Outlined = true }},
		{"hidden", true, func(s *Scene, _ *Camera) { s.Molecules[1].Visible = false }},
		{"ghost", true, func(s *Scene, _ *Camera) { s.Molecules[1].Visible, s.Molecules[1].Transparency = true, 0.5 }},
		{"darker hollows", true, func(s *Scene, _ *Camera) { s.Look.Occlusion = 0.9 }},
		{"level", false, func(s *Scene, _ *Camera) { s.Volumes[0].Level = levelOf(7, 5) }},
		{"colour", false, func(s *Scene, _ *Camera) { s.Volumes[0].Color = color.NRGBA{200, 60, 60, 90} }},
		{"light", false, func(s *Scene, _ *Camera) { s.Look.Light = TwoLights }},
		{"ground", false, func(s *Scene, _ *Camera) { s.Background = color.NRGBA{255, 255, 255, 255} }},
		{"style", false, func(s *Scene, _ *Camera) { s.Volumes[0].Style = Mesh }},
		{"turn", false, func(_ *Scene, c *Camera) { c.Orbit(0.3, 0.2) }},
		{"near", false, func(_ *Scene, c *Camera) { c.Around = 6 }},
	} {
		s := scene
		s.Volumes, s.Molecules = append([]Volume(nil), scene.Volumes...), append([]Molecule(nil), scene.Molecules...)
		tt.change(&s, &camera)
		scene = s
		held := len(r.target.staying.holds) > 0 && r.target.staying.holds[0].camera == camera
		before := r.target.staying.holds
		got := draw(t, r, &scene, camera, 120, 90)
		after := r.target.staying.holds
		if len(after) != 1 {
			t.Fatalf("%s: %d maps stay, want 1", tt.name, len(after))
		}
		if same := held && len(before) == 1 && &before[0] == &after[0]; same != tt.stays && tt.name != "ghost" { // which needs more room the first time
			t.Errorf("%s: the map stayed: %t, want %t", tt.name, same, tt.stays)
		}
		fresh := newTestRenderer(t)
		want := draw(t, fresh, &scene, camera, 120, 90)
		if !bytes.Equal(got.Pix, want.Pix) {
			t.Errorf("%s: the picture is not that of a new renderer", tt.name)
		}
		if err := r.ctx.MakeCurrent(); err != nil {
			t.Fatal(err)
		}
	}
}
