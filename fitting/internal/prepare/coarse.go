// SPDX-License-Identifier: BSD-3-Clause

package prepare

import (
	"context"
	"math"

	"difffit/fitting"
	"difffit/fitting/internal/kept"
	"difffit/fitting/volume"
)

type coarseKey int

// coarse returns the map of t at half its resolution, so many times halved.
func coarse(ctx context.Context, t *fitting.Target, halvings, threads int) (*volume.Grid, error) {
	if halvings == 0 {
		return t.Grid(), nil
	}
	return kept.Make(ctx, t.Kept(), coarseKey(halvings), func() (*volume.Grid, error) {
		finer, err := coarse(context.Background(), t, halvings-1, threads)
		if err != nil {
			return nil, err
		}
		return volume.Halve(finer, threads), nil
	})
}

// halvingsOf returns how often the map of t may be halved while ok holds for the
// largest voxel edge, in ångström, that this leads to.
func halvingsOf(t *fitting.Target, ok func(step float64) bool) int {
	g := t.Grid()
	step := math.Max(g.Step.X, math.Max(g.Step.Y, g.Step.Z))
	n := 0
	for least := min(g.Size[0], g.Size[1], g.Size[2]); least >= 8 && ok(2*step); least /= 2 {
		n, step = n+1, 2*step
	}
	return n
}

// blurred returns the map of t after the Gaussian that is subtracted for the
// second factor of the score.
func blurred(ctx context.Context, t *fitting.Target, threads int) (*volume.Grid, error) {
	type key struct{ background float64 }
	return kept.Make(ctx, t.Kept(), key{background}, func() (*volume.Grid, error) {
		// Much finer than what the Gaussian leaves is not needed.
		n := halvingsOf(t, func(step float64) bool { return step < background/2. })
		g, err := coarse(context.Background(), t, n, threads)
		if err != nil {
			return nil, err
		}
		return volume.Gauss(g, background, volume.Replicate, threads), nil
	})
}
