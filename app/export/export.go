// SPDX-License-Identifier: BSD-3-Clause

// Package export writes what was found as files for other programs: scenes,
// lists, structures, maps and a report. It reads a state of the document and
// changes nothing; it knows neither windows nor commands.
package export

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"difffit/app/document"
	"difffit/app/report"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/folder"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/pdb"
	"difffit/io/script"
	"difffit/io/table"
)

// An Item is something to be written.
type Item string

// Items.
const (
	Scene      Item = "scene"
	Table      Item = "table"
	List       Item = "list"
	Structures Item = "structures"
	Composite  Item = "composite"
	Remaining  Item = "remaining"
	Mask       Item = "mask"
	Residual   Item = "residual"
	Report     Item = "report"
)

// Items returns all items, in the order in which they are written.
func Items() []Item {
	return []Item{Scene, Table, List, Structures, Composite, Remaining, Mask, Residual, Report}
}

// What says what an item is, for people.
func (i Item) What() string { return makers[i].what }

// Options say what is written, and how. Start from DefaultOptions.
type Options struct {
	Items  []Item
	PDB    bool // structures as PDB files too
	Mask   volume.MaskOptions
	Report report.Options
	Look   Look // of the scene
}

// DefaultOptions write everything.
func DefaultOptions() Options {
	return Options{Items: Items(), Mask: volume.DefaultMaskOptions(), Look: DefaultLook()}
}

// makers has every item with what makes it.
var makers = map[Item]struct {
	what string
	make func(*writer) error
}{
	Scene:      {"ChimeraX scene, open.cxc", (*writer).scene},
	Table:      {"fits of each round, fits_N.csv and fits_N.json", (*writer).tables},
	List:       {"fit list as ChimeraX writes it, one for each fit", (*writer).lists},
	Structures: {"placed structures, one file each", (*writer).structures},
	Composite:  {"composite, one file with unique chain names", (*writer).composite},
	Remaining:  {"remaining map, remaining.mrc", (*writer).remaining},
	Mask:       {"mask about the placed structures, mask.mrc", (*writer).mask},
	Residual:   {"residual map: map less the model, residual.mrc", (*writer).residual},
	Report:     {"report for a browser, report.html", (*writer).report},
}

// Write writes the items into a folder, which is made if it is not there, and
// returns the names of the files. Files that are there are replaced, when all
// are made: after an error or a cancel the folder is as it was. Others stay. Of
// what is accepted, else of the best of each structure in the last round, are
// the structures, the mask and the residual. tell, if it is not nil, is told how
// far it is and what comes next.
func Write(ctx context.Context, s document.State, path string, o Options, tell func(part float64, what string)) ([]string, error) {
	if err := o.Mask.Validate(); err != nil {
		return nil, err
	}
	files, err := folder.Open(path)
	if err != nil {
		return nil, err
	}
	defer files.Close()
	placed, _ := report.Placed(s)
	w := &writer{ctx: ctx, s: s, folder: files, o: o, placed: placed}
	if err := w.make(tell); err != nil {
		return nil, err
	}
	return w.files, files.Publish("")
}

// make makes the files in the folder that is not seen.
func (w *writer) make(tell func(part float64, what string)) error {
	for i, item := range w.o.Items {
		if err := w.ctx.Err(); err != nil {
			return err
		}
		m, ok := makers[item]
		if !ok {
			return fmt.Errorf("export: there is no %q", item)
		}
		if tell != nil {
			tell(float64(i)/float64(len(w.o.Items)), m.what)
		}
		if err := m.make(w); err != nil {
			return fmt.Errorf("export: %s: %w", item, err)
		}
	}
	if len(w.files) == 0 {
		return errors.New("export: there is nothing to write: no map, and no placement")
	}
	return nil
}

// A writer writes one export.
type writer struct {
	ctx    context.Context
	s      document.State
	folder *folder.Folder
	o      Options
	placed []report.Place
	files  []string
}

// add writes a file, but none that the state was read from.
func (w *writer) add(name string, fill func(io.Writer) error) error {
	if there, err := os.Stat(w.path(name)); err == nil {
		for _, path := range w.inputs() {
			if input, err := os.Stat(path); err == nil && os.SameFile(there, input) {
				return fmt.Errorf("%s: would write over %s, which is an input", name, path)
			}
		}
	}
	if err := w.folder.Add(name, fill); err != nil {
		return err
	}
	w.files = append(w.files, name)
	return nil
}

// path returns the path that a file will have.
func (w *writer) path(name string) string { return filepath.Join(w.folder.Path(), name) }

// inputs returns the files that the state was read from.
func (w *writer) inputs() []string {
	var paths []string
	for _, in := range w.s.Sources() {
		paths = append(paths, in.Path)
	}
	return paths
}

// moved returns the structures at their places.
func (w *writer) moved() []*mol.Structure {
	var list []*mol.Structure
	for _, p := range w.placed {
		list = append(list, w.s.Structure(p.Structure).Model.Moved(p.Motion.Mover()))
	}
	return list
}

