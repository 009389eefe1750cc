// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"cmp"
	"math"
	"slices"

	"difffit/fitting"
	"difffit/fitting/volume"
)

const (
	// samePlace is the RMSD, in ångström, below which two candidates of a part
	// are one.
	samePlace = 2.0
	// mostCandidates is how many placements of one fit may compete. More of
	// them are significant only where the map is so blurred that every
	// rotation fits.
	mostCandidates = 60
)

// A candidate is a placement that may be in the composite. Its metrics are
// those in the whole map. Its Round is 0 as long as it is not chosen.
type candidate struct {
	Placement
	body  *body
	layer *volume.Layer // what it takes out of the map; nil until it is chosen
}

// weight is what a candidate adds to a composite: its score times its atoms,
// that is how much structure is explained and how well. Being additive over
// the structure, it does not prefer two poor placements of small molecules to
// one good placement of a large one, nor the contrary.
func (c *candidate) weight(parts []*part) float64 { return c.Score * float64(parts[c.Part].atoms) }

// candidates returns the significant placements of a fit, with their metrics in
// the whole map, where density that others have taken out does not count
// against them: that they overlap is for the clash to say.
func (r *run) candidates(p *part, result *fitting.Result) []*candidate {
	var out []*candidate
	index := slices.Index(r.parts, p)
	for _, cluster := range result.Clusters {
		c := &candidate{Placement: Placement{Part: index, Agreed: result.RoundsAgreed, Placement: cluster.Placement}}
		c.Metrics, c.Whole = cluster.InWhole(), nil
		if isSignificant(c.Metrics, p.Part, r.result.Resolution.Value, 0) {
			out = append(out, c)
		}
	}
	slices.SortStableFunc(out, func(a, b *candidate) int { return cmp.Compare(b.Score, a.Score) })
	out = out[:min(len(out), mostCandidates)]
	for _, c := range out {
		c.body = newBody(p.Structure, c.Motion)
	}
	return slices.DeleteFunc(out, func(c *candidate) bool {
		return slices.ContainsFunc(r.fixed, func(b *body) bool { return clashes(c.body, b, r.o.MaxClash) })
	})
}

// add puts candidates into the pool. Of those in the same place the better one
// stays, but one that is chosen stays in any case.
func (r *run) add(some []*candidate) {
	for _, c := range some {
		same := slices.IndexFunc(r.pool, func(d *candidate) bool { return d.Part == c.Part && r.isSame(c, d) })
		switch {
		case same < 0:
			r.pool = append(r.pool, c)
		case r.pool[same].Round == 0 && c.Score > r.pool[same].Score:
			r.pool[same] = c
		}
	}
}

// isSame tells whether two candidates of a part are in the same place.
func (r *run) isSame(a, b *candidate) bool {
	return r.parts[a.Part].moments.RMSD(a.Motion, b.Motion) < samePlace
}

// choose finds the candidates that go best together, notes the round in which
// each was accepted, and reports whether the choice changed.
func (r *run) choose(round int) (changed bool) {
	best := make([]float64, len(r.parts))
	for _, c := range r.pool {
		best[c.Part] = math.Max(best[c.Part], c.Score)
	}
	var open []*candidate
	for _, c := range r.pool {
		if isSignificant(c.Metrics, r.parts[c.Part].Part, r.result.Resolution.Value, best[c.Part]) {
			open = append(open, c)
		}
	}
	members, exact := r.compatible(open).best()
	r.result.Exact = r.result.Exact && exact
	in := map[*candidate]bool{}
	for _, i := range members {
		in[open[i]] = true
	}
	for _, p := range r.parts {
		p.Placed = 0
	}
	for _, c := range r.pool {
		if in[c] {
			r.parts[c.Part].Placed++
		}
		if in[c] == (c.Round > 0) {
			continue
		}
		changed = true
		c.Round = 0
		if in[c] {
			c.Round = round
		}
	}
	r.watch.placed(len(members))
	return changed
}

// compatible makes the choice among candidates.
func (r *run) compatible(among []*candidate) *choice {
	c := &choice{}
	for _, p := range r.parts {
		c.limit = append(c.limit, p.Wanted)
	}
	for i, a := range among {
		c.weight = append(c.weight, a.weight(r.parts))
		c.kind = append(c.kind, a.Part)
		c.clash = append(c.clash, newSet(len(among)))
		for j, b := range among[:i] {
			if clashes(a.body, b.body, r.o.MaxClash) {
				c.clash[i].add(j)
				c.clash[j].add(i)
			}
		}
	}
	return c
}
