// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"context"
	"errors"
	"fmt"
	"math"

	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// ErrEmpty is wrapped by errors that say that a map has nothing to fit into.
var ErrEmpty = errors.New("nothing is left to fit into")

// A FieldKind says which field the placements climb in.
type FieldKind string

// Kinds of fields.
const (
	// Smoothed is the thresholded density plus three smoothed copies of it
	// (L3 in the design). Trilinear sampling is linear in the volume, so the
	// sum over copies costs one volume.
	Smoothed FieldKind = "smoothed"
	// Normalized is the density less its local mean, over its local standard
	// deviation (ln9): it shows small subunits beside strong neighbours.
	Normalized FieldKind = "normalized"
	// Sharp is the density less its Gaussian of 6 Å (DoG in the design): it finds
	// small chains where there are strong neighbours on all sides.
	Sharp FieldKind = "sharp"
	// Paper is the field of the paper, as its options say.
	Paper FieldKind = "paper"
)

const (
	// margin of empty space, in ångström, around what is above the level: a
	// field must say what outside means, or placements at the border win.
	margin = 8
	// smoothings of the Smoothed field. Ten, as in the paper's text, lose small
	// subunits in complexes (tubulin: no hits at all).
	smoothings = 3
	// outside is the density outside the molecule, as the paper has it.
	outside = -0.5
	// window is the standard deviation, in ångström, of the Gaussian window of
	// the Normalized field; floor is added to the local standard deviation, in
	// contour levels, so that empty space does not become noise.
	window, floor = 9 * 0.96, 0.2
	// dust is the number of voxels below which an island is no part of a
	// molecule: at 1 Å a third of a residue.
	dust = 20
	// fine is the voxel, in ångström, below which early stages do with half
	// the resolution.
	fine = 1.35
	// enough is the voxel, in resolutions, that a map is searched at, if it has
	// finer ones: simulated maps have that spacing. Where what is above the
	// level takes more than manyVoxels (406³, whose fields take 3 GB), it is
	// sparse, which costs a tenth of an ångström.
	enough, sparse, manyVoxels = 1. / 3, 0.7, 1 << 26
)

// Prepared is a problem that an engine can start with.
type Prepared struct {
	Target     *Target
	Molecule   *Molecule
	Options    Options
	Level      volume.Level
	Resolution volume.Resolution

	mask   *mask
	starts []int32 // voxels of the mask that a placement may start from
}

// mask is what a contour level makes of a map.
type mask struct {
	density *volume.Grid // inside the level: 0 to 1; dust and outside: 0
	raw     *volume.Grid // the map in the same box
	kept    []int32      // voxels of density that are positive
}

type maskKey struct {
	level     float64
	minIsland int // voxels
	// resolution, in ångström, that voxels need not be much finer than; 0: the
	// map as it is
	resolution float64
}

// Prepare checks a problem, chooses what its options leave open, and finds
// what is inside the contour level. It changes nothing in p.
func Prepare(ctx context.Context, p *Problem) (*Prepared, error) {
	if err := p.Options.Validate(); err != nil {
		return nil, err
	}
	if err := p.Target.fault(); err != nil {
		return nil, err
	}
	m, err := NewMolecule(p.Structure, p.Options.Atoms)
	if err != nil {
		return nil, err
	}
	q := &Prepared{Target: p.Target, Molecule: m, Options: p.Options}
	if o := p.Options.Level; o != nil {
		q.Level = volume.Level{Value: *o, Rule: "stated"}
	} else {
		q.Level = p.Target.Level(p.Structure.Mass(mol.AllAtoms)) // whatever part of them is fitted
	}
	if r := p.Options.Resolution; r > 0 {
		q.Resolution = volume.Resolution{Value: r, Rule: "stated"}
	} else {
		q.Resolution = p.Target.Resolution()
	}
	key := q.maskKey()
	v, err := p.Target.Cached(ctx, key, func() (any, error) {
		return newMask(p.Target, key, p.Options.Threads)
	})
	if err != nil {
		return nil, err
	}
	q.mask = v.(*mask)
	q.starts, err = q.mask.startsIn(p.Options.Sphere)
	return q, err
}

func (p *Prepared) maskKey() maskKey {
	least := p.Options.MinIsland
	switch {
	case least == 0 && p.Options.Method == DiffFit:
		least = 1
	case least == 0:
		least = dust
	}
	k := maskKey{level: p.Level.Value, minIsland: least}
	if p.Options.Method != DiffFit { // which is to be the paper's, at any price
		k.resolution = p.Resolution.Value
	}
	return k
}