// points returns the atoms of all structures at their places.
func (w *writer) points() []volume.Point {
	var points []volume.Point
	for _, m := range w.moved() {
		atoms, _ := m.Select(mol.AllAtoms)
		points = append(points, fitting.Points(atoms)...)
	}
	return points
}

// original returns the path of an input as ChimeraX opens it: what is built
// into this program, and what is packed, is written beside the scene.
func (w *writer) original(path, name, ending string, encode func(io.Writer) error) (string, error) {
	if !strings.HasPrefix(path, document.DemoScheme) && script.Opens(path) {
		return path, nil
	}
	name = w.free("original_"+FileName(name), ending)
	if err := w.add(name, encode); err != nil {
		return "", err
	}
	return w.path(name), nil
}

func (w *writer) lists() error {
	for _, r := range w.s.Rounds {
		for _, fit := range r.Fits {
			t := table.Structure{
				Name: w.s.Name(fit.Structure), AtomsUsed: fit.Result.AtomsUsed, Starts: fit.Result.Starts,
				RoundsAgreed: fit.Result.RoundsAgreed, Clusters: table.NewClusters(fit.Result.Clusters, 0),
			}
			name := w.free(fmt.Sprintf("fits_chimerax_%d_%s", r.Number, FileName(t.Name)), ".txt")
			if err := w.add(name, func(f io.Writer) error { return table.ChimeraX(f, &t, fit.Result.Level.Value) }); err != nil {
				return err
			}
		}
	}
	return nil
}

func (w *writer) structures() error {
	for i, m := range w.moved() {
		if err := w.structure(fitName(i, m.Name), m); err != nil {
			return err
		}
	}
	return nil
}

// fitName is the name of the file of the i-th placement, without an ending.
func fitName(i int, structure string) string {
	return fmt.Sprintf("fit_%03d_%s", i+1, FileName(structure))
}

func (w *writer) composite() error {
	if len(w.placed) == 0 {
		return nil
	}
	return w.structure("composite", mmcif.Merge("composite", w.moved()))
}

// structure writes a structure as mmCIF, and as PDB if that is wanted.
func (w *writer) structure(name string, m *mol.Structure) error {
	if err := w.add(name+".cif", func(f io.Writer) error { return mmcif.Encode(f, m) }); err != nil || !w.o.PDB {
		return err
	}
	short, _ := pdb.ShortChains(m)
	return w.add(name+".pdb", func(f io.Writer) error { return pdb.Encode(f, short, pdb.EncodeOptions{}) })
}

func (w *writer) grid(name string, g *volume.Grid, o mrc.WriteOptions) error {
	return w.add(name, func(f io.Writer) error { return mrc.Encode(f, g, o) })
}

// RemainingOptions are those for writing what is left of the map of a state, or
// the map itself: if density is taken out, now or before it was opened, the file
// says how good the whole map is.
func RemainingOptions(targets *work.Targets, s document.State) mrc.WriteOptions {
	if !s.IsZeroed() && s.Map.Resolution.Value == 0 {
		return mrc.WriteOptions{}
	}
	return mrc.WriteOptions{Labels: []string{mrc.RemainingOf(targets.Resolution(s).Value)}}
}

func (w *writer) remaining() error {
	if w.s.Map == nil {
		return nil
	}
	var targets work.Targets
	return w.grid("remaining.mrc", targets.Of(w.s).Grid(), RemainingOptions(&targets, w.s))
}

func (w *writer) mask() error {
	if w.s.Map == nil || len(w.placed) == 0 {
		return nil
	}
	g, err := volume.Mask(w.ctx, w.s.Map.Grid, w.points(), w.o.Mask)
	if err != nil {
		return err
	}
	return w.grid("mask.mrc", g, mrc.WriteOptions{})
}

func (w *writer) residual() error {
	if w.s.Map == nil || len(w.placed) == 0 {
		return nil
	}
	r, err := volume.Subtract(w.ctx, w.s.Map.Grid, w.points(), new(work.Targets).Resolution(w.s).Value)
	if err != nil {
		return err
	}
	return w.grid("residual.mrc", r.Grid, mrc.WriteOptions{})
}

func (w *writer) report() error {
	return w.add("report.html", func(f io.Writer) error { return report.Write(f, w.s, w.o.Report) })
}

// free returns the name of a file that was not written yet.
func (w *writer) free(name, ending string) string { return folder.Free(name, ending, w.folder.Has) }

// longestName is how many bytes of a structure's name are taken into the name
// of a file, which may have 255.
const longestName = 150

// FileName returns name with what is trouble in file names replaced, and not
// too long.
func FileName(name string) string {
	name = strings.Map(func(c rune) rune {
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '.', c == '-', c == '_':
			return c
		}
		return '_'
	}, name)
	return name[:min(len(name), longestName)]
}
