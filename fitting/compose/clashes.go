// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"fmt"

	"gonum.org/v1/gonum/spatial/r3"
)

// A Pair is two placements that are in each other's way.
type Pair struct {
	A, B  int      // indices of the placements, A before B
	Clash float64  // see Clash
	Atoms []r3.Vec // positions of the atoms of both that are too near, ångström
}

// Clashes returns the pairs of placements of which any atoms are nearer than
// 2.5 Å (see Clash).
func Clashes(ctx context.Context, placed []Placed) ([]Pair, error) {
	bodies := make([]*body, len(placed))
	var out []Pair
	for i, p := range placed {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("compose: clashes: %w", err)
		}
		bodies[i] = newBody(p.Structure, p.Motion)
		for j, b := range bodies[:i] {
			if c := clash(b, bodies[i]); c > 0 {
				out = append(out, Pair{j, i, c, append(b.close(bodies[i]), bodies[i].close(b)...)})
			}
		}
	}
	return out, nil
}

// close returns the atoms of o that are within Contact of an atom of b.
func (b *body) close(o *body) (out []r3.Vec) {
	for _, p := range o.atoms {
		if b.touches(p) {
			out = append(out, p)
		}
	}
	return out
}
