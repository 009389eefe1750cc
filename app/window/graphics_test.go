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
	b.view.OnInfo(info)
	if b.status.Text != info.Notes[0] || !strings.Contains(b.device.Text, "12 ms by software") {
		t.Errorf("status %q, device %q", b.status.Text, b.device.Text)
	}
	b.say("something else")
	b.view.OnInfo(info)
	if b.status.Text != "something else" {
		t.Errorf("the same is told again: %q", b.status.Text)
	}
	info.Notes, info.Device = nil, "Apple M2"
	if b.view.OnInfo(info); strings.Contains(b.device.Text, "software") {
		t.Errorf("device %q", b.device.Text)
	}
}

// The density at the pointer is that of the remaining map, in its units and
// in σ, whichever maps are seen.
func TestHoverTellsTheRemainingMap(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	at := r3.Vec{X: 10, Y: 10, Z: 10} // the middle of the blob, where the density is 1
	want := b.describe(render.Hit{Position: at, Density: 1})
	if !strings.HasPrefix(want, "density 1 (") || !strings.HasSuffix(want, " σ)") {
		t.Errorf("words %q", want)
	}
	b.change(0, func(r *panel.MapRow) { r.Visible = false })
	b.change(2, func(r *panel.MapRow) { r.Visible = true })
	if got := b.describe(render.Hit{Position: at, Density: 55}); got != want {
		t.Errorf("words %q, want %q", got, want)
	}
}
