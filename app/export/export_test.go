// SPDX-License-Identifier: BSD-3-Clause

package export

import (
	"context"
	"errors"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/load"
)

// state returns a document with a map that is exactly what two copies of a
// chain look like at 5 Å, both accepted, one zeroed out. Its inputs are built in.
func state(t *testing.T) document.State {
	t.Helper()
	m := &mol.Structure{Name: "al/pha", Model: 1}
	for i := range 12 {
		a := float64(i)
		m.Atoms = append(m.Atoms, mol.Atom{
			Pos: r3.Vec{X: 3 * math.Cos(a), Y: 3 * math.Sin(a), Z: 1.4 * a}, Name: "CA", Element: mol.Carbon, Residue: "ALA", Chain: "A", Seq: i + 1, Occupancy: 1,
		})
	}
	motions := []geom.Rigid{
		{Rotation: geom.Identity().Rotation, Shift: r3.Vec{X: 14, Y: 15, Z: 8}},
		{Rotation: geom.Exp(r3.Vec{X: 1, Y: 0.4}), Shift: r3.Vec{X: 26, Y: 24, Z: 18}},
	}
	var points []volume.Point
	for _, g := range motions {
		points = append(points, fitting.Points(m.Moved(g.Mover()).Atoms)...)
	}
	grid, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{
		Resolution: 5, Frame: volume.New([3]int{40, 40, 40}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{}),
	})
	if err != nil {
		t.Fatal(err)
	}
	for i := range grid.Data {
		grid.Data[i] *= 2.5 // the units of a map are its own
	}
	s := document.State{
		Map:        &document.Map{Source: document.Source{Path: document.DemoScheme + "m.mrc", SHA256: "0123"}, Name: "m", Grid: grid},
		Structures: []*document.Structure{{ID: 1, Source: document.Source{Path: document.DemoScheme + "alpha.cif"}, Model: m, Fit: true}},
		Options:    fitting.DefaultOptions(),
	}
	s.Options.Resolution = 5
	r := &fitting.Result{AtomsUsed: 12}
	for i, g := range motions {
		p := fitting.Placement{Motion: g, Hits: 3, Metrics: fitting.Metrics{Score: 0.9 - 0.1*float64(i), Inside: 1}}
		r.Placements = append(r.Placements, p)
		r.Clusters = append(r.Clusters, fitting.Cluster{Rank: i + 1, Placement: p})
		s.Accepted = append(s.Accepted, &document.Accepted{ID: i + 1, Cluster: document.ClusterID{Round: 1, Structure: 1, Rank: i + 1}, Structure: 1, Placement: p})
	}
	s.Rounds = []*document.Round{{Number: 1, Fits: []document.Fit{{Structure: 1, Options: s.Options, Result: r}}}}
	l, err := s.NewLayerBeside(context.Background(), s.Structures[0].ID, motions[0], volume.DefaultZeroOptions(), nil)
	if err != nil {
		t.Fatal(err)
	}
	l.ID, l.Accepted = 1, 1
	s.Layers = []*document.Layer{l}
	return s
}

