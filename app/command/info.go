// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"errors"
	"fmt"
	"slices"
	"sort"
	"strings"

	"github.com/spf13/cobra"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/load"
	"difffit/io/mrc"
)

func (r *run) infoCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "info FILE...",
		Short: "Say what is in maps and structures, as they are read",
		Long: `Say what is in maps
(` + load.Patterns(load.DensityMap) + `)
and structures
(` + load.Patterns(load.AtomicStructure) + `):
header, voxel, origin and the rule that gave it, statistics, the suggested
contour level and why; chains, atoms, elements, centre and mass. A file that
cannot be read is named at the end, and the others are told nevertheless.`,
		Args: arguments(1, -1),
		RunE: func(_ *cobra.Command, args []string) error {
			all := make([]fileInfo, 0, len(args))
			var unread error
			for _, path := range args {
				info, err := r.inform(path)
				if err != nil {
					unread = errors.Join(unread, err)
					info.Error = err.Error()
				}
				all = append(all, info)
			}
			if asJSON {
				return errors.Join(encodeJSON(r.out, all), unread)
			}
			return errors.Join(r.printInfos(all), unread)
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "as JSON: a list with one entry for each file")
	return cmd
}

// fileInfo is what info tells about a file: of a map or of a structure.
type fileInfo struct {
	Path      string         `json:"path"`
	Kind      string         `json:"kind"` // "map" or "structure"; empty if it cannot be read
	Map       *mapInfo       `json:"map,omitempty"`
	Structure *structureInfo `json:"structure,omitempty"`
	Warnings  []string       `json:"warnings,omitempty"`
	Error     string         `json:"error,omitempty"` // why it cannot be read
}

type mapInfo struct {
	Size       [3]int            `json:"size"`   // voxels along x, y, z
	Voxel      [3]float64        `json:"voxel"`  // ångström
	Origin     [3]float64        `json:"origin"` // ångström
	Extent     [3]float64        `json:"extent"` // ångström
	Min        float64           `json:"min"`
	Max        float64           `json:"max"`
	Mean       float64           `json:"mean"`
	SD         float64           `json:"sd"`
	NonZero    float64           `json:"nonzero_fraction"`
	Level      volume.Level      `json:"suggested_level"`
	Enclosed   float64           `json:"suggested_level_volume"` // Å³
	Resolution volume.Resolution `json:"estimated_resolution"`
	Header     mrc.Info          `json:"header"`
}

type structureInfo struct {
	Name     string         `json:"name"`
	Title    string         `json:"title"`
	Model    int            `json:"model"`
	Atoms    int            `json:"atoms"`
	Used     int            `json:"atoms_used"` // in a fit of all atoms
	Water    int            `json:"water_atoms"`
	Chains   []chainInfo    `json:"chains"`
	Elements map[string]int `json:"elements"`
	Center   [3]float64     `json:"center"`   // centroid, ångström
	Extent   [3]float64     `json:"extent"`   // ångström
	Gyration float64        `json:"gyration"` // radius, ångström
	Mass     float64        `json:"mass"`     // dalton, without water
}

type chainInfo struct {
	Name     string `json:"name"`
	Atoms    int    `json:"atoms"`
	Residues int    `json:"residues"` // without water
	Water    int    `json:"water"`    // molecules
}

// inform reads a file and tells what is in it.
func (r *run) inform(path string) (fileInfo, error) {
	info := fileInfo{Path: path}
	warn := func(format string, args ...any) { info.Warnings = append(info.Warnings, fmt.Sprintf(format, args...)) }
	if isMap(path) {
		m, err := readMap(path, warn)
		if err != nil {
			return info, err
		}
		info.Kind, info.Map = "map", aboutMap(m)
		return info, nil
	}
	s, err := readStructure(path, warn)
	if err != nil {
		return info, err
	}
	info.Kind, info.Structure = "structure", aboutStructure(s.Structure)
	return info, nil
}

func aboutMap(m *load.VolumeFile) *mapInfo {
	g := m.Grid
	target := fitting.NewTargetAt(g, m.Resolution())
	p, level := target.Profile(), target.Level()
	e := g.Extent()
	return &mapInfo{
		Size: g.Size, Voxel: [3]float64{g.Step.X, g.Step.Y, g.Step.Z}, Origin: [3]float64{g.Origin.X, g.Origin.Y, g.Origin.Z},
		// + 0 makes a negative zero positive.
		Extent: [3]float64{e.X, e.Y, e.Z}, Min: p.Min + 0, Max: p.Max + 0, Mean: p.Mean, SD: p.SD,
		NonZero: float64(p.NonZero) / float64(max(1, p.Voxels)), Level: level, Enclosed: p.Enclosed(level.Value),
		Resolution: target.Resolution(), Header: m.Info,
	}
}

