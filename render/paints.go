// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/render/internal/gl"
)

// A Paint gives the places of a Surface or Mesh their colours: that of the
// nearest voxels of a grid, mixed between them. Where there is no paint the
// map has its own colour. It is never changed once a Renderer has seen it.
type Paint struct {
	Size   [3]int        // voxels along x, y, z
	Step   r3.Vec        // voxel edge, ångström
	Origin r3.Vec        // position of the centre of voxel (0, 0, 0), ångström
	Colors []color.NRGBA // x fastest; alpha is how much of the map's own colour is covered
}

// A painted is a Paint in the graphics memory, its colours times alpha.
type painted struct {
	texture   uint32
	low, size r3.Vec // of the box, ångström
	used      int    // when it was last drawn
}

// paints keeps paints in the graphics memory.
type paints struct {
	gl     *gl.API
	loaded map[*Paint]*painted
}

func newPaints(g *gl.API) *paints { return &paints{g, map[*Paint]*painted{}} }

func (l *paints) close() {
	for k := range l.loaded {
		l.unload(k)
	}
}

func (l *paints) unload(k *Paint) {
	l.gl.DeleteTexture(l.loaded[k].texture)
	delete(l.loaded, k)
}

// load returns a paint from the graphics memory, or brings it there; nil if it
// is none, or larger than textures may be.
func (l *paints) load(k *Paint, limit, now int) (*painted, error) {
	n := k.Size[0] * k.Size[1] * k.Size[2]
	if n < 1 || len(k.Colors) != n || max(k.Size[0], k.Size[1], k.Size[2]) > limit {
		return nil, nil
	}
	m, ok := l.loaded[k]
	if !ok {
		m = &painted{texture: l.gl.NewTexture(), low: r3.Sub(k.Origin, r3.Scale(0.5, k.Step))}
		m.size = r3.Vec{X: k.Step.X * float64(k.Size[0]), Y: k.Step.Y * float64(k.Size[1]), Z: k.Step.Z * float64(k.Size[2])}
		bytes := make([]uint8, 0, 4*n)
		for _, c := range k.Colors {
			times := func(x uint8) uint8 { return uint8((int(x)*int(c.A) + 127) / 255) }
			bytes = append(bytes, times(c.R), times(c.G), times(c.B), c.A)
		}
		w, h, d := int32(k.Size[0]), int32(k.Size[1]), int32(k.Size[2])
		l.gl.ActiveTexture(gl.Texture0)
		l.gl.BindTexture(gl.Texture3D, m.texture)
		l.gl.PixelStorei(gl.UnpackAlignment, 1)
		l.gl.TexImage3D(gl.Texture3D, gl.RGBA8, w, h, d, gl.RGBA, gl.UnsignedByte)
		gl.TexSubImage3D(l.gl, gl.Texture3D, 0, w, h, d, gl.RGBA, gl.UnsignedByte, bytes)
		interpolate(l.gl)
		l.loaded[k] = m
		if err := l.gl.Err("upload of a paint"); err != nil {
			l.unload(k)
			return nil, err
		}
	}
	m.used = now
	return m, nil
}

// setUp gives the program of a map on a grid what it needs of the paint: a
// place in voxels of the texture of g is at (place − low)·scale in the paint.
func (m *painted) setUp(p *program, g *volume.Grid) {
	p.vec("paintLow", r3.Add(g.Voxel(m.low), r3.Vec{X: 0.5, Y: 0.5, Z: 0.5}))
	p.vec("paintScale", r3.Vec{X: g.Step.X / m.size.X, Y: g.Step.Y / m.size.Y, Z: g.Step.Z / m.size.Z})
}

// tidy forgets the paints that are not seen any more.
func (l *paints) tidy(now int) {
	for k, m := range l.loaded {
		if m.used != now {
			l.unload(k)
		}
	}
}
