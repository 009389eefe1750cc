// SPDX-License-Identifier: BSD-3-Clause

package render

import (
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

// light sets what light.glsl needs.
func (p *program) light(l Light) {
	x, ok := lights[l]
	if !ok {
		x = lights[Headlight]
	}
	p.vec("lamp", x.lamp)
	p.vec("fill", x.fill)
	p.vec4("shares", x.shares)
}

// haze sets what haze.glsl needs; off, nothing fades.
func (p *program) haze(f pass, on bool) {
	c := f.background
	p.gl.Uniform3f(p.place("hazeColor"), c[0], c[1], c[2])
	fog := f.view.fog
	if f.look.NoHaze || !on {
		fog[2] = 0
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
