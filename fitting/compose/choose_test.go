// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
)

// problemOf returns a choice with the conflicts given as pairs.
func problemOf(weight []float64, kind, limit []int, pairs ...[2]int) *choice {
	c := &choice{weight: weight, kind: kind, limit: limit}
	for range weight {
		c.clash = append(c.clash, newSet(len(weight)))
	}
	for _, p := range pairs {
		c.clash[p[0]].add(p[1])
		c.clash[p[1]].add(p[0])
	}
	return c
}

func (c *choice) total(members []int) (sum float64) {
	for _, i := range members {
		sum += c.weight[i]
	}
	return sum
}

// fault says what is wrong with a set, "" if it is allowed.
func (c *choice) fault(members []int) string {
	count := make([]int, len(c.limit))
	for n, i := range members {
		if count[c.kind[i]]++; c.limit[c.kind[i]] > 0 && count[c.kind[i]] > c.limit[c.kind[i]] {
			return "more than the limit"
		}
		for _, j := range members[:n] {
			if c.clash[i].has(j) {
				return "a conflict"
			}
		}
	}
	return ""
}

// The heaviest is in the way of two that together are heavier.
func TestChooseIsNotGreedy(t *testing.T) {
	c := problemOf([]float64{4, 3, 3, 1}, []int{0, 0, 0, 1}, []int{0, 0}, [2]int{0, 1}, [2]int{0, 2}, [2]int{1, 3})
	got, exact := c.best()
	if !slices.Equal(got, []int{1, 2}) || !exact {
		t.Errorf("chosen %v, exact %v, want 1 and 2", got, exact)
	}
	c.limit[0] = 1 // now the two are too many: the heaviest and the other kind
	if got, _ := c.best(); !slices.Equal(got, []int{0, 3}) {
		t.Errorf("with one of the first kind: %v, want 0 and 3", got)
	}
}

func TestChooseAgainstAllSets(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 1))
	for trial := range 300 {
		n := 1 + rng.IntN(13)
		var weight []float64
		var kind []int
		var pairs [][2]int
		density := rng.Float64()
		for i := range n {
			weight = append(weight, math.Ceil(10*rng.Float64())) // ties are to be had
			kind = append(kind, rng.IntN(3))
			for j := range i {
				if rng.Float64() < density {
					pairs = append(pairs, [2]int{i, j})
				}
			}
		}
		c := problemOf(weight, kind, []int{rng.IntN(4), rng.IntN(4), rng.IntN(4)}, pairs...)
		want := 0.0
		for bits := range 1 << n {
			var members []int
			for i := range n {
				if bits>>i&1 != 0 {
					members = append(members, i)
				}
			}
			if c.fault(members) == "" {
				want = math.Max(want, c.total(members))
			}
		}
		got, exact := c.best()
		if f := c.fault(got); f != "" || !exact || c.total(got) != want {
			t.Errorf("trial %d: %v of weight %g, exact %v, %s; the best of all sets has %g", trial, got, c.total(got), exact, f, want)
		}
	}
}

// A problem too hard to be solved ends, with a set that is allowed and no
// worse than the greedy one, and says that it is not proven.
func TestChooseEnds(t *testing.T) {
	const n = 240
	rng := rand.New(rand.NewPCG(5, 5))
	weight, kind := make([]float64, n), make([]int, n)
	var pairs [][2]int
	for i := range n {
		weight[i] = 1 + 0.01*rng.Float64()
		kind[i] = i % 2
		for j := range i {
			if rng.Float64() < 0.04 {
				pairs = append(pairs, [2]int{i, j})
			}
		}
	}
	c := problemOf(weight, kind, []int{0, 30}, pairs...)
	got, exact := c.best()
	if exact {
		t.Fatal("solved: the test wants a harder problem")
	}
	if f := c.fault(got); f != "" {
		t.Fatalf("the set has %s", f)
	}
	order := make([]int, n)
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return cmp.Compare(weight[b], weight[a]) })
	var greedy []int
	for _, i := range order {
		if c.fault(append(slices.Clone(greedy), i)) == "" {
			greedy = append(greedy, i)
		}
	}
	if c.total(got) < c.total(greedy) {
		t.Errorf("weight %g, greedy %g", c.total(got), c.total(greedy))
	}
}