func read(t *testing.T, path string) *volume.Grid {
	t.Helper()
	v, err := load.Volume(path, load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return v.Grid
}

func TestExportWritesWhatIsSo(t *testing.T) {
	s, folder := state(t), filepath.Join(t.TempDir(), "new")
	o := DefaultOptions()
	o.PDB = true
	var told []string
	files, err := Write(context.Background(), s, folder, o, func(part float64, what string) { told = append(told, what) })
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"original_m.mrc", "open.cxc", "fits_1.csv", "fits_1.json", "fits_chimerax_1_al_pha.txt",
		"fit_001_al_pha.cif", "fit_001_al_pha.pdb", "fit_002_al_pha.cif", "fit_002_al_pha.pdb", "composite.cif", "composite.pdb",
		"remaining.mrc", "mask.mrc", "residual.mrc", "report.html",
	}
	if !slices.Equal(files, want) || len(told) != len(Items()) {
		t.Errorf("wrote %q, want %q; told %d", files, want, len(told))
	}
	// The map is what the model looks like, so that nothing is left over.
	residual, whole := read(t, filepath.Join(folder, "residual.mrc")), s.Map.Grid
	for i, d := range residual.Data {
		if math.Abs(float64(d)) > 1e-4*2.5 {
			t.Fatalf("the residual of voxel %d is %g of %g", i, d, whole.Data[i])
		}
	}
	// What remains is the map but for the layer, and the mask is 1 at the atoms.
	remaining, mask := read(t, filepath.Join(folder, "remaining.mrc")), read(t, filepath.Join(folder, "mask.mrc"))
	if got := new(work.Targets).Of(s).Grid(); !slices.Equal(got.Data, remaining.Data) || slices.Equal(whole.Data, remaining.Data) {
		t.Error("the remaining map is not what the layers leave")
	}
	for _, a := range s.Accepted {
		move := a.Placement.Motion.Mover()
		for _, atom := range s.Structures[0].Model.Atoms {
			if v := mask.Sample(move(atom.Pos)); v < 0.999 {
				t.Fatalf("the mask is %g at an atom", v)
			}
		}
	}
	for name, chains := range map[string][]string{"composite.cif": {"A", "B"}, "composite.pdb": {"A", "B"}} {
		c, err := load.Structure(filepath.Join(folder, name), load.StructureOptions{})
		if err != nil || !slices.Equal(c.Structure.Chains(), chains) || len(c.Structure.Atoms) != 24 {
			t.Errorf("%s: chains %q (%v), want %q", name, c.Structure.Chains(), err, chains)
		}
	}
	scene, err := os.ReadFile(filepath.Join(folder, "open.cxc"))
	if err != nil || strings.Contains(string(scene), folder) || strings.Contains(string(scene), document.DemoScheme) {
		t.Errorf("the scene is bound to where it was written:\n%s (%v)", scene, err)
	}
	for _, name := range []string{"original_m.mrc", "fit_001_al_pha.cif", "fit_002_al_pha.cif"} {
		if !strings.Contains(string(scene), "open \""+name+"\"\n") {
			t.Errorf("the scene does not open %s:\n%s", name, scene)
		}
	}
}

func TestExportRefuses(t *testing.T) {
	s, folder := state(t), t.TempDir()
	o := DefaultOptions()
	o.Mask.Radius = -1
	if _, err := Write(context.Background(), s, folder, o, nil); err == nil {
		t.Error("Write took a mask of radius −1")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Write(ctx, s, folder, DefaultOptions(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("Write: %v, want that it was cancelled", err)
	}
	ctx, cancel = context.WithCancel(context.Background())
	fresh := filepath.Join(folder, "fresh")
	if _, err := Write(ctx, s, fresh, DefaultOptions(), func(part float64, _ string) {
		if part > 0.5 {
			cancel()
		}
	}); !errors.Is(err, context.Canceled) {
		t.Errorf("Write: %v, want that it was cancelled half way", err)
	}
	if _, err := os.Stat(fresh); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a cancelled export leaves a folder: %v", err)
	}
	s.Map.Path = filepath.Join(folder, "mask.mrc")
	if err := os.WriteFile(s.Map.Path, []byte("the map"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Write(context.Background(), s, folder, Options{Items: []Item{Mask}, Mask: volume.DefaultMaskOptions()}, nil); err == nil || !strings.Contains(err.Error(), "is an input") {
		t.Errorf("Write: %v, want that it keeps away from its input", err)
	}
	if _, err := Write(context.Background(), document.State{}, folder, Options{Items: []Item{Scene, Mask}, Mask: volume.DefaultMaskOptions()}, nil); err == nil {
		t.Error("Write wrote nothing and was content")
	}
	if _, err := Write(context.Background(), s, folder, Options{Items: []Item{"cake"}, Mask: volume.DefaultMaskOptions()}, nil); err == nil {
		t.Error("Write took an item that is none")
	}
}

// A map that is itself what was left of another says so wherever it goes.
func TestWhatIsLeftOfAMapStaysSo(t *testing.T) {
	s, folder := state(t), t.TempDir()
	m := *s.Map
	m.Resolution = volume.Resolution{Value: 4.25, Rule: "of the whole map"}
	s.Map, s.Layers, s.Options.Resolution = &m, nil, 0
	o := DefaultOptions()
	o.Items = []Item{Scene, Remaining}
	if _, err := Write(context.Background(), s, folder, o, nil); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"remaining.mrc", "original_m.mrc"} {
		v, err := load.Volume(filepath.Join(folder, name), load.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := v.Resolution().Value; got != 4.25 {
			t.Errorf("%s: resolution %g, want 4.25", name, got)
		}
	}
}
