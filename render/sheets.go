// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/render/internal/gl"
)

// mostLayers is how many maps are drawn in one picture.
const mostLayers = 8

// leastTexture is the least edge of 3D textures, in voxels, with which maps
// are drawn.
const leastTexture = 32

// A sheet is a map as it is drawn in one picture.
type sheet struct {
	*field
	*cut
	volume *Volume
	note   string  // for a person
	zone   *nearby // nil if all is drawn
	paint  *painted
	box    box // around what is drawn
}

func (s *sheet) color() [4]float32 {
	c := s.volume.Color
	return [4]float32{float32(c.R) / 255, float32(c.G) / 255, float32(c.B) / 255, float32(c.A) / 255}
}

// planes returns the planes of slices: as they are, or one across z.
func (v *Volume) planes() SlicePlanes {
	if v.Slices.Show != [3]bool{} {
		return v.Slices
	}
	b := gridBox(v.Grid)
	return SlicePlanes{Show: [3]bool{2: true}, At: [3]float64{2: (b.lo.Z + b.hi.Z) / 2}}
}

// planes returns where the planes of slices are, in voxels of the texture.
func (s *sheet) planes() r3.Vec {
	p := s.volume.planes()
	at := s.grid.Voxel(r3.Vec{X: p.At[0], Y: p.At[1], Z: p.At[2]})
	hidden := func(show bool, x float64) float64 {
		if show {
			return x + 0.5
		}
		return -1e9
	}
	return r3.Vec{X: hidden(p.Show[0], at.X), Y: hidden(p.Show[1], at.Y), Z: hidden(p.Show[2], at.Z)}
}

// sheetsOf returns the maps of a scene that can be seen, and what a person
// should know of them. Of several clouds one is drawn, the first.
func (s *surfaces) sheetsOf(sc *Scene, at sighting, now int) (sheets []sheet, cloud *sheet, notes []string, err error) {
	for i := range sc.Volumes {
		v := &sc.Volumes[i]
		if !v.isDrawn() {
			continue
		}
		if s.fields.limit < leastTexture {
			notes = append(notes, "The graphics device has no 3D textures: maps are not drawn.")
			break
		}
		if v.Style == Cloud && cloud != nil {
			notes = append(notes, "Only the first of several maps is drawn as a cloud.")
			continue
		}
		if len(sheets) == mostLayers {
			notes = append(notes, fmt.Sprintf("Only the first %d visible maps are drawn.", mostLayers))
			break
		}
		sh, err := s.sheet(v, at, now)
		if err != nil {
			return nil, nil, nil, err
		}
		if sh.note != "" {
			notes = append(notes, sh.note)
		}
		switch {
		case sh.box.isEmpty(): // nothing is above the level
		case v.Style == Cloud:
			cloud = &sh
		default:
			sheets = append(sheets, sh)
		}
	}
	return sheets, cloud, notes, nil
}

// sheet makes a map ready to be drawn.
func (s *surfaces) sheet(v *Volume, at sighting, now int) (sheet, error) {
	m, err := s.fields.load(v.Grid, now)
	if err != nil {
		return sheet{}, err
	}
	sh := sheet{field: m, volume: v}
	if v.Zone != nil && v.Style.IsIsosurface() {
		if sh.zone, err = s.zones.load(v.Zone, now); err != nil {
			return sheet{}, err
		}
	}
	if v.Paint != nil && v.Style.IsIsosurface() {
		if sh.paint, err = s.paints.load(v.Paint, s.fields.limit, now); err != nil {
			return sheet{}, err
		}
	}
	if sh.note = m.note; m.note != "" {
		if err := s.refine(&sh, at, now); err != nil {
			return sheet{}, err
		}
		m = sh.field
	}
	level, whole := v.Level, false
	switch v.Style {
	case Cloud, Projection:
		level, whole = v.stops(m)[0].Density, true
	case Slices:
		level, whole = m.scale.Low, true
	}
	sh.cut = m.cut(s.gl, level, whole, at.draft, now)
	sh.box = sh.active
	if sh.zone != nil {
		sh.box = sh.box.within(sh.zone.box)
	}
	if ball, ok := at.camera.ball(); ok && v.Style.IsIsosurface() {
		sh.box = sh.box.within(ball)
	}
	return sh, nil
}

// A sighting is the point of view from which maps are made ready.
type sighting struct {
	camera Camera
	w, h   int
	draft  bool
}

// refine puts the part of a large map that can be seen, with all its voxels,
// in the place of the whole with fewer.
func (s *surfaces) refine(sh *sheet, at sighting, now int) error {
	seen, ok := seenBox(at.camera, at.w, at.h)
	where := "slab"
	if sh.zone != nil {
		if ok {
			seen = seen.within(sh.zone.box)
		} else {
			seen, ok = sh.zone.box, true
		}
		where = "zone"
	}
	if ball, is := at.camera.ball(); is && sh.volume.Style.IsIsosurface() {
		if ok {
			ball = ball.within(seen)
		}
		seen, ok, where = ball, true, "ball"
	}
	if !ok || seen.isEmpty() {
		return nil
	}
	part, err := s.fields.detail(sh.volume.Grid, sh.field, seen, at.draft, now)
	if err != nil || part == nil {
		return err
	}
	sh.note += " In the " + where + " all of them are."
	sh.field = part
	return nil
}

// setRays gives the program of a map what rays.glsl needs but textures.
func (s *sheet) setRays(g *gl.API, p *program, f pass, pace float64) {
	v := f.view
	rays := v.rays(s.grid)
	p.vec("from", rays.from)
	p.vec("fromX", rays.fromX)
	p.vec("fromY", rays.fromY)
	p.vec("along", rays.along)
	p.vec("alongX", rays.alongX)
	p.vec("alongY", rays.alongY)
	p.vec("voxel", s.grid.Step)
	p.vec("size", s.size())
	half := r3.Vec{X: 0.5, Y: 0.5, Z: 0.5}
	p.vec("low", r3.Add(s.grid.Voxel(s.box.lo), half))
	p.vec("high", r3.Add(s.grid.Voxel(s.box.hi), half))
	edge := float64(s.bricks[s.fine].Edge)
	if f.noBricks {
		edge = 0 // no leap is longer than a step
	}
	p.float("edge", edge)
	p.float("perEdge", 1/float64(s.bricks[s.fine].Edge))
	p.float("pace", pace)
	p.vec2("slab", v.slabNear, v.slabFar)
	p.float("phase", v.phase)
	turn := v.turn()
	g.UniformMatrix3(p.place("turn"), &turn)
}
