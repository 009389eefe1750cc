// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"fmt"

	"difffit/app/document"
)

// Accept holds the selected placement to be right.
func (tb *Table) Accept() {
	id := tb.sh.Doc.Selected()
	if tb.sh.MustWait("Accept") || id.IsZero() {
		return
	}
	if ids := tb.Results.Selection(); len(ids) > 1 {
		tb.acceptSeveral(ids)
		return
	}
	s := tb.sh.Doc.State()
	before := s.DecidedElsewhere(id)
	switch {
	case s.AcceptedFrom(id) != nil:
		tb.sh.Say("This placement is accepted already")
		return
	case tb.IsHidden(id):
		return
	case s.Replaced(id) != nil:
		tb.relocate(s, id)
		return
	case tb.IsTaken(id):
		return
	}
	if err := tb.sh.Doc.Accept(id); err != nil {
		tb.sh.Fail("The placement was not accepted", err)
		return
	}
	text := fmt.Sprintf("Accepted %s of round %d", s.PlaceName(id), id.Round)
	if before.Rejected {
		text += fmt.Sprintf("; its place was %s", before)
	}
	tb.sh.Say(text)
}

// relocate puts an accepted placement to where a Fit in map has taken it.
func (tb *Table) relocate(s document.State, id document.ClusterID) {
	a := s.Replaced(id)
	c, _ := s.Cluster(id)
	apart := s.Structure(id.Structure).Apart(a.Placement.Motion, c.Motion)
	if err := tb.sh.Doc.Relocate(a.ID, id); err != nil {
		tb.sh.Fail("The placement was not accepted", err)
		return
	}
	text := fmt.Sprintf("%s is now at %s of round %d, %.1f Å from where it was", s.NameOf(a), s.PlaceName(id), id.Round, apart)
	if s.LayerOf(a.ID) != nil {
		text += "; what zeroes its density is where it was"
	}
	tb.sh.Say(text)
}

// IsHidden reports, and says, whether the filter hides a placement: nobody
// decides on what is not in the table.
func (tb *Table) IsHidden(id document.ClusterID) bool {
	if tb.Results.Filtered() == "" || tb.Results.Shows(id) {
		return false
	}
	tb.sh.Say("The filter hides the selected placement: choose a row, or clear the filter")
	return true
}

// IsTaken reports, and says, whether a copy of the structure was accepted in
// the place of a placement in another round.
func (tb *Table) IsTaken(id document.ClusterID) bool {
	s := tb.sh.Doc.State()
	v := s.DecidedElsewhere(id)
	if v.Accepted {
		tb.sh.Say(fmt.Sprintf("A copy of %s is in this place already: %s", s.Name(id.Structure), v))
	}
	return v.Accepted
}

// SetTaken tells of which placements the places are taken by what is accepted.
func (tb *Table) SetTaken(ids []document.ClusterID) { tb.Results.SetTaken(ids) }

// Reject says that the selected placement is wrong, or takes that back.
func (tb *Table) Reject() {
	id := tb.sh.Doc.Selected()
	if tb.sh.MustWait("Reject") || id.IsZero() || tb.IsHidden(id) {
		return
	}
	if ids := tb.Results.Selection(); len(ids) > 1 {
		tb.rejectSeveral(ids)
		return
	}
	s := tb.sh.Doc.State()
	rejected := !s.Mark(id).Rejected
	if err := tb.sh.Doc.SetRejected(id, rejected); err != nil {
		tb.sh.Fail("The placement was not rejected", err)
		return
	}
	what := map[bool]string{true: "Rejected ", false: "No longer rejected: "}[rejected]
	tb.sh.Say(fmt.Sprintf("%s%s of round %d", what, s.PlaceName(id), id.Round))
}
