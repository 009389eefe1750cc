// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// A choice is which of several placements, some of them in each other's way,
// are to be had together: the set of largest weight in which no two conflict
// and no kind has more members than its limit (a maximum-weight independent
// set with quotas). It is found by branch and bound.
type choice struct {
	weight []float64 // positive
	kind   []int
	limit  []int // of each kind; 0 is none
	clash  []set // clash[i] has those that conflict with i, symmetric
}

// maxNodes bounds the work of one branch and bound (about a second). Beyond
// it the best set seen until then is returned, which is never worse than that
// of the greedy one: it is the first that is seen.
const maxNodes = 50_000

// best returns the members of the best set in rising order, and whether it is
// proven to be the best. Without limits that bind, groups that do not touch
// each other are independent problems, which is the usual case and fast.
func (c *choice) best() (chosen []int, exact bool) {
	exact = true
	free := &choice{weight: c.weight, kind: c.kind, limit: make([]int, len(c.limit)), clash: c.clash}
	for _, group := range c.groups() {
		part, ok := free.solve(group)
		chosen = append(chosen, part...)
		exact = exact && ok
	}
	count := make([]int, len(c.limit))
	within := true
	for _, i := range chosen {
		count[c.kind[i]]++
		within = within && (c.limit[c.kind[i]] == 0 || count[c.kind[i]] <= c.limit[c.kind[i]])
	}
	if !within {
		all := make([]int, len(c.weight))
		for i := range all {
			all[i] = i
		}
		chosen, exact = c.solve(all)
	}
	slices.Sort(chosen)
	return chosen, exact
}

// groups returns the connected components of the conflicts.
func (c *choice) groups() [][]int {
	seen := newSet(len(c.weight))
	var out [][]int
	for i := range c.weight {
		if seen.has(i) {
			continue
		}
		seen.add(i)
		group := []int{i}
		for at := 0; at < len(group); at++ {
			for j := range c.clash[group[at]].all {
				if !seen.has(j) {
					seen.add(j)
					group = append(group, j)
				}
			}
		}
		out = append(out, group)
	}
	return out
}

// A solver is a branch and bound on the way.
type solver struct {
	*choice
	order  []int // heaviest first
	nodes  int
	best   float64
	chosen []int // the best set so far
	now    []int // the set at hand
	left   []int // what the limits leave for each kind; −1 for no limit
}

// solve finds the best set among some.
func (c *choice) solve(among []int) (chosen []int, exact bool) {
	s := &solver{choice: c, order: slices.Clone(among), best: -1}
	slices.SortFunc(s.order, func(a, b int) int { return cmp.Or(cmp.Compare(c.weight[b], c.weight[a]), cmp.Compare(a, b)) })
	for _, n := range c.limit {
		if n == 0 {
			n = -1
		}
		s.left = append(s.left, n)
	}
	s.branch(s.order, 0)
	return s.chosen, s.nodes <= maxNodes
}

// branch tries the heaviest of the open ones in the set and then without it.
// open has those that fit to the set at hand, heaviest first.
func (s *solver) branch(open []int, weight float64) {
	for {
		if s.nodes++; s.nodes > maxNodes && s.best >= 0 {
			return
		}
		if weight > s.best {
			s.best, s.chosen = weight, slices.Clone(s.now)
		}
		if len(open) == 0 || weight+s.bound(open) <= s.best*(1+1e-12) {
			return
		}
		i := open[0]
		k := s.kind[i]
		s.now = append(s.now, i)
		s.left[k]--
		var rest []int
		for _, j := range open[1:] {
			if !s.clash[i].has(j) && (s.kind[j] != k || s.left[k] != 0) {
				rest = append(rest, j)
			}
		}
		s.branch(rest, weight+s.weight[i])
		s.left[k]++
		s.now = s.now[:len(s.now)-1]
		open = open[1:]
	}
}

// bound returns a weight that no set of the open ones exceeds: of each clique
// of conflicts at most one member counts. Twice, the less is taken: cliques
// over all kinds without the limits, and cliques within each kind, of which
// only as many count as the limit leaves.
func (s *solver) bound(open []int) float64 {
	return math.Min(s.cover(open, false), s.cover(open, true))
}

// cover is one of the bounds. Open is in falling order of weight, so the first
// member of a clique is its heaviest, and the first cliques of a kind are its
// heaviest.
func (s *solver) cover(open []int, byKind bool) float64 {
	type clique struct {
		kind    int
		members set // what conflicts with all members
	}
	var cliques []clique
	used := make([]int, len(s.left))
	sum := 0.0
next:
	for _, i := range open {
		for c := range cliques {
			q := &cliques[c]
			if (!byKind || q.kind == s.kind[i]) && q.members.has(i) {
				q.members = q.members.and(s.clash[i])
				continue next
			}
		}
		k := s.kind[i]
		cliques = append(cliques, clique{k, s.clash[i]})
		if used[k]++; byKind && s.left[k] >= 0 && used[k] > s.left[k] {
			continue
		}
		sum += s.weight[i]
	}
	return sum
}

// A set is a set of small integers.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

func (s set) has(i int) bool { return s[i/64]>>(i%64)&1 != 0 }
func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }

func (s set) and(t set) set {
	out := make(set, len(s))
	for i := range s {
		out[i] = s[i] & t[i]
	}
	return out
}

// all yields the members in rising order.
func (s set) all(yield func(int) bool) {
	for w, v := range s {
		for ; v != 0; v &= v - 1 {
			if !yield(64*w + bits.TrailingZeros64(v)) {
				return
			}
		}
	}
}
