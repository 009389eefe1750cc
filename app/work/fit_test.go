// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// scripted is an engine that finds what it is told.
type scripted struct {
	fit    func(ctx context.Context, name string, o fitting.Options) (*fitting.Result, error)
	sample error // what Sample says; nil: nothing to fit a distribution to

	mu    sync.Mutex
	asked []string // name and starts of each search
}

func (*scripted) Info() fitting.Info {
	return fitting.Info{Name: "scripted", Device: "test", Kernel: "none"}
}
func (*scripted) Close() error { return nil }

func (e *scripted) Fit(ctx context.Context, p *fitting.Problem, _ func(fitting.Progress)) (*fitting.Result, error) {
	e.mu.Lock()
	e.asked = append(e.asked, fmt.Sprintf("%s %d", p.Structure.Name, p.Options.Starts))
	e.mu.Unlock()
	return e.fit(ctx, p.Structure.Name, p.Options)
}

func (e *scripted) Sample(context.Context, *fitting.Problem) ([]float64, error) { return nil, e.sample }

// result has one place with a score, and z with it.
func result(score float64, agreed bool) *fitting.Result {
	p := fitting.Placement{Motion: geom.Identity(), Metrics: fitting.Metrics{Score: score, SignificanceZ: 100 * score}}
	return &fitting.Result{Starts: 512, AtomsUsed: 10, RoundsAgreed: agreed, Placements: []fitting.Placement{p}, Clusters: []fitting.Cluster{{Rank: 1, Placement: p}}}
}

func target() *fitting.Target {
	g := volume.New([3]int{8, 8, 8}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{})
	for i := range g.Data {
		g.Data[i] = float32(i%7) / 7
	}
	return fitting.NewTarget(g)
}

// library returns n subjects of different sizes.
func library(n int) []Subject {
	var list []Subject
	for i := range n {
		s := &mol.Structure{Name: fmt.Sprintf("s%02d", i)}
		for k := range 40 + i {
			s.Atoms = append(s.Atoms, mol.Atom{Pos: r3.Vec{X: float64(k)}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: k + 1})
		}
		list = append(list, Held(s))
	}
	return list
}

// A library is searched in passes: all, then the best of those whose rounds did
// not agree. One that cannot be read is told, and costs nothing.
func TestLibraryInPasses(t *testing.T) {
	e := &scripted{fit: func(_ context.Context, name string, _ fitting.Options) (*fitting.Result, error) {
		return result(map[string]float64{"s07": 0.9, "s11": 0.5}[name]+0.1, name == "s07"), nil
	}}
	subjects := library(60)
	subjects[3].Read = func(context.Context) (*mol.Structure, error) { return nil, errors.New("torn") }
	found, err := Fit{Engine: e, Target: target(), Options: fitting.DefaultOptions()}.Run(t.Context(), subjects)
	if err != nil || len(found) != 60 {
		t.Fatalf("%d found, %v", len(found), err)
	}
	if f := found[3]; f.Result != nil || f.Err == nil || f.Err.Error() != "torn" {
		t.Errorf("what could not be read: %+v", f)
	}
	searches := map[string]int{}
	for _, a := range e.asked {
		searches[strings.Fields(a)[0]]++
	}
	for name, want := range map[string]int{"s03": 0, "s07": 1, "s11": 4} {
		if searches[name] != want {
			t.Errorf("%s: %d searches, want %d: %q", name, searches[name], want, e.asked)
		}
	}
	if n := len(e.asked); n != 59+39+9+2 { // 40, 10 and 3 less what has agreed
		t.Errorf("%d searches, want %d", n, 59+39+9+2)
	}
	if found[7].Result.Null != nil || found[7].Unassessed == nil {
		t.Errorf("assessed: %+v", found[7])
	}
}

// What a person stops keeps what was found, of a library too.
func TestStoppedInAPass(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e := &scripted{}
	e.fit = func(ctx context.Context, name string, o fitting.Options) (*fitting.Result, error) {
		if o.Starts >= 1024 { // the second pass
			cancel()
			return result(0.05, false), ctx.Err()
		}
		return result(0.3, false), nil
	}
	found, err := Fit{Engine: e, Target: target(), Options: fitting.DefaultOptions(), Threads: 1}.Run(ctx, library(20))
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("error %v, want that it was stopped", err)
	}
	for i, f := range found {
		if f.Result == nil || f.Partial || f.Result.Clusters[0].Score != 0.3 {
			t.Errorf("subject %d: %+v, want what the first pass found", i, f)
		}
	}
}

// What a pass found stays where the next one fails, and that is told.
func TestAFaultInALaterPass(t *testing.T) {
	e := &scripted{fit: func(_ context.Context, name string, o fitting.Options) (*fitting.Result, error) {
		if o.Starts >= 1024 && name == "s05" {
			return nil, errors.New("the card is gone")
		}
		return result(0.3, false), nil
	}}
	var mu sync.Mutex
	var told []string
	say := func(text string) {
		mu.Lock()
		defer mu.Unlock()
		told = append(told, text)
	}
	found, err := Fit{Engine: e, Target: target(), Options: fitting.DefaultOptions(), Say: say}.Run(t.Context(), library(12))
	if err != nil || found[5].Result == nil || found[5].Err != nil {
		t.Fatalf("%+v, %v: want what the first pass found", found[5], err)
	}
	if len(told) == 0 || told[0] != "s05: what 512 starts found stays, for more of them failed: the card is gone" {
		t.Errorf("told %q", told)
	}
}

// A fault of an engine is told with the structure; that there are no samples to
// be had, or too few, is an answer and no fault.
func TestFaultsOfARound(t *testing.T) {
	m := &document.Map{Name: "map", Grid: target().Grid()}
	for _, tt := range []struct {
		name   string
		fault  error // of the fit
		sample error
		want   string
	}{
		{"nothing", nil, nil, ""},
		{"the fit", errors.New("the card is gone"), nil, "s00: the card is gone"},
		{"the null distribution", nil, errors.New("the card is gone"), "s00: the card is gone"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			e := &scripted{sample: tt.sample, fit: func(context.Context, string, fitting.Options) (*fitting.Result, error) {
				return result(0.5, true), tt.fault
			}}
			s, _ := library(1)[0].Read(t.Context())
			structure := &document.Structure{ID: 1, Model: s, Fit: true}
			state := document.State{Map: m, Structures: []*document.Structure{structure}, Options: fitting.DefaultOptions()}
			o, faults, err := Round{State: state, Structures: state.Structures, Targets: new(Targets), Engine: e, Program: "test"}.Make(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if got := errors.Join(faults...); tt.want == "" && got != nil || tt.want != "" && (got == nil || got.Error() != tt.want) {
				t.Errorf("faults %v, want %q", got, tt.want)
			}
			if n := len(o.Found.Fits); tt.fault == nil && n != 1 {
				t.Errorf("%d fits, want 1", n)
			}
		})
	}
}
