// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"math"

	"difffit/fitting/volume"
)

// A FieldKind says which field the placements climb in.
type FieldKind string

// Kinds of fields: docs/adr/0016-score.md says what each is for.
const (
	// Smoothed is the thresholded density plus three smoothed copies of it.
	// Trilinear sampling is linear in the volume, so the sum over copies costs
	// one volume.
	Smoothed FieldKind = "smoothed"
	// Normalized is the density less its local mean, over its local standard
	// deviation: it shows small subunits beside strong neighbours.
	Normalized FieldKind = "normalized"
	// Sharp is the density less its Gaussian of 6 Å (docs/adr/0006-small-chains.md): it finds
	// small chains where there are strong neighbours on all sides.
	Sharp FieldKind = "sharp"
	// Paper is the field of the paper, as its options say.
	Paper FieldKind = "paper"
)

const (
	// smoothings of the Smoothed field. Ten, as in the paper's text, lose small
	// subunits in complexes (docs/adr/0016-score.md).
	smoothings = 3
	// outside is the density outside the molecule, as the paper has it.
	outside = -0.5
	// window is the standard deviation, in ångström, of the Gaussian window of
	// the Normalized field; 4, 6 and 14 Å find less (docs/adr/0006-small-chains.md).
	// floor is added to the local standard deviation, in contour levels, so that
	// empty space does not become noise; it was chosen, and not varied.
	window, floor = 8.64, 0.2
	// fine is the voxel, in ångström, below which early stages do with half
	// the resolution (docs/adr/0016-score.md).
	fine = 1.35
)

// Half returns what the early stages of a search need of a field: half its
// resolution where voxels are fine, else the field itself.
func (p *Problem) Half(field *volume.Grid) *volume.Grid {
	s := field.Step
	if math.Max(s.X, math.Max(s.Y, s.Z)) >= fine || s != p.mask.raw.Step {
		return field
	}
	return volume.Halve(field, p.Options.Threads)
}

// FieldKey identifies a field of a Target: equal keys, equal fields.
type FieldKey struct {
	kind FieldKind
	mask maskKey
	opts paperKey
}

type paperKey struct {
	smoothings int
	outside    float64
	expand     bool
}

// FieldKey returns the key of a field.
func (p *Problem) FieldKey(kind FieldKind) FieldKey {
	k := FieldKey{kind: kind, mask: p.maskKey()}
	if kind == Paper {
		k.opts = paperKey{p.Options.Smoothings, p.Options.Outside, p.Options.Expand}
	}
	return k
}

// Field makes a field. Its border is what lies outside of it.
func (p *Problem) Field(kind FieldKind) *volume.Grid {
	threads := p.Options.Threads
	var g *volume.Grid
	switch kind {
	case Smoothed:
		g = stack(p.mask.density, paperKey{smoothings: smoothings, outside: outside}, threads)
	case Normalized:
		scale := p.Level.Value
		if !(scale > 0) {
			scale = p.Target.Whole().Profile().SD
		}
		smooth, raw := p.blurredRaw()
		g = volume.LocalNormalize(smooth, raw, window, floor*scale, threads)
		g = volume.Pad(g, [3]int{1, 1, 1}, 0)
	case Sharp:
		smooth, raw := p.blurredRaw()
		around := volume.Gauss(raw, background, volume.Replicate, threads)
		g = volume.Pad(less(smooth, around, threads), [3]int{1, 1, 1}, 0)
	case Paper:
		g = p.paperField(threads)
	default:
		panic("prepare: field " + string(kind))
	}
	return g
}

// blurredRaw returns the map in the box of the mask at the resolution of the
// early stages, and a copy that is blurred by one voxel of the map: halving
// does that itself.
func (p *Problem) blurredRaw() (smooth, raw *volume.Grid) {
	raw = p.Half(p.mask.raw)
	if raw != p.mask.raw {
		return raw, raw
	}
	return volume.Smooth5(raw, p.Options.Threads), raw
}

// less returns a − b.
func less(a, b *volume.Grid, threads int) *volume.Grid {
	out := make([]float32, len(a.Data))
	volume.Blocks(len(out), threads, func(lo, hi int) {
		from, minus, to := a.Data[lo:hi], b.Data[lo:hi], out[lo:hi]
		for i := range to {
			to[i] = from[i] - minus[i]
		}
	})
	return a.WithData(out)
}

// paperField is the objective of the paper in the whole box of the map, which
// its learning rate refers to.
func (p *Problem) paperField(threads int) *volume.Grid {
	o := p.Options
	key := paperKey{o.Smoothings, o.Outside, o.Expand}
	whole := p.Target.Grid()
	in := volume.Place(whole.Like(), p.mask.density)
	return volume.Pad(stack(in, key, threads), [3]int{1, 1, 1}, float32(o.Outside*float64(o.Smoothings+1)))
}

// stack returns the sum of density and its smoothed copies, each made from
// the one before, all with the negative value outside where they are not
// positive. The outside is filled after each smoothing, so that it shrinks
// the molecule, or after all of them (expand). As coded in the reference.
func stack(density *volume.Grid, k paperKey, threads int) *volume.Grid {
	outside := float32(k.outside)
	sum := density.Like()
	add := func(g *volume.Grid, shrink bool) {
		volume.Blocks(len(sum.Data), threads, func(lo, hi int) {
			to, from := sum.Data[lo:hi], g.Data[lo:hi]
			for i, v := range from {
				if !(v > 0) {
					v = outside
					if shrink {
						from[i] = v
					}
				}
				to[i] += v
			}
		})
	}
	add(density, false)
	last := density
	for range k.smoothings {
		last = volume.Smooth5(last, threads)
		add(last, !k.expand)
	}
	return sum
}
