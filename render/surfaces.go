// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render/internal/gl"
)

// Steps of the rays, in voxels.
const (
	finePace    = 0.5
	closePace   = 0.2 // where voxels are large in the picture, and missed rims with them
	closePixels = 8   // that a voxel has where it begins to be large
	draftPace   = 1.0
	wholePace   = 0.7 // through clouds and projections
)

// stripRows is how many rows of a picture are drawn between two questions
// whether it is still wanted.
const stripRows = 64

// A variant is what programs for maps differ in.
type variant struct {
	style              MapStyle
	entry, draft, zone bool
	paint, ball        bool
}

// surfaces draws maps by ray marching.
type surfaces struct {
	gl       *gl.API
	fields   *fields
	zones    *zones
	paints   *paints
	programs map[variant]*program
	entry    *program
	merge    *program
	transfer uint32 // texture
	empty    uint32 // vertex array without anything
}

func newSurfaces(g *gl.API) (*surfaces, error) {
	entry, err := newProgram(g, "entry", []string{"entry"})
	if err != nil {
		return nil, err
	}
	merge, err := newProgram(g, "screen", []string{"merge"})
	if err != nil {
		return nil, err
	}
	return &surfaces{
		gl: g, fields: newFields(g), zones: newZones(g), paints: newPaints(g), programs: map[variant]*program{},
		entry: entry, merge: merge, transfer: g.NewTexture(), empty: g.NewVertexArray(),
	}, nil
}

func (s *surfaces) close() {
	s.fields.close()
	s.zones.close()
	s.paints.close()
	for _, p := range s.programs {
		p.close()
	}
	s.entry.close()
	s.merge.close()
	s.gl.DeleteTexture(s.transfer)
	s.gl.DeleteVertexArray(s.empty)
}

// tidy forgets what was not seen for longest.
func (s *surfaces) tidy(now int) {
	s.fields.tidy(now)
	s.zones.tidy(now)
	s.paints.tidy(now)
}

// program returns the program of a variant, compiled when it is first used.
func (s *surfaces) program(v variant) (*program, error) {
	if !v.style.IsIsosurface() {
		v = variant{style: v.style}
	}
	if p, ok := s.programs[v]; ok {
		return p, nil
	}
	p, err := newProgram(s.gl, "screen", v.files(), v.defines()...)
	if err == nil {
		s.programs[v] = p
	}
	return p, err
}

func (v variant) files() []string {
	switch v.style {
	case Projection:
		return []string{"haze", "rays", "projection"}
	case Slices:
		return []string{"haze", "rays", "slices"}
	}
	return []string{"light", "haze", "rays", "surface"}
}

func (v variant) defines() []string {
	defines := []string{"REFINE 4", "FINE"}
	if v.draft {
		defines = []string{"REFINE 2"}
	}
	defines = append(defines, fmt.Sprintf("CLEAR %g", clearPart), fmt.Sprintf("RIM %g", rimPart))
	if v.entry {
		defines = append(defines, "ENTRY")
	}
	if v.zone {
		defines = append(defines, "ZONE")
	}
	if v.style == Mesh {
		defines = append(defines, "MESH")
	}
	if v.paint {
		defines = append(defines, "PAINT")
	}
	if v.ball {
		defines = append(defines, "BALL")
	}
	if v.zone || v.ball || v.style == Mesh {
		defines = append(defines, "MANY")
	}
	return defines
}

// drawSolid draws the maps that hide what is behind them, in strips; stop is
// asked between them.
func (s *surfaces) drawSolid(sheets []sheet, f pass) error {
	for i := range sheets {
		if !sheets[i].volume.isSolid() {
			continue
		}
		if err := s.drawSheet(&sheets[i], 0, f); err != nil {
			return err
		}
		s.gl.Disable(gl.DepthTest)
		f.target.useMerge()
		s.merge.use()
		s.merge.textures(texture{"colors", gl.Texture2DArray, f.target.layers.colors}, texture{"depths", gl.Texture2DArray, f.target.layers.depths})
		s.gl.BindVertexArray(s.empty)
		s.gl.DrawArrays(gl.Triangles, 0, 3)
	}
	return nil
}

// A laid map is what the picture of a map in a layer depends on.
type laid struct {
	camera  Camera
	dark    bool
	light   Light
	field   *field
	cut     *cut
	zone    *nearby
	paint   *painted
	style   MapStyle
	color   color.NRGBA
	without struct{ hull, bricks bool }
}

// laidOf returns what the layers of some maps depend on.
func laidOf(sheets []sheet, f pass) []laid {
	var list []laid
	for i := range sheets {
		if sh := &sheets[i]; !sh.volume.isSolid() {
			x := laid{f.view.camera, f.dark, f.look.Light, sh.field, sh.cut, sh.zone, sh.paint, sh.volume.Style, sh.volume.Color, struct{ hull, bricks bool }{f.noHull, f.noBricks}}
			list = append(list, x)
		}
	}
	return list
}

// drawLayers draws all other maps, each in a layer, but those that are there since
// the last picture.
func (s *surfaces) drawLayers(sheets []sheet, f pass) error {
	l, layer := f.target.layers, 0
	want := laidOf(sheets, f)
	if f.stays && slices.Equal(l.holds, want) {
		return nil
	}
	l.holds = nil
	for i := range sheets {
		if sheets[i].volume.isSolid() {
			continue
		}
		if err := s.drawSheet(&sheets[i], layer, f); err != nil {
			return err
		}
		layer++
	}
	if f.stays {
		l.holds = want
	}
	return nil
}

