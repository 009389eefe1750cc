// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render/internal/gl"
)

// Pairs of places around each pixel that are looked at for occlusion.
const (
	finePairs  = 7
	draftPairs = 3
)

// A mixture is what programs of the composer differ in.
type mixture struct {
	edges, cloud  bool
	pairs, layers int
}

// A composer makes the picture of what is solid and the layers.
type composer struct {
	gl       *gl.API
	programs map[mixture]*program
	transfer uint32 // texture
}

func newComposer(g *gl.API) *composer {
	return &composer{g, map[mixture]*program{}, g.NewTexture()}
}

func (c *composer) close() {
	for _, p := range c.programs {
		p.close()
	}
	c.gl.DeleteTexture(c.transfer)
}

// program returns the program of a mixture, compiled when it is first used.
func (c *composer) program(m mixture) (*program, error) {
	if p, ok := c.programs[m]; ok {
		return p, nil
	}
	defines := []string{fmt.Sprintf("COUNT %d", m.layers)}
	files := []string{"haze", "compose"}
	if m.edges {
		defines = append(defines, "EDGES")
	}
	if m.pairs > 0 {
		defines = append(defines, fmt.Sprintf("PAIRS %d", m.pairs))
	}
	if m.cloud {
		defines = append(defines, "CLOUD")
		files = []string{"haze", "rays", "cloud", "compose"}
	}
	p, err := newProgram(c.gl, "screen", files, defines...)
	if err == nil {
		c.programs[m] = p
	}
	return p, err
}

// draw makes the picture. cloud may be nil; plain has a bit for each layer that
// gets neither occlusion nor silhouettes.
func (c *composer) draw(s *surfaces, cloud *sheet, layers, plain int, f pass) error {
	m := mixture{edges: f.look.Silhouettes > 0, cloud: cloud != nil, layers: layers}
	if f.look.Occlusion > 0 {
		m.pairs = finePairs
		if f.draft {
			m.pairs = draftPairs
		}
	}
	p, err := c.program(m)
	if err != nil {
		return err
	}
	p.use()
	list := []texture{
		{"solid", gl.Texture2DArray, f.target.color},
		{"solidDepths", gl.Texture2DArray, f.target.linear},
		{"colors", gl.Texture2DArray, f.target.layers.colors},
		{"depths", gl.Texture2DArray, f.target.layers.depths},
	}
	if cloud != nil {
		c.setCloud(p, cloud, f)
		list = append(list, texture{"map", gl.Texture3D, cloud.texture}, texture{"distances", gl.Texture3D, cloud.distances},
			texture{"transfer", gl.Texture2D, c.transfer})
	}
	p.textures(list...)
	p.int("plain", plain)
	p.vec4("background", f.behind())
	p.haze(f, true)
	x, y := f.view.perPixel()
	p.vec2("perPixel", x, y)
	radius, jump := f.look.effects(f.view.radius)
	p.vec("occlusion", r3.Vec{X: radius, Y: min(f.look.Occlusion, 1), Z: float64(f.view.sample) * math.Pi * (3 - math.Sqrt(5)) / 4})
	p.vec2("edges", max(f.look.Silhouettes, 1), max(jump, edgePixels*(x+y*f.view.camera.Distance)))
	c.gl.Uniform2i(p.place("corner"), int32(f.target.w-1), int32(f.target.h-1))
	f.target.useOut()
	c.gl.Disable(gl.Blend)
	return s.cover(false, f)
}

// setCloud gives the program what it needs of the cloud.
func (c *composer) setCloud(p *program, cloud *sheet, f pass) {
	pace := wholePace
	if f.draft {
		pace = 2 * draftPace
	}
	e := cloud.grid.Extent()
	length := max(e.X, e.Y, e.Z) / cloudParts
	step := pace * math.Cbrt(cloud.grid.VoxelVolume())
	cloud.setTransfer(c.gl, p, cloud.volume, c.transfer, step/length)
	cloud.setRays(c.gl, p, f, pace)
}
