// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"errors"
	"fmt"
	"math"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/enginetest"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"gonum.org/v1/gonum/spatial/r3"
)

// An assembly is structures at known places in a simulated map.
type assembly struct {
	structures []*mol.Structure
	truth      [][]geom.Rigid
	target     *fitting.Target
}

// planted puts 3 copies of one molecule, 2 of another and a small one side by
// side, so near that their densities touch, at 6 Å with noise.
func planted(t *testing.T) *assembly {
	t.Helper()
	a := &assembly{}
	var points []volume.Point
	at := 0.0
	for i, k := range []struct{ atoms, copies int }{{700, 3}, {450, 2}, {220, 1}} {
		s := enginetest.Molecule(uint64(i+1), k.atoms, r3.Vec{X: 30, Y: -7})
		s.Name = fmt.Sprint("m", k.atoms)
		a.structures = append(a.structures, s)
		var truth []geom.Rigid
		for range k.copies {
			x := at / 60
			g := geom.About(geom.Exp(r3.Vec{X: 0.7 * at, Y: 2 - x, Z: x}), r3.Vec{X: 30, Y: -7}, r3.Vec{X: 22 * math.Cos(at), Y: 22 * math.Sin(at), Z: 6 * at})
			at += 1.05
			truth = append(truth, g)
			points = append(points, fitting.Points(s.Moved(g.Mover()).Atoms)...)
		}
		a.truth = append(a.truth, truth)
	}
	g, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{Resolution: 6, Spacing: 1.8, Padding: 12})
	if err != nil {
		t.Fatal(err)
	}
	a.target = fitting.NewTarget(volume.AddNoise(g, 0.3*volume.NewProfile(g).SD, 5))
	return a
}

func (a *assembly) parts(copies ...int) []Part {
	var parts []Part
	for i, s := range a.structures {
		parts = append(parts, Part{Structure: s, Copies: copies[i]})
	}
	return parts
}

func options() Options {
	o := DefaultOptions()
	o.Fit.Resolution = 6
	return o
}

func rmsd(atoms []mol.Atom, a, b geom.Rigid) float64 {
	m := mol.Moments(atoms)
	return m.RMSD(a, b)
}

// check fails the test if placements are wrong, clash, or stand twice in one place.
func (a *assembly) check(t *testing.T, r *Result, o Options) {
	t.Helper()
	used := map[[2]int]bool{}
	for i, p := range r.Placements {
		s := a.structures[p.Part]
		at := slices.IndexFunc(a.truth[p.Part], func(g geom.Rigid) bool { return rmsd(s.Atoms, g, p.Motion) < 1 })
		if at < 0 || used[[2]int{p.Part, at}] {
			t.Errorf("placement %d (%s copy %d) is at no place of its own", i+1, s.Name, p.Copy)
		}
		used[[2]int{p.Part, at}] = true
		worst := 0.0
		for j, q := range r.Placements {
			if i != j {
				worst = math.Max(worst, Clash(s.Moved(p.Motion.Mover()), a.structures[q.Part].Moved(q.Motion.Mover())))
			}
		}
		if worst > o.MaxClash || worst != p.Clash {
			t.Errorf("placement %d: clash %g, said to be %g, want at most %g", i+1, worst, p.Clash, o.MaxClash)
		}
	}
}

func TestPlantedAssembly(t *testing.T) {
	a, o := planted(t), options()
	// How near the planted ones are is the map's affair: the limit is theirs.
	for i := range a.structures {
		for j := range a.structures {
			for k, g := range a.truth[i] {
				for l, h := range a.truth[j] {
					if i != j || k != l {
						o.MaxClash = math.Max(o.MaxClash, 1.2*Clash(a.structures[i].Moved(g.Mover()), a.structures[j].Moved(h.Mover())))
					}
				}
			}
		}
	}
	if o.MaxClash > 0.15 {
		t.Fatalf("the planted molecules clash by %g: too much for a test", o.MaxClash)
	}
	for _, copies := range [][]int{{3, 2, 1}, {0, 0, 0}, {2, 0, 1}} {
		r, err := Run(context.Background(), cpu.New(), a.target, a.parts(copies...), o, nil)
		if err != nil {
			t.Fatal(err)
		}
		a.check(t, r, o)
		for i, n := range copies {
			want := len(a.truth[i])
			if n > 0 {
				want = n
			}
			if got := r.Parts[i]; got.Placed != want || got.Wanted != n || got.Starts == 0 || got.First == nil {
				t.Errorf("copies %v, structure %d: %d placed of %d wanted, want %d", copies, i, got.Placed, got.Wanted, want)
			}
		}
		want := Exhausted
		if !slices.Contains(copies, 0) {
			want = Complete
		}
		if r.Reason != want && r.Reason != Empty || !r.Exact || len(r.Layers) != len(r.Placements) {
			t.Errorf("copies %v: stopped because %s, want %s; exact %v; %d layers of %d placements", copies, r.Reason, want, r.Exact, len(r.Layers), len(r.Placements))
		}
		if !reflect.DeepEqual(r.Remaining, volume.Apply(a.target.Grid(), r.Layers...)) {
			t.Errorf("copies %v: the remaining map is not that of the layers", copies)
		}
	}
}

