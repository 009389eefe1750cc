// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	_ "difffit/app/locale"
	"difffit/app/window/shell"
)

// The read-out of differences is made for what it is made of, and once.
func TestPinsAreShownOnce(t *testing.T) {
	first, second := document.ClusterID{Round: 1, Structure: 1, Rank: 1}, document.ClusterID{Round: 1, Structure: 2, Rank: 1}
	sh := &shell.Shell{Doc: documenttest.Composed(t)}
	tests := []struct {
		name string
		do   func() error
		made bool
	}{
		{"a selection without pins", func() error { sh.Doc.Select(second); return nil }, false},
		{"a pin", func() error { return sh.Doc.SetPinned(first, true) }, true},
		{"nothing", func() error { return nil }, false},
		{"a note", func() error { return sh.Doc.SetNote(first, "a note") }, false},
		{"a second pin", func() error { return sh.Doc.SetPinned(second, true) }, true},
		{"another selection", func() error { sh.Doc.Select(first); return nil }, true},
		{"a layer", func() error { return sh.Doc.SetLayer(1, false) }, false},
		{"the copies, that may be part of a name", func() error { return sh.Doc.SetCopies(1, 4) }, true},
		{"no pins", func() error { return sh.Doc.UnpinAll() }, true},
	}
	documenttest.Must(t, sh.Doc.UnpinAll())
	test.NewTempApp(t)
	tb := New(sh)
	tb.stage = dark{}
	tb.showPins()
	for _, tt := range tests {
		documenttest.Must(t, tt.do())
		before := tb.compare.shown
		tb.showPins()
		if made := tb.compare.shown != before; made != tt.made {
			t.Errorf("%s: the read-out is made again: %t, want %t", tt.name, made, tt.made)
		}
	}
}

func TestGridUsesTheRoom(t *testing.T) {
	for _, tt := range []struct {
		n    int
		size fyne.Size
		want int
	}{{1, fyne.NewSize(600, 700), 1}, {2, fyne.NewSize(600, 700), 1}, {2, fyne.NewSize(900, 500), 2}, {4, fyne.NewSize(600, 700), 2}, {8, fyne.NewSize(700, 600), 3}} {
		if got := columnsOf(tt.n, tt.size); got != tt.want {
			t.Errorf("%d pictures in %v: %d columns, want %d", tt.n, tt.size, got, tt.want)
		}
	}
}

func TestOpacityFallsExponentially(t *testing.T) {
	for _, tt := range []struct{ v, want float64 }{{1, 1}, {0, math.Exp(-4)}, {0.5, math.Exp(-2)}, {math.NaN(), 0}} {
		if got := opacity(tt.v, 0, 1, 4); math.Abs(got-tt.want) > 1e-12 {
			t.Errorf("opacity of %g is %g, want %g", tt.v, got, tt.want)
		}
	}
}

// dark is a stage on which nothing is seen.
type dark struct{ Stage }

func (dark) Level() (level float64, ok bool) { return 0, false }
