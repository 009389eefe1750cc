// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"testing"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	"difffit/fitting/volume"
)

// A layer that was made of the same is not made again, and one of something else
// is.
func TestZeroingTakesTheLayerThatWasKept(t *testing.T) {
	own := volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 4}
	tests := []struct {
		name    string
		options volume.ZeroOptions // of the layer that is kept
		change  func(d *document.Document, o *volume.ZeroOptions) error
		kept    bool
	}{
		{"nothing", own, func(*document.Document, *volume.ZeroOptions) error { return nil }, true},
		{"the seed", own, func(d *document.Document, _ *volume.ZeroOptions) error {
			f := d.State().Options
			f.Seed++
			return d.SetOptions("seed", f)
		}, true},
		{"the copies", own, func(d *document.Document, _ *volume.ZeroOptions) error { return d.SetCopies(1, 5) }, true},
		{"the radius", own, func(_ *document.Document, o *volume.ZeroOptions) error { o.Radius++; return nil }, false},
		{"the resolution", own, func(d *document.Document, _ *volume.ZeroOptions) error {
			f := d.State().Options
			f.Resolution = 7
			return d.SetOptions("resolution", f)
		}, false},
		{"the resolution where none is needed", volume.ZeroOptions{Mode: volume.ZeroDistance, Radius: 2}, func(d *document.Document, _ *volume.ZeroOptions) error {
			f := d.State().Options
			f.Resolution = 7
			return d.SetOptions("resolution", f)
		}, true},
		{"the level", volume.DefaultZeroOptions(), func(d *document.Document, _ *volume.ZeroOptions) error {
			f, level := d.State().Options, 0.123
			f.Level = &level
			return d.SetOptions("level", f)
		}, false},
		{"the level where none is needed", own, func(d *document.Document, _ *volume.ZeroOptions) error {
			f, level := d.State().Options, 0.123
			f.Level = &level
			return d.SetOptions("level", f)
		}, true},
		{"a neighbour", own, func(d *document.Document, _ *volume.ZeroOptions) error {
			return d.Withdraw(d.State().Accepted[1].ID)
		}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := documenttest.Composed(t)
			var targets Targets
			a := d.State().Accepted[0]
			z := Zeroing{State: d.State(), Targets: &targets, Options: tt.options}
			first, err := z.Layer(t.Context(), a.Structure, a.Placement.Motion)
			documenttest.Must(t, err)
			documenttest.Must(t, tt.change(d, &z.Options))
			z.State, z.Kept = d.State(), first
			made, err := z.Make(t.Context(), []Placed{OfAccepted(a)})
			documenttest.Must(t, err)
			if kept := made.Zeroed[0].Layer == first.Layer; kept != tt.kept {
				t.Errorf("the layer is the one that was kept: %t, want %t", kept, tt.kept)
			}
		})
	}
}
