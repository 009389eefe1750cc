// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/render/surface"
)

// A zoneGrid has the distances to the places of a zone.
type zoneGrid struct {
	distances *volume.Grid
	box       box
}

// zone returns the distances of a zone, made when first asked for.
func (k *Picker) zone(z *Zone) *zoneGrid {
	g, ok := k.zones[z]
	if !ok {
		if len(k.zones) > keptZones {
			clear(k.zones)
		}
		d, _ := surface.Near(z.Places, z.Radius)
		g = &zoneGrid{d, gridBox(d)}
		k.zones[z] = g
	}
	return g
}

// zoneOf returns the zone of a molecule, nil if all of it is seen.
func (k *Picker) zoneOf(m *Molecule) *zoneGrid {
	if m.Zone == nil {
		return nil
	}
	return k.zone(m.Zone)
}

// has reports whether a place is within radius of those of the zone.
func (z *zoneGrid) has(p r3.Vec, radius float64) bool {
	return !box{p, p}.within(z.box).isEmpty() && z.distances.Sample(p) <= radius
}

// pickVolume returns where a map is seen on a line of sight.
func (k *Picker) pickVolume(v *Volume, l sight) (float64, bool) {
	b := gridBox(v.Grid)
	if v.Style.IsIsosurface() {
		l = l.within()
	}
	var zone *zoneGrid
	if v.Zone != nil && v.Style.IsIsosurface() {
		zone = k.zone(v.Zone)
		b = b.within(zone.box)
	}
	t0, t1 := clip(b, l.from, l.dir)
	l.first, l.last = max(t0, l.first), min(t1, l.last)
	if !(l.first < l.last) {
		return 0, false
	}
	switch {
	case v.Style == Slices:
		return pickSlices(v, l)
	case v.Style == Cloud, v.Style == Projection:
		return pickMaximum(v, l)
	case zone != nil, l.around > 0:
		return crossings(v, l, zone)
	}
	return firstCrossing(v, l)
}

// A probe takes the density along the part of a line that is in a map.
type probe struct {
	grid *volume.Grid
	box  box
	line sight
	step float64 // half a voxel, as Draw has it
}

func newProbe(v *Volume, l sight) probe {
	s := v.Grid.Step
	return probe{v.Grid, gridBox(v.Grid), l, min(s.X, s.Y, s.Z) / 2}
}

func (p probe) density(t float64) float64 {
	q := p.line.at(min(max(t, p.line.first), p.line.last))
	// Rounding must not take q out of the box, where there is no density.
	return p.grid.Sample(r3.Vec{
		X: min(max(q.X, p.box.lo.X), p.box.hi.X), Y: min(max(q.Y, p.box.lo.Y), p.box.hi.Y), Z: min(max(q.Z, p.box.lo.Z), p.box.hi.Z),
	})
}

// between returns where between a and b the density crosses level, to a
// millionth of a step.
func (p probe) between(a, b, level float64) float64 {
	up := p.density(b) >= level
	for range 20 {
		if mid := (a + b) / 2; (p.density(mid) >= level) == up {
			b = mid
		} else {
			a = mid
		}
	}
	return min(b, p.line.last)
}

// firstCrossing returns where a line first comes from below the level to the
// level or above.
func firstCrossing(v *Volume, l sight) (float64, bool) {
	p, level := newProbe(v, l), float64(v.Level)
	if p.density(l.first) >= level {
		return l.first, true
	}
	for t := l.first; t < l.last; t += p.step {
		if p.density(t+p.step) >= level {
			return p.between(t, t+p.step, level), true
		}
	}
	return 0, false
}

// crossings returns where a line first crosses the surface, from either side,
// in a zone if there is one.
func crossings(v *Volume, l sight, z *zoneGrid) (float64, bool) {
	p, level := newProbe(v, l), float64(v.Level)
	inside := p.density(l.first) >= level
	for t := l.first; t < l.last; t += p.step {
		if (p.density(t+p.step) >= level) == inside {
			continue
		}
		inside = !inside
		if hit := p.between(t, t+p.step, level); z == nil || z.distances.Sample(l.at(hit)) <= v.Zone.Radius {
			return hit, true
		}
	}
	return 0, false
}

// pickMaximum returns where the density on a line is highest, if that is at
// least the level.
func pickMaximum(v *Volume, l sight) (float64, bool) {
	p := newProbe(v, l)
	at, most := 0.0, math.Inf(-1)
	for t := l.first; t < l.last; t += p.step {
		if d := p.density(t); d > most {
			at, most = t, d
		}
	}
	return at, most >= float64(v.Level)
}

// pickSlices returns where a line first meets a plane.
func pickSlices(v *Volume, l sight) (float64, bool) {
	p := v.planes()
	best := math.Inf(1)
	for i, t := range [3]float64{(p.At[0] - l.from.X) / l.dir.X, (p.At[1] - l.from.Y) / l.dir.Y, (p.At[2] - l.from.Z) / l.dir.Z} {
		if p.Show[i] && t >= l.first-1e-9 && t <= l.last+1e-9 {
			best = min(best, t)
		}
	}
	return best, !math.IsInf(best, 1)
}

// clip returns the part t0 to t1 of a ray that is in a box and before the eye.
func clip(b box, o, d r3.Vec) (t0, t1 float64) {
	t0, t1 = 0, math.Inf(1)
	for _, a := range [3][4]float64{{b.lo.X, b.hi.X, o.X, d.X}, {b.lo.Y, b.hi.Y, o.Y, d.Y}, {b.lo.Z, b.hi.Z, o.Z, d.Z}} {
		lo, hi, from, dir := a[0], a[1], a[2], a[3]
		if dir == 0 {
			if from < lo || from > hi {
				return 1, 0
			}
			continue
		}
		p, q := (lo-from)/dir, (hi-from)/dir
		t0, t1 = max(t0, min(p, q)), min(t1, max(p, q))
	}
	return t0, t1
}
