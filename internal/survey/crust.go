// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/load"
)

// A complex is a map with the molecules that are in it, each in its place.
type complex struct {
	name       string
	grid       *volume.Grid
	resolution float64 // ångström
	molecules  [][]volume.Point
	masses     []float64 // dalton
}

// A crusted value tells what zeroing each molecule of a complex alone does.
type crusted struct {
	removed []float64 // part of the molecule's own density above the display level
	lost    []float64 // density at atoms of the others that goes with it, in parts of one of them
	shown   []float64 // kDa that are left of it above the display level
	faint   []float64 // kDa that are left of it above the level of a fit
}

// near is how far from its nearest atom density is taken as that of a molecule,
// in ångström, or the resolution if that is more.
const near = 6

// mostMeasured is how many molecules of a complex are measured: the others are
// copies of these.
const mostMeasured = 8

// measure zeroes molecules of the complex, each alone.
func (c *complex) measure(o volume.ZeroOptions) (m crusted, err error) {
	p := volume.NewProfile(c.grid)
	mass := 0.0
	for _, w := range c.masses {
		mass += w
	}
	faint := p.SuggestLevel(c.masses...).Value
	shown := math.Max(faint, p.LevelOfVolume(volume.ProteinVolume*mass))
	owner := c.owners()
	o.Resolution, o.Level = c.resolution, faint
	kilo := c.grid.VoxelVolume() / volume.ProteinVolume / 1000
	for i := range c.molecules[:min(len(c.molecules), mostMeasured)] {
		l, err := volume.Zero(context.Background(), c.grid, c.molecules[i], o)
		if err != nil {
			return m, err
		}
		left := volume.Apply(c.grid, l)
		before, gone, shownLeft, faintLeft := 0.0, 0.0, 0.0, 0.0
		for v, of := range owner {
			if of != i+1 {
				continue
			}
			was, is := float64(c.grid.Data[v]), float64(left.Data[v])
			if was > shown {
				before += was
				gone += was - is
			}
			if is > shown {
				shownLeft++
			}
			if is > faint {
				faintLeft++
			}
		}
		m.removed, m.lost = append(m.removed, gone/before), append(m.lost, c.lost(left, i))
		m.shown, m.faint = append(m.shown, shownLeft*kilo), append(m.faint, faintLeft*kilo)
	}
	return m, nil
}

// lost tells how much of the density at its atoms a molecule has lost in what is
// left of the map after the i-th one was zeroed: the sum of all but that.
func (c *complex) lost(left *volume.Grid, i int) float64 {
	sum := 0.0
	for k, others := range c.molecules {
		if k == i {
			continue
		}
		was, is := 0.0, 0.0
		for _, a := range others {
			w := math.Max(0, c.grid.Sample(a.Pos))
			was += w
			is += math.Min(w, math.Max(0, left.Sample(a.Pos)))
		}
		if was > 0 {
			sum += (was - is) / was
		}
	}
	return sum
}

// owners tells for each voxel the molecule, from 1, of the nearest atom, 0 if
// none is near.
func (c *complex) owners() []int {
	reach := math.Max(near, c.resolution)
	of, square := make([]int, len(c.grid.Data)), make([]float32, len(c.grid.Data))
	for i := range square {
		square[i] = float32(reach * reach)
	}
	g := c.grid
	for k, m := range c.molecules {
		for _, p := range m {
			at := g.Voxel(p.Pos)
			lo, hi := [3]int{}, [3]int{}
			for d, x := range [3][2]float64{{at.X, reach / g.Step.X}, {at.Y, reach / g.Step.Y}, {at.Z, reach / g.Step.Z}} {
				lo[d], hi[d] = max(0, int(x[0]-x[1])), min(g.Size[d]-1, int(x[0]+x[1])+1)
			}
			for z := lo[2]; z <= hi[2]; z++ {
				for y := lo[1]; y <= hi[1]; y++ {
					for x := lo[0]; x <= hi[0]; x++ {
						i := g.Index(x, y, z)
						d := r3.Vec{X: (float64(x) - at.X) * g.Step.X, Y: (float64(y) - at.Y) * g.Step.Y, Z: (float64(z) - at.Z) * g.Step.Z}
						if q := float32(r3.Norm2(d)); q < square[i] {
							square[i], of[i] = q, k+1
						}
					}
				}
			}
		}
	}
	return of
}

// add adds a molecule.
func (c *complex) add(s *mol.Structure) {
	atoms, _ := s.Select(mol.AllAtoms)
	if len(atoms) == 0 {
		return
	}
	c.molecules = append(c.molecules, fitting.Points(atoms))
	c.masses = append(c.masses, mol.Mass(atoms))
}

// readComplex reads the units of a case that are its molecules.
func readComplex(dir string, unitNames []string) (*complex, error) {
	text, err := os.ReadFile(filepath.Join(dir, "case.json"))
	if err != nil {
		return nil, err
	}
	var about struct {
		Resolution float64
		Map        struct{ File string }
		Units      []struct {
			Unit       string
			Placements []struct{ File string }
		}
	}
	if err := json.Unmarshal(text, &about); err != nil {
		return nil, err
	}
	v, err := load.Volume(filepath.Join(dir, about.Map.File), load.Options{})
	if err != nil {
		return nil, err
	}
	c := &complex{name: filepath.Base(dir), grid: v.Grid, resolution: about.Resolution}
	for _, u := range about.Units {
		if len(unitNames) > 0 && !slices.Contains(unitNames, u.Unit) || strings.HasSuffix(u.Unit, "_bent") {
			continue
		}
		for _, p := range u.Placements {
			f, err := load.Structure(filepath.Join(dir, p.File), load.StructureOptions{})
			if err != nil {
				return nil, err
			}
			c.add(f.Structure)
		}
	}
	return c, nil
}

