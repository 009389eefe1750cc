// SPDX-License-Identifier: BSD-3-Clause

package search

import (
	"testing"

	"difffit/fitting"
)

func TestWork(t *testing.T) {
	plain := fitting.DefaultOptions()
	plain.Method = fitting.DiffFit
	if got, want := Work(plain, 1672), 1000.*201*1672; got != want {
		t.Errorf("plain method: %g samples, want %g", got, want)
	}
	search := fitting.DefaultOptions()
	few, many := Work(search, 100), Work(search, 10000)
	if few < 1e6 || many < few || many > Work(plain, 10000)/10 {
		t.Errorf("search: %g samples for 100 atoms, %g for 10000; want at least a million, and a tenth of the plain method at most", few, many)
	}
	search.Starts = 100
	if limited := Work(search, 100); limited >= few {
		t.Errorf("100 starts: %g samples, want fewer than %g", limited, few)
	}
}
