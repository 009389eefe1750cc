// SPDX-License-Identifier: BSD-3-Clause

package session_test

import (
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	. "difffit/app/session"
	"difffit/fitting"
)

// BenchmarkAutosave saves 10,000 placements of 50 structures, the sync with
// the disk included.
func BenchmarkAutosave(b *testing.B) {
	d := document.New()
	if err := d.SetMap(noise(1)); err != nil {
		b.Fatal(err)
	}
	var fits []document.Fit
	for range 50 {
		if err := d.AddStructures(stick("s", 5)); err != nil {
			b.Fatal(err)
		}
		r := &fitting.Result{}
		for i := range 200 {
			p := placement(1/float64(i+2), r3.Vec{X: float64(i) / 3})
			r.Placements = append(r.Placements, p)
			r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
		}
		fits = append(fits, document.Fit{Structure: len(d.State().Structures), Options: d.State().Options, Result: r})
	}
	if _, err := d.Apply(document.Outcome{From: d.State(), Found: &document.Found{Fits: fits}}); err != nil {
		b.Fatal(err)
	}
	a, err := NewAutosave(b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	for b.Loop() {
		if err := a.Save(d.State(), "bench"); err != nil {
			b.Fatal(err)
		}
	}
}
