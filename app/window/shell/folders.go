// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// listFolder returns what is in a folder. Links count as what they lead to; one
// that leads nowhere is a file.
func listFolder(folder string) ([]panel.FileEntry, error) {
	found, err := os.ReadDir(folder)
	var list []panel.FileEntry
	for _, e := range found {
		info, err := os.Stat(filepath.Join(folder, e.Name()))
		if err != nil {
			if info, err = e.Info(); err != nil {
				continue // gone meanwhile
			}
		}
		list = append(list, panel.FileEntry{Name: e.Name(), Folder: info.IsDir(), Bytes: info.Size(), Time: info.ModTime()})
	}
	return list, err
}

// beside looks at a disk beside the window, and then does what that returns.
func (sh *Shell) beside(look func() func()) {
	sh.looking++
	go func() {
		do := look()
		sh.Do(func() {
			sh.looking--
			do()
		})
	}()
}

// Looked tells whether all is known that dialogs have asked of the disk.
func (sh *Shell) Looked() bool { return sh.looking == 0 }

// nearestFolder returns the folder of a path, or the nearest above it that is
// there.
func nearestFolder(path string) string {
	for {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return path
		}
		above := filepath.Dir(path)
		if above == path {
			return path
		}
		path = above
	}
}

// completes lets Tab complete the path in a field, which is looked up beside the
// window. What is typed meanwhile waits for it.
func (sh *Shell) completes(f *PathField) {
	f.OnTab = func() {
		written := f.Text
		folder, part := filepath.Split(Expand(written))
		f.Hold()
		sh.beside(func() func() {
			entries, err := listFolder(folder)
			return func() {
				if err == nil && f.Text == written {
					complete(f, folder, part, entries)
				}
				f.Release()
			}
		})
	}
}

// complete writes into a field what its path can only go on as.
func complete(f *PathField, folder, part string, entries []panel.FileEntry) {
	var names []string
	is := map[string]bool{}
	for _, e := range entries {
		names = append(names, e.Name)
		is[e.Name] = e.Folder
	}
	longer, n := panel.CompleteName(part, names)
	if n == 0 {
		return
	}
	if n == 1 && is[longer] {
		longer += string(filepath.Separator)
	}
	f.Write(folder + longer)
}

func newFolderButton(do func()) *widget.Button {
	return widget.NewButtonWithIcon("Folder…", theme.FolderOpenIcon(), do)
}
