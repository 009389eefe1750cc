// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"sort"

	"difffit/fitting/internal/parallel"
)

// A Profile is what one pass over a map tells about its densities. Voxels that
// are not finite numbers are left out.
type Profile struct {
	Min, Max    float64
	Mean, SD    float64
	Voxels      int     // finite ones
	NonZero     int     // those that are not exactly zero
	NonZeroMean float64 // 0 if all are zero

	voxelVolume float64 // Å³
	// The voxels sorted into narrow bins: bin i has above[i]−above[i+1]
	// voxels with floor[i] < v ≤ floor[i+1], empty bins are merged.
	floor []float64
	above []int
}

// Bins of the profile: float32 bit patterns, made monotonic, without the last
// 12 bits. A bin is 2⁻¹¹ of its value wide, however far apart the least and the
// greatest density are. A page has the bins of one exponent.
const (
	profileShift = 12
	pageBits     = 11
	pageCount    = 1 << (32 - profileShift - pageBits)
)

// bins count voxels; a page of which no bin has any is nil.
type bins [pageCount]*[1 << pageBits]uint32

// order maps finite float32 to uint32 so that the order stays: the bit pattern
// of the magnitude is added to 2³¹, or taken from it. Both zeros are one.
func order(v float32) uint32 {
	b := math.Float32bits(v)
	sign := uint32(int32(b) >> 31) // all ones if negative
	return 1<<31 + ((b &^ (1 << 31)) ^ sign) - sign
}

// disorder is the inverse of order.
func disorder(k uint32) float64 {
	if k >= 1<<31 {
		return float64(math.Float32frombits(k - 1<<31))
	}
	return -float64(math.Float32frombits(1<<31 - k))
}

// moments are the sums of a part of a map.
type moments struct {
	min, max   float32
	sum, sum2  float64
	n, nonZero int
}

// NewProfile goes once over g, with all processors.
func NewProfile(g *Grid) *Profile {
	pieces := make([]moments, (len(g.Data)+block-1)/block)
	counts := make([]bins, parallel.Workers(0))
	all(len(g.Data), block, 0, func(worker, i, lo, hi int) {
		pieces[i] = count(g.Data[lo:hi], &counts[worker])
	})
	p := &Profile{voxelVolume: g.VoxelVolume()}
	p.addUp(pieces)
	p.gather(counts)
	return p
}

// count adds values to bins and returns their moments.
func count(values []float32, to *bins) moments {
	inf := float32(math.Inf(1))
	m := moments{min: inf, max: -inf}
	zeros := 0 // most voxels of a masked map
	for _, v := range values {
		if v == 0 {
			zeros++
			continue
		}
		if !(v-v == 0) { // NaN or infinite
			continue
		}
		m.nonZero++
		if v < m.min {
			m.min = v
		}
		if v > m.max {
			m.max = v
		}
		d := float64(v)
		m.sum += d
		m.sum2 += d * d
		*to.at(v)++
	}
	if zeros > 0 {
		m.min, m.max = min(m.min, 0), max(m.max, 0)
		*to.at(0) += uint32(zeros)
	}
	m.n = m.nonZero + zeros
	return m
}

// at returns the bin of v. A bin has its upper end, not its lower.
func (b *bins) at(v float32) *uint32 {
	k := (order(v) - 1) >> profileShift
	page := &b[k>>pageBits]
	if *page == nil {
		*page = new([1 << pageBits]uint32)
	}
	return &(*page)[k%(1<<pageBits)]
}

func (p *Profile) addUp(pieces []moments) {
	lo, hi := math.Inf(1), math.Inf(-1)
	var sum, sum2 float64
	for _, m := range pieces {
		lo, hi = math.Min(lo, float64(m.min)), math.Max(hi, float64(m.max))
		sum, sum2 = sum+m.sum, sum2+m.sum2
		p.Voxels += m.n
		p.NonZero += m.nonZero
	}
	if p.Voxels == 0 {
		return
	}
	n := float64(p.Voxels)
	p.Min, p.Max, p.Mean = lo, hi, sum/n
	p.SD = math.Sqrt(math.Max(0, sum2/n-p.Mean*p.Mean))
	if p.NonZero > 0 {
		p.NonZeroMean = sum / float64(p.NonZero)
	}
}

