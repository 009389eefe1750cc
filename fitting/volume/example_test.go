// SPDX-License-Identifier: BSD-3-Clause

package volume_test

import (
	"context"
	"fmt"
	"log"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// Of two atoms one is taken out of the map. A layer does not change the map, and
// can be left out again.
func ExampleZero() {
	ctx := context.Background()
	atoms := []volume.Point{{Pos: r3.Vec{X: 10}, Weight: 6}, {Pos: r3.Vec{X: 20}, Weight: 6}}
	whole, err := volume.Simulate(ctx, atoms, volume.SimulateOptions{Resolution: 3, Spacing: 1, Padding: 5})
	if err != nil {
		log.Fatal(err)
	}
	layer, err := volume.Zero(ctx, whole, atoms[:1], volume.DefaultZeroOptions())
	if err != nil {
		log.Fatal(err)
	}
	left := volume.Apply(whole, layer)
	for _, a := range atoms {
		fmt.Printf("at x = %.0f Å: %t before, %t after\n", a.Pos.X, whole.Sample(a.Pos) > 0, left.Sample(a.Pos) > 0)
	}

	// Output:
	// at x = 10 Å: true before, false after
	// at x = 20 Å: true before, true after
}
