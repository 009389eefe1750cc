// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/internal/testdata"
	"difffit/io/load"
)

// fitted returns the state of a document in which the structures of a real case
// were fitted, and its targets.
func fitted(t *testing.T, folder, density string, resolution float64, starts ...string) (*document.Document, *Targets) {
	t.Helper()
	dir := testdata.Shared(t, folder)
	m, err := load.Volume(filepath.Join(dir, density), load.Options{})
	if err != nil {
		t.Fatal(err)
	}
	d := document.New()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(d.SetMap(&document.Map{Name: folder, Grid: m.Grid}))
	for _, start := range starts {
		s, err := load.Structure(filepath.Join(dir, start), load.StructureOptions{})
		must(err)
		must(d.AddStructures(&document.Structure{Model: s.Structure, Fit: true}))
	}
	return d, fit(t, d, resolution)
}

// assembled is fitted of the map that is simulated from a deposited assembly, and
// of some of its chains.
func assembled(t *testing.T, file string, resolution float64, chains ...string) (*document.Document, *Targets) {
	t.Helper()
	s, err := load.Structure(testdata.Shared(t, filepath.Join("assemblies", file)), load.StructureOptions{})
	if err != nil {
		t.Fatal(err)
	}
	atoms, _ := s.Structure.Select(mol.AllAtoms)
	g, err := volume.Simulate(t.Context(), fitting.Points(atoms), volume.SimulateOptions{Resolution: resolution, Padding: 12})
	if err != nil {
		t.Fatal(err)
	}
	d := document.New()
	if err := d.SetMap(&document.Map{Name: file, Grid: g}); err != nil {
		t.Fatal(err)
	}
	for _, chain := range chains {
		some := slices.DeleteFunc(slices.Clone(atoms), func(a mol.Atom) bool { return a.Chain != chain })
		model := s.Structure.WithAtoms(some)
		model.Name = "chain " + chain
		if err := d.AddStructures(&document.Structure{Model: model, Fit: true}); err != nil {
			t.Fatal(err)
		}
	}
	return d, fit(t, d, resolution)
}

// fit fits all structures of a document.
func fit(t *testing.T, d *document.Document, resolution float64) *Targets {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	o := d.State().Options
	o.Resolution = resolution
	must(d.SetOptions("", o))
	targets := &Targets{}
	out, faults, err := Round{State: d.State(), Structures: d.State().Fitted(), Targets: targets, Engine: cpu.New()}.Make(t.Context())
	for _, f := range append(faults, err) {
		must(f)
	}
	_, err = d.Apply(out)
	must(err)
	return targets
}

// In real maps the significant rows of one fit tell the symmetry, though nothing
// is accepted, and what is proposed is each copy once.
func TestSymmetryFromRows(t *testing.T) {
	tests := []struct {
		folder, density string
		resolution      float64
		starts          []string
		accept          int // rows
		want            string
		least, most     int // placements that are proposed
	}{
		{"emd1461_vp6_trimer", "emd_1461.mrc.gz", 3.8, []string{"start_vp6.pdb.gz"}, 0, "symmetry C3", 3, 3},
		{"emd1461_vp6_trimer", "emd_1461.mrc.gz", 3.8, []string{"start_vp6.pdb.gz"}, 1, "symmetry C3", 2, 2},
		{"emd0093_6gyn_hcn4", "emd_0093_masked.mrc.gz", 3.4, []string{"start_A.pdb.gz", "start_B.pdb.gz", "start_C.pdb.gz", "start_D.pdb.gz"}, 1, "symmetry C4", 3, 3},
		{"emd1044_1oed_nachr", "1oed_box.ccp4.gz", 4, []string{"start_A.pdb.gz", "start_B.pdb.gz", "start_C.pdb.gz", "start_D.pdb.gz", "start_E.pdb.gz"}, 0, "symmetry C5", 5, 5},
		{"emd5168_factin", "emd_5168.map.gz", 6.6, []string{"start_3MFP.pdb.gz"}, 0, "symmetry helix of rise 27.", 5, 7},
		{"emd6824_trpml1_af", "6824.mrc.gz", 5.8, []string{"start_AF_lumen.pdb.gz"}, 0, "symmetry C4", 4, 4},
		{"emd4413_6i5a_tmv", "6i5a_box.ccp4", 2.3, []string{"start_A.pdb.gz"}, 0, "symmetry", 0, 0}, // one copy
		{"3c91.pdb.gz", "", 7, []string{"A", "H"}, 0, "symmetry D7", 28, 28},
		{"3c91.pdb.gz", "", 7, []string{"A", "H"}, 1, "symmetry D7", 27, 27},
		{"5ni1.pdb.gz", "", 5, []string{"A", "B"}, 0, "symmetry C2", 4, 4},
	}
	for _, tt := range tests {
		t.Run(tt.folder+" "+strings.Join(tt.starts, " "), func(t *testing.T) {
			var d *document.Document
			var targets *Targets
			if tt.density == "" {
				d, targets = assembled(t, tt.folder, tt.resolution, tt.starts...)
			} else {
				d, targets = fitted(t, tt.folder, tt.density, tt.resolution, tt.starts...)
			}
			rows := d.State().Significant()
			for _, id := range rows[:tt.accept] {
				if err := d.Accept(id); err != nil {
					t.Fatal(err)
				}
			}
			s := d.State()
			w := Proposer{State: s, Target: targets.Whole(s.Map), Engine: cpu.New()}
			p, o, err := w.Outcome(t.Context(), SymmetryBasis(s, ""), volume.StatedLevel(targets.Level(s).Value), "test")
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, f := range p.Fits {
				for _, c := range f.Result.Clusters {
					t.Logf("%s %d: score %.3f", s.Name(f.Structure), c.Rank, c.Score)
				}
				n += len(f.Result.Clusters)
			}
			t.Logf("%d significant; %s: %s", len(rows), p.By, p.Reason)
			if !strings.HasPrefix(p.By, tt.want) || n < tt.least || n > tt.most {
				t.Errorf("%d proposed by %q (%s), want %d to %d by %q", n, p.By, p.Reason, tt.least, tt.most, tt.want)
			}
			if n > 0 && len(o.Found.Fits) == 0 {
				t.Error("an outcome without fits")
			}
		})
	}
}
