// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/render"
)

// What is special about a picture is told once in the status line.
func TestStatusTellsAboutThePicture(t *testing.T) {
	b := newBench(t, &planned{})
	b.opened()
	info := viewport.Info{Milliseconds: 12, Device: "llvmpipe (LLVM 15.0.6, 256 bits)", Notes: []string{"The map is shown with fewer voxels."}}
	b.stage.View.OnInfo(info)
	system := func() string {
		b.help.ShowSystem()
		defer b.Escape()
		return b.said()
	}
	if said := system(); b.Status.Text != info.Notes[0] || !strings.Contains(said, "(software)") || !strings.Contains(said, "12 ms") {
		t.Errorf("status %q, system %q", b.Status.Text, said)
	}
	b.Say("something else")
	b.stage.View.OnInfo(info)
	if b.Status.Text != "something else" {
		t.Errorf("the same is told again: %q", b.Status.Text)
	}
	info.Notes, info.Device = nil, "Apple M2"
	b.stage.View.OnInfo(info)
	if said := system(); strings.Contains(said, "software") || !strings.Contains(said, "Apple M2") {
		t.Errorf("system %q", said)
	}
}

// The density at the pointer is that of all of the map, in its units and in σ,
// whichever maps are seen and whatever was zeroed.
func TestHoverTellsTheWholeMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	at := r3.Vec{X: 10, Y: 10, Z: 10} // the middle of the blob, where the density is 1
	want := b.stage.Describe(render.Hit{Position: at, Density: 1})
	if !strings.HasPrefix(want, "density 1 (") || !strings.HasSuffix(want, " σ)") {
		t.Errorf("words %q", want)
	}
	b.change(1, func(r *panel.MapRow) { r.Visible = false })
	b.change(2, func(r *panel.MapRow) { r.Visible = true })
	b.compose.ZeroOut()
	b.idle()
	if got := b.stage.Describe(render.Hit{Position: at, Density: 55}); got != want {
		t.Errorf("words %q, want %q", got, want)
	}
}
