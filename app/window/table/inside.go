// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"context"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/work"
)

// An insideKey tells what the part of atoms inside of a contour level is made of.
type insideKey struct {
	m          *document.Map
	round      *document.Round
	structures any // list of those of the document
	level      float64
}

// ShowInside shows what part of the atoms of each placement of the round that is
// shown is inside of the contour level that is shown. Call it when either is
// another one. The numbers of before stay, with their level, until they are there.
func (tb *Table) ShowInside() {
	tb.showPins()
	s := tb.sh.Doc.State()
	level, ok := tb.stage.Level()
	r := s.Round(tb.Results.Round())
	if !ok || s.Map == nil || r == nil || tb.IsLive() {
		return
	}
	key := insideKey{s.Map, r, work.ListKey(s.Structures), level}
	tb.inside.Make(tb.sh, key, func(ctx context.Context) panel.Inside {
		of, err := work.Inside(ctx, s, r.Number, level)
		if err != nil { // nobody wants to know any more
			return panel.Inside{}
		}
		return panel.Inside{Round: r.Number, Level: level, Of: of}
	}, tb.Results.SetInside)
}

// Settled tells whether all that was asked for is shown.
func (tb *Table) Settled() bool { return tb.inside.Settled() }

// Inside returns what was found last.
func (tb *Table) Inside() panel.Inside { return tb.inside.Value }
