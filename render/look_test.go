// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"image/color"
	"math"
	"testing"
)

func TestIsDark(t *testing.T) {
	for c, want := range map[color.NRGBA]bool{{255, 255, 255, 255}: false, {0, 0, 0, 255}: true, {23, 23, 24, 255}: true, {240, 240, 245, 255}: false} {
		if IsDark(c) != want {
			t.Errorf("%v: dark %t", c, !want)
		}
	}
}

// On both grounds the rim of a translucent map is told from the ground, and
// what faces the eye lets the colour of what is in it through.
func TestGlassIsSeenOnLightAndDark(t *testing.T) {
	r := newTestRenderer(t)
	g := ball([3]int{30, 30, 30}, vec(1, 1, 1), vec(-14.5, -14.5, -14.5), vec(0, 0, 0), 5)
	for _, tt := range []struct {
		name            string
		ground, surface color.NRGBA
	}{
		{"light", color.NRGBA{255, 255, 255, 255}, color.NRGBA{120, 146, 186, 77}},
		{"dark", color.NRGBA{23, 23, 24, 255}, color.NRGBA{190, 215, 255, 62}},
	} {
		s := &Scene{
			Volumes:    []Volume{{Grid: g, Level: levelOf(8, 5), Color: tt.surface, Visible: true}},
			Molecules:  []Molecule{molecule(6, vec(0, 0, 0))},
			Background: tt.ground, Look: Look{NoHaze: true},
		}
		s.Molecules[0].Color = color.NRGBA{0, 158, 115, 255}
		m, err := r.Draw(s, front(vec(0, 0, 0), 40), 400, 400, Quality{Samples: 4})
		if err != nil {
			t.Fatal(err)
		}
		rim := 0.0
		for x := range 180 { // what is inside begins behind it
			rim = math.Max(rim, math.Abs(float64(m.RGBAAt(x, 200).G)-float64(tt.ground.G)))
		}
		if rim < 80 {
			t.Errorf("%s: the rim differs by %.0f of 255 from the ground, want 80 at least", tt.name, rim)
		}
		if p := m.RGBAAt(206, 206); int(p.G)-int(p.R) < 75 { // of 158
			t.Errorf("%s: what is inside is %v, want it green", tt.name, p)
		}
	}
}
