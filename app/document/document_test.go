// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// noise returns a map of random densities, so that any change of a voxel shows.
func noise(seed uint64) *Map {
	g := volume.New([3]int{16, 14, 12}, r3.Vec{X: 1, Y: 1.25, Z: 1.5}, r3.Vec{X: -3, Y: 2, Z: 1})
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range g.Data {
		g.Data[i] = float32(rng.NormFloat64())
	}
	return &Map{Source: Source{Path: "/data/noise.mrc", SHA256: fmt.Sprintf("%064d", seed), Bytes: 1}, Name: "noise", Grid: g}
}

// stick returns a structure of a few carbon atoms on a line.
func stick(name string, atoms int) *Structure {
	m := &mol.Structure{Name: name, Model: 1}
	for i := range atoms {
		m.Atoms = append(m.Atoms, mol.Atom{Pos: r3.Vec{X: 1.5 * float64(i)}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: i + 1})
	}
	return &Structure{Source: Source{Path: "/data/" + name + ".pdb", SHA256: name, Bytes: 2}, Model: m, Fit: true}
}

func placement(score float64, shift r3.Vec) fitting.Placement {
	q := quat.Number{Real: 0.3, Imag: 0.5, Jmag: -0.7, Kmag: 0.2}
	return fitting.Placement{
		Motion: geom.NewRigid(q, shift), Hits: 7,
		Metrics: fitting.Metrics{Score: score, SignificanceZ: 31.25, Density: 1.0 / 3, MapCorrelation: math.Pi},
	}
}

func found(scores ...float64) *fitting.Result {
	r := &fitting.Result{
		Level: volume.Level{Value: 0.25, Rule: "stated"}, Resolution: volume.Resolution{Value: 4, Rule: "stated"},
		AtomsUsed: 5, Starts: 512, RoundsAgreed: true,
	}
	for i, s := range scores {
		p := placement(s, r3.Vec{X: float64(5*i) + 1.0/3, Y: 7, Z: 6})
		r.Placements = append(r.Placements, p)
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
	}
	return r
}

// worked returns a document in which a person has done something of each kind.
func worked(t *testing.T) *Document {
	t.Helper()
	d := New()
	must(t, d.SetMap(noise(1)))
	must(t, d.AddStructures(stick("alpha", 5), stick("beta", 4)))
	number := addRound(t, d,
		Fit{Structure: 1, Options: d.State().Options, Result: found(0.9, 0.5)},
		Fit{Structure: 2, Options: d.State().Options, Result: found(0.4), Partial: true},
	)
	must(t, d.Accept(ClusterID{number, 1, 1}))
	must(t, d.SetRejected(ClusterID{number, 1, 2}, true))
	must(t, d.SetNote(ClusterID{number, 2, 1}, "  clashes with alpha\tsee “Fig. 2”\n"))
	must(t, d.SetPinned(ClusterID{number, 2, 1}, true))
	must(t, d.SetPinned(ClusterID{number, 1, 1}, true))
	zero(t, d, 1)
	return d
}

// apply takes in an outcome that is made of the present state.
func apply(t *testing.T, d *Document, o Outcome) Applied {
	t.Helper()
	o.From = d.State()
	a, err := d.Apply(o)
	must(t, err)
	if len(a.Gone) > 0 {
		t.Fatalf("gone are %q", a.Gone)
	}
	return a
}

func addRound(t *testing.T, d *Document, fits ...Fit) int {
	t.Helper()
	return apply(t, d, Outcome{Found: &Found{Engine: fitting.Info{Name: "cpu", Kernel: "go"}, Fits: fits}}).Round
}

func propose(t *testing.T, d *Document, by string, from *Basis, fits ...Fit) int {
	t.Helper()
	return apply(t, d, Outcome{Found: &Found{Engine: fitting.Info{Name: "cpu"}, Fits: fits, Proposed: by, Basis: from}}).Round
}

