// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"testing"

	"difffit/fitting/symmetry"
)

// Two copies fix a screw, but not which helix is meant.
func TestWhyNoneIsProposed(t *testing.T) {
	q := &symmetric{from: 2}
	says := func(want string) {
		t.Helper()
		if got := q.whyNone(); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
	q.found.Group = symmetry.Group{Kind: symmetry.Helical, Rise: 82.6}
	says("two copies only fix a helix of rise 82.6 Å; a finer one may be meant: accept neighbours, or write the symmetry")
	q.found.Kind = symmetry.Cyclic
	says("no copy is missing")
	q.beyond = 2
	says("no copy that is expected is missing")
}
