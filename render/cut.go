// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"difffit/render/internal/gl"
	"difffit/render/surface"
)

// A cut is what speeds up rays through a map for one level.
type cut struct {
	level float32
	whole bool // all from the level up is of interest, not only the surface
	used  int  // when it was last drawn

	fine      int    // index in bricks of what it was made from, -1 if not made
	distances uint32 // texture
	array     uint32 // the hull
	buffer    uint32
	corners   int
	hull      int // index in bricks of what the hull was made from
	active    box // around what there is; empty if there is nothing
}

func (c *cut) close(g *gl.API) {
	g.DeleteTexture(c.distances)
	g.DeleteBuffer(c.buffer)
	g.DeleteVertexArray(c.array)
}

// keptCuts is how many levels of a map are kept beyond those that are seen.
const keptCuts = 1

// cut returns what is needed to draw a map at a level. A draft takes what is
// there for the level, or makes it from coarser bricks.
func (m *field) cut(g *gl.API, level float32, whole, draft bool, now int) *cut {
	c := m.find(g, level, whole, now)
	want := 0
	if draft {
		want = m.smaller(fewBricks)
	}
	if c.fine < 0 || c.fine > want {
		m.prepare(g, c, want)
	}
	c.used = now
	return c
}

// find returns the cut of a level, or one that is not in use.
func (m *field) find(g *gl.API, level float32, whole bool, now int) *cut {
	var oldest *cut
	for _, c := range m.cuts {
		if c.level == level && c.whole == whole {
			return c
		}
		if c.used != now && (oldest == nil || c.used < oldest.used) {
			oldest = c
		}
	}
	if oldest == nil || len(m.cuts) <= keptCuts {
		oldest = &cut{distances: g.NewTexture(), array: g.NewVertexArray(), buffer: g.NewBuffer()}
		m.cuts = append(m.cuts, oldest)
	}
	oldest.level, oldest.whole, oldest.fine = level, whole, -1
	return oldest
}

func (m *field) tidyCuts(g *gl.API, now int) {
	kept := m.cuts[:0]
	idle := 0
	for _, c := range m.cuts {
		if c.used != now {
			idle++
		}
		if c.used != now && idle > keptCuts {
			c.close(g)
			continue
		}
		kept = append(kept, c)
	}
	m.cuts = kept
}

// activeAt returns the bricks in which there is something.
func (c *cut) activeAt(b *surface.Bricks, at float32) *surface.Mask {
	if c.whole {
		return b.Above(at)
	}
	return b.Active(at)
}

// prepare makes the distances and the hull from bricks and coarser ones.
func (m *field) prepare(g *gl.API, c *cut, want int) {
	c.fine = want
	at := m.scale.Position(c.level)
	b := m.bricks[want]
	mask := c.activeAt(b, at)
	g.ActiveTexture(gl.Texture0)
	g.BindTexture(gl.Texture3D, c.distances)
	g.PixelStorei(gl.UnpackAlignment, 1)
	w, h, d := int32(b.Size[0]), int32(b.Size[1]), int32(b.Size[2])
	g.TexImage3D(gl.Texture3D, gl.R8UI, w, h, d, gl.RedInteger, gl.UnsignedByte)
	gl.TexSubImage3D(g, gl.Texture3D, 0, w, h, d, gl.RedInteger, gl.UnsignedByte, mask.Distances())
	g.TexParameteri(gl.Texture3D, gl.MinFilter, gl.Nearest)
	g.TexParameteri(gl.Texture3D, gl.MagFilter, gl.Nearest)

	c.active = emptyBox()
	if from, to, ok := mask.Bounds(); ok {
		c.active = box{m.corner(from, b.Edge), m.corner(to, b.Edge)}
	}
	c.hull = m.smaller(hullBricks)
	hull, ok := c.activeAt(m.bricks[c.hull], at).Hull(mostHull)
	for ; !ok; hull, ok = c.activeAt(m.bricks[c.hull], at).Hull(mostHull) {
		c.hull++ // the last bricks are one, with six faces
	}
	c.corners = len(hull)
	g.BindVertexArray(c.array)
	g.BindBuffer(gl.ArrayBuffer, c.buffer)
	gl.BufferData(g, gl.ArrayBuffer, hull)
	g.EnableVertexAttribArray(0)
	g.VertexAttrib(0, 4, gl.UnsignedShort, false, 8, 0)
}
