// SPDX-License-Identifier: BSD-3-Clause

// Package surface prepares maps for ray marching: densities as 16-bit numbers,
// their ranges in bricks of voxels, and how far it is from each brick to the
// next one that the surface crosses. It knows neither OpenGL nor molecules.
package surface

import (
	"math"
	"runtime"
	"slices"
	"sync"

	"difffit/fitting/volume"
)

// A Scale maps densities to 16-bit numbers and back, linearly.
type Scale struct {
	Low, Range float32 // density of 0, and the difference to that of 65535
}

// NewScale returns the scale that just holds all finite densities of g.
func NewScale(g *volume.Grid) Scale {
	var (
		mu   sync.Mutex
		low  = float32(math.Inf(1))
		high = float32(math.Inf(-1))
	)
	split(len(g.Data), func(from, to int) {
		l, h := float32(math.Inf(1)), float32(math.Inf(-1))
		for _, v := range g.Data[from:to] {
			if v-v == 0 { // neither infinite nor NaN
				l, h = min(l, v), max(h, v)
			}
		}
		mu.Lock()
		defer mu.Unlock()
		low, high = min(low, l), max(high, h)
	})
	switch {
	case low > high: // nothing finite
		return Scale{0, 1}
	case low == high:
		return Scale{low, 1}
	}
	return Scale{low, high - low}
}

// samples is how many voxels a median is taken of.
const samples = 1 << 15

// Ground returns the density that the voxels around a molecule have: the
// median of many voxels, evenly taken; 0 if none of them is finite.
func Ground(g *volume.Grid) float32 {
	var some []float32
	step := 1 + len(g.Data)/samples
	for step%2 == 0 || step%3 == 0 || step%5 == 0 { // no part of the edges, as a rule
		step++
	}
	for i := 0; i < len(g.Data); i += step {
		if v := g.Data[i]; v-v == 0 {
			some = append(some, v)
		}
	}
	if len(some) == 0 {
		return 0
	}
	slices.Sort(some)
	return some[len(some)/2]
}

// Quantize sets dst to the numbers of src, rounded. NaN becomes the lowest.
func (s Scale) Quantize(dst []uint16, src []float32) {
	k := math.MaxUint16 / s.Range
	for i, v := range src {
		x := (v-s.Low)*k + 0.5
		switch {
		case !(x > 0):
			dst[i] = 0
		case x >= math.MaxUint16:
			dst[i] = math.MaxUint16
		default:
			dst[i] = uint16(x)
		}
	}
}

// Position returns where a density is on the scale: 0 for the lowest number,
// 1 for the highest.
func (s Scale) Position(density float32) float32 { return (density - s.Low) / s.Range }

// split calls f for parts of 0 to n, on as many goroutines as there are
// processors, and waits for all.
func split(n int, f func(from, to int)) {
	parts := min(runtime.GOMAXPROCS(0), n)
	var wg sync.WaitGroup
	for k := range parts {
		wg.Go(func() { f(n*k/parts, n*(k+1)/parts) })
	}
	wg.Wait()
}
