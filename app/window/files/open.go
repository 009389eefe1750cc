// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/session"
	"difffit/app/window/shell"
	"difffit/assets"
	"difffit/io/load"
)

// sessionFile is what a file is that we wrote: load knows the kinds of inputs.
const sessionFile load.Kind = "session"

// kindOf tells what a file is by its name.
func kindOf(path string) load.Kind {
	if strings.EqualFold(filepath.Ext(path), session.Ending) {
		return sessionFile
	}
	return load.KindOf(path)
}

// Paths returns the paths of dropped files.
func Paths(uris []fyne.URI) []string {
	var list []string
	for _, u := range uris {
		list = append(list, u.Path())
	}
	return list
}

// Dropped opens what was dropped on the window.
func (fl *Files) Dropped(paths []string) { fl.Open(paths) }

// An order is what a list of paths asks for.
type order struct {
	session    string
	density    string
	structures []string
}

// sortOut finds out what a list of files and folders asks for: a session alone,
// or a map, or structures, or both. A folder stands for the structures in it.
func sortOut(paths []string) (order, error) {
	var o order
	var faults []error
	add := func(path string, k load.Kind) {
		switch {
		case k == sessionFile && o.session == "":
			o.session = path
		case k == load.DensityMap && o.density == "":
			o.density = path
		case k == load.DensityMap:
			faults = append(faults, fmt.Errorf("%s: only one map can be open, and %s comes first", path, o.density))
		case k == load.AtomicStructure:
			o.structures = append(o.structures, path)
		default:
			faults = append(faults, fmt.Errorf("%s: the ending tells no map (%s), structure (%s) or session (%s)", path,
				strings.Join(load.Endings(load.DensityMap), " "), strings.Join(load.Endings(load.AtomicStructure), " "), session.Ending))
		}
	}
	for _, path := range paths {
		info, err := os.Stat(path)
		if err != nil || !info.IsDir() {
			add(path, kindOf(path)) // the reader tells of missing files
			continue
		}
		entries, err := os.ReadDir(path)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		before := len(o.structures)
		for _, e := range entries {
			if !e.IsDir() && kindOf(e.Name()) == load.AtomicStructure {
				add(filepath.Join(path, e.Name()), load.AtomicStructure)
			}
		}
		if len(o.structures) == before {
			faults = append(faults, fmt.Errorf("%s: there are no structures in this folder", path))
		}
	}
	if o.session != "" && len(paths) > 1 {
		faults = append(faults, fmt.Errorf("%s: a session is opened alone", o.session))
	}
	return o, errors.Join(faults...)
}

// Open opens files: a map replaces the map, structures are added, a session
// replaces all.
func (fl *Files) Open(paths []string) {
	if len(paths) == 0 {
		return
	}
	for i, p := range paths {
		if abs, err := filepath.Abs(shell.Expand(p)); err == nil {
			paths[i] = abs
		}
	}
	o, err := sortOut(paths)
	if err != nil {
		fl.sh.Fail("These files cannot be opened", err)
		return
	}
	if o.session != "" {
		fl.UnlessLost("open another session", func() { fl.OpenSession(o.session) })
		return
	}
	if o.density != "" {
		if _, err := os.Stat(o.density); err != nil { // before anything is asked about it
			fl.sh.Fail("The map cannot be opened", err)
			return
		}
	}
	open := func() {
		fl.sh.Run(&shell.Job{Name: "Open " + names(paths)}, func(ctx context.Context) (func(), error) {
			in, err := readInputs(ctx, fl.Reader(), o)
			return func() { fl.addInputs(in, paths) }, err
		})
	}
	s := fl.sh.Doc.State()
	if o.density != "" && len(s.Rounds) > 0 && len(s.Accepted)+len(s.Layers) > 0 {
		fl.sh.Confirm("Open another map?", "What was found and accepted in the present map is closed with it. Undo brings it back.", "Open", open)
		return
	}
	open()
}

// names names files in a line.
func names(paths []string) string {
	if len(paths) == 1 {
		return filepath.Base(paths[0])
	}
	return fmt.Sprintf("%d files", len(paths))
}

// inputs are what was read.
type inputs struct {
	density    *document.Map
	structures []*document.Structure
}

// readInputs reads what it can, and joins the errors of the rest.
func readInputs(ctx context.Context, r session.Reader, o order) (inputs, error) {
	var in inputs
	var faults []error
	if o.density != "" {
		m, err := r.Map(ctx, o.density)
		if err != nil {
			faults = append(faults, err)
		}
		in.density = m
	}
	for _, path := range o.structures {
		if ctx.Err() != nil {
			return in, errors.Join(append(faults, ctx.Err())...)
		}
		t, err := r.Structures(ctx, path)
		if err != nil {
			faults = append(faults, err)
		}
		in.structures = append(in.structures, t...)
	}
	return in, errors.Join(faults...)
}

// addInputs puts what was read into the document.
func (fl *Files) addInputs(in inputs, opened []string) {
	var what []string
	if in.density != nil {
		fl.sh.Try("The map was not opened", fl.sh.Doc.SetMap(in.density))
		what = append(what, "map "+in.density.Name)
		for _, n := range in.density.Notes {
			fl.sh.Note("  " + in.density.Name + ": " + n)
		}
	}
	if n := len(in.structures); n > 0 {
		fl.sh.Try("The structures were not opened", fl.sh.Doc.AddStructures(in.structures...))
		if n == 1 {
			what = append(what, "structure "+in.structures[0].Model.Name)
		} else {
			what = append(what, fmt.Sprintf("%d structures", n))
		}
		for _, t := range in.structures {
			for _, n := range t.Notes {
				fl.sh.Note("  " + t.Model.Name + ": " + n)
			}
		}
	}
	if len(what) == 0 {
		return
	}
	fl.recent.add(opened...)
	fl.OnRecent()
	fl.sh.Tabs.SelectIndex(0)
	fl.sh.Say("Opened " + strings.Join(what, " and "))
}

// Reader reads inputs, those of the demo among them.
func (fl *Files) Reader() session.Files {
	return session.Files{BuiltIn: assets.BuiltIn, MaxVoxels: fl.sh.Memory() / shell.VoxelBytes}
}

// OpenDemo opens the demo, and fits it if asked.
func (fl *Files) OpenDemo(fit bool) {
	m, structures := assets.Demo()
	o := order{density: document.DemoScheme + m.Name}
	for _, s := range structures {
		o.structures = append(o.structures, document.DemoScheme+s.Name)
	}
	fl.UnlessLost("open the demo", func() {
		j := &shell.Job{Name: "Open the demo"}
		if fit {
			j.Then = func() { fl.compose.Fit() }
		}
		fl.sh.Run(j, func(ctx context.Context) (func(), error) {
			in, err := readInputs(ctx, fl.Reader(), o)
			return func() {
				fl.sh.Doc.Replace(document.New().State())
				fl.path = ""
				fl.addInputs(in, nil)
				fl.sh.Doc.MarkSaved(fl.sh.Doc.Revision())
				fl.title()
			}, err
		})
	})
}