// gather makes the cumulative histogram of the workers' bins.
func (p *Profile) gather(counts []bins) {
	left, last := p.Voxels, -2
	for page := range pageCount {
		var sum [1 << pageBits]uint32
		used := false
		for w := range counts {
			if c := counts[w][page]; c != nil {
				used = true
				for i, n := range c {
					sum[i] += n
				}
			}
		}
		if !used {
			continue
		}
		for i, n := range sum {
			if n == 0 {
				continue
			}
			k := page<<pageBits + i
			if k != last+1 { // close the gap: no voxels up to the floor of this bin
				p.floor, p.above = append(p.floor, edge(k)), append(p.above, left)
			}
			left -= int(n)
			p.floor, p.above = append(p.floor, edge(k+1)), append(p.above, left)
			last = k
		}
	}
	p.floor, p.above = slices.Clip(p.floor), slices.Clip(p.above)
}

// edge returns the lower end of bin k, which is not in it.
func edge(k int) float64 {
	least, greatest := int(order(-math.MaxFloat32)), int(order(math.MaxFloat32))
	return disorder(uint32(min(max(k<<profileShift, least), greatest)))
}

// Enclosed returns the volume, in Å³, of the voxels above level. Inside a bin
// of the profile (2⁻¹¹ of the level) it is interpolated. Above no number is
// nothing.
func (p *Profile) Enclosed(level float64) float64 { return p.voxelsAbove(level) * p.voxelVolume }

func (p *Profile) voxelsAbove(level float64) float64 {
	switch {
	case !(level < p.Max): // NaN, too
		return 0
	case level < p.Min:
		return float64(p.Voxels)
	}
	i := sort.SearchFloat64s(p.floor, level) // first edge at or above level
	if p.floor[i] == level {
		return float64(p.above[i])
	}
	f := (level - p.floor[i-1]) / (p.floor[i] - p.floor[i-1])
	return float64(p.above[i-1]) + f*float64(p.above[i]-p.above[i-1])
}

// LevelOfVolume returns the level that encloses v Å³: the inverse of Enclosed.
// It stays within Min and Max.
func (p *Profile) LevelOfVolume(v float64) float64 {
	n := v / p.voxelVolume
	if p.Voxels == 0 || !(n > 0) {
		return p.Max
	}
	i := sort.Search(len(p.above), func(i int) bool { return float64(p.above[i]) <= n })
	if i == 0 || i == len(p.above) {
		return p.Min
	}
	f := (float64(p.above[i-1]) - n) / float64(p.above[i-1]-p.above[i])
	level := p.floor[i-1] + f*(p.floor[i]-p.floor[i-1])
	return math.Max(p.Min, math.Min(p.Max, level))
}

// Median returns the density that half of the voxels are above.
func (p *Profile) Median() float64 {
	return p.LevelOfVolume(float64(p.Voxels) * p.voxelVolume / 2)
}

// Step returns the first density of the map from lo to hi and the distance
// between its densities there, if they are multiples of one, as in maps that were
// stored as whole numbers. The distance is 0 if they are not, or are too many to
// tell.
func (p *Profile) Step(lo, hi float64) (first, step float64) {
	const apart = 3 // bins: less is no gap
	var gaps []float64
	least, last := math.Inf(1), math.NaN()
	for i := 1; i < len(p.above); i++ {
		v := p.floor[i]
		if p.above[i] == p.above[i-1] || v < lo || v > hi {
			continue
		}
		switch gap := v - last; {
		case math.IsNaN(gap):
			first = v
		case gap < apart*(v-p.floor[i-1]):
			return 0, 0
		default:
			gaps, least = append(gaps, gap), math.Min(least, gap)
		}
		last = v
	}
	steps := 0.0 // a bin is a little wider than a number
	for _, gap := range gaps {
		steps += math.Round(gap / least)
	}
	if steps == 0 {
		return 0, 0
	}
	return first, (last - first) / steps
}

// Sigmas tells by how many standard deviations a density is above the mean of the
// map: what is called σ. It is not a number if the map does not vary.
func (p *Profile) Sigmas(density float64) float64 {
	if !(p.SD > 0) {
		return math.NaN()
	}
	return (density - p.Mean) / p.SD
}

// CheckLevel returns why a map is not to be seen at a contour level: nothing is
// above it, or everything is; nil otherwise.
func (p *Profile) CheckLevel(level float64) error {
	switch {
	case p.IsFlat():
		return errors.New("volume: level: the map has no density, so there is nothing to be seen at any level")
	case level >= p.Max:
		return fmt.Errorf("volume: level: %.4g is above all densities, want %.4g to %.4g", level, p.Min, p.Max)
	case level < p.Min || math.IsNaN(level):
		return fmt.Errorf("volume: level: %.4g is below all densities, want %.4g to %.4g", level, p.Min, p.Max)
	}
	return nil
}