// newMask crops the map to what is above the level, with a margin of empty
// space, removes dust, and normalises by the maximum. It does so at the
// resolution that suffices.
func newMask(t *Target, key maskKey, threads int) (*mask, error) {
	level := math.Max(key.level, 0) // the outside of a molecule is zero or below
	g, lo, hi, halvings, err := enoughOf(t, level, key.resolution, threads)
	if err != nil {
		return nil, err
	}
	raw, least := boxed(g, lo, hi), max(1, key.minIsland>>(3*halvings))
	density, islands, err := volume.Islands(context.Background(), raw.Threshold(level), least, threads)
	if err != nil {
		return nil, err
	}
	density, largest := volume.Normalize(density)
	if !(largest > 0) {
		return nil, fmt.Errorf("fitting: at the contour level %g there are only islands of fewer than %d voxels (%d of them): %w",
			key.level, key.minIsland, islands.Removed, ErrEmpty)
	}
	m := &mask{density: density, raw: raw, kept: make([]int32, 0, islands.KeptVoxels)}
	for i, v := range density.Data {
		if v > 0 {
			m.kept = append(m.kept, int32(i))
		}
	}
	return m, nil
}

// enoughOf returns the map at the resolution that a search needs, as often
// halved as is said, and the box of what is above the level in it.
func enoughOf(t *Target, level, resolution float64, threads int) (g *volume.Grid, lo, hi [3]int, halvings int, err error) {
	halvings = t.halvings(func(step float64) bool { return step <= enough*resolution })
	most := t.halvings(func(step float64) bool { return step <= sparse*resolution })
	for ; ; halvings-- {
		if g, err = t.coarse(context.Background(), halvings, threads); err != nil {
			return nil, lo, hi, 0, err
		}
		var ok bool
		if lo, hi, ok = volume.Bounds(g, level); ok {
			break
		}
		if halvings == 0 {
			return nil, lo, hi, 0, fmt.Errorf("fitting: no voxel is above the contour level %g: %w", level, ErrEmpty)
		}
		most = 0 // peaks that reach the level are lower in a coarser map
	}
	for halvings < most && (hi[0]-lo[0])*(hi[1]-lo[1])*(hi[2]-lo[2]) > manyVoxels {
		coarser, err := t.coarse(context.Background(), halvings+1, threads)
		if err != nil {
			return nil, lo, hi, 0, err
		}
		low, high, ok := volume.Bounds(coarser, level)
		if !ok {
			break
		}
		g, lo, hi, halvings = coarser, low, high, halvings+1
	}
	return g, lo, hi, halvings, nil
}

// boxed returns the box of g from lo to hi with the margin on all sides: of
// g where g has it, of zeros where the map ends.
func boxed(g *volume.Grid, lo, hi [3]int) *volume.Grid {
	var pad [3]int
	step := [3]float64{g.Step.X, g.Step.Y, g.Step.Z}
	for i := range lo {
		pad[i] = max(2*smoothings+1, int(math.Ceil(margin/step[i])))
	}
	return volume.Window(g, [3]int{lo[0] - pad[0], lo[1] - pad[1], lo[2] - pad[2]},
		[3]int{hi[0] + pad[0], hi[1] + pad[1], hi[2] + pad[2]})
}

// Starts returns the number of voxels that a placement may start from, and
// the position of the i-th, in ångström.
func (p *Prepared) Starts() (n int, position func(i int) r3.Vec) {
	return len(p.starts), func(i int) r3.Vec { return p.mask.density.Position(int(p.starts[i])) }
}

// Half returns what the early stages of a search need of a field: half its
// resolution where voxels are fine, else the field itself.
func (p *Prepared) Half(field *volume.Grid) *volume.Grid {
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
func (p *Prepared) FieldKey(kind FieldKind) FieldKey {
	k := FieldKey{kind: kind, mask: p.maskKey()}
	if kind == Paper {
		k.opts = paperKey{p.Options.Smoothings, p.Options.Outside, p.Options.Expand}
	}
	return k
}

// Field makes a field. Its border is what lies outside of it.
func (p *Prepared) Field(kind FieldKind) *volume.Grid {
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
		panic("fitting: field " + string(kind))
	}
	return g
}

// blurredRaw returns the map in the box of the mask at the resolution of the
// early stages, and a copy that is blurred by one voxel of the map: halving
// does that itself.
func (p *Prepared) blurredRaw() (smooth, raw *volume.Grid) {
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
func (p *Prepared) paperField(threads int) *volume.Grid {
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

func scaled(g *volume.Grid, k float64) *volume.Grid {
	out := make([]float32, len(g.Data))
	for i, v := range g.Data {
		out[i] = v * float32(k)
	}
	return g.WithData(out)
}