// planted is the noise of simulated maps, in parts of their standard deviation.
const planted = 0.08

// simulated makes a map of an assembly, its chains the molecules.
func simulated(path string, resolution float64) (*complex, error) {
	f, err := load.Structure(path, load.StructureOptions{})
	if err != nil {
		return nil, err
	}
	c := &complex{name: fmt.Sprintf("%s, simulated", strings.SplitN(filepath.Base(path), ".", 2)[0]), resolution: resolution}
	chains, order := map[string][]mol.Atom{}, []string{}
	for _, a := range f.Structure.Atoms {
		if _, ok := chains[a.Chain]; !ok {
			order = append(order, a.Chain)
		}
		chains[a.Chain] = append(chains[a.Chain], a)
	}
	var all []volume.Point
	for _, name := range order {
		c.add(f.Structure.WithAtoms(chains[name]))
	}
	for _, m := range c.molecules {
		all = append(all, m...)
	}
	g, err := volume.Simulate(context.Background(), all, volume.SimulateOptions{Resolution: resolution})
	if err != nil {
		return nil, err
	}
	c.grid = volume.AddNoise(g, planted*volume.NewProfile(g).SD, 1)
	return c, nil
}

// complexes are the cases that hold several molecules, with the units that are
// these; none are all.
var complexes = []struct {
	dir   string
	units []string
}{
	{"emd0093_6gyn_hcn4", nil},
	{"emd1461_vp6_trimer", nil},
	{"emd6187_3j8x_kinesin_tubulin", []string{"A", "B", "K"}},
	{"emd5168_factin", []string{"3MFP"}},
	{"emd5170_actin", nil},
	{"emd32143_gpcr_gs_7A", nil},
	{"emd6824_trpml1_af", []string{"AF_core"}},
	{"emd2513_4ci0_frh_af2", nil},
	{"emd1044_1oed_nachr", []string{"A", "B", "C", "D", "E"}},
	{"simulated/sim_6crk_4A", nil},
	{"simulated/sim_8fxc_6A", nil},
	{"simulated/sim_8fxc_8A", nil},
	{"simulated/sim_3j2w_8A", nil},
	{"simulated/sim_3gbm_11A", nil},
}

// assemblies are simulated at a resolution in ångström.
var assemblies = []struct {
	file       string
	resolution float64
}{{"5ni1.pdb.gz", 3}, {"6wti.pdb.gz", 4}, {"1aon.pdb.gz", 6}, {"6o1m.pdb.gz", 6}, {"5ara.cif.gz", 8}, {"3c91.pdb.gz", 10}}

// zeroings are the ways of zeroing that are compared.
var zeroings = []volume.ZeroOptions{
	{Mode: volume.ZeroDistance, Radius: 2}, {Mode: volume.ZeroDistance, Radius: 3}, {Mode: volume.ZeroMass, Radius: 2}, {Mode: volume.ZeroContour, Radius: 2},
}

// crusts prints the table of docs/adr/0020-zeroing.md.
func crusts(root, only string) error {
	fmt.Println("| case | Å | molecules, kDa | way | removed % | lost by others % | left shown, kDa | left at the level of a fit, kDa |")
	fmt.Println(strings.Repeat("|---", 8) + "|")
	totals := make([][4]float64, len(zeroings))
	n := 0
	measure := func(c *complex) error {
		n++
		kilo := median(slices.Clone(c.masses)) / 1000
		for k, o := range zeroings {
			m, err := c.measure(o)
			if err != nil {
				return fmt.Errorf("%s: %w", c.name, err)
			}
			row := [4]float64{100 * median(m.removed), 100 * median(m.lost), median(m.shown), median(m.faint)}
			fmt.Printf("| %s | %.3g | %d × %.0f | %s, %g Å | %.1f | %.2f | %.2f | %.2f |\n", c.name, c.resolution, len(c.molecules), kilo, o.Mode, o.Radius, row[0], row[1], row[2], row[3])
			for j, part := range [4]float64{row[0], row[1], 100 * row[2] / kilo, 100 * row[3] / kilo} {
				totals[k][j] += part
			}
		}
		return nil
	}
	if err := eachComplex(root, only, measure); err != nil {
		return err
	}
	for k, o := range zeroings {
		t := totals[k]
		d := float64(max(1, n))
		fmt.Printf("| mean of all | | | %s, %g Å | %.1f | %.2f | %.1f %% | %.1f %% |\n", o.Mode, o.Radius, t[0]/d, t[1]/d, t[2]/d, t[3]/d)
	}
	return nil
}

// eachComplex reads or makes the complexes one after the other.
func eachComplex(root, only string, do func(*complex) error) error {
	for _, r := range complexes {
		if !strings.Contains(r.dir, only) {
			continue
		}
		c, err := readComplex(filepath.Join(root, r.dir), r.units)
		if err != nil {
			return err
		}
		if err := do(c); err != nil {
			return err
		}
	}
	for _, a := range assemblies {
		if !strings.Contains(a.file, only) {
			continue
		}
		c, err := simulated(filepath.Join(root, "assemblies", a.file), a.resolution)
		if err != nil {
			return err
		}
		if err := do(c); err != nil {
			return err
		}
	}
	return nil
}
