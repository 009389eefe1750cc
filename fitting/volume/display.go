// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"fmt"
	"math"
)

// The numbers of the level at which a map is first seen were measured on maps
// with known contents (docs/adr/0019-displayed-level.md).
const (
	noises     = 2.5  // a level is so many standard deviations of the noise above the background
	fullAt     = 6    // Å: at and above this resolution a molecule shows all of its volume
	fullPower  = 1.5  // below it the part (resolution/fullAt)^fullPower: its side chains stand apart
	regionWide = 8    // Å: what is so near to its atoms is the region of a molecule
	standsIn   = 0.6  // part of the atoms of a molecule in place that is in density
	leastOf    = 0.6  // what is known tells the level of a map that shows so much of it,
	mostOf     = 2.5  // up to so much: else it is not what the map has
	strayPart  = 1e-5 // of the voxels at either end that no histogram need have
	mostPlaces = 10000

	beyond = 0.3173 // part of a normal distribution more than a standard deviation away
)

// IsFlat tells whether a map has no density: no number in it differs from
// another, or none is finite.
func (p *Profile) IsFlat() bool { return !(p.Max > p.Min) }

// A Molecule is something that is, or may be, in a map.
type Molecule struct {
	Mass  float64 // dalton
	Atoms []Point // where they are; they count if they stand in density
}

// DisplayLevel returns the contour level at which a map is first seen where
// nothing is known of what it shows: the one that parts its densities best into
// two classes (Otsu, IEEE Trans. Syst. Man Cybern. 9, 62–66, 1979), but at
// least 2.5 standard deviations of the noise above the background, and one of the
// map above its mean. All follow the map when it is scaled or shifted. It is no level for a fit: see
// SuggestLevel.
func (p *Profile) DisplayLevel() Level {
	if p.IsFlat() {
		return Level{p.Max, "the map has no density"}
	}
	parted, deviation := p.parted()
	floor := p.noiseFloor()
	switch {
	case floor >= parted && floor >= deviation:
		return Level{floor, fmt.Sprintf("%g × the noise above the background", noises)}
	case deviation >= parted: // density fills the box
		return Level{deviation, "mean + SD"}
	}
	return Level{parted, "parts density from background"}
}

// DisplayLevel returns the level at which the map g, whose profile is p, is
// first seen, with the molecules that are known, at a resolution in ångström. It
// is the level that encloses the volume that their mass shows at that resolution:
// of those that stand in density, near to their atoms; else of all, anywhere. But
// not where that is far from the volume that the map shows by itself, for then it
// has more than is known, or less; and never in the noise. An error wraps that of
// ctx.
func DisplayLevel(ctx context.Context, g *Grid, p *Profile, resolution float64, known []Molecule) (Level, error) {
	first := p.DisplayLevel()
	if p.IsFlat() || !(resolution > 0) {
		return first, nil
	}
	of, all, placed, atoms := p, 0.0, 0.0, []Point(nil)
	for _, m := range known {
		all += m.Mass
		if few := thinned(m.Atoms); g.inDensity(few, first.Value) {
			placed, atoms = placed+m.Mass, append(atoms, few...)
		}
	}
	mass := all
	if len(atoms) > 0 {
		var err error
		if of, err = g.regionProfile(ctx, thinned(atoms)); err != nil {
			return first, err
		}
		mass = placed
	}
	shown := ProteinVolume * mass * math.Min(1, math.Pow(resolution/fullAt, fullPower))
	if part := shown / of.Enclosed(first.Value); !(part >= leastOf && part <= mostOf) {
		return first, nil
	}
	level := of.LevelOfVolume(shown)
	if level <= p.noiseFloor() {
		return first, nil
	}
	return Level{level, fmt.Sprintf("as much as %s kDa show at %.2g Å", grouped(mass/1000), resolution)}, nil
}

// thinned returns at most mostPlaces of points, evenly.
func thinned(points []Point) []Point {
	step := (len(points) + mostPlaces - 1) / mostPlaces
	if step <= 1 {
		return points
	}
	var few []Point
	for i := 0; i < len(points); i += step {
		few = append(few, points[i])
	}
	return few
}