// One seed, one result, whatever the number of threads.
func TestThreadsDoNotMatter(t *testing.T) {
	a, o := planted(t), options()
	o.MaxClash = 0.15
	var first *Result
	for _, threads := range []int{1, 2, 8} {
		o.Fit.Threads = threads
		r, err := Run(context.Background(), cpu.New(), fitting.NewTarget(a.target.Grid()), a.parts(3, 2, 1), o, nil)
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = r
		}
		if !reflect.DeepEqual(r.Placements, first.Placements) || r.Rounds != first.Rounds {
			t.Errorf("%d threads: other placements than with 1", threads)
		}
	}
	if len(first.Placements) != 6 {
		t.Errorf("%d placements, want 6", len(first.Placements))
	}
}

// A planner is an engine that finds what a test planned: in the i-th fit of a
// structure the i-th list of placements, after those nothing.
type planner struct {
	fitting.Engine
	plan map[string][][]fitting.Placement
	stop func() // called in the fit that is beyond the plan

	mu   sync.Mutex
	fits map[string]int
}

func (*planner) Info() fitting.Info { return fitting.Info{Name: "planner"} }

func (p *planner) Fit(ctx context.Context, problem *fitting.Problem, _ func(fitting.Progress)) (*fitting.Result, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	name := problem.Structure.Name
	r := &fitting.Result{RoundsAgreed: true, Starts: 1}
	if p.fits == nil {
		p.fits = map[string]int{}
	}
	if at := p.fits[name]; at < len(p.plan[name]) {
		for i, found := range p.plan[name][at] {
			r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: found})
		}
	} else if p.stop != nil {
		p.stop()
		return r, fmt.Errorf("planner: stopped: %w", ctx.Err())
	}
	p.fits[name]++
	return r, nil
}

// bar is a rod of 41 atoms along x, 40 Å long, in a map that it fits anywhere
// on the x axis.
func bar(t *testing.T) (*mol.Structure, *fitting.Target) {
	t.Helper()
	s := &mol.Structure{Name: "bar"}
	for i := range 41 {
		s.Atoms = append(s.Atoms, mol.Atom{Pos: r3.Vec{X: float64(i)}, Element: mol.Carbon})
	}
	var points []volume.Point
	for i := range 161 {
		points = append(points, volume.Point{Pos: r3.Vec{X: float64(i)}, Weight: 6})
	}
	g, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{Resolution: 6, Spacing: 2, Padding: 10})
	if err != nil {
		t.Fatal(err)
	}
	return s, fitting.NewTarget(g)
}

func at(x, score float64) fitting.Placement {
	return fitting.Placement{Motion: geom.NewRigid(geom.Exp(r3.Vec{}), r3.Vec{X: x}), Hits: 1, Metrics: fitting.Metrics{Score: score, SignificanceZ: 40}}
}

func places(r *Result) (x []float64) {
	for _, p := range r.Placements {
		x = append(x, math.Round(p.Motion.Shift.X))
	}
	return x
}

