// SPDX-License-Identifier: BSD-3-Clause

package document_test

import (
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/document/documenttest"
	"difffit/fitting"
)

// However often a live fit follows a change, it and the change are one step, and
// the round keeps its number; what somebody has decided about stays.
func TestLiveIsOneStep(t *testing.T) {
	tests := []struct {
		name          string
		between       func(d *document.Document) error // two live fits
		steps, rounds int
	}{
		{"a drag", func(*document.Document) error { return nil }, 1, 1},
		{"accepted between", func(d *document.Document) error { return d.Accept(document.ClusterID{Round: 1, Structure: 1, Rank: 1}) }, 3, 2},
		{"a note between", func(d *document.Document) error {
			return d.SetNote(document.ClusterID{Round: 1, Structure: 1, Rank: 1}, "a note")
		}, 3, 2},
		{"another option between", func(d *document.Document) error {
			o := d.State().Options
			o.Seed++
			return d.SetOptions("seed", o)
		}, 3, 1},
		{"undone between", func(d *document.Document) error { d.Undo(); return nil }, 1, 1},
	}
	for _, tt := range tests {
		d := document.New()
		for _, err := range []error{d.SetMap(documenttest.Noise(1)), d.AddStructures(documenttest.Stick("a", 4))} {
			if err != nil {
				t.Fatal(err)
			}
		}
		before, _ := d.Depth()
		since, round := 0, 0
		follow := func(level, x float64) {
			t.Helper()
			from := d.State()
			from.Options.Level = &level
			p := documenttest.Placement(0.5, r3.Vec{X: x})
			r := &fitting.Result{Placements: []fitting.Placement{p}, Clusters: []fitting.Cluster{{Rank: 1, Placement: p}}}
			o := document.Outcome{From: from, Found: &document.Found{Fits: []document.Fit{{Structure: 1, Options: from.Options, Result: r}}}}
			done, err := d.ApplyLive(o, document.Live{Label: "Live", Since: since, Round: round})
			if err != nil {
				t.Fatal(err)
			}
			since, round = d.Revision(), done.Round
		}
		follow(0.1, 1)
		follow(0.2, 2)
		if err := tt.between(d); err != nil {
			t.Fatal(err)
		}
		follow(0.3, 3)
		s := d.State()
		undo, redo := d.Depth()
		if undo-before != tt.steps || redo != 0 || len(s.Rounds) != tt.rounds || *s.Options.Level != 0.3 {
			t.Errorf("%s: %d steps, %d rounds, level %g; want %d, %d, 0.3", tt.name, undo-before, len(s.Rounds), *s.Options.Level, tt.steps, tt.rounds)
		}
		if c, ok := s.Cluster(document.ClusterID{Round: s.Rounds[len(s.Rounds)-1].Number, Structure: 1, Rank: 1}); !ok || c.Motion.Shift.X != 3 {
			t.Errorf("%s: the last round is not that of the last fit", tt.name)
		}
		for range tt.steps {
			d.Undo()
		}
		if s = d.State(); len(s.Rounds) != 0 || s.Options.Level != nil {
			t.Errorf("%s: undone, %d rounds are there, level %v", tt.name, len(s.Rounds), s.Options.Level)
		}
	}
}
