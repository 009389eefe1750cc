// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"os"
	"path/filepath"
	"slices"

	"difffit/app/filedialog"
	"difffit/app/panel"
	"difffit/app/session"
	"difffit/app/window/shell"
	"difffit/io/load"
)

// AskOpen asks for files to open: maps, structures, a session, folders of
// structures.
func (fl *Files) AskOpen() {
	if fl.sh.MustWait("Open") {
		return
	}
	fl.sh.AskFiles(shell.Files{
		Question: filedialog.Question{Title: "Open", Folder: fl.openFolder(), Multiple: true, Filters: openFilters()},
		Help:     "Maps, structures and sessions, several at once.",
		More:     "A folder that is written as the path stands for what is in it.",
		Places:   fl.recentPlaces(),
		Chosen:   func(paths []string) { fl.Open(paths) },
	})
}

// openFilters are the kinds of files that are opened, all of them first.
func openFilters() []filedialog.Filter {
	maps, structures := shell.Patterns(load.Endings(load.DensityMap)...), shell.Patterns(load.Endings(load.AtomicStructure)...)
	sessions := []string{"*" + session.Ending}
	all := slices.Concat(maps, structures, sessions)
	return []filedialog.Filter{
		{Name: "Maps, structures, sessions", Patterns: all},
		{Name: "Maps", Patterns: maps},
		{Name: "Structures", Patterns: structures},
		{Name: "Sessions", Patterns: sessions},
		{Name: "All files", Patterns: []string{"*"}},
	}
}

// openFolder returns where a dialog begins: where files were opened last.
func (fl *Files) openFolder() string {
	for _, path := range fl.recent.files() {
		folder := filepath.Dir(path)
		if info, err := os.Stat(folder); err == nil && info.IsDir() && folder != fl.fetchFolder() {
			return folder
		}
	}
	folder := fl.Folder()
	if abs, err := filepath.Abs(folder); err == nil {
		return abs
	}
	return folder
}

// recentPlaces are the files that were opened last.
func (fl *Files) recentPlaces() []panel.Place {
	var list []panel.Place
	for _, path := range fl.recent.files() {
		list = append(list, panel.Place{Name: filepath.Base(path), Path: path, File: true})
	}
	return list
}
