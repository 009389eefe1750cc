// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/script"
	"difffit/app/session"
	"difffit/app/window/shell"
	"difffit/fitting/mol"
	"difffit/io/load"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/pdb"
)

// Folder returns where files of this work are likely wanted.
func (fl *Files) Folder() string {
	s := fl.sh.Doc.State()
	if fl.path != "" {
		return filepath.Dir(fl.path)
	}
	if s.Map != nil && !strings.HasPrefix(s.Map.Path, document.DemoScheme) {
		if folder := filepath.Dir(s.Map.Path); folder != fl.fetchFolder() { // which is no place for work
			return folder
		}
	}
	if wd, err := os.Getwd(); err == nil {
		return wd
	}
	return "."
}

// Save saves the session where it came from, or asks where.
func (fl *Files) Save() {
	if fl.path == "" {
		fl.SaveAs()
		return
	}
	fl.SaveTo(fl.path, nil)
}

// SaveAs asks where to save the session.
func (fl *Files) SaveAs() {
	if !fl.sh.MustWait("Save session") {
		fl.saveAsThen(nil)
	}
}

// saveAsThen asks where to save the session, and then does then.
func (fl *Files) saveAsThen(then func()) {
	name := "session"
	if m := fl.sh.Doc.State().Map; m != nil {
		name = m.Name
	}
	suggestion := filepath.Join(fl.Folder(), name+session.Ending)
	if fl.path != "" {
		suggestion = fl.path
	}
	fl.sh.AskPath("Save session", suggestion, "Maps and structures are referred to, not copied: keep them where they are, or move them together with the session.",
		func(path string) {
			ended := strings.HasSuffix(path, session.Ending)
			fl.sh.WithEnding(path, session.Ending, ended, func(path string) { fl.SaveTo(path, then) })
		})
}

// SaveTo saves the session and then does then, if that went well.
func (fl *Files) SaveTo(path string, then func()) {
	s, revision, tile := fl.stage.WithView(fl.sh.Doc.State()), fl.sh.Doc.Revision(), fl.tileRequest()
	fl.sh.Run(&shell.Job{Name: "Save " + filepath.Base(path)}, func(context.Context) (func(), error) {
		if err := session.Save(path, s, fl.sh.Program()); err != nil {
			return nil, err
		}
		fault := fl.drawTile(path, tile)
		return func() {
			if fault != nil {
				fl.sh.Note("no picture of the session for the first page: " + fault.Error())
			}
			fl.path = path
			fl.sh.Doc.MarkSaved(revision)
			fl.recent.add(path)
			fl.OnRecent()
			fl.title()
			fl.autosave.changed()
			fl.sh.Say("Saved " + path)
			fl.sh.Write(script.Comment("to compute all of it again: " + script.Command("replay", path)))
			if then != nil {
				then()
			}
		}, nil
	})
}

// structureHelp is said beside the path of a structure to be saved.
const structureHelp = "The ending says the format: .cif (mmCIF) or .pdb, also with .gz. Chain names, residue numbers and B factors stay."

// AskSaveStructure asks where to save the selected placement.
func (fl *Files) AskSaveStructure() {
	s, id := fl.sh.Doc.State(), fl.sh.Doc.Selected()
	c, ok := s.Cluster(id)
	if !ok || fl.sh.MustWait("Save fitted structure") {
		return
	}
	t := s.Structure(id.Structure)
	name := fmt.Sprintf("%s_place_%d.cif", t.Model.Name, id.Rank)
	fl.sh.AskPath("Save fitted structure", filepath.Join(fl.Folder(), name), structureHelp, func(path string) {
		fl.write("Save "+filepath.Base(path), func() (string, error) {
			return path, writeStructure(path, []*mol.Structure{t.Model.Moved(c.Motion.Mover())})
		})
	})
}

// AskSaveComposite asks where to save all accepted placements as one structure.
func (fl *Files) AskSaveComposite() {
	s := fl.sh.Doc.State()
	if len(s.Accepted) == 0 || fl.sh.MustWait("Save all accepted") {
		return
	}
	help := structureHelp + " Of chains with the same name, the later ones get a number."
	fl.sh.AskPath("Save all accepted as one structure", filepath.Join(fl.Folder(), "composite.cif"), help, func(path string) {
		fl.write("Save "+filepath.Base(path), func() (string, error) {
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

// AskSaveMap asks where to save what is left of the map.
func (fl *Files) AskSaveMap() {
	s := fl.sh.Doc.State()
	if s.Map == nil || fl.sh.MustWait("Save remaining map") {
		return
	}
	path := filepath.Join(fl.Folder(), s.Map.Name+"_remaining.mrc")
	help := "What is left of the map after the zeroing that is on, as MRC2014 with 32-bit values; .gz packs it."
	fl.sh.AskPath("Save remaining map", path, help, func(path string) {
		fl.write("Save "+filepath.Base(path), func() (string, error) {
			return path, mrc.WriteFile(path, fl.sh.Targets.Of(s).Grid(), export.RemainingOptions(&fl.sh.Targets, s))
		})
	})
}

// write runs a job that writes files, and says where they are.
func (fl *Files) write(name string, write func() (string, error)) {
	fl.sh.Run(&shell.Job{Name: name}, func(context.Context) (func(), error) {
		where, err := write()
		if err != nil {
			return nil, err
		}
		return func() { fl.sh.Say("Saved " + where) }, nil
	})
}
