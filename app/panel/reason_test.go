// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"errors"
	"fmt"
	"testing"
)

func TestReasonsHaveNoPackages(t *testing.T) {
	for text, want := range map[string]string{
		"document: there is no round 3":                            "there is no round 3",
		"a.pdb: pdb: pdb: line 3: no coordinates":                  "a.pdb: line 3: no coordinates",
		"work: stopped: context canceled":                          "stopped: context canceled",
		"map.mrc: mrc: is empty\nb.cif: load: mmcif: not a number": "map.mrc: is empty\nb.cif: not a number",
		"table: ":                              "",
		"the table of results: cannot be read": "the table of results: cannot be read",
		"report":                               "report", // nothing would be left
	} {
		if got := Reason(fmt.Errorf("%w", errors.New(text))); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
