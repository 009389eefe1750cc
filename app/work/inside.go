// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"math"
	"sync"

	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
)

// insideAtOnce is how many placements are looked at between two looks at whether
// anybody still wants to know.
const insideAtOnce = 16

// Inside returns, for each placement of a round of s, the part of the atoms that
// took part in its fit, 0 to 1, where the density of the map as it was opened
// exceeds a contour level: fitting.Metrics.Inside of another level. Structures
// that are gone are left out. It returns an error that wraps ctx.Err() if nobody
// wants to know any more.
func Inside(ctx context.Context, s document.State, number int, level float64) (map[document.ClusterID]float64, error) {
	of := map[document.ClusterID]float64{}
	r := s.Round(number)
	if r == nil || s.Map == nil {
		return of, nil
	}
	parts := make([]map[document.ClusterID]float64, len(r.Fits))
	var wait sync.WaitGroup
	next := make(chan int)
	for range 2 { // the window draws meanwhile
		wait.Go(func() {
			for i := range next {
				parts[i] = insideOf(ctx, s, number, r.Fits[i], s.Map.Grid, level)
			}
		})
	}
	for i := range r.Fits {
		next <- i
	}
	close(next)
	wait.Wait()
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	for _, p := range parts {
		for id, v := range p {
			of[id] = v
		}
	}
	return of, nil
}

// insideOf is Inside of the placements of one structure.
func insideOf(ctx context.Context, s document.State, number int, f document.Fit, g *volume.Grid, level float64) map[document.ClusterID]float64 {
	t := s.Structure(f.Structure)
	if t == nil || f.Result == nil || ctx.Err() != nil {
		return nil
	}
	p := probesOf(t, f)
	if len(p.points) == 0 {
		return nil
	}
	of := make(map[document.ClusterID]float64, len(f.Result.Clusters))
	for i, c := range f.Result.Clusters {
		if i%insideAtOnce == 0 && ctx.Err() != nil {
			return nil
		}
		of[document.ClusterID{Round: number, Structure: f.Structure, Rank: c.Rank}] = p.above(g, c.Motion, level)
	}
	return of
}

// InsideOf is Inside of one placement; NaN if it, its structure or the map is gone.
func InsideOf(s document.State, id document.ClusterID, level float64) float64 {
	c, ok := s.Cluster(id)
	t, f := s.Structure(id.Structure), s.Fit(id)
	if !ok || t == nil || f == nil || s.Map == nil {
		return math.NaN()
	}
	p := probesOf(t, *f)
	if len(p.points) == 0 {
		return math.NaN()
	}
	return p.above(s.Map.Grid, c.Motion, level)
}

// probes are the atoms at which density is looked up, and room for it.
type probes struct {
	points  [][3]float32 // in the frame of the structure's file, ångström
	density []float32
}

// probesOf are the atoms of a structure that took part in a fit.
func probesOf(t *document.Structure, f document.Fit) probes {
	atoms, _ := t.Model.Select(f.Options.Atoms)
	p := probes{make([][3]float32, len(atoms)), make([]float32, len(atoms))}
	for i, a := range atoms {
		p.points[i] = [3]float32{float32(a.Pos.X), float32(a.Pos.Y), float32(a.Pos.Z)}
	}
	return p
}

// above returns the part of the atoms, moved, where the density exceeds a level.
func (p probes) above(g *volume.Grid, motion geom.Rigid, level float64) float64 {
	g.SampleMoved(p.density, p.points, motion.Matrix(), motion.Shift)
	n := 0
	for _, d := range p.density {
		if float64(d) > level {
			n++
		}
	}
	return float64(n) / float64(len(p.points))
}