// The best placement is in the way of two others that together explain more:
// taking the best first would end with one.
func TestCompetingPlacements(t *testing.T) {
	s, target := bar(t)
	e := &planner{plan: map[string][][]fitting.Placement{"bar": {{at(22, 0.6), at(0, 0.5), at(44, 0.5), at(100, 0.24), at(110, 0.1)}}}}
	for _, test := range []struct {
		copies int
		want   []float64
	}{
		{0, []float64{0, 44}}, // 100 has less than half of the best score, 110 less than 0.2
		{2, []float64{0, 44}},
		{1, []float64{22}},
	} {
		e.fits = nil
		r, err := Run(context.Background(), e, target, []Part{{Structure: s, Copies: test.copies}}, options(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := places(r); !slices.Equal(got, test.want) {
			t.Errorf("%d copies: placed at %v, want %v", test.copies, got, test.want)
		}
	}
}

// What a later round finds displaces what an earlier one accepted.
func TestLaterRoundsMayDisplace(t *testing.T) {
	s, target := bar(t)
	other := *s
	other.Name = "other"
	e := &planner{plan: map[string][][]fitting.Placement{
		"bar":   {{at(20, 0.3)}, {at(0, 0.3)}},
		"other": {{}, {at(44, 0.4)}},
	}}
	// In the second round both are measured in the map, where they fit alike.
	r, err := Run(context.Background(), e, target, []Part{{Structure: s, Copies: 0}, {Structure: &other, Copies: 1}}, options(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := places(r); !slices.Equal(got, []float64{0, 44}) && !slices.Equal(got, []float64{44, 0}) {
		t.Fatalf("placed at %v, want 0 and 44 in place of 20", got)
	}
	for _, p := range r.Placements {
		if p.Round != 2 || p.Clash > 0 {
			t.Errorf("placed in round %d with clash %g, want round 2 and none", p.Round, p.Clash)
		}
	}
}

func TestStopsWithWhatIsFinished(t *testing.T) {
	s, target := bar(t)
	ctx, cancel := context.WithCancel(context.Background())
	e := &planner{plan: map[string][][]fitting.Placement{"bar": {{at(0, 0.5)}}}, stop: cancel}
	last := Progress{}
	r, err := Run(ctx, e, target, []Part{{Structure: s, Copies: 0}}, options(), func(p Progress) { last = p })
	if !errors.Is(err, context.Canceled) || r.Reason != Interrupted {
		t.Fatalf("error %v, reason %q, want it canceled", err, r.Reason)
	}
	if got := places(r); !slices.Equal(got, []float64{0}) || len(r.Layers) != 1 || r.Parts[0].Placed != 1 {
		t.Errorf("placed at %v with %d layers, want that of the first round", got, len(r.Layers))
	}
	if last.Fraction == 1 {
		t.Error("an interrupted run reports that it is done")
	}
	r, err = Run(ctx, cpu.New(), target, []Part{{Structure: s, Copies: 1}}, options(), nil)
	if !errors.Is(err, context.Canceled) || len(r.Placements) != 0 || r.Remaining != target.Grid() {
		t.Errorf("canceled before it began: %v, %d placements", err, len(r.Placements))
	}
}

func TestRefuses(t *testing.T) {
	s, target := bar(t)
	bad := options()
	bad.MaxClash, bad.MaxRounds = math.NaN(), 0
	for name, run := range map[string]func() (*Result, error){
		"options": func() (*Result, error) {
			return Run(context.Background(), cpu.New(), target, []Part{{Structure: s, Copies: 1}}, bad, nil)
		},
		"no parts": func() (*Result, error) { return Run(context.Background(), cpu.New(), target, nil, options(), nil) },
		"copies": func() (*Result, error) {
			return Run(context.Background(), cpu.New(), target, []Part{{Structure: s, Copies: -1}}, options(), nil)
		},
		"no atoms": func() (*Result, error) {
			return Run(context.Background(), cpu.New(), target, []Part{{Structure: s.WithAtoms(nil), Copies: 1}}, options(), nil)
		},
	} {
		if r, err := run(); err == nil || r == nil || len(r.Placements) != 0 {
			t.Errorf("%s: result %v, error %v, want an error and an empty result", name, r, err)
		}
	}
	err := bad.Validate()
	for _, option := range []string{"max_clash", "max_rounds"} {
		if !strings.Contains(err.Error(), option) {
			t.Errorf("bad options: %v, want %s named", err, option)
		}
	}
}

func TestSignificance(t *testing.T) {
	for _, test := range []struct {
		score, z         float64
		wanted           int
		assumed          bool
		resolution, best float64
		want             bool
	}{
		{0.25, 12, 8, false, 8, 0.3, true},  // a small chain of which the number is known
		{0.25, 12, 0, false, 8, 0.3, false}, // or not
		{0.25, 12, 1, true, 8, 0.3, false},  // or one that nobody said
		{0.25, 16, 0, false, 8, 0.3, true},
		{0.25, 16, 1, true, 8, 0.3, true},
		{0.19, 40, 1, false, 5, 0.19, false}, // too low a score
		{0.3, 40, 1, false, 5, 0.61, false},  // less than half of the best copy
		{0.3, 19, 1, false, 12, 0.3, false},  // a blurred map
		{0.3, 21, 1, false, 12, 0.3, true},
	} {
		m := fitting.Metrics{Score: test.score, SignificanceZ: test.z}
		if got := isSignificant(m, Part{Copies: test.wanted, Assumed: test.assumed}, test.resolution, test.best); got != test.want {
			t.Errorf("%+v: significant %v", test, got)
		}
	}
}
