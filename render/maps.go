// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/render/internal/gl"
	"difffit/render/surface"
)

// Sizes of what speeds up the marching of rays.
const (
	fineEdge   = 2       // voxels: edge of the smallest bricks
	mostBricks = 1 << 21 // for which distances are made
	fewBricks  = 1 << 18 // for which they are made in no time: enough while a level slides
	hullBricks = 1 << 18 // of which the hull is made at most
	mostHull   = 1 << 17 // corners of the hull: more cost more than they save
	mostBytes  = 1 << 30 // of a map in the graphics memory; a larger one is halved
	idleBytes  = 1 << 29 // of maps that are not seen but kept
	slabVoxels = 1 << 22 // voxels that are made ready at a time
)

// A field is a map in the graphics memory.
type field struct {
	grid    *volume.Grid // as it is drawn: that of the scene, or halved
	voxels  int
	note    string // for a person, if it is not that of the scene
	scale   surface.Scale
	colours surface.Scale // that transfer functions without stops follow
	ground  float32       // density of most voxels
	part    *detail       // of the map as it is in the scene; nil if there is none
	texture uint32
	bricks  []*surface.Bricks // of growing edges
	cuts    []*cut
	used    int // when it was last drawn
}

// fields keeps maps in the graphics memory.
type fields struct {
	gl     *gl.API
	limit  int // voxels along an axis
	most   int // bytes of a map
	loaded map[*volume.Grid]*field
}

func newFields(g *gl.API) *fields {
	return &fields{g, g.Integer(gl.Max3DTextureSize), mostBytes, map[*volume.Grid]*field{}}
}

func (f *fields) close() {
	for g := range f.loaded {
		f.unload(g)
	}
}

func (f *fields) unload(g *volume.Grid) {
	f.loaded[g].close(f.gl)
	delete(f.loaded, g)
}

func (m *field) close(g *gl.API) {
	if m.part != nil {
		m.part.close(g)
	}
	g.DeleteTexture(m.texture)
	for _, c := range m.cuts {
		c.close(g)
	}
}

// load returns a map from the graphics memory, or brings it there.
func (f *fields) load(g *volume.Grid, now int) (*field, error) {
	m, ok := f.loaded[g]
	if !ok {
		var err error
		if m, err = f.upload(g); err != nil {
			return nil, err
		}
		f.loaded[g] = m
	}
	m.used = now
	return m, nil
}

// upload brings a map to the graphics memory, halved as often as it must be.
func (f *fields) upload(g *volume.Grid) (*field, error) {
	shown := g
	for {
		for max(shown.Size[0], shown.Size[1], shown.Size[2]) > f.limit || 2*len(shown.Data) > f.most {
			shown = volume.Halve(shown, 0)
		}
		m, err := f.make(shown, surface.NewScale(shown))
		if err == nil {
			if shown != g {
				m.note = fmt.Sprintf("The map is shown with %d×%d×%d of its %d×%d×%d voxels.",
					shown.Size[0], shown.Size[1], shown.Size[2], g.Size[0], g.Size[1], g.Size[2])
				m.grid = frameOf(shown)
			}
			return m, nil
		}
		if !gl.IsOutOfMemory(err) || len(shown.Data) < 1<<18 {
			return nil, err
		}
		shown = volume.Halve(shown, 0)
	}
}

// make brings a grid to the graphics memory as it is.
func (f *fields) make(g *volume.Grid, scale surface.Scale) (*field, error) {
	m := &field{grid: g, voxels: len(g.Data), scale: scale, colours: scale, ground: surface.Ground(g), texture: f.gl.NewTexture()}
	m.fill(f.gl)
	if err := f.gl.Err("upload of a map"); err != nil {
		m.close(f.gl)
		return nil, err
	}
	m.pile()
	return m, nil
}

// frameOf returns a grid without densities, which are in the graphics memory.
func frameOf(g *volume.Grid) *volume.Grid {
	return &volume.Grid{Size: g.Size, Step: g.Step, Origin: g.Origin}
}

