// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"difffit/app/document"
	"difffit/fitting/mol"
	"difffit/io/load"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/pdb"
)

// unlessThere writes a file; where there is one already it asks first. What the
// session was read from is never replaced: the session would be lost with it.
func (w *window) unlessThere(path string, write func()) {
	info, err := os.Stat(path)
	if err != nil {
		write()
		return
	}
	for _, input := range w.inputPaths() {
		if other, err := os.Stat(input); err == nil && os.SameFile(info, other) {
			w.fail("Nothing was saved", fmt.Errorf("%s: is open here as an input, and this session needs it as it is; choose another name", path))
			return
		}
	}
	w.confirm("Replace the file?", path+" is there already.", "Replace", write)
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
	if w.job != nil {
		return
	}
	name := "session"
	if m := w.doc.State().Map; m != nil {
		name = m.Name
	}
	suggestion := filepath.Join(w.folder(), name+document.Ending)
	if w.path != "" {
		suggestion = w.path
	}
	w.askPath("Save session", suggestion, "Maps and structures are referred to, not copied: keep them where they are, or move them together with the session.",
		func(path string) {
			if !strings.HasSuffix(path, document.Ending) {
				path += document.Ending
			}
			w.saveTo(path, nil)
		})
}

// saveTo saves the session and then does then, if that went well.
func (w *window) saveTo(path string, then func()) {
	s, revision := w.withView(w.doc.State()), w.doc.Revision()
	w.run(&job{name: "Save " + filepath.Base(path)}, func(context.Context) (func(), error) {
		if err := document.Save(path, s, w.program()); err != nil {
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
	switch filepath.Ext(strings.TrimSuffix(strings.ToLower(path), ".gz")) {
	case ".cif", ".mmcif":
		return mmcif.WriteFile(path, name, placed...)
	case ".pdb", ".ent":
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
			return path, mrc.WriteFile(path, w.doc.Target(s).Grid(), mrc.WriteOptions{})
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

// writeFile writes a file beside path and then gives it that name.
func writeFile(path string, write func(*os.File) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			f.Close() // again, which does no harm
			os.Remove(f.Name())
		}
	}()
	if err := write(f); err != nil {
		return err
	}
	if err := f.Chmod(0o644); err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
