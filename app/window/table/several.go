// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"fmt"
	"slices"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view/palette"
	"difffit/render"
)

// Selection returns the placements whose rows are selected.
func (tb *Table) Selection() []document.ClusterID { return tb.Results.Selection() }

// acceptSeveral accepts the selected placements, but those that are accepted
// already or have a copy in their place.
func (tb *Table) acceptSeveral(ids []document.ClusterID) {
	s := tb.sh.Doc.State()
	open := slices.DeleteFunc(slices.Clone(ids), func(id document.ClusterID) bool { return !s.IsOpen(id) })
	if len(open) == 0 {
		tb.sh.Say(fmt.Sprintf("The %d selected placements are accepted already", len(ids)))
		return
	}
	if err := tb.sh.Doc.AcceptAll(open); err != nil {
		tb.sh.Fail("The placements were not accepted", err)
		return
	}
	text := fmt.Sprintf("Accepted %s", panel.Plural(len(open), "placement"))
	if n := len(ids) - len(open); n > 0 {
		text += fmt.Sprintf("; %d of those that are selected were accepted before", n)
	}
	tb.sh.Say(text)
}

// rejectSeveral says that the selected placements are wrong; if all of them are
// rejected, it takes that back.
func (tb *Table) rejectSeveral(ids []document.ClusterID) {
	s := tb.sh.Doc.State()
	rejected := slices.ContainsFunc(ids, func(id document.ClusterID) bool { return !s.Mark(id).Rejected })
	ids = slices.DeleteFunc(slices.Clone(ids), func(id document.ClusterID) bool { return s.Mark(id).Rejected == rejected })
	if err := tb.sh.Doc.SetRejectedAll(ids, rejected); err != nil {
		tb.sh.Fail("The placements were not rejected", err)
		return
	}
	what := map[bool]string{true: "Rejected ", false: "No longer rejected: "}[rejected]
	tb.sh.Say(what + panel.Plural(len(ids), "placement"))
}

// pinSeveral pins the selected placements; if all of them are pinned, it unpins
// them.
func (tb *Table) pinSeveral(ids []document.ClusterID) {
	s := tb.sh.Doc.State()
	pinned := slices.ContainsFunc(ids, func(id document.ClusterID) bool { return s.Mark(id).Pin == 0 })
	tb.sh.Try("The placements were not pinned", tb.sh.Doc.SetPinnedAll(ids, pinned))
}

// withSelected adds the placements to those of a scene whose rows are selected
// beside the one that is looked at, which the scene has.
func (tb *Table) withSelected(molecules []render.Molecule) []render.Molecule {
	ids := tb.Results.Selection()
	if tb.IsLive() || len(ids) < 2 {
		return molecules
	}
	s, selected := tb.sh.Doc.State(), tb.sh.Doc.Selected()
	for _, id := range ids {
		c, ok := s.Cluster(id)
		if t := s.Structure(id.Structure); ok && t != nil && id != selected && s.AcceptedFrom(id) == nil {
			m := tb.stage.Molecule(t, c.Motion, palette.Of(s).Placement(id, c.Motion))
			m.Outlined = true
			molecules = append(molecules, m)
		}
	}
	return molecules
}
