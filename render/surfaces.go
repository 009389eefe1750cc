// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render/internal/gl"
)

// Steps of the rays, in voxels.
const (
	finePace  = 0.5
	draftPace = 1.0
)

// stripRows is how many rows of a picture are drawn between two questions
// whether it is still wanted.
const stripRows = 64

// mostLayers is how many surfaces are drawn in one picture.
const mostLayers = 8

// A variant is what programs for surfaces differ in.
type variant struct{ entry, layer, draft bool }

// surfaces draws isosurfaces by ray marching.
type surfaces struct {
	gl       *gl.API
	fields   *fields
	programs map[variant]*program
	entry    *program
	layers   *program
	empty    uint32 // vertex array without anything
}

func newSurfaces(g *gl.API) (*surfaces, error) {
	entry, err := newProgram(g, "entry", "entry")
	if err != nil {
		return nil, err
	}
	layers, err := newProgram(g, "screen", "layers")
	if err != nil {
		return nil, err
	}
	return &surfaces{
		gl: g, fields: newFields(g), programs: map[variant]*program{},
		entry: entry, layers: layers, empty: g.NewVertexArray(),
	}, nil
}

func (s *surfaces) close() {
	s.fields.close()
	for _, p := range s.programs {
		p.close()
	}
	s.entry.close()
	s.layers.close()
	s.gl.DeleteVertexArray(s.empty)
}

// program returns the program of a variant, compiled when it is first used.
func (s *surfaces) program(v variant) (*program, error) {
	if p, ok := s.programs[v]; ok {
		return p, nil
	}
	defines := []string{"REFINE 4", "FINE"}
	if v.draft {
		defines = []string{"REFINE 2"}
	}
	if v.entry {
		defines = append(defines, "ENTRY")
	}
	if v.layer {
		defines = append(defines, "LAYER")
	}
	p, err := newProgram(s.gl, "screen", "surface", defines...)
	if err == nil {
		s.programs[v] = p
	}
	return p, err
}

// A sheet is one surface to be drawn.
type sheet struct {
	*field
	color [4]float32
}

// draw draws all sheets over what is in the target, in strips; stop is asked
// between them.
func (s *surfaces) draw(sheets []sheet, v *view, t *target, background [3]float32, draft bool, stop func() bool) error {
	if len(sheets) == 0 {
		return nil
	}
	layered := len(sheets) > 1
	if layered {
		if err := t.makeLayers(len(sheets)); err != nil {
			return err
		}
	}
	for i, sh := range sheets {
		hull := sh.corners > 0 && v.nearestOf(sh.active) > v.near
		if hull {
			s.drawEntry(sh.field, v, t)
		}
		p, err := s.program(variant{hull, layered, draft})
		if err != nil {
			return err
		}
		if layered {
			t.useLayer(i)
			s.gl.Disable(gl.Blend)
		} else {
			t.useOver()
			s.gl.Enable(gl.Blend)
			s.gl.BlendFunc(gl.One, gl.OneMinusSrcAlpha)
		}
		s.setUp(p, sh, v, t, background, draft)
		if err := s.cover(t.h, int32(t.w), hull, stop); err != nil {
			return err
		}
	}
	if layered {
		s.putOver(len(sheets), t)
	}
	return nil
}

// cover draws the triangle that covers the picture, strip by strip if stop is
// not nil. With a hull, the depth test leaves out, before any work is done,
// the pixels that the hull does not cover.
func (s *surfaces) cover(h int, w int32, hull bool, stop func() bool) error {
	g := s.gl
	g.BindVertexArray(s.empty)
	g.Disable(gl.DepthTest)
	if hull {
		g.Enable(gl.DepthTest)
		g.DepthFunc(gl.Greater) // the triangle is as far as can be
		g.DepthMask(false)
		defer func() {
			g.DepthFunc(gl.Less)
			g.DepthMask(true)
		}()
	}
	if stop == nil {
		g.DrawArrays(gl.Triangles, 0, 3)
		return nil
	}
	g.Enable(gl.ScissorTest)
	defer g.Disable(gl.ScissorTest)
	for y := 0; y < h; y += stripRows {
		if stop() {
			return errStopped
		}
		g.Scissor(0, int32(y), w, stripRows)
		g.DrawArrays(gl.Triangles, 0, 3)
		g.Finish()
	}
	return nil
}

