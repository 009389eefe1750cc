// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"testing"

	. "difffit/app/document"
)

// What is decided about several placements is one step, and nothing of it is
// done if one of them cannot be.
func TestSeveralAtOnce(t *testing.T) {
	d := New()
	must(t, d.SetMap(noise(1)))
	must(t, d.AddStructures(stick("alpha", 5)))
	propose(t, d, "", nil, Fit{Structure: 1, Options: d.State().Options, Result: found(0.9, 0.8, 0.7)})
	ids := Order(1, d.State().Rounds[0].Fits)
	step := func(label string, err error) State {
		t.Helper()
		must(t, err)
		if d.UndoLabel() != label {
			t.Errorf("the step is %q, want %q", d.UndoLabel(), label)
		}
		return d.State()
	}
	if s := step("Accept 2 placements", d.AcceptAll(ids[:2])); len(s.Accepted) != 2 {
		t.Errorf("%d accepted, want 2", len(s.Accepted))
	}
	if err := d.AcceptAll(ids); err == nil || len(d.State().Accepted) != 2 {
		t.Errorf("two of three were accepted before: %v, %d accepted", err, len(d.State().Accepted))
	}
	if s := step("Reject 3 placements", d.SetRejectedAll(ids, true)); len(s.Accepted) != 0 || !s.Mark(ids[2]).Rejected {
		t.Errorf("%d accepted, want none", len(s.Accepted))
	}
	step("Take back the rejection of alpha placement 1", d.SetRejectedAll(ids[:1], false))
	if s := step("Pin 3 placements", d.SetPinnedAll(ids, true)); len(s.Pins()) != 3 {
		t.Errorf("%d pinned, want 3", len(s.Pins()))
	}
	if s := step("Unpin 3 placements", d.SetPinnedAll(ids, false)); len(s.Pins()) != 0 {
		t.Errorf("%d pinned, want none", len(s.Pins()))
	}
	if d.AcceptAll(nil) == nil {
		t.Error("nothing was accepted without an error")
	}
}
