// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// plain is an engine that can do nothing but its name.
type plain string

func (e plain) Info() fitting.Info { return fitting.Info{Name: string(e)} }
func (plain) Close() error         { return nil }

func (plain) Fit(context.Context, *fitting.Problem, func(fitting.Progress)) (*fitting.Result, error) {
	return nil, errors.New("not expected")
}

type refining struct{ plain }

func (refining) Refine(context.Context, *fitting.Problem, ...geom.Rigid) (*fitting.Result, error) {
	return nil, errors.New("not expected")
}

func state() document.State {
	o := fitting.DefaultOptions()
	o.Threads, o.Seed = 3, 11
	s := document.State{Options: o}
	for i, name := range []string{"alpha", "beta", "gamma", "delta"} {
		s.Structures = append(s.Structures, &document.Structure{ID: i + 1, Model: &mol.Structure{Name: name}, Fit: name != "delta"})
	}
	s.Structures[0].Copies, s.Structures[1].Copies = 3, 1
	for i, id := range []int{1, 2} {
		p := fitting.Placement{Motion: geom.Identity(), Metrics: fitting.Metrics{Score: 0.5 + float64(i)/10}}
		s.Accepted = append(s.Accepted, &document.Accepted{ID: i + 1, Structure: id, Placement: p})
	}
	return s
}

// A composite looks for the copies that are missing, and takes out what is
// accepted.
func TestCompositeOf(t *testing.T) {
	s := state()
	b := CompositeBasis(s, volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 3})
	if want := []document.Wanted{{Structure: 1, Copies: 2}, {Structure: 3, Copies: 1}}; !reflect.DeepEqual(b.Composite.Wanted, want) {
		t.Errorf("wanted %v, want %v: beta is placed, delta takes no part", b.Composite.Wanted, want)
	}
	if want := (volume.ZeroOptions{Mode: volume.ZeroDistance, Radius: 3}); b.Composite.Zero != want {
		t.Errorf("zeroes with %+v, want %+v", b.Composite.Zero, want)
	}
	if len(b.Accepted) != 2 || b.Accepted[1].Structure != 2 || b.Accepted[1].Score != 0.6 {
		t.Errorf("accepted %+v", b.Accepted)
	}
	if b.Options.Threads != 0 || b.Options.Seed != 11 {
		t.Errorf("options with %d threads and seed %d, want those of the state without threads", b.Options.Threads, b.Options.Seed)
	}
}

// The level of a composite is that of all that take part, not of what is missing.
func TestCompositeAtTheLevelOfAll(t *testing.T) {
	level := volume.Level{Value: 0.25, Rule: "by hand"}
	b := CompositeBasis(state(), volume.DefaultZeroOptions())
	b.Options.Level = nil
	at := AtLevel(b, level)
	if at.Options.Level == nil || *at.Options.Level != 0.25 || b.Options.Level != nil || at.Composite != b.Composite {
		t.Errorf("level %v, and of the basis it was made from %v; want 0.25 and none", at.Options.Level, b.Options.Level)
	}
	if again := AtLevel(at, volume.Level{Value: 9}); again != at {
		t.Errorf("a stated level became %g", *again.Options.Level)
	}
	if b := SymmetryBasis(state(), "C2"); AtLevel(b, level) != b {
		t.Error("a symmetry got a level")
	}
}

func TestWhatCannotBeMade(t *testing.T) {
	s := state()
	composite, symmetry := CompositeBasis(s, volume.DefaultZeroOptions()), SymmetryBasis(s, " C2 ")
	if symmetry.Symmetry.Stated != "C2" {
		t.Errorf("stated %q, want C2", symmetry.Symmetry.Stated)
	}
	if _, err := (Proposer{State: s, Engine: plain("cpu")}).Make(t.Context(), symmetry); err == nil {
		t.Error("copies by symmetry of an engine that cannot refine")
	}
	for _, b := range []*document.Basis{composite, symmetry} {
		b.Accepted[0].Structure = 0
		if _, err := (Proposer{State: s, Engine: refining{"cpu"}}).Make(t.Context(), b); !errors.Is(err, document.ErrGone) {
			t.Errorf("without a structure: %v, want %v", err, document.ErrGone)
		}
	}
}

func TestRefining(t *testing.T) {
	can, cannot := refining{"b"}, plain("a")
	for _, tt := range []struct {
		name   string
		engine fitting.Engine
		others []fitting.Engine
		want   fitting.Engine
	}{
		{"itself", can, []fitting.Engine{refining{"c"}}, can},
		{"another", cannot, []fitting.Engine{cannot, can}, can},
		{"none", cannot, []fitting.Engine{cannot}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := Refining(tt.engine, tt.others)
			if got != tt.want || (err != nil) != (tt.want == nil) {
				t.Errorf("%v (%v), want %v", got, err, tt.want)
			}
		})
	}
}