// drawEntry draws the depth at which rays enter the hull.
func (s *surfaces) drawEntry(m *field, v *view, t *target) {
	g := s.gl
	g.Enable(gl.DepthTest)
	g.Disable(gl.Blend)
	g.Enable(gl.Culling)
	g.CullFace(gl.Front) // the picture is upside down, which turns all faces round
	t.useEntry()
	p := s.entry
	p.use()
	p.matrix("view", v.toEye.after(ofVoxels(m.grid)).columns())
	p.matrix("projection", v.projection)
	p.vec("size", sizeOfGrid(m))
	p.float("edge", float64(m.bricks[m.hull].Edge))
	g.BindVertexArray(m.array)
	g.DrawArrays(gl.Triangles, 0, int32(m.corners))
	g.Disable(gl.Culling)
}

// setUp gives the program of a surface everything that it needs.
func (s *surfaces) setUp(p *program, sh sheet, v *view, t *target, background [3]float32, draft bool) {
	g, m := s.gl, sh.field
	p.use()
	for unit, x := range []struct {
		name   string
		target uint32
		id     uint32
	}{
		{"map", gl.Texture3D, m.texture},
		{"distances", gl.Texture3D, m.distances},
		{"depths", gl.Texture2D, t.depth},
		{"entry", gl.Texture2D, t.entry},
	} {
		g.ActiveTexture(gl.Texture0 + uint32(unit))
		g.BindTexture(x.target, x.id)
		p.int(x.name, unit)
	}
	rays := v.rays(m.grid)
	p.vec("from", rays.from)
	p.vec("fromX", rays.fromX)
	p.vec("fromY", rays.fromY)
	p.vec("along", rays.along)
	p.vec("alongX", rays.alongX)
	p.vec("alongY", rays.alongY)
	p.vec4("depthOf", v.depthOf)
	turn := v.turn()
	g.UniformMatrix3(p.place("turn"), &turn)
	p.vec("voxel", m.grid.Step)
	p.vec("size", sizeOfGrid(m))
	half := r3.Vec{X: 0.5, Y: 0.5, Z: 0.5}
	p.vec("low", r3.Add(m.grid.Voxel(m.active.lo), half))
	p.vec("high", r3.Add(m.grid.Voxel(m.active.hi), half))
	p.float("edge", float64(m.bricks[m.fine].Edge))
	pace := finePace
	if draft {
		pace = draftPace
	}
	p.float("pace", pace)
	p.float("level", float64(m.scale.Position(m.level)))
	p.vec4("color", sh.color)
	p.float("near", v.near)
	p.light(v, background)
}

func sizeOfGrid(m *field) r3.Vec {
	return r3.Vec{X: float64(m.grid.Size[0]), Y: float64(m.grid.Size[1]), Z: float64(m.grid.Size[2])}
}

// putOver puts the layers over the picture.
func (s *surfaces) putOver(n int, t *target) {
	g := s.gl
	t.useOver()
	g.Disable(gl.DepthTest)
	g.Enable(gl.Blend)
	g.BlendFunc(gl.One, gl.OneMinusSrcAlpha)
	p := s.layers
	p.use()
	g.ActiveTexture(gl.Texture0)
	g.BindTexture(gl.Texture2DArray, t.layerColors)
	p.int("colors", 0)
	g.ActiveTexture(gl.Texture0 + 1)
	g.BindTexture(gl.Texture2DArray, t.layerDepths)
	p.int("depths", 1)
	p.int("count", n)
	g.BindVertexArray(s.empty)
	g.DrawArrays(gl.Triangles, 0, 3)
}

// sheetsOf returns the surfaces of a scene that can be seen, and what a person
// should know of them.
func (s *surfaces) sheetsOf(sc *Scene, draft bool, now int) ([]sheet, []string, error) {
	var sheets []sheet
	var notes []string
	for _, vol := range sc.Volumes {
		if !vol.Visible || vol.Grid == nil || vol.Color.A == 0 {
			continue
		}
		if len(sheets) == mostLayers {
			notes = append(notes, fmt.Sprintf("Only the first %d visible maps are drawn.", mostLayers))
			break
		}
		m, err := s.fields.load(vol.Grid, vol.Level, draft, now)
		if err != nil {
			return nil, nil, err
		}
		if m.note != "" {
			notes = append(notes, m.note)
		}
		if m.active.lo.X > m.active.hi.X {
			continue // nothing is above the level
		}
		c := vol.Color
		sheets = append(sheets, sheet{m, [4]float32{float32(c.R) / 255, float32(c.G) / 255, float32(c.B) / 255, float32(c.A) / 255}})
	}
	return sheets, notes, nil
}
