// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"difffit/app/document"
	"difffit/app/session"
	"difffit/fitting/mol"
	"difffit/io/load"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/pdb"
)

// unlessThere writes files; where there are some already it asks first. What the
// session was read from is never replaced: the session would be lost with it.
func (w *window) unlessThere(write func(), paths ...string) {
	var there []string
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil {
			continue
		}
		there = append(there, path)
		for _, input := range w.inputPaths() {
			if other, err := os.Stat(input); err == nil && os.SameFile(info, other) {
				w.fail("Nothing was saved", fmt.Errorf("%s: is open here as an input, and this session needs it as it is; choose another name", path))
				return
			}
		}
	}
	switch n := len(there); n {
	case 0:
		write()
	case 1:
		w.confirm("Replace the file?", there[0]+" is there already.", "Replace", write)
	default:
		w.confirm("Replace the files?", fmt.Sprintf("%d files are there already: %s to %s.", n, there[0], filepath.Base(there[n-1])), "Replace", write)
	}
}

// withEnding writes a file that was asked about already, unless its name lacks
// the ending: then that of another file is meant.
func (w *window) withEnding(path, ending string, ended bool, write func(path string)) {
	if ended {
		write(path)
		return
	}
	path += ending
	w.unlessThere(func() { write(path) }, path)
}

// inputPaths returns the files that the session refers to.
func (w *window) inputPaths() []string {
	s := w.doc.State()
	var paths []string
	if s.Map != nil {
		paths = append(paths, s.Map.Path)
	}
	for _, t := range s.Structures {
		paths = append(paths, t.Path)
	}
	return paths
}

// folder returns where files of this work are likely wanted.
func (w *window) folder() string {
	s := w.doc.State()
	if w.path != "" {
		return filepath.Dir(w.path)
	}
	if s.Map != nil && !strings.HasPrefix(s.Map.Path, document.DemoScheme) {
		if folder := filepath.Dir(s.Map.Path); folder != w.fetchFolder() { // which is no place for work
			return folder
		}
	}
	if wd, err := os.Getwd(); err == nil {
		return wd
	}
	return "."
}

// save saves the session where it came from, or asks where.
func (w *window) save() {
	if w.path == "" {
		w.saveAs()
		return
	}
	w.saveTo(w.path, nil)
}

func (w *window) saveAs() {
	if w.job == nil {
		w.saveAsThen(nil)
	}
}

// saveAsThen asks where to save the session, and then does then.
func (w *window) saveAsThen(then func()) {
	name := "session"
	if m := w.doc.State().Map; m != nil {
		name = m.Name
	}
	suggestion := filepath.Join(w.folder(), name+session.Ending)
	if w.path != "" {
		suggestion = w.path
	}
	w.askPath("Save session", suggestion, "Maps and structures are referred to, not copied: keep them where they are, or move them together with the session.",
		func(path string) {
			ended := strings.HasSuffix(path, session.Ending)
			w.withEnding(path, session.Ending, ended, func(path string) { w.saveTo(path, then) })
		})
}

// saveTo saves the session and then does then, if that went well.
func (w *window) saveTo(path string, then func()) {
	s, revision := w.withView(w.doc.State()), w.doc.Revision()
	w.run(&job{name: "Save " + filepath.Base(path)}, func(context.Context) (func(), error) {
		if err := session.Save(path, s, w.program()); err != nil {
			return nil, err
		}
		return func() {
			w.path = path
			w.doc.MarkSaved(revision)
			w.recent.add(path)
			w.showRecent()
			w.title()
			w.autosave.changed()
			w.say("Saved " + path)
			if then != nil {
				then()
			}
		}, nil
	})
}

// program tells who wrote a file.
func (w *window) program() string { return strings.TrimSpace("DiffFit " + w.config.Version) }

// structureHelp is said beside the path of a structure to be saved.
const structureHelp = "The ending says the format: .cif (mmCIF) or .pdb, also with .gz. Chain names, residue numbers and B factors stay."

// askSaveStructure asks where to save the selected placement.
func (w *window) askSaveStructure() {
	s, id := w.doc.State(), w.doc.Selected()
	c, ok := s.Cluster(id)
	if !ok || w.job != nil {
		return
	}
	t := s.Structure(id.Structure)
	name := fmt.Sprintf("%s_place_%d.cif", t.Model.Name, id.Rank)
	w.askPath("Save fitted structure", filepath.Join(w.folder(), name), structureHelp, func(path string) {
		w.write("Save "+filepath.Base(path), func() (string, error) {
			return path, writeStructure(path, []*mol.Structure{t.Model.Moved(c.Motion.Mover())})
		})
	})
}

// askSaveComposite asks where to save all accepted placements as one structure.
func (w *window) askSaveComposite() {
	s := w.doc.State()
	if len(s.Accepted) == 0 || w.job != nil {
		return
	}
	help := structureHelp + " Of chains with the same name, the later ones get a number."
	w.askPath("Save all accepted as one structure", filepath.Join(w.folder(), "composite.cif"), help, func(path string) {
		w.write("Save "+filepath.Base(path), func() (string, error) {
			var placed []*mol.Structure
			for _, a := range s.Accepted {
				placed = append(placed, s.Structure(a.Structure).Model.Moved(a.Placement.Motion.Mover()))
			}
			return path, writeStructure(path, placed)
		})
	})
}

// writeStructure writes structures in the format that the ending says.
func writeStructure(path string, placed []*mol.Structure) error {
	name := load.Name(path)
	switch _, format := load.Written(path); format {
	case load.MMCIF:
		return mmcif.WriteFile(path, name, placed...)
	case load.PDB:
		short, _ := pdb.ShortChains(mmcif.Merge(name, placed))
		return pdb.WriteFile(path, short, pdb.EncodeOptions{})
	}
	return fmt.Errorf("%s: want an ending that tells the format: .cif or .pdb", path)
}

// askSaveMap asks where to save what is left of the map.
func (w *window) askSaveMap() {
	s := w.doc.State()
	if s.Map == nil || w.job != nil {
		return
	}
	path := filepath.Join(w.folder(), s.Map.Name+"_remaining.mrc")
	help := "What is left of the map after the layers that are on, as MRC2014 with 32-bit values; .gz packs it."
	w.askPath("Save remaining map", path, help, func(path string) {
		w.write("Save "+filepath.Base(path), func() (string, error) {
			return path, mrc.WriteFile(path, w.targets.Of(s).Grid(), mrc.WriteOptions{})
		})
	})
}

// write runs a job that writes files, and says where they are.
func (w *window) write(name string, write func() (string, error)) {
	w.run(&job{name: name}, func(context.Context) (func(), error) {
		where, err := write()
		if err != nil {
			return nil, err
		}
		return func() { w.say("Saved " + where) }, nil
	})
}
