// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/session"
	"difffit/app/window/shell"
	"difffit/assets"
)

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

// Open opens files: a session replaces all, structures are added, and of a map
// beside the one that is open it is asked what it is. What cannot be opened is
// told in one message when the rest is open.
func (fl *Files) Open(paths []string) {
	if len(paths) == 0 {
		return
	}
	for i, p := range paths {
		if abs, err := filepath.Abs(shell.Expand(p)); err == nil {
			paths[i] = abs
		}
	}
	o := sortOut(paths)
	switch {
	case o.isEmpty():
		fl.sh.Fail("These files cannot be opened", errors.Join(o.faults...))
	case o.session != "":
		fl.UnlessLost("open another session", func() {
			fl.loadSession(o.session, func() { fl.path = o.session }, func() {
				o.session = ""
				fl.openRest(o)
			})
		})
	case fl.sh.MustWait("Open"):
	default:
		fl.openRest(o)
	}
}

// openRest opens maps and structures, once it is known what the maps are.
func (fl *Files) openRest(o order) {
	if o.isEmpty() {
		fl.tellFaults(o, o.faults)
		return
	}
	fl.askUses(o.maps, func(u uses) {
		o.uses = u
		if !u.newSession {
			fl.read(o, nil)
			return
		}
		fl.UnlessLost("begin a new session", func() { fl.read(o, fl.clear) })
	})
}

// read reads files beside the window, and puts them into the document after
// before, if that is not nil.
func (fl *Files) read(o order, before func()) {
	fl.sh.Run(&shell.Job{Name: "Open " + names(o.paths)}, func(ctx context.Context) (func(), error) {
		in, faults := readInputs(ctx, fl.Reader(), o)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return func() {
			if before != nil && !in.isEmpty() {
				before()
			}
			fl.addInputs(in, o.paths)
			fl.tellFaults(o, append(o.faults, faults...))
		}, nil
	})
}

// tellFaults tells in one message what was not opened, and why.
func (fl *Files) tellFaults(o order, faults []error) {
	switch n := len(faults); {
	case n == 0:
	case n >= o.asked:
		fl.sh.Fail("Nothing was opened", errors.Join(faults...))
	default:
		fl.sh.Fail(fmt.Sprintf("%s of %d not opened", panel.Plural(n, "file"), o.asked), errors.Join(faults...))
	}
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
	others     []document.OtherMap
	structures []*document.Structure
}

func (in *inputs) isEmpty() bool {
	return in.density == nil && len(in.others)+len(in.structures) == 0
}

// readInputs reads what it can, and returns why the rest cannot be read.
func readInputs(ctx context.Context, r session.Reader, o order) (in inputs, faults []error) {
	for i, path := range o.maps {
		m, err := r.Map(ctx, path)
		switch use := o.uses.of(i); {
		case err != nil:
			faults = append(faults, err)
		case use == fittedMap:
			in.density = m
		default:
			in.others = append(in.others, document.OtherMap{Use: use, Map: m})
		}
	}
	for _, path := range o.structures {
		if ctx.Err() != nil {
			return in, append(faults, ctx.Err())
		}
		t, err := r.Structures(ctx, path)
		if err != nil {
			faults = append(faults, err)
		}
		in.structures = append(in.structures, t...)
	}
	return in, faults
}

// addInputs puts what was read into the document.
func (fl *Files) addInputs(in inputs, opened []string) {
	var what []string
	if in.density != nil {
		fl.sh.Try("The map was not opened", fl.sh.Doc.SetMap(in.density))
		what = append(what, "map "+in.density.Name)
		fl.noteAll(in.density.Name, in.density.Notes)
	}
	if len(in.others) > 0 {
		fl.sh.Try("The maps were not opened", fl.sh.Doc.AddMaps(in.others...))
		for _, o := range in.others {
			what = append(what, fmt.Sprintf("%s %s", o.Use, o.Map.Name))
			fl.noteAll(o.Map.Name, o.Map.Notes)
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
			fl.noteAll(t.Model.Name, t.Notes)
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

// noteAll keeps in the log what a reader had to say about an input.
func (fl *Files) noteAll(name string, notes []string) {
	for _, n := range notes {
		fl.sh.Note("  " + name + ": " + n)
	}
}

// Reader reads inputs, those of the demo among them.
func (fl *Files) Reader() session.Files {
	return session.Files{BuiltIn: assets.BuiltIn, MaxVoxels: fl.sh.Memory() / shell.VoxelBytes}
}

// clear puts an empty document in place of the present one.
func (fl *Files) clear() {
	fl.path = ""
	fl.stage.TakeView(document.State{})
	fl.sh.Doc.Replace(document.New().State())
	fl.title()
}

// New begins a new session; it asks first where something would be lost.
func (fl *Files) New() {
	fl.UnlessLost("begin a new session", func() {
		fl.clear()
		fl.sh.Say("A new session")
	})
}

// CloseMap closes the map that is fitted into, and what was found in it; undo
// brings both back.
func (fl *Files) CloseMap() {
	if !fl.sh.MustWait("Close the map") {
		fl.sh.Edit("The map was not closed", fl.sh.Doc.CloseMap)
	}
}

// OpenDemo opens the demo, and fits it if asked.
func (fl *Files) OpenDemo(fit bool) {
	m, structures := assets.Demo()
	o := order{maps: []string{document.DemoScheme + m.Name}}
	for _, s := range structures {
		o.structures = append(o.structures, document.DemoScheme+s.Name)
	}
	fl.UnlessLost("open the demo", func() {
		j := &shell.Job{Name: "Open the demo"}
		if fit {
			j.Then = func() { fl.compose.Fit() }
		}
		fl.sh.Run(j, func(ctx context.Context) (func(), error) {
			in, faults := readInputs(ctx, fl.Reader(), o)
			return func() {
				fl.clear()
				fl.addInputs(in, nil)
				fl.sh.Doc.MarkSaved(fl.sh.Doc.Revision())
				fl.title()
			}, errors.Join(faults...)
		})
	})
}
