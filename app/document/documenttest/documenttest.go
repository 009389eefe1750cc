// SPDX-License-Identifier: BSD-3-Clause

// Package documenttest makes documents for tests: small ones in which something
// of each kind was done. It knows no files.
package documenttest

import (
	"context"
	"fmt"
	"io/fs"
	"math"
	"math/rand/v2"
	"reflect"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// Noise returns a map of random densities, so that any change of a voxel shows.
func Noise(seed uint64) *document.Map {
	g := volume.New([3]int{16, 14, 12}, r3.Vec{X: 1, Y: 1.25, Z: 1.5}, r3.Vec{X: -3, Y: 2, Z: 1})
	rng := rand.New(rand.NewPCG(seed, 1))
	for i := range g.Data {
		g.Data[i] = float32(rng.NormFloat64())
	}
	return &document.Map{Source: document.Source{Path: "/data/noise.mrc", SHA256: fmt.Sprintf("%064d", seed), Bytes: 1}, Name: "noise", Grid: g}
}

// Stick returns a structure of a few carbon atoms on a line.
func Stick(name string, atoms int) *document.Structure {
	m := &mol.Structure{Name: name, Model: 1}
	for i := range atoms {
		m.Atoms = append(m.Atoms, mol.Atom{Pos: r3.Vec{X: 1.5 * float64(i)}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: i + 1})
	}
	return &document.Structure{Source: document.Source{Path: "/data/" + name + ".pdb", SHA256: name, Bytes: 2}, Model: m, Fit: true}
}

// Dimer returns a structure of two chains, A and B, and one of water.
func Dimer(name string, atoms int) *document.Structure {
	t := Stick(name, atoms)
	a := t.Model.Atoms
	for _, b := range Stick(name, atoms).Model.Atoms {
		b.Chain, b.Pos.Y = "B", 4
		a = append(a, b)
	}
	water := mol.Atom{Pos: r3.Vec{Z: 9}, Name: "O", Element: mol.Oxygen, Residue: "HOH", Chain: "W", Seq: 1, Het: true}
	t.Model = t.Model.WithAtoms(append(a, water))
	return t
}

// Placement returns one with a score and a shift, and a rotation that is no
// simple one.
func Placement(score float64, shift r3.Vec) fitting.Placement {
	q := quat.Number{Real: 0.3, Imag: 0.5, Jmag: -0.7, Kmag: 0.2}
	return fitting.Placement{
		Motion: geom.NewRigid(q, shift), Hits: 7,
		Metrics: fitting.Metrics{Score: score, SignificanceZ: 31.25, Density: 1.0 / 3, MapCorrelation: math.Pi},
	}
}

// Found returns a result with a cluster for each score, 5 Å apart along x.
func Found(scores ...float64) *fitting.Result {
	r := &fitting.Result{
		Level: volume.Level{Value: 0.25, Rule: "stated"}, Resolution: volume.Resolution{Value: 4, Rule: "stated"},
		AtomsUsed: 5, Starts: 512, RoundsAgreed: true,
	}
	for i, s := range scores {
		p := Placement(s, r3.Vec{X: float64(5*i) + 1.0/3, Y: 7, Z: 6})
		r.Placements = append(r.Placements, p)
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
	}
	return r
}

// Worked returns a document in which a person has done something of each kind.
func Worked(t testing.TB) *document.Document {
	t.Helper()
	d := document.New()
	Must(t, d.SetMap(Noise(1)))
	Must(t, d.AddStructures(Stick("alpha", 5), Stick("beta", 4)))
	number := AddRound(t, d,
		document.Fit{Structure: 1, Options: d.State().Options, Result: Found(0.9, 0.5)},
		document.Fit{Structure: 2, Options: d.State().Options, Result: Found(0.4), Partial: true},
	)
	Must(t, d.Accept(document.ClusterID{Round: number, Structure: 1, Rank: 1}))
	Must(t, d.SetRejected(document.ClusterID{Round: number, Structure: 1, Rank: 2}, true))
	Must(t, d.SetNote(document.ClusterID{Round: number, Structure: 2, Rank: 1}, "  clashes with alpha\tsee “Fig. 2”\n"))
	Must(t, d.SetPinned(document.ClusterID{Round: number, Structure: 2, Rank: 1}, true))
	Must(t, d.SetPinned(document.ClusterID{Round: number, Structure: 1, Rank: 1}, true))
	Zero(t, d, 1)
	return d
}

// Apply takes in an outcome that is made of the present state.
func Apply(t testing.TB, d *document.Document, o document.Outcome) document.Applied {
	t.Helper()
	o.From = d.State()
	a, err := d.Apply(o)
	Must(t, err)
	if len(a.Gone) > 0 {
		t.Fatalf("gone are %q", a.Gone)
	}
	return a
}

// AddRound adds a round and returns its number.
func AddRound(t testing.TB, d *document.Document, fits ...document.Fit) int {
	t.Helper()
	return Apply(t, d, document.Outcome{Found: &document.Found{Fits: fits}}).Round
}

// Propose adds a round that somebody proposed and returns its number.
func Propose(t testing.TB, d *document.Document, by string, from *document.Basis, fits ...document.Fit) int {
	t.Helper()
	return Apply(t, d, document.Outcome{Found: &document.Found{Fits: fits, Proposed: by, Basis: from}}).Round
}

// Zero adds the layer of an accepted placement.
func Zero(t testing.TB, d *document.Document, accepted int) {
	t.Helper()
	s := d.State()
	a := s.Accepted[accepted-1]
	l, err := s.NewLayerBeside(context.Background(), a.Structure, a.Placement.Motion, volume.DefaultZeroOptions(), nil)
	Must(t, err)
	Apply(t, d, document.Outcome{Zeroed: []document.Zeroed{{Cluster: a.Cluster, Layer: l}}})
}

// Must ends the test if there is an error.
func Must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// Bits returns the densities as they lie in memory, NaN and −0 included.
func Bits(g *volume.Grid) []uint32 {
	b := make([]uint32, len(g.Data))
	for i, v := range g.Data {
		b[i] = math.Float32bits(v)
	}
	return b
}

// Composed returns a document with two accepted placements that overlap and a
// layer of each, the second sparing the first.
func Composed(t testing.TB) *document.Document {
	t.Helper()
	d := Worked(t)
	Must(t, d.Accept(document.ClusterID{Round: 1, Structure: 2, Rank: 1}))
	s := d.State()
	b := s.Accepted[1]
	l, err := s.NewLayer(context.Background(), b.Structure, b.Placement.Motion, volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 4, Resolution: 5})
	Must(t, err)
	Apply(t, d, document.Outcome{Zeroed: []document.Zeroed{{Cluster: b.Cluster, Layer: l}}})
	Must(t, d.SetCopies(1, 3))
	r := Found(0.8, 0.7, 0.6)
	for i := range r.Clusters { // in places of their own
		r.Placements[i].Motion.Shift.Y += 20
		r.Clusters[i].Placement = r.Placements[i]
	}
	Propose(t, d, "symmetry C2",
		&document.Basis{Options: d.State().Options, Accepted: d.State().FixedPlacements(), Symmetry: &document.SymmetryBasis{Stated: "C2"}},
		document.Fit{Structure: 1, Options: d.State().Options, Result: r})
	return d
}

