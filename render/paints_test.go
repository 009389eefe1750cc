// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"image/color"
	"testing"
)

// A ball whose left half is painted red, right half green, and the lower half
// of which has no paint.
func TestPaint(t *testing.T) {
	r := newTestRenderer(t)
	g := ball([3]int{40, 40, 40}, vec(1, 1, 1), vec(0, 0, 0), vec(19.5, 19.5, 19.5), 8)
	paint := &Paint{Size: [3]int{20, 10, 10}, Step: vec(2, 4, 4), Origin: vec(0.5, 1.5, 1.5)}
	for i := range 20 * 10 * 10 {
		c := color.NRGBA{255, 0, 0, 255}
		if i%20 >= 10 {
			c = color.NRGBA{0, 255, 0, 255}
		}
		if i/20%10 < 5 {
			c = color.NRGBA{}
		}
		paint.Colors = append(paint.Colors, c)
	}
	for _, style := range []MapStyle{Surface, Mesh} {
		s := &Scene{
			Volumes:    []Volume{{Grid: g, Level: 0.5, Color: color.NRGBA{0, 0, 255, 255}, Visible: true, Style: style, Paint: paint}},
			Background: black, Look: Look{Light: Flat, NoHaze: true},
		}
		m := draw(t, r, s, front(vec(19.5, 19.5, 19.5), 60), 200, 200)
		sum := func(x0, y0 int) (red, green, blue int) { // of a square of 40 pixels
			for y := y0; y < y0+40; y++ {
				for x := x0; x < x0+40; x++ {
					c := m.RGBAAt(x, y)
					red, green, blue = red+int(c.R), green+int(c.G), blue+int(c.B)
				}
			}
			return red, green, blue
		}
		if a, b, c := sum(55, 45); a == 0 || b > a/50 || c > a/50 {
			t.Errorf("style %d: upper left is %d, %d, %d, want red", style, a, b, c)
		}
		if a, b, c := sum(105, 45); b == 0 || a > b/50 || c > b/50 {
			t.Errorf("style %d: upper right is %d, %d, %d, want green", style, a, b, c)
		}
		if a, b, c := sum(80, 115); c == 0 || a > c/50 || b > c/50 {
			t.Errorf("style %d: below is %d, %d, %d, want blue", style, a, b, c)
		}
	}
	paint2 := *paint
	paint2.Colors = paint2.Colors[1:] // one is missing: the map keeps its colour
	s := &Scene{Volumes: []Volume{{Grid: g, Level: 0.5, Color: color.NRGBA{0, 0, 255, 255}, Visible: true, Paint: &paint2}}, Background: black}
	if c := draw(t, r, s, front(vec(19.5, 19.5, 19.5), 60), 50, 50).RGBAAt(25, 20); c.B < 100 || c.R > c.B/2 {
		t.Errorf("with a wrong paint the ball is %v, want blue", c)
	}
}
