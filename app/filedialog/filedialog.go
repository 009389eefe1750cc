// SPDX-License-Identifier: BSD-3-Clause

// Package filedialog asks for files with the dialog of the desktop: that of the
// XDG portal, reached over D-Bus, or one of the programs zenity and kdialog (ADR
// 0025). It knows neither windows of ours nor what is in the files.
package filedialog

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// A Kind says what is asked for.
type Kind int

// Kinds.
const (
	OpenFiles  Kind = iota // files that are there: one, or with Multiple several
	SaveFile               // the name of a file to be written
	OpenFolder             // a folder
)

// A Filter names files by their endings.
type Filter struct {
	Name     string
	Patterns []string // "*.mrc"; "*" takes all. Upper and lower case are the same
}

// A Question is what a person is asked.
type Question struct {
	Kind     Kind
	Title    string
	Folder   string // to begin in, absolute; "" leaves that to the dialog
	Name     string // suggested for a file to be written
	Multiple bool
	Filters  []Filter // the first is chosen; none takes all files
	Parent   string   // the window that asks, as portals name it: "x11:2a00007"; "" for none
}

// A Dialog asks a person for files.
type Dialog interface {
	// Name tells what asks: "portal", "zenity" or "kdialog".
	Name() string
	// Ask waits for the answer: absolute paths, none if the person cancelled. A
	// dialog of files to be written has asked by itself whether one that is
	// there is to be replaced. When ctx ends the dialog is closed.
	Ask(ctx context.Context, q Question) ([]string, error)
}

// Variable is the environment variable that says which dialog asks: "own" for
// that of the program itself, "portal", "zenity", "kdialog"; what else it says,
// or nothing, means the first of these that is there.
const Variable = "DIFFFIT_DIALOGS"

// Find returns the dialog of the desktop, nil if there is none. It may wait for
// a service to answer, a few seconds at most.
func Find(ctx context.Context) Dialog {
	wish := os.Getenv(Variable)
	if wish == "own" {
		return nil
	}
	ways := []struct {
		name string
		find func(context.Context) Dialog
	}{
		{"portal", findPortal}, {"zenity", findZenity}, {"kdialog", findKDialog},
	}
	for _, w := range ways {
		if wish != "" && wish == w.name {
			return w.find(ctx)
		}
	}
	if strings.Contains(strings.ToUpper(os.Getenv("XDG_CURRENT_DESKTOP")), "KDE") {
		ways[1], ways[2] = ways[2], ways[1]
	}
	for _, w := range ways {
		if d := w.find(ctx); d != nil {
			return d
		}
	}
	return nil
}

// start returns the path that a dialog begins with: that of the file that is
// suggested, or the folder, which ends with a separator.
func (q Question) start() string {
	if q.Folder == "" {
		return q.Name
	}
	if q.Name == "" {
		return strings.TrimSuffix(q.Folder, string(filepath.Separator)) + string(filepath.Separator)
	}
	return filepath.Join(q.Folder, q.Name)
}

// folded returns a pattern that takes upper and lower case: "*.[mM][rR][cC]".
func folded(pattern string) string {
	var b strings.Builder
	for _, r := range pattern {
		low, up := unicode.ToLower(r), unicode.ToUpper(r)
		if low == up {
			b.WriteRune(r)
			continue
		}
		b.WriteString("[" + string(low) + string(up) + "]")
	}
	return b.String()
}
