// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"
	"math"

	"gonum.org/v1/gonum/spatial/r3"
)

// lights has, for each Light, the directions of two lamps in the frame of the
// eye and the shares of the light from everywhere, of both, and of the
// highlight. A lamp at the eye itself would leave no shadow side.
var lights = map[Light]struct {
	lamp, fill r3.Vec
	shares     [4]float32
}{
	Headlight: {r3.Vec{X: 0.27, Y: 0.36, Z: 0.893}, r3.Vec{Z: 1}, [4]float32{0.32, 0.68, 0, 0.22}},
	TwoLights: {r3.Vec{X: -0.42, Y: 0.56, Z: 0.714}, r3.Vec{X: 0.78, Y: -0.1, Z: 0.618}, [4]float32{0.24, 0.62, 0.24, 0.3}},
	Flat:      {r3.Vec{Z: 1}, r3.Vec{Z: 1}, [4]float32{1, 0, 0, 0}},
}

// in returns the look that a picture of some quality has: a draft is without
// what takes long.
func (l Look) in(q Quality) Look {
	if q.Draft {
		l.Occlusion, l.Silhouettes = 0, 0
	}
	return l
}

// On a dark ground what is turned away from the lamps is not as dark, or it would
// be lost, and what is far fades less.
const (
	darkEverywhere = 0.14 // more light from everywhere
	darkLamp       = 0.06 // less from the lamp
	darkHaze       = 0.67 // share of haze
)

// IsDark tells whether a ground is a dark one.
func IsDark(ground color.NRGBA) bool {
	return 3*int(ground.R)+6*int(ground.G)+int(ground.B) < 1280
}

// light sets what light.glsl needs.
func (p *program) light(f pass) {
	x, ok := lights[f.look.Light]
	if !ok {
		x = lights[Headlight]
	}
	if f.dark && f.look.Light != Flat {
		x.shares[0] += darkEverywhere
		x.shares[1] -= darkLamp
	}
	p.vec("lamp", x.lamp)
	p.vec("fill", x.fill)
	p.vec4("shares", x.shares)
}

// What can be seen through is clear where it faces the eye and dense at its rims,
// which are set off from the ground: dark on a light one and light on a dark one.
const (
	clearPart = 0.75 // opacity of what faces the eye in parts of the one that is wanted, if that is small
	rimPart   = 0.85 // of what is behind is hidden by rims
	rimLight  = 0.45 // share of its colour that a rim has on a light ground
	rimDark   = 1.05
)

// glass sets what surface.frag.glsl needs for what can be seen through.
func (p *program) glass(f pass) {
	switch {
	case f.look.Light == Flat:
		p.vec2("glass", 1, 0)
	case f.dark:
		p.vec2("glass", rimDark, 1)
	default: // highlights would bleach what is behind
		p.vec2("glass", rimLight, 0)
	}
}

// haze sets what haze.glsl needs; off, nothing fades.
func (p *program) haze(f pass, on bool) {
	c := f.background
	p.gl.Uniform3f(p.place("hazeColor"), c[0], c[1], c[2])
	fog := f.view.fog
	if f.look.NoHaze || !on {
		fog[2] = 0
	}
	if f.dark {
		fog[2] *= darkHaze
	}
	p.gl.Uniform3f(p.place("fog"), fog[0], fog[1], fog[2])
}

// Measures of what is looked up around each pixel.
const (
	occlusionPart  = 0.11 // radius of what hides light, in radii of the scene
	occlusionLeast = 3.0  // ångström
	occlusionMost  = 25.0
	edgePart       = 0.04 // jump of depth that makes an edge, in radii of the scene
	edgeLeast      = 1.2  // ångström: less than from bond to bond
	edgeMost       = 6.0
	edgePixels     = 3 // or so many pixels, if that is more
)

// effects are the measures for a scene of some radius.
func (l Look) effects(radius float64) (occlusion, edge float64) {
	return min(max(occlusionPart*radius, occlusionLeast), occlusionMost), min(max(edgePart*radius, edgeLeast), edgeMost)
}

// offset returns where sample k of n lies in its pixel, from its centre: the
// points of the plastic number's sequence (M. Roberts, "The unreasonable
// effectiveness of quasirandom sequences", 2018), which are even for every n.
func offset(k, n int) (x, y float64) {
	if n <= 1 {
		return 0, 0
	}
	const g = 1.32471795724474602596
	_, x = math.Modf(0.5 + float64(k+1)/g)
	_, y = math.Modf(0.5 + float64(k+1)/(g*g))
	return x - 0.5, y - 0.5
}
