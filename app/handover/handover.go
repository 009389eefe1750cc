// SPDX-License-Identifier: BSD-3-Clause

// Package handover shows files in other programs of the same computer: in a
// ChimeraX that runs and listens, in a ChimeraX or Coot that it starts, or in the
// browser. It knows neither documents nor windows; the files are there already.
package handover

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

// A Program is one that can show files.
type Program string

// Programs.
const (
	ChimeraX Program = "ChimeraX"
	Coot     Program = "Coot"
)

// errNotInstalled is what errors wrap if a program is not found.
var errNotInstalled = errors.New("is not installed")

// commands are the names under which programs are found in the PATH.
var commands = map[Program][]string{
	ChimeraX: {"chimerax", "ChimeraX", "chimerax-daily"},
	Coot:     {"coot", "coot-1", "Coot"},
}

// places are the usual places of programs that are not in the PATH, by
// operating system; the last in order, which is the newest, is taken.
var places = map[string]map[Program][]string{
	"linux": {
		ChimeraX: {"/usr/lib/ucsf-chimerax*/bin/ChimeraX", "/opt/UCSF/ChimeraX*/bin/ChimeraX", "/opt/chimerax*/bin/ChimeraX", "~/chimerax*/bin/ChimeraX", "~/.local/bin/chimerax"},
		Coot:     {"/opt/ccp4*/bin/coot", "/opt/coot*/bin/coot", "/opt/xtal/ccp4*/bin/coot", "~/ccp4*/bin/coot"},
	},
	"darwin": {
		ChimeraX: {"/Applications/ChimeraX*.app/Contents/MacOS/ChimeraX", "~/Applications/ChimeraX*.app/Contents/MacOS/ChimeraX"},
		Coot:     {"/Applications/ccp4*/bin/coot", "/opt/homebrew/bin/coot", "/usr/local/bin/coot"},
	},
	"windows": {
		ChimeraX: {`C:\Program Files\ChimeraX*\bin\ChimeraX.exe`},
		Coot:     {`C:\WinCoot*\wincoot.bat`, `C:\Program Files\WinCoot*\wincoot.bat`, `C:\Program Files (x86)\WinCoot*\wincoot.bat`},
	},
}

// Find returns the path of a program: of path, if a person said it, else of the
// first in the PATH or in a usual place.
func Find(p Program, path string) (string, error) {
	if path != "" {
		found, err := exec.LookPath(path)
		if err != nil {
			return "", fmt.Errorf("handover: %s: %s is not a program that can be started", p, path)
		}
		return found, nil
	}
	for _, name := range commands[p] {
		if found, err := exec.LookPath(name); err == nil {
			return found, nil
		}
	}
	home, _ := os.UserHomeDir() // without one its places are not there
	for _, pattern := range places[runtime.GOOS][p] {
		if strings.HasPrefix(pattern, "~/") {
			pattern = filepath.Join(home, pattern[2:])
		}
		found, err := filepath.Glob(pattern)
		if err != nil || len(found) == 0 {
			continue
		}
		slices.Sort(found)
		if last, err := exec.LookPath(found[len(found)-1]); err == nil {
			return last, nil
		}
	}
	return "", fmt.Errorf("handover: %s %w", p, errNotInstalled)
}

// Start starts a program beside this one, in a folder. It returns when it runs;
// ended is called, from another goroutine, when it has ended.
func Start(program, folder string, ended func(error), args ...string) error {
	c := exec.Command(program, args...)
	c.Dir = folder
	if err := c.Start(); err != nil {
		return fmt.Errorf("handover: %w", err)
	}
	go func() { ended(c.Wait()) }()
	return nil
}

// CootArgs are the arguments with which Coot opens structures and a map, and
// runs a script; "" is no map, or no script.
func CootArgs(structures []string, density, script string) []string {
	var args []string
	for _, s := range structures {
		args = append(args, "--pdb", s)
	}
	if density != "" {
		args = append(args, "--map", density)
	}
	if script != "" {
		args = append(args, "--script", script)
	}
	return args
}

// CootScript is a script in Python that shows a map at a level, in the units of
// the map; the map is the one that was opened last.
func CootScript(level float64) string {
	return fmt.Sprintf(`# Written by DiffFit.
try:
    import coot
    from coot import *
except ImportError:
    pass  # Coot 0.9 has its functions at hand
for i in range(graphics_n_molecules()):
    if is_valid_map_molecule(i):
        set_contour_level_absolute(i, %.9g)
`, level)
}
