// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"testing"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// What is inside is counted in the map as it was opened, at any level, also where
// density was zeroed since.
func TestInsideCountsAtoms(t *testing.T) {
	d := documenttest.Composed(t)
	s := d.State()
	a := s.Accepted[0]
	atoms, _ := s.Structure(a.Structure).Model.Select(s.Options.Atoms)
	var above []float64 // densities at the atoms
	for _, p := range atoms {
		above = append(above, s.Map.Grid.Sample(a.Placement.Motion.Apply(p.Pos)))
	}
	p := volume.NewProfile(s.Map.Grid)
	for _, level := range []float64{p.Min - 1, p.Mean, p.Mean + p.SD, p.Max + 1} {
		of, err := Inside(t.Context(), s, a.Cluster.Round, level)
		documenttest.Must(t, err)
		n := 0
		for _, v := range above {
			if v > level {
				n++
			}
		}
		want := float64(n) / float64(len(atoms))
		if got, ok := of[a.Cluster]; !ok || got != want {
			t.Errorf("level %g: %g of the atoms of %v, want %g", level, got, a.Cluster, want)
		}
		clusters := 0
		for _, f := range s.Round(a.Cluster.Round).Fits {
			clusters += len(f.Result.Clusters)
		}
		if len(of) != clusters {
			t.Errorf("%d placements, want %d", len(of), clusters)
		}
	}
	if of, err := Inside(t.Context(), document.State{}, 1, 0); err != nil || len(of) != 0 {
		t.Errorf("of nothing: %v, %v", of, err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Inside(ctx, s, a.Cluster.Round, 0); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v", err)
	}
}

// As many placements as a library of 359 domains has, of 1 500 atoms each.
func BenchmarkInside(b *testing.B) {
	s := document.State{Map: documenttest.Noise(1)}
	r := &document.Round{Number: 1}
	for i := range 359 {
		t := documenttest.Stick("stick", 1500)
		t.ID = i + 1
		s.Structures = append(s.Structures, t)
		found := documenttest.Found(make([]float64, 80)...)
		r.Fits = append(r.Fits, document.Fit{Structure: t.ID, Options: fitting.DefaultOptions(), Result: found})
	}
	s.Rounds = []*document.Round{r}
	for b.Loop() {
		if of, err := Inside(context.Background(), s, 1, 0.5); err != nil || len(of) != 359*80 {
			b.Fatal(len(of), err)
		}
	}
}