// inDensity tells whether a molecule stands where the map is above a level.
func (g *Grid) inDensity(atoms []Point, level float64) bool {
	in := 0
	for _, a := range atoms {
		if g.Sample(a.Pos) > level {
			in++
		}
	}
	return in > 0 && float64(in) >= standsIn*float64(len(atoms))
}

// regionProfile returns the profile of the voxels near to atoms.
func (g *Grid) regionProfile(ctx context.Context, atoms []Point) (*Profile, error) {
	mask, err := Mask(ctx, g, atoms, MaskOptions{Radius: regionWide})
	if err != nil {
		return nil, err
	}
	var near []float32
	for i, v := range mask.Data {
		if v > 0 {
			near = append(near, g.Data[i])
		}
	}
	if len(near) == 0 {
		return &Profile{}, nil
	}
	return NewProfile(&Grid{Size: [3]int{len(near), 1, 1}, Step: g.Step, Data: near}), nil
}

// levelOfPart returns the level that a part of the voxels is above.
func (p *Profile) levelOfPart(part float64) float64 {
	return p.LevelOfVolume(part * float64(p.Voxels) * p.voxelVolume)
}

// noiseFloor returns the level below which all may be noise: the background is
// the most frequent density, and its noise what is below that, for density is
// above. A mask leaves none: most of its voxels have one value.
func (p *Profile) noiseFloor() float64 {
	at := p.modePart()
	background := p.levelOfPart(at)
	deviation := background - p.levelOfPart(1-beyond*(1-at))
	return background + noises*deviation
}

// modePart returns the part of the voxels that is above the most frequent
// density: where half of the voxels are closest together, of these again half,
// and so on (half-sample mode: Robertson and Cryer, J. Am. Stat. Assoc. 69,
// 1012–1016, 1974).
func (p *Profile) modePart() float64 {
	const steps, halvings = 64, 4
	from, wide := 0.0, 1.0
	for range halvings {
		half, best, first, last := wide/2, math.Inf(1), 0, 0
		for i := range steps + 1 {
			x := from + half*float64(i)/steps
			switch d := p.levelOfPart(x) - p.levelOfPart(x+half); {
			case d < best:
				best, first, last = d, i, i
			case d == best: // in maps of whole numbers
				last = i
			}
		}
		from, wide = from+half*float64(first+last)/(2*steps), half
	}
	return from + wide/2
}

// parted returns the level that parts the densities best into two classes, and
// the mean plus the standard deviation. The few voxels at either end, which can
// be far away, count as the last of the others.
func (p *Profile) parted() (otsu, deviation float64) {
	const bins = 1024
	stray := math.Max(strayPart, 2/float64(p.Voxels))
	lo, hi := p.levelOfPart(1-stray), p.levelOfPart(stray)
	if !(hi > lo) {
		lo, hi = p.Min, p.Max
	}
	var counts [bins]float64
	all, sum, squares, above := float64(p.Voxels), 0.0, 0.0, float64(p.Voxels)
	for i := range counts {
		next := 0.0
		if i < bins-1 {
			next = p.voxelsAbove(lo + (hi-lo)*float64(i+1)/bins)
		}
		counts[i] = above - next
		sum += counts[i] * float64(i)
		squares += counts[i] * float64(i) * float64(i)
		above = next
	}
	best, at, below, belowSum := -1.0, 0, 0.0, 0.0
	for i, n := range counts {
		below += n
		belowSum += n * float64(i)
		if below == 0 || below == all {
			continue
		}
		apart := belowSum/below - (sum-belowSum)/(all-below)
		if between := below * (all - below) * apart * apart; between > best {
			best, at = between, i
		}
	}
	density := func(bin float64) float64 { return lo + (hi-lo)*bin/bins }
	mean := sum / all
	return density(float64(at) + 1), density(mean + 0.5 + math.Sqrt(math.Max(0, squares/all-mean*mean)))
}