// drawSheet draws a map into a layer.
func (s *surfaces) drawSheet(sh *sheet, layer int, f pass) error {
	style := sh.volume.Style
	hull := style.IsIsosurface() && !f.noHull && sh.corners > 0 && f.view.nearestOf(sh.active) > f.view.slabNear
	if hull {
		s.drawEntry(sh, f)
	}
	p, err := s.program(variant{style, hull, f.draft, sh.zone != nil, sh.paint != nil, f.view.camera.Around > 0})
	if err != nil {
		return err
	}
	if f.direct {
		f.target.useOver()
		s.gl.Enable(gl.Blend)
		s.gl.BlendFunc(gl.One, gl.OneMinusSrcAlpha)
	} else {
		f.target.useLayer(layer)
		s.gl.Disable(gl.Blend)
	}
	s.setUp(p, sh, f)
	return s.cover(hull, f)
}

// cover draws the triangle that covers the picture, strip by strip if somebody
// may stop it. With a hull, the depth test leaves out, before any work is
// done, the pixels that the hull does not cover.
func (s *surfaces) cover(hull bool, f pass) error {
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
	if f.stop == nil {
		g.DrawArrays(gl.Triangles, 0, 3)
		return nil
	}
	g.Enable(gl.ScissorTest)
	defer g.Disable(gl.ScissorTest)
	for y := 0; y < f.target.h; y += stripRows {
		if f.stop() {
			return errStopped
		}
		g.Scissor(0, int32(y), int32(f.target.w), stripRows)
		g.DrawArrays(gl.Triangles, 0, 3)
		g.Finish()
	}
	return nil
}

// drawEntry draws the depth at which rays enter the hull.
func (s *surfaces) drawEntry(sh *sheet, f pass) {
	g := s.gl
	g.Enable(gl.DepthTest)
	g.Disable(gl.Blend)
	g.Enable(gl.Culling)
	g.CullFace(gl.Front) // the picture is upside down, which turns all faces round
	f.target.useEntry()
	p := s.entry
	p.use()
	p.matrix("view", f.view.toEye.after(ofVoxels(sh.grid)).columns())
	p.matrix("projection", f.view.projection)
	p.vec("size", sh.size())
	p.float("edge", float64(sh.bricks[sh.hull].Edge))
	g.BindVertexArray(sh.array)
	g.DrawArrays(gl.Triangles, 0, int32(sh.corners))
	g.Disable(gl.Culling)
}

// setUp gives the program of a map everything that it needs.
func (s *surfaces) setUp(p *program, sh *sheet, f pass) {
	p.use()
	list := []texture{
		{"map", gl.Texture3D, sh.texture},
		{"distances", gl.Texture3D, sh.distances},
		{"solidDepths", gl.Texture2DArray, f.target.linear},
		{"entry", gl.Texture2D, f.target.entry},
	}
	pace := sh.pace(f)
	switch style := sh.volume.Style; {
	case !style.IsIsosurface():
		pace = max(pace, wholePace)
		sh.setTransfer(s.gl, p, sh.volume, s.transfer, 1)
		list[3] = texture{"transfer", gl.Texture2D, s.transfer}
		p.vec("planes", sh.planes())
		p.float("alpha", float64(sh.volume.Color.A)/255)
	case style == Mesh:
		x, y := f.view.perPixel()
		p.vec2("perPixel", x, y)
		p.float("lineWidth", meshWidth)
		p.float("mesh", sh.meshSpacing(f.view))
	}
	if z := sh.zone; z != nil {
		list = append(list, texture{"zone", gl.Texture3D, z.texture})
		z.setUp(p, sh.grid)
	}
	if sh.paint != nil {
		list = append(list, texture{"paint", gl.Texture3D, sh.paint.texture})
		sh.paint.setUp(p, sh.grid)
	}
	if c := f.view.camera; c.Around > 0 {
		p.vec("ballCenter", r3.Add(sh.grid.Voxel(c.Target), r3.Vec{X: 0.5, Y: 0.5, Z: 0.5}))
		p.float("ballRadius", c.Around)
	}
	p.textures(list...)
	sh.setRays(s.gl, p, f, pace)
	p.flag("past", f.whole && !sh.volume.isSolid())
	p.float("level", float64(sh.scale.Position(sh.level)))
	p.vec4("color", sh.color())
	p.light(f)
	p.glass(f)
	p.haze(f, f.direct)
}

// pace returns the step of rays: small where voxels are large in the picture.
func (s *sheet) pace(f pass) float64 {
	if f.draft {
		return draftPace
	}
	pixels := math.Cbrt(s.grid.VoxelVolume()) * float64(f.view.h) / f.view.camera.Height()
	return min(max(finePace*math.Sqrt(closePixels/pixels), closePace), finePace)
}

// The lines of a mesh, in pixels.
const (
	meshWidth = 1.6
	meshLeast = 7 // from line to line
)

// meshSpacing returns the distance of the planes of a mesh in voxels: 1, or a
// power of two if the lines would be too close to each other in the picture.
func (s *sheet) meshSpacing(v *view) float64 {
	pixel := v.camera.Height() / float64(v.h)
	edge := min(s.grid.Step.X, s.grid.Step.Y, s.grid.Step.Z)
	spacing := 1.0
	for spacing*edge < meshLeast*pixel && spacing < 64 {
		spacing *= 2
	}
	return spacing
}