// Alike fails where two states differ, but for what neighbours claim of layers,
// which follows from the accepted placements (see volume.Layer.Recount).
func Alike(t testing.TB, got, want document.State) {
	t.Helper()
	got, want = withoutClaims(got), withoutClaims(want)
	a, b := reflect.ValueOf(got), reflect.ValueOf(want)
	for i := range a.NumField() {
		if !reflect.DeepEqual(a.Field(i).Interface(), b.Field(i).Interface()) {
			t.Errorf("%s differ", a.Type().Field(i).Name)
		}
	}
}

// withoutClaims returns s with what its layers take out in place of how they do.
func withoutClaims(s document.State) document.State {
	plain := func(layers []*document.Layer) []*document.Layer {
		var list []*document.Layer
		for _, l := range layers {
			q := *l
			q.Cut = &volume.Layer{Options: l.Cut.Options}
			q.Cut.Voxels, q.Cut.Volume, q.Cut.Removed = l.Cut.Voxels, l.Cut.Volume, l.Cut.Removed
			list = append(list, &q)
		}
		return list
	}
	s.Layers = plain(s.Layers)
	var rounds []*document.Round
	for _, r := range s.Rounds {
		q := *r
		q.Fits = nil
		for _, f := range r.Fits {
			f.Layers = plain(f.Layers)
			q.Fits = append(q.Fits, f)
		}
		rounds = append(rounds, &q)
	}
	s.Rounds = rounds
	return s
}

// Memory reads inputs that are no files: it is a session.Reader.
type Memory struct {
	Maps   map[string]*document.Map       // by path
	Inputs map[string]*document.Structure // by path
}

// InMemory has the inputs of a state.
func InMemory(s document.State) Memory {
	m := Memory{map[string]*document.Map{}, map[string]*document.Structure{}}
	if s.Map != nil {
		m.Maps[s.Map.Path] = s.Map
	}
	for _, t := range s.Structures {
		m.Inputs[t.Path] = t
	}
	return m
}

// Map returns the map that has a path.
func (m Memory) Map(_ context.Context, path string) (*document.Map, error) {
	if g, ok := m.Maps[path]; ok {
		return g, nil
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}

// Structures returns the one that has a path.
func (m Memory) Structures(_ context.Context, path string) ([]*document.Structure, error) {
	if t, ok := m.Inputs[path]; ok {
		return []*document.Structure{t}, nil
	}
	return nil, &fs.PathError{Op: "open", Path: path, Err: fs.ErrNotExist}
}
