// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"slices"

	"difffit/app/document"
	"difffit/app/view/palette"
	"difffit/fitting/geom"
	"difffit/render"
)

// live is what a running fit has found so far, which the document does not have.
type live struct {
	fits   []document.Fit     // nil if none runs
	chosen document.ClusterID // that a person selected; zero for none
	seen   []livePlace        // in the picture
}

// A livePlace is a placement of a running fit.
type livePlace struct {
	structure int // ID
	motion    geom.Rigid
	chosen    bool
}

// SetLive shows what a running fit has found so far in place of the rounds of
// the document, in the picture what is selected of it, else the best; nil ends
// that.
func (tb *Table) SetLive(fits []document.Fit) {
	if fits == nil || !tb.IsLive() {
		tb.live.chosen = document.ClusterID{}
	}
	tb.live.fits = fits
	tb.Results.SetLive(fits)
	if !slices.Equal(tb.livePlaces(), tb.live.seen) {
		tb.stage.Show()
	}
}

// IsLive tells whether the rows are those of a running fit.
func (tb *Table) IsLive() bool { return tb.live.fits != nil }

// Chosen returns the placement that a person selected among what a running fit
// has found; no structure if there is none.
func (tb *Table) Chosen() (structure int, motion geom.Rigid) {
	if p, ok := tb.livePlace(tb.live.chosen); ok {
		return p.structure, p.motion
	}
	return 0, geom.Rigid{}
}

// livePlace returns a placement of the running fit.
func (tb *Table) livePlace(id document.ClusterID) (livePlace, bool) {
	for _, f := range tb.live.fits {
		if f.Structure != id.Structure || id.IsZero() || tb.sh.Doc.State().Structure(id.Structure) == nil {
			continue
		}
		for _, c := range f.Result.Clusters {
			if c.Rank == id.Rank {
				return livePlace{id.Structure, c.Motion, tb.live.chosen == id}, true
			}
		}
	}
	return livePlace{}, false
}

// livePlaces returns what is seen of the running fit.
func (tb *Table) livePlaces() []livePlace {
	if !tb.IsLive() {
		return nil
	}
	ids := []document.ClusterID{tb.Results.Best()}
	if _, ok := tb.livePlace(tb.live.chosen); ok {
		ids = append(slices.DeleteFunc(tb.Results.Selection(), func(id document.ClusterID) bool { return id == tb.live.chosen }), tb.live.chosen)
	}
	var places []livePlace
	for _, id := range ids {
		if p, ok := tb.livePlace(id); ok {
			places = append(places, p)
		}
	}
	return places
}

// withLive adds to the molecules of a scene what is seen of the running fit.
func (tb *Table) withLive(molecules []render.Molecule) []render.Molecule {
	tb.live.seen = tb.livePlaces()
	s := tb.sh.Doc.State()
	colours, next := palette.Of(s), map[int]int{}
	for _, p := range tb.live.seen {
		m := tb.stage.Molecule(s.Structure(p.structure), p.motion, colours.Next(p.structure, next[p.structure]))
		m.Outlined = p.chosen
		next[p.structure]++
		molecules = append(molecules, m)
	}
	return molecules
}