func aboutStructure(s *mol.Structure) *structureInfo {
	used, left := s.Select(mol.AllAtoms)
	info := &structureInfo{
		Name: s.Name, Title: s.Title, Model: s.Model, Atoms: len(s.Atoms), Used: len(used), Water: left.Water,
		Chains: chains(s), Elements: map[string]int{}, Gyration: mol.Gyration(used), Mass: mol.Mass(used),
	}
	for _, a := range s.Atoms {
		info.Elements[a.Element.String()]++
	}
	if len(used) > 0 {
		c := mol.Center(used)
		lo, hi := mol.Bounds(used)
		info.Center = [3]float64{c.X, c.Y, c.Z}
		info.Extent = [3]float64{hi.X - lo.X, hi.Y - lo.Y, hi.Z - lo.Z}
	}
	return info
}

// chains counts atoms, residues and water of each chain, in order of appearance.
func chains(s *mol.Structure) []chainInfo {
	type residue struct {
		chain, name, insert string
		seq                 int
	}
	seen := map[residue]bool{}
	all := []chainInfo{}
	for _, name := range s.Chains() {
		all = append(all, chainInfo{Name: name})
	}
	for _, a := range s.Atoms {
		c := &all[slices.IndexFunc(all, func(c chainInfo) bool { return c.Name == a.Chain })]
		c.Atoms++
		if k := (residue{a.Chain, a.Residue, a.Insert, a.Seq}); !seen[k] {
			seen[k] = true
			if mol.IsWater(a.Residue) {
				c.Water++
			} else {
				c.Residues++
			}
		}
	}
	return all
}

func (r *run) printInfos(all []fileInfo) error {
	readable := slices.DeleteFunc(slices.Clone(all), func(f fileInfo) bool { return f.Error != "" })
	for i, f := range readable {
		if i > 0 {
			fmt.Fprintln(r.out)
		}
		rows := [][]string{{f.Kind, f.Path}}
		if f.Map != nil {
			rows = append(rows, f.Map.rows()...)
		} else {
			rows = append(rows, f.Structure.rows()...)
		}
		for _, w := range f.Warnings {
			rows = append(rows, []string{"warning", w})
		}
		if err := columns(r.out, map[int]bool{0: true, 1: true}, rows); err != nil {
			return err
		}
	}
	return nil
}

func (m *mapInfo) rows() [][]string {
	h := m.Header
	rows := [][]string{
		{"size", fmt.Sprintf("%d × %d × %d voxels", m.Size[0], m.Size[1], m.Size[2])},
		{"voxel", fmt.Sprintf("%.5g × %.5g × %.5g Å", m.Voxel[0], m.Voxel[1], m.Voxel[2])},
		{"extent", fmt.Sprintf("%.5g × %.5g × %.5g Å", m.Extent[0], m.Extent[1], m.Extent[2])},
		{"origin", fmt.Sprintf("%.6g, %.6g, %.6g Å  (%s)", m.Origin[0], m.Origin[1], m.Origin[2], h.Placed)},
		{"header", fmt.Sprintf("mode %d, %s, axes %v, nstart %v, cell %.6g Å, angles %.5g°, space group %d, extended header %d bytes",
			h.Mode, h.ByteOrder, h.Axes, h.Start, h.Cell, h.Angles, h.SpaceGroup, h.Extended)},
		{"density", fmt.Sprintf("%.5g to %.5g, mean %.5g, SD %.5g, %.1f %% not zero", m.Min, m.Max, m.Mean, m.SD, 100*m.NonZero)},
		{"level", fmt.Sprintf("%.4g  (%s)", m.Level.Value, m.Level.Rule)},
		{"resolution", fmt.Sprintf("%.3g Å  (%s)", m.Resolution.Value, m.Resolution.Rule)},
	}
	if h.Resampled {
		rows = append(rows, []string{"resampled", fmt.Sprintf("%v stored voxels of a skewed cell onto an orthogonal grid", h.Shape)})
	}
	for _, l := range h.Labels {
		rows = append(rows, []string{"label", l})
	}
	return rows
}

func (s *structureInfo) rows() [][]string {
	var chains, elements []string
	for _, c := range s.Chains {
		name := c.Name
		if name == "" {
			name = "(no name)"
		}
		text := fmt.Sprintf("%s: %d residues, %d atoms", name, c.Residues, c.Atoms)
		if c.Water > 0 {
			text += fmt.Sprintf(" (water: %d)", c.Water)
		}
		chains = append(chains, text)
	}
	for e, n := range s.Elements {
		elements = append(elements, fmt.Sprintf("%s %d", e, n))
	}
	sort.Strings(elements)
	rows := [][]string{
		{"atoms", fmt.Sprintf("%d, of them %d in a fit (%d of water)", s.Atoms, s.Used, s.Water)},
		{"chains", strings.Join(chains, "; ")},
		{"elements", strings.Join(elements, ", ")},
		{"centre", fmt.Sprintf("%.3f, %.3f, %.3f Å", s.Center[0], s.Center[1], s.Center[2])},
		{"extent", fmt.Sprintf("%.1f × %.1f × %.1f Å, radius of gyration %.1f Å", s.Extent[0], s.Extent[1], s.Extent[2], s.Gyration)},
		{"mass", fmt.Sprintf("%.1f kDa", s.Mass/1000)},
	}
	if s.Title != "" {
		rows = append([][]string{{"title", s.Title}}, rows...)
	}
	return rows
}
