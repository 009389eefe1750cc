// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"sync"

	"difffit/app/document"
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
	atoms, _ := t.Model.Select(f.Options.Atoms)
	if len(atoms) == 0 {
		return nil
	}
	points, density := make([][3]float32, len(atoms)), make([]float32, len(atoms))
	for i, a := range atoms {
		points[i] = [3]float32{float32(a.Pos.X), float32(a.Pos.Y), float32(a.Pos.Z)}
	}
	of := make(map[document.ClusterID]float64, len(f.Result.Clusters))
	for i, c := range f.Result.Clusters {
		if i%insideAtOnce == 0 && ctx.Err() != nil {
			return nil
		}
		g.SampleMoved(density, points, c.Motion.Matrix(), c.Motion.Shift)
		n := 0
		for _, d := range density {
			if float64(d) > level {
				n++
			}
		}
		of[document.ClusterID{Round: number, Structure: f.Structure, Rank: c.Rank}] = float64(n) / float64(len(atoms))
	}
	return of
}
