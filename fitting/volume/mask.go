// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"fmt"
	"math"

	"difffit/fitting/internal/parallel"
)

// MaskOptions say how a mask is made. Start from DefaultMaskOptions.
type MaskOptions struct {
	Radius float64 `json:"radius"` // about the points, ångström: 1 inside
	Edge   float64 `json:"edge"`   // width of the rim on which it falls to 0, ångström
}

// DefaultMaskOptions hold the molecule with its bonded surface, and an edge
// that programs for reconstruction can work with.
func DefaultMaskOptions() MaskOptions { return MaskOptions{Radius: 3, Edge: 5} }

// Validate reports everything that is wrong with o, as one joined error.
func (o MaskOptions) Validate() error {
	var errs []error
	if !(o.Radius > 0 && o.Radius <= 100) {
		errs = append(errs, fmt.Errorf("volume: mask: radius is %g Å, want above 0 and up to 100", o.Radius))
	}
	if !(o.Edge >= 0 && o.Edge <= 100) {
		errs = append(errs, fmt.Errorf("volume: mask: edge is %g Å, want 0 to 100", o.Edge))
	}
	return errors.Join(errs...)
}

// Mask returns a map in the frame of g that is 1 within a radius of a point
// and falls over the edge to 0, as half a period of a cosine.
func Mask(ctx context.Context, g *Grid, points []Point, o MaskOptions) (*Grid, error) {
	if err := o.Validate(); err != nil {
		return nil, err
	}
	m := g.Like()
	reach := o.Radius + o.Edge
	const slab = 8
	err := parallel.Chunks(ctx, g.Size[2], slab, 0, func(_, _, z0, z1 int) {
		n := newDistances([3]int{0, 0, z0}, [3]int{g.Size[0], g.Size[1], z1})
		for lo := 0; lo < len(points) && ctx.Err() == nil; lo += 1024 {
			n.stamp(g, points[lo:min(len(points), lo+1024)], reach)
		}
		out := m.Data[m.Index(0, 0, z0):][:len(n.square)]
		for i, d := range n.square {
			out[i] = float32(soft(math.Sqrt(float64(d)), o))
		}
	})
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("volume: mask: %w", err)
	}
	return m, nil
}

// soft is the mask at a distance.
func soft(d float64, o MaskOptions) float64 {
	switch {
	case d <= o.Radius:
		return 1
	case d >= o.Radius+o.Edge:
		return 0
	}
	return 0.5 + 0.5*math.Cos(math.Pi*(d-o.Radius)/o.Edge)
}
