// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
)

// standing returns a document with two copies of a molecule in its map: as
// coordinates have it, and elsewhere. Its structures 1 and 2 stand beside these, 3
// far away.
func standing(t *testing.T) (d *document.Document, places [2]geom.Rigid) {
	t.Helper()
	places = [2]geom.Rigid{geom.Identity(), geom.NewRigid(geom.Exp(r3.Vec{X: 1, Y: 2}), r3.Vec{X: 38, Y: 5})}
	m := enginetest.Molecule(7, 300, r3.Vec{X: 20, Y: 25, Z: 30})
	g := enginetest.Map(t, m, places[:]...)
	d = document.New()
	source := document.Source{Path: "/data/two.mrc", SHA256: "two", Bytes: 1}
	must(t, d.SetMap(&document.Map{Source: source, Name: "two", Grid: g}))
	for range 3 {
		must(t, d.AddStructures(&document.Structure{Source: source, Model: m, Fit: true}))
	}
	center := m.Centroid(fitting.DefaultOptions().Atoms)
	for i, p := range places {
		at := p.Apply(center)
		beside := p.Then(geom.About(geom.Exp(r3.Vec{X: 0.06, Z: -0.05}), at, r3.Add(at, r3.Vec{X: 1, Y: -0.7})))
		must(t, d.Move(document.Standing{Structure: i + 1, Motion: beside}))
	}
	must(t, d.Move(document.Standing{Structure: 3, Motion: geom.NewRigid(geom.Identity().Rotation, r3.Vec{X: -500})}))
	return d, places
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func inMap(s document.State) InMap {
	w := InMap{State: s, Targets: &Targets{}, Engine: cpu.New(), Program: "test"}
	for _, q := range s.Structures {
		w.Models = append(w.Models, document.Standing{Structure: q.ID, Motion: q.Stands()})
	}
	return w
}

// Each structure goes to the optimum beside it, as Refine has it, and stays there;
// one that lies outside the map is left out and named. All of it is one step, and
// is the same when it is done again.
func TestFitInMap(t *testing.T) {
	d, places := standing(t)
	s := d.State()
	w := inMap(s)
	o, faults, err := w.Make(context.Background())
	must(t, err)
	if len(faults) != 1 || !errors.Is(faults[0], errNowhere) || !strings.Contains(faults[0].Error(), "Å outside the map") {
		t.Errorf("faults %v, want one structure outside the map", faults)
	}
	applied, err := d.Apply(o)
	must(t, err)
	r := d.State().Round(applied.Round)
	if len(r.Fits) != 2 || !r.IsLocal() || r.Fits[0].Layers != nil {
		t.Fatalf("%d fits, local %t", len(r.Fits), r.IsLocal())
	}
	for i, f := range r.Fits {
		c := f.Result.Clusters[0]
		if off := rmsdOf(s, places[i], c.Motion); off > 0.5 || c.Score < 0.5 {
			t.Errorf("structure %d: %.2f Å from its place, score %.3f", i+1, off, c.Score)
		}
		if got := d.State().Structure(i + 1).Stands(); got != c.Motion {
			t.Errorf("structure %d stands at %v, want where it was fitted to", i+1, got)
		}
		p := &fitting.Problem{Target: w.Targets.Whole(s.Map), Structure: s.Structures[i].Model, Options: f.Options}
		want, err := w.Engine.(fitting.Refiner).Refine(context.Background(), p, s.Structures[i].Stands())
		must(t, err)
		if !reflect.DeepEqual(f.Result.Clusters, want.Clusters) || *f.Start != s.Structures[i].Stands() {
			t.Errorf("structure %d: %+v, want as the engine refines it: %+v", i+1, f.Result.Clusters, want.Clusters)
		}
	}
	again := Replay{State: d.State(), Engine: func(fitting.Info) (fitting.Engine, error) { return w.Engine, nil }}
	rows, err := again.Run(context.Background())
	must(t, err)
	for _, row := range rows {
		if row.Verdict != Identical {
			t.Errorf("computed again: %s: %s, %v", row.Structure, row.Verdict, row.Differences)
		}
	}
	if d.Undo(); d.State().Structure(1).Stands() != s.Structures[0].Stands() {
		t.Error("undo does not put the structure back")
	}
}

func rmsdOf(s document.State, a, b geom.Rigid) float64 {
	m := s.Structures[0].Model
	sum := 0.0
	for _, atom := range m.Atoms {
		sum += r3.Norm2(r3.Sub(a.Apply(atom.Pos), b.Apply(atom.Pos)))
	}
	return math.Sqrt(sum / float64(len(m.Atoms)))
}

func TestFitInMapStops(t *testing.T) {
	d, _ := standing(t)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	o, _, err := inMap(d.State()).Make(ctx)
	if !errors.Is(err, context.Canceled) || len(o.Found.Fits) > 0 {
		t.Errorf("%v with %d fits, want a cancel and none", err, len(o.Found.Fits))
	}
}

// What a structure is worth where it stands is what a fit would say of it there.
func TestMeasureWhereItStands(t *testing.T) {
	d, places := standing(t)
	must(t, d.Move(document.Standing{Structure: 2, Motion: places[1]}))
	s, targets := d.State(), &Targets{}
	whole := targets.Whole(s.Map)
	measure := func(id int) Stand {
		q := s.Structure(id)
		m, err := Measure(context.Background(), s.Map, whole, s.Options, targets.Level(s), q, q.Stands())
		must(t, err)
		return m
	}
	beside, right, far := measure(1), measure(2), measure(3)
	if !(right.Score > beside.Score) || right.Score < 0.9 || right.Inside < 0.9 || right.Doubt(right.Resolution.Value) != "" {
		t.Errorf("in its place %+v, beside it %+v", right, beside)
	}
	if right.Outside != 0 || far.Outside < 400 || far.Outside > 500 || far.Score != 0 {
		t.Errorf("outside by %g and %g Å, want 0 and 400 to 500", right.Outside, far.Outside)
	}
}
