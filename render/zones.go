// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/render/internal/gl"
	"difffit/render/surface"
)

// A nearby is a Zone in the graphics memory: distances to the next of its places
// on a grid, as parts of a largest distance.
type nearby struct {
	texture uint32
	grid    *volume.Grid // its frame; it has no data any more
	radius  float64      // as a part of the largest distance
	box     box
	used    int // when it was last drawn
}

// zones keeps zones in the graphics memory.
type zones struct {
	gl     *gl.API
	loaded map[*Zone]*nearby
}

func newZones(g *gl.API) *zones { return &zones{g, map[*Zone]*nearby{}} }

func (z *zones) close() {
	for k := range z.loaded {
		z.unload(k)
	}
}

func (z *zones) unload(k *Zone) {
	z.gl.DeleteTexture(z.loaded[k].texture)
	delete(z.loaded, k)
}

// keptZones is how many zones stay in the graphics memory.
const keptZones = 8

// load returns a zone from the graphics memory, or brings it there.
func (z *zones) load(k *Zone, now int) (*nearby, error) {
	n, ok := z.loaded[k]
	if !ok {
		distances, far := surface.Near(k.Places, k.Radius)
		n = &nearby{texture: z.gl.NewTexture(), grid: distances, radius: k.Radius / far}
		n.box = gridBox(distances)
		values := make([]uint16, len(distances.Data))
		surface.Scale{Low: 0, Range: float32(far)}.Quantize(values, distances.Data)
		w, h, d := int32(distances.Size[0]), int32(distances.Size[1]), int32(distances.Size[2])
		z.gl.ActiveTexture(gl.Texture0)
		z.gl.BindTexture(gl.Texture3D, n.texture)
		z.gl.PixelStorei(gl.UnpackAlignment, 1)
		z.gl.TexImage3D(gl.Texture3D, gl.R16, w, h, d, gl.Red, gl.UnsignedShort)
		gl.TexSubImage3D(z.gl, gl.Texture3D, 0, w, h, d, gl.Red, gl.UnsignedShort, values)
		interpolate(z.gl)
		z.loaded[k] = n
		if err := z.gl.Err("upload of a zone"); err != nil {
			z.unload(k)
			return nil, err
		}
	}
	n.used = now
	return n, nil
}

// coordinates returns the map from the scene to the coordinates of the texture.
func (n *nearby) coordinates() affine {
	step, size := n.grid.Step, n.grid.Size
	x, y, z := 1/(step.X*float64(size[0])), 1/(step.Y*float64(size[1])), 1/(step.Z*float64(size[2]))
	corner := r3.Sub(n.grid.Origin, r3.Scale(0.5, step))
	return affine{[9]float64{x, 0, 0, 0, y, 0, 0, 0, z}, r3.Vec{X: -x * corner.X, Y: -y * corner.Y, Z: -z * corner.Z}}
}

// setUp gives the program of a map on a grid what it needs of the zone.
func (n *nearby) setUp(p *program, g *volume.Grid) {
	// A place p in voxels of the texture of g is at ofVoxels(g)(p); in the
	// coordinates of the texture of the zone, (place − low) · scale.
	step, size := n.grid.Step, n.grid.Size
	corner := g.Voxel(r3.Sub(n.grid.Origin, r3.Scale(0.5, step)))
	p.vec("zoneLow", r3.Add(corner, r3.Vec{X: 0.5, Y: 0.5, Z: 0.5}))
	p.vec("zoneScale", r3.Vec{
		X: g.Step.X / (step.X * float64(size[0])),
		Y: g.Step.Y / (step.Y * float64(size[1])),
		Z: g.Step.Z / (step.Z * float64(size[2])),
	})
	p.float("zoneRadius", n.radius)
}

// tidy forgets the zones that were not seen for longest.
func (z *zones) tidy(now int) {
	for len(z.loaded) > keptZones {
		var oldest *Zone
		age := 0
		for k, n := range z.loaded {
			if now-n.used > age {
				oldest, age = k, now-n.used
			}
		}
		if oldest == nil {
			return // all of them are seen
		}
		z.unload(oldest)
	}
}
