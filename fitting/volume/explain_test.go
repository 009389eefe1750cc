// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"context"
	"errors"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"
)

// The counts are those of a search by hand; they add up, whatever the order.
func TestExplain(t *testing.T) {
	g, one, two, far := touching(t)
	g = Window(g, [3]int{0, 0, -20}, [3]int{72, 38, 60}) // more than one slab
	const level, reach = 0.4, 3.0
	above, of, err := Explain(context.Background(), g, level, [][]Point{one, two, far}, reach)
	if err != nil {
		t.Fatal(err)
	}
	wantAbove, want := 0, [3]int{}
	for i, v := range g.Data {
		if float64(v) <= level {
			continue
		}
		wantAbove++
		x := g.Position(i)
		d := [3]float64{least(x, one), least(x, two), least(x, far)}
		k := 0
		for j := range d {
			if d[j] < d[k] {
				k = j
			}
		}
		if d[k] <= reach {
			want[k]++
		}
	}
	if above != wantAbove || [3]int(of) != want || want[0] == 0 || want[1] == 0 || want[2] == 0 {
		t.Errorf("%d voxels above, explained %v, want %d and %v", above, of, wantAbove, want)
	}
	if sum := of[0] + of[1] + of[2]; sum > above || sum < above*95/100 {
		t.Errorf("%d of %d voxels are explained, want nearly all", sum, above)
	}
	_, none, err := Explain(context.Background(), g, level, nil, reach)
	if err != nil || len(none) != 0 {
		t.Errorf("nothing placed: %v, %v", none, err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, _, err := Explain(ctx, g, level, nil, reach); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
	g.Step = r3.Vec{X: 6, Y: 6, Z: 6}
	for resolution, want := range map[float64]float64{3: 5.196, 20: 10} {
		if r := ExplainReach(g, resolution); r < want-0.01 || r > want+0.01 {
			t.Errorf("reach at %g Å: %g, want %g", resolution, r, want)
		}
	}
}

func BenchmarkExplain(b *testing.B) {
	g := noise([3]int{220, 220, 220}, 0, 1, 1)
	g.Step, g.Origin = r3.Vec{X: 1.06, Y: 1.06, Z: 1.06}, r3.Vec{}
	var placed [][]Point
	for i := range 4 {
		placed = append(placed, blob(4200, r3.Vec{X: 70 + 30*float64(i), Y: 110, Z: 110}, uint64(i)))
	}
	for b.Loop() {
		if _, _, err := Explain(context.Background(), g, 0.5, placed, 2); err != nil {
			b.Fatal(err)
		}
	}
}
