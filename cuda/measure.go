// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"context"

	"difffit/fitting/geom"
	"difffit/fitting/search"
	"difffit/fitting/volume"
)

const (
	// worth is how many samples make it worth while to have maps on the card.
	worth = 1 << 20
	// room is how many samples are fetched at a time.
	room = 1 << 23
)

// Correlate scores places with samples from the card. See search.Measurer.
func (s *session) Correlate(ctx context.Context, scorer search.Scorer, places []geom.Rigid) []search.Correlation {
	here, around, points := scorer.Samples()
	if len(places)*len(points) < worth {
		return nil
	}
	found := make([]search.Correlation, len(places))
	n, done := len(points), 0
	err := s.try(ctx, func() error {
		return parts(len(places), &done, func() int { return room / n }, func(first, part int) error {
			some := places[first : first+part]
			v, err := s.card.sampled(ctx, here, points, some)
			if err != nil {
				return err
			}
			b, err := s.card.sampled(ctx, around, points, some)
			if err != nil {
				return err
			}
			return search.Each(ctx, s.threads, part, func(i int) {
				found[first+i] = scorer.CorrelateSamples(v[i*n:][:n], b[i*n:][:n])
			})
		})
	}, func() error {
		found = nil
		return nil
	})
	if err != nil {
		return nil
	}
	return found
}

// sampled returns the density at the points of each place, 0 outside the box.
func (c *card) sampled(ctx context.Context, g *volume.Grid, points [][3]float32, places []geom.Rigid) ([]float32, error) {
	if err := stopped(ctx); err != nil {
		return nil, err
	}
	step, origin := [3]float64{g.Step.X, g.Step.Y, g.Step.Z}, [3]float64{g.Origin.X, g.Origin.Y, g.Origin.Z}
	turns := make([][12]float32, len(places))
	for i, p := range places {
		m := p.Matrix()
		for row, x := range [3]float64{p.Shift.X, p.Shift.Y, p.Shift.Z} {
			for col := range 3 {
				turns[i][3*row+col] = float32(m[3*row+col] / step[row])
			}
			turns[i][9+row] = float32((x - origin[row]) / step[row])
		}
	}
	xyz := make([][4]float32, len(points))
	for i, p := range points {
		xyz[i] = [4]float32{p[0], p[1], p[2]}
	}
	out := make([]float32, len(points)*len(places))
	return out, c.do(func() error {
		held, err := hold(c, g, g.Data)
		if err != nil {
			return err
		}
		defer held.release()
		var memory scope
		defer memory.free()
		at, err := upload(c, &memory, xyz)
		if err != nil {
			return err
		}
		size, err := upload(c, &memory, []density{{Size: [3]uint32{uint32(g.Size[0]), uint32(g.Size[1]), uint32(g.Size[2])}, Points: uint32(len(points))}})
		if err != nil {
			return err
		}
		where, err := upload(c, &memory, turns)
		if err != nil {
			return err
		}
		samples, err := c.alloc(&memory, 4*len(out))
		if err != nil {
			return err
		}
		if err := c.launch("sample", len(places), 256, float64(len(out)), held.at, at, size, where, samples); err != nil {
			return err
		}
		return read(out, samples)
	})
}
