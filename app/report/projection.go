// SPDX-License-Identifier: BSD-3-Clause

package report

import (
	"fmt"
	"image"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// longest is the longest edge of all projections in pixels.
const longest = 560

// traceWidth is the width of the lines along chains, in pixels.
const traceWidth = 2.2

// bond is how far residues that follow each other are apart at most, in
// ångström: between Cα atoms 3.8, between phosphorus atoms up to 7.5.
const bond = 8

// projections returns the sum of the map along each axis, with the chains of
// the placements as lines. They are made without OpenGL: every program can.
func projections(s document.State) []Picture {
	if s.Map == nil {
		return nil
	}
	placed, _ := Placed(s)
	g := s.Map.Grid
	floor := volume.NewProfile(g).Mean
	var list []Picture
	for axis, name := range []string{"x", "y", "z"} {
		p := newProjection(g, axis, floor)
		for _, q := range placed {
			t := s.Structure(q.Structure)
			p.trace(t.Model.Moved(q.Motion.Mover()), colourOf(s, q))
		}
		title := fmt.Sprintf("Sum of the map along %s, with the chains of %d placements", name, len(placed))
		if axis == 0 {
			p.bar()
			title += fmt.Sprintf("; the bar is %g Å long, also in the others", p.barLength())
		}
		list = append(list, Picture{title, p.img})
	}
	return list
}

// A projection is a picture of a map seen along an axis.
type projection struct {
	g     *volume.Grid
	u, v  int     // axes to the right and upwards
	scale float64 // pixels per ångström
	img   *image.RGBA
}

func axisOf(v r3.Vec, k int) float64 { return [3]float64{v.X, v.Y, v.Z}[k] }

func newProjection(g *volume.Grid, axis int, floor float64) *projection {
	p := &projection{g: g, u: (axis + 1) % 3, v: (axis + 2) % 3}
	e := g.Extent()
	w, h := axisOf(e, p.u), axisOf(e, p.v)
	p.scale = longest / math.Max(e.X, math.Max(e.Y, e.Z)) // the same along all axes
	p.img = image.NewRGBA(image.Rect(0, 0, max(1, int(w*p.scale)), max(1, int(h*p.scale))))
	sums := p.sums(floor)
	top := quantile(sums, 0.998)
	b := p.img.Bounds()
	for y := range b.Dy() {
		for x := range b.Dx() {
			i := float64(x) / p.scale / axisOf(g.Step, p.u)
			j := float64(b.Dy()-1-y) / p.scale / axisOf(g.Step, p.v)
			d := math.Sqrt(math.Max(0, math.Min(1, p.between(sums, i, j)/top)))
			grey := uint8(255 - 165*d)
			p.img.SetRGBA(x, y, color.RGBA{grey, grey, uint8(math.Min(255, float64(grey)+8)), 255})
		}
	}
	return p
}

// sums adds the densities above floor along the axis; the rows go to the right.
func (p *projection) sums(floor float64) []float64 {
	n := p.g.Size
	sums := make([]float64, n[p.u]*n[p.v])
	i := 0
	for z := range n[2] {
		for y := range n[1] {
			for x := range n[0] {
				if d := float64(p.g.Data[i]) - floor; d > 0 && !math.IsInf(d, 0) {
					at := [3]int{x, y, z}
					sums[at[p.v]*n[p.u]+at[p.u]] += d
				}
				i++
			}
		}
	}
	return sums
}

// between interpolates linearly.
func (p *projection) between(sums []float64, i, j float64) float64 {
	nu, nv := p.g.Size[p.u], p.g.Size[p.v]
	i, j = math.Max(0, math.Min(float64(nu-1), i)), math.Max(0, math.Min(float64(nv-1), j))
	a, b := int(i), int(j)
	c, d := min(a+1, nu-1), min(b+1, nv-1)
	f, h := i-float64(a), j-float64(b)
	return (1-h)*((1-f)*sums[b*nu+a]+f*sums[b*nu+c]) + h*((1-f)*sums[d*nu+a]+f*sums[d*nu+c])
}

func quantile(values []float64, part float64) float64 {
	sorted := slices.Clone(values)
	slices.Sort(sorted)
	if v := sorted[int(part*float64(len(sorted)-1))]; v > 0 {
		return v
	}
	return math.Max(sorted[len(sorted)-1], 1e-30)
}

// pixel returns where a point is seen.
func (p *projection) pixel(at r3.Vec) (x, y float64) {
	d := r3.Sub(at, p.g.Origin)
	return axisOf(d, p.u) * p.scale, float64(p.img.Bounds().Dy()-1) - axisOf(d, p.v)*p.scale
}

// trace draws a line through the Cα and the phosphorus atoms of each chain.
func (p *projection) trace(s *mol.Structure, c color.NRGBA) {
	var last *mol.Atom
	for i := range s.Atoms {
		a := &s.Atoms[i]
		if !(a.Name == "CA" && a.Element == mol.Carbon || a.Name == "P") {
			continue
		}
		if last != nil && last.Chain == a.Chain && r3.Norm(r3.Sub(last.Pos, a.Pos)) <= bond {
			x0, y0 := p.pixel(last.Pos)
			x1, y1 := p.pixel(a.Pos)
			p.line(x0, y0, x1, y1, traceWidth, c)
		}
		last = a
	}
}

// line draws a line with smooth edges and round ends.
func (p *projection) line(x0, y0, x1, y1, width float64, c color.NRGBA) {
	half := width / 2
	b := p.img.Bounds()
	for y := max(0, int(math.Min(y0, y1)-half-1)); y <= min(b.Dy()-1, int(math.Max(y0, y1)+half+1)); y++ {
		for x := max(0, int(math.Min(x0, x1)-half-1)); x <= min(b.Dx()-1, int(math.Max(x0, x1)+half+1)); x++ {
			dx, dy := x1-x0, y1-y0
			t := 0.0
			if l := dx*dx + dy*dy; l > 0 {
				t = math.Max(0, math.Min(1, ((float64(x)-x0)*dx+(float64(y)-y0)*dy)/l))
			}
			d := math.Hypot(float64(x)-x0-t*dx, float64(y)-y0-t*dy)
			cover := math.Max(0, math.Min(1, half+0.5-d))
			if cover == 0 {
				continue
			}
			o := p.img.RGBAAt(x, y)
			mix := func(under, over uint8) uint8 { return uint8(float64(under)*(1-cover) + float64(over)*cover + 0.5) }
			p.img.SetRGBA(x, y, color.RGBA{mix(o.R, c.R), mix(o.G, c.G), mix(o.B, c.B), 255})
		}
	}
}

// barLength is how long the scale bar is in ångström: a round number, about a
// fifth of the width.
func (p *projection) barLength() float64 {
	want := float64(p.img.Bounds().Dx()) / p.scale / 5
	unit := math.Pow(10, math.Floor(math.Log10(want)))
	for _, m := range []float64{5, 2} {
		if m*unit <= want {
			return m * unit
		}
	}
	return unit
}

func (p *projection) bar() {
	y := float64(p.img.Bounds().Dy()) - 12
	p.line(14, y, 14+p.barLength()*p.scale, y, 4, color.NRGBA{20, 20, 20, 255})
}
