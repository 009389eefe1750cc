// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"slices"

	"difffit/app/document"
	"difffit/fitting"
)

// Unchanged returns the round of s, the latest, that a fit of structures at a
// contour level would find again: one that searched for all of them, to its end,
// with the same options in the same density, on the engine of that name, "" for
// any. It returns nil if there is none.
func Unchanged(s document.State, structures []*document.Structure, level float64, engine string) *document.Round {
	screens := Screens(len(structures), s.Options)
	for _, r := range slices.Backward(s.Rounds) {
		if r.Proposed != "" {
			continue
		}
		if !slices.ContainsFunc(structures, func(t *document.Structure) bool {
			f := s.Fit(document.ClusterID{Round: r.Number, Structure: t.ID})
			return f == nil || f.Partial || f.LayersGone > 0 || engine != "" && f.Result.Engine.Name != engine ||
				!sameOptions(f.Options, s.Options, level, screens) || !sameLayers(f.Layers, s.Active())
		}) {
			return r
		}
	}
	return nil
}

// sameOptions tells whether a fit with options was would have found what one with
// options is would find at a level. In a screen the starts are a matter of the pass.
func sameOptions(was, is fitting.Options, level float64, screens bool) bool {
	if l := is.Level; l != nil {
		level = *l
	}
	if was.Level == nil || *was.Level != level {
		return false
	}
	was.Level, is.Level = nil, nil
	was.Threads, is.Threads = 0, 0
	was.ClusterShift, was.ClusterAngle = is.ClusterShift, is.ClusterAngle // a state has all its rounds in the same clusters
	if screens {
		was.Starts = is.Starts
	}
	return was == is
}

// sameLayers tells whether layers take the same density out.
func sameLayers(a, b []*document.Layer) bool {
	return slices.EqualFunc(a, b, func(p, q *document.Layer) bool {
		return p.Structure == q.Structure && p.Motion == q.Motion && p.Cut.Options == q.Cut.Options && slices.Equal(p.Beside, q.Beside)
	})
}
