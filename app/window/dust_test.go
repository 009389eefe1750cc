// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"testing"

	"difffit/app/view"
	"difffit/app/window/stage"
)

// Dust is hidden at first: the surface is that of another map, of which nothing
// is more than in the one that was opened. The menu shows it, and a session
// keeps that.
func TestDustIsHidden(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	seen := func() []float32 {
		b.until("the map is shown", b.stage.Settled)
		return b.stage.View.Scene().Volumes[0].Grid.Data
	}
	with := b.Doc.State().Map.Grid.Data
	without := seen()
	lower := 0
	for i, v := range without {
		if v > with[i] {
			t.Fatalf("voxel %d is %g, in the map %g", i, v, with[i])
		}
		if v < with[i] {
			lower++
		}
	}
	if lower == 0 {
		t.Error("nothing is hidden")
	}
	item := pick(t, b.window, "Map", "Hide dust")
	if got := seen(); item.Checked || &got[0] != &with[0] {
		t.Errorf("with dust: the item is on %t, the map is as opened %t", item.Checked, &got[0] == &with[0])
	}
	v, err := view.Decode(b.stage.WithView(b.Doc.State()).View)
	b.must(err)
	if !v.Setting.Dust {
		t.Error("the session does not know that dust is shown")
	}
	if item := pick(t, b.window, "Map", "Hide dust"); !item.Checked {
		t.Error("the item is off")
	}
	if got := seen(); &got[0] == &with[0] {
		t.Error("dust is shown again")
	}
	b.stage.SetDisplay(func(l *stage.Display) { l.Dust = true })
	if got := seen(); &got[0] != &with[0] {
		t.Error("dust is not shown")
	}
}