// fill makes the texture of a map: 16 bits for each voxel.
func (m *field) fill(g *gl.API) {
	size := m.grid.Size
	w, h, d := int32(size[0]), int32(size[1]), int32(size[2])
	g.ActiveTexture(gl.Texture0)
	g.BindTexture(gl.Texture3D, m.texture)
	g.PixelStorei(gl.UnpackAlignment, 1)
	g.TexImage3D(gl.Texture3D, gl.R16, w, h, d, gl.Red, gl.UnsignedShort)
	interpolate(g)
	layer := size[0] * size[1]
	deep := max(1, slabVoxels/layer)
	numbers := make([]uint16, layer*min(deep, size[2]))
	for z := 0; z < size[2]; z += deep {
		n := min(deep, size[2]-z)
		part := numbers[:layer*n]
		m.scale.Quantize(part, m.grid.Data[layer*z:][:layer*n])
		gl.TexSubImage3D(g, gl.Texture3D, int32(z), w, h, int32(n), gl.Red, gl.UnsignedShort, part)
	}
}

// interpolate makes the bound 3D texture interpolate, with its last values beyond
// its edges.
func interpolate(g *gl.API) {
	for _, axis := range []uint32{gl.WrapS, gl.WrapT, gl.WrapR} {
		g.TexParameteri(gl.Texture3D, axis, gl.ClampToEdge)
	}
	g.TexParameteri(gl.Texture3D, gl.MinFilter, gl.Linear)
	g.TexParameteri(gl.Texture3D, gl.MagFilter, gl.Linear)
}

// pile makes the bricks, from the finest that distances are made for to one.
func (m *field) pile() {
	edge := fineEdge
	count := func() int {
		n := 1
		for _, s := range m.grid.Size {
			n *= (s + edge - 1) / edge
		}
		return n
	}
	for count() > mostBricks {
		edge *= 2
	}
	b := surface.NewBricks(m.grid, m.scale, edge)
	m.bricks = []*surface.Bricks{b}
	for b.Len() > 1 {
		b = b.Coarser()
		m.bricks = append(m.bricks, b)
	}
}

// smaller returns the index of the finest bricks that are at most so many.
func (m *field) smaller(count int) int {
	for i, b := range m.bricks {
		if b.Len() <= count {
			return i
		}
	}
	return len(m.bricks) - 1
}

// corner returns where the corner of a brick is in the scene, at most at the
// centre of an outermost voxel: beyond there is no density.
func (m *field) corner(brick [3]int, edge int) r3.Vec {
	p := ofVoxels(m.grid).apply(r3.Vec{X: float64(brick[0] * edge), Y: float64(brick[1] * edge), Z: float64(brick[2] * edge)})
	b := gridBox(m.grid)
	return r3.Vec{
		X: max(b.lo.X, min(b.hi.X, p.X)),
		Y: max(b.lo.Y, min(b.hi.Y, p.Y)),
		Z: max(b.lo.Z, min(b.hi.Z, p.Z)),
	}
}

// bytes returns how much of the graphics memory a map takes.
func (m *field) bytes() int {
	n := 2 * m.voxels
	for _, c := range m.cuts {
		n += m.bricks[max(c.fine, 0)].Len() + 8*c.corners
	}
	if m.part != nil {
		n += m.part.bytes()
	}
	return n
}

func (m *field) size() r3.Vec {
	return r3.Vec{X: float64(m.grid.Size[0]), Y: float64(m.grid.Size[1]), Z: float64(m.grid.Size[2])}
}

// tidy forgets levels that were not seen, and maps that were not seen for
// longest when they are many.
func (f *fields) tidy(now int) {
	for _, m := range f.loaded {
		m.tidyCuts(f.gl, now)
		if m.part != nil {
			m.part.tidyCuts(f.gl, now)
			if m.part.used != now && m.used == now { // all of the map is seen
				m.part.close(f.gl)
				m.part = nil
			}
		}
	}
	for {
		idle, age := 0, 0
		var oldest *volume.Grid
		for g, m := range f.loaded {
			if m.used == now {
				continue
			}
			idle += m.bytes()
			if now-m.used > age {
				oldest, age = g, now-m.used
			}
		}
		if idle <= idleBytes {
			return
		}
		f.unload(oldest)
	}
}
