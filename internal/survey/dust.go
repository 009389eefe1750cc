// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

package main

import (
	"context"
	"fmt"
	"strings"

	"difffit/fitting/volume"
)

// dusts prints the table about dust of docs/adr/0020-zeroing.md: of each case
// with several molecules, at the level that encloses their mass and at a lower
// one, how many islands there are with dust and without, the part of the density
// above the level that is dust, and that within 2 Å of an atom of what is there.
func dusts(root, only string) error {
	fmt.Println("| case | Å | level | islands | without dust | dust, % of what is above | % of what is at atoms |")
	fmt.Println(strings.Repeat("|---", 7) + "|")
	return eachComplex(root, only, func(c *complex) error {
		clean, err := volume.WithoutDust(context.Background(), c.grid, volume.DustVolume(c.grid, c.resolution))
		if err != nil {
			return err
		}
		p := volume.NewProfile(c.grid)
		mass := 0.0
		for _, m := range c.masses {
			mass += m
		}
		atoms := c.grid.Like()
		for _, m := range c.molecules {
			l, err := volume.Zero(context.Background(), c.grid, m, volume.ZeroOptions{Mode: volume.ZeroDistance, Radius: 2})
			if err != nil {
				return err
			}
			for i, v := range volume.Apply(c.grid, l).Data {
				if v != c.grid.Data[i] {
					atoms.Data[i] = 1
				}
			}
		}
		for _, part := range []float64{1, 1.5} {
			level := p.LevelOfVolume(part * volume.ProteinVolume * mass)
			var above, dust, atAtoms, dustAtAtoms int
			for i, v := range c.grid.Data {
				if float64(v) <= level {
					continue
				}
				above++
				gone := float64(clean.Data[i]) <= level
				if gone {
					dust++
				}
				if atoms.Data[i] > 0 {
					atAtoms++
					if gone {
						dustAtAtoms++
					}
				}
			}
			fmt.Printf("| %s | %.3g | %.4g = %.2f σ | %d | %d | %.2f | %.2f |\n", c.name, c.resolution, level, p.Sigmas(level),
				islands(c.grid, level), islands(clean, level), percent(dust, above), percent(dustAtAtoms, atAtoms))
		}
		return nil
	})
}

// islands counts those above a level.
func islands(g *volume.Grid, level float64) int {
	_, report, err := volume.Islands(context.Background(), g.Threshold(level), 1, 0)
	if err != nil {
		panic(err) // nothing stops it
	}
	return report.Kept
}

func percent(part, of int) float64 { return 100 * float64(part) / float64(max(1, of)) }
