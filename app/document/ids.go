// SPDX-License-Identifier: BSD-3-Clause

package document

import "slices"

// IDs are the greatest numbers of each kind that were given so far. No number
// is given twice, not even after its owner was removed or undone: something
// that runs beside the document may still speak of it.
type IDs struct {
	Structure int `json:"structure"`
	Round     int `json:"round"`
	Accepted  int `json:"accepted"`
	Layer     int `json:"layer"`
	Map       int `json:"map,omitempty"` // of those beside the one that is fitted into
}

// Max returns the greater number of each kind.
func (a IDs) Max(b IDs) IDs {
	return IDs{max(a.Structure, b.Structure), max(a.Round, b.Round), max(a.Accepted, b.Accepted), max(a.Layer, b.Layer), max(a.Map, b.Map)}
}

// next counts one of a kind and returns its new number.
func next(last *int) int {
	*last++
	return *last
}

// Mentioned returns the greatest numbers that s has or speaks of, also of what
// was removed.
func (s State) Mentioned() IDs {
	var m IDs
	for _, t := range s.Structures {
		m.Structure = max(m.Structure, t.ID)
	}
	for _, o := range s.Others {
		m.Map = max(m.Map, o.ID)
	}
	for _, r := range s.Rounds {
		m = m.Max(r.mentioned())
	}
	for _, a := range s.Accepted {
		m = m.Max(IDs{Structure: a.Structure, Round: a.Cluster.Round, Accepted: a.ID})
	}
	for _, l := range s.Layers {
		m = m.Max(l.mentioned())
	}
	for _, k := range s.Marks {
		m = m.Max(IDs{Structure: k.Structure, Round: k.Cluster.Round})
	}
	return m
}

func (r *Round) mentioned() IDs {
	m := IDs{Round: r.Number}
	for _, f := range r.Fits {
		m.Structure = max(m.Structure, f.Structure)
		for _, l := range f.Layers {
			m = m.Max(l.mentioned())
		}
	}
	for _, id := range r.Basis.structures() {
		m.Structure = max(m.Structure, id)
	}
	return m
}

func (l *Layer) mentioned() IDs {
	return IDs{Structure: slices.Max(l.structures()), Accepted: l.Accepted, Layer: l.ID}
}
