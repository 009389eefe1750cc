// SPDX-License-Identifier: BSD-3-Clause

package filedialog

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// fake puts a program of that name alone into PATH; it writes its arguments, one
// a line, into the file that is returned.
func fake(t *testing.T, name, script string) (arguments string) {
	t.Helper()
	folder := t.TempDir()
	arguments = filepath.Join(folder, "arguments")
	text := "#!/bin/sh\nfor a in \"$@\"; do printf '%s\\0' \"$a\"; done > '" + arguments + "'\n" + script + "\n"
	if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", folder)
	t.Setenv(Variable, "")
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "")
	t.Setenv("XDG_RUNTIME_DIR", "")
	return arguments
}

var maps = []Filter{{"Maps", []string{"*.mrc", "*.map"}}, {"All files", []string{"*"}}}

func TestProgramsAreAsked(t *testing.T) {
	tests := []struct {
		name, program string
		q             Question
		script        string
		want          []string
		args          []string
	}{
		{
			"several files", "zenity",
			Question{Title: "Open", Folder: "/data", Multiple: true, Filters: maps},
			`printf '/data/a b.mrc\n/data/c|d.map\n'`,
			[]string{"/data/a b.mrc", "/data/c|d.map"},
			[]string{"--file-selection", "--title=Open", "--multiple", "--separator=\n", "--filename=/data/", "--file-filter=Maps | *.[mM][rR][cC] *.[mM][aA][pP]", "--file-filter=All files | *"},
		},
		{
			"a file to be written", "zenity",
			Question{Kind: SaveFile, Title: "Save", Folder: "/data", Name: "x.cif"},
			`echo /data/y.cif`,
			[]string{"/data/y.cif"},
			[]string{"--file-selection", "--title=Save", "--save", "--confirm-overwrite", "--filename=/data/x.cif"},
		},
		{
			"a folder", "zenity",
			Question{Kind: OpenFolder, Title: "Folder"},
			`echo /data`,
			[]string{"/data"},
			[]string{"--file-selection", "--title=Folder", "--directory"},
		},
		{
			"cancelled", "zenity",
			Question{Title: "Open"},
			`exit 1`, nil,
			[]string{"--file-selection", "--title=Open"},
		},
		{
			"several files", "kdialog",
			Question{Title: "Open", Folder: "/data", Multiple: true, Filters: maps},
			`printf '/data/a\n/data/b\n'`,
			[]string{"/data/a", "/data/b"},
			[]string{"--title", "Open", "--multiple", "--separate-output", "--getopenfilename", "/data/", "Maps (*.mrc *.map)\nAll files (*)"},
		},
		{
			"a file to be written", "kdialog",
			Question{Kind: SaveFile, Title: "Save", Name: "x.cif"},
			`echo /x.cif`,
			[]string{"/x.cif"},
			[]string{"--title", "Save", "--getsavefilename", "x.cif"},
		},
		{
			"a folder", "kdialog",
			Question{Kind: OpenFolder, Title: "Folder", Filters: maps},
			`exit 1`, nil,
			[]string{"--title", "Folder", "--getexistingdirectory", "."},
		},
	}
	for _, tt := range tests {
		t.Run(tt.program+", "+tt.name, func(t *testing.T) {
			arguments := fake(t, tt.program, tt.script)
			d := Find(t.Context())
			if d == nil || d.Name() != tt.program {
				t.Fatalf("found %v, want %s", d, tt.program)
			}
			got, err := d.Ask(t.Context(), tt.q)
			if err != nil || !slices.Equal(got, tt.want) {
				t.Errorf("answer %q, %v; want %q", got, err, tt.want)
			}
			text, err := os.ReadFile(arguments)
			if args := strings.Split(strings.TrimSuffix(string(text), "\x00"), "\x00"); err != nil || !slices.Equal(args, tt.args) {
				t.Errorf("asked with %q, %v; want %q", args, err, tt.args)
			}
		})
	}
}

func TestProgramsThatFail(t *testing.T) {
	tests := []struct{ name, script, want string }{
		{"no screen", "echo cannot open display >&2; exit 255", "cannot open display"},
		{"no path", "echo a.mrc", `"a.mrc", want a path from the root`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			fake(t, "zenity", tt.script)
			if paths, err := Find(t.Context()).Ask(t.Context(), Question{}); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("answer %q, %v; want %q", paths, err, tt.want)
			}
		})
	}
}

// A dialog that is no longer wanted is closed.
func TestProgramsAreStopped(t *testing.T) {
	arguments := fake(t, "zenity", "while :; do :; done")
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		for !exists(arguments) { // until it has begun
			if ctx.Err() != nil {
				return
			}
		}
		cancel()
	}()
	if _, err := Find(ctx).Ask(ctx, Question{}); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want it cancelled", err)
	}
}

func TestFindFollowsTheWish(t *testing.T) {
	fake(t, "zenity", "")
	for wish, want := range map[string]string{"": "zenity", "zenity": "zenity", "own": "", "kdialog": "", "portal": "", "anything": "zenity"} {
		t.Setenv(Variable, wish)
		got := ""
		if d := Find(t.Context()); d != nil {
			got = d.Name()
		}
		if got != want {
			t.Errorf("%s=%s: found %q, want %q", Variable, wish, got, want)
		}
	}
}