// zero adds the layer of an accepted placement.
func zero(t *testing.T, d *Document, accepted int) {
	t.Helper()
	s := d.State()
	a := s.Accepted[accepted-1]
	l, err := NewLayer(context.Background(), s.Map, s.Structure(a.Structure), a.Placement.Motion, volume.DefaultZeroOptions())
	must(t, err)
	apply(t, d, Outcome{Zeroed: []Zeroed{{a.Cluster, l}}})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// bits returns the densities as they lie in memory, NaN and −0 included.
func bits(g *volume.Grid) []uint32 {
	b := make([]uint32, len(g.Data))
	for i, v := range g.Data {
		b[i] = math.Float32bits(v)
	}
	return b
}

func TestUndoRestoresTheMapBitForBit(t *testing.T) {
	d := worked(t)
	before := bits(d.State().Map.Grid)
	zeroed := bits(d.Target(d.State()).Grid())
	if slices.Equal(before, zeroed) {
		t.Fatal("zeroing changed nothing")
	}
	if got := d.State().Layers[0].Cut.Voxels; got == 0 {
		t.Error("the layer has no voxels")
	}
	if got := d.Undo(); got != "Zero out alpha copy 1" {
		t.Errorf("Undo: %q, want %q", got, "Zero out alpha copy 1")
	}
	if got := d.Target(d.State()).Grid(); !slices.Equal(bits(got), before) {
		t.Error("after undo the map is another one")
	}
	d.targets.kept = nil // made again, and not only kept
	d.Redo()
	if got := d.Target(d.State()).Grid(); !slices.Equal(bits(got), zeroed) {
		t.Error("after redo the map is not the zeroed one")
	}
	must(t, d.SetLayer(1, false))
	if got := d.Target(d.State()).Grid(); !slices.Equal(bits(got), before) {
		t.Error("with the layer off the map is another one")
	}
	must(t, d.SetLayer(1, true))
	must(t, d.RemoveLayer(1))
	if got := d.Target(d.State()).Grid(); got != d.State().Map.Grid {
		t.Error("without layers the map is not the opened one")
	}
}

func TestUndoAndRedoGoThroughAllStates(t *testing.T) {
	d := worked(t)
	n, _ := d.Depth()
	last := d.State()
	for range n {
		d.Undo()
	}
	if s := d.State(); s.Map != nil || len(s.Structures) != 0 || d.Undo() != "" || d.Modified() {
		t.Errorf("after %d undos: map %v, %d structures, modified %t", n, s.Map, len(s.Structures), d.Modified())
	}
	for range n {
		d.Redo()
	}
	if !reflect.DeepEqual(d.State(), last) {
		t.Error("after as many redos the state is another one")
	}
	if d.Redo() != "" {
		t.Error("Redo did something at the end")
	}
}

func TestEditThatFailsLeavesEverything(t *testing.T) {
	d := worked(t)
	before, revision := d.State(), d.Revision()
	fault := errors.New("fault")
	err := d.edit("fail", func(s *State) error {
		s.Structures = append(s.Structures, stick("x", 1))
		s.Map = nil
		return fault
	})
	if !errors.Is(err, fault) || d.Revision() != revision || !reflect.DeepEqual(d.State(), before) {
		t.Errorf("Edit: %v; the document changed", err)
	}
	if err := d.RemoveStructure(1); err == nil {
		t.Error("RemoveStructure: removed what a layer needs")
	}
	if err := d.Accept(ClusterID{1, 1, 1}); err == nil {
		t.Error("Accept: accepted twice")
	}
	if err := d.Accept(ClusterID{9, 1, 1}); err == nil {
		t.Error("Accept: accepted what is not there")
	}
}

func TestHistoryIsBounded(t *testing.T) {
	d := New()
	for i := range 3 * historyLimit {
		must(t, d.SetOptions(fmt.Sprint(i), fitting.DefaultOptions()))
	}
	if n, _ := d.Depth(); n != historyLimit {
		t.Errorf("history of %d steps, want %d", n, historyLimit)
	}
}

func TestTargetsAreKeptButFew(t *testing.T) {
	d := worked(t)
	s := d.State()
	if first := d.Target(s); first != d.Target(s) {
		t.Error("the same state has two targets")
	}
	for seed := range uint64(3 * targetsKept) {
		s.Map = noise(seed)
		d.Target(s)
	}
	if n := len(d.targets.kept); n != targetsKept {
		t.Errorf("%d targets kept, want %d", n, targetsKept)
	}
}

func TestSelectionFollowsTheState(t *testing.T) {
	d := worked(t)
	var told []ClusterID
	d.WatchSelection(func(id ClusterID) { told = append(told, id) })
	id := ClusterID{1, 1, 2}
	d.Select(id)
	d.Select(id)
	d.Select(ClusterID{1, 1, 3}) // not there
	d.Select(id)
	for d.Undo() != "Fit, round 1" {
	}
	want := []ClusterID{id, {}, id, {}}
	if !slices.Equal(told, want) {
		t.Errorf("told %v, want %v", told, want)
	}
}

func TestToleranceGroupsAnew(t *testing.T) {
	d := worked(t)
	must(t, d.SetTolerance(100, 180))
	r := d.State().Round(1).Fits[0].Result
	if len(r.Clusters) != 1 || r.Clusters[0].Hits != 14 {
		t.Errorf("wide tolerance: %d clusters, %d hits, want 1 and 14", len(r.Clusters), r.Clusters[0].Hits)
	}
	if a := d.State().AcceptedFrom(ClusterID{1, 1, 1}); a == nil {
		t.Error("the accepted placement lost its cluster")
	}
	must(t, d.SetTolerance(3, 6))
	if n := len(d.State().Round(1).Fits[0].Result.Clusters); n != 2 {
		t.Errorf("narrow tolerance: %d clusters, want 2", n)
	}
}

func TestRemoveStructureTakesItsResults(t *testing.T) {
	d := worked(t)
	must(t, d.RemoveStructure(2))
	if s := d.State(); s.Structure(2) != nil || len(s.Round(1).Fits) != 1 {
		t.Errorf("structures %d, fits %d", len(s.Structures), len(s.Round(1).Fits))
	}
	must(t, d.RemoveLayer(1))
	must(t, d.RemoveStructure(1))
	if s := d.State(); len(s.Structures)+len(s.Rounds)+len(s.Accepted) != 0 {
		t.Errorf("left over: %+v", s)
	}
}

func TestAddZeroingAcceptsInTheSameStep(t *testing.T) {
	d := worked(t)
	s := d.State()
	id := ClusterID{1, 2, 1}
	c, _ := s.Cluster(id)
	l, err := NewLayer(context.Background(), s.Map, s.Structure(2), c.Motion, volume.DefaultZeroOptions())
	must(t, err)
	apply(t, d, Outcome{Zeroed: []Zeroed{{id, l}}})
	a := d.State().AcceptedFrom(id)
	if a == nil || d.State().LayerOf(a.ID) == nil {
		t.Fatalf("accepted %v", a)
	}
	d.Undo()
	if d.State().AcceptedFrom(id) != nil || len(d.State().Layers) != 1 {
		t.Error("one undo does not take both back")
	}
	must(t, d.Withdraw(1))
	if s := d.State(); len(s.Accepted) != 0 || s.Layers[0].Accepted != 0 {
		t.Error("a withdrawn placement is still that of a layer")
	}
}
