// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// The laws of ARCHITECTURE.md about who may know whom: no package of the
// first column depends, directly or through others, on a package that begins
// with one of the prefixes. Outside the standard library, packages of the
// second table depend on nothing but the prefixes.

const (
	fyne = "fyne.io/"
	gl   = "github.com/go-gl/"
	self = "difffit/"
)

func TestLayersForbidden(t *testing.T) {
	tests := []struct {
		packages string
		never    []string
	}{
		{"./fitting/...", []string{fyne, gl, self + "app", self + "io", self + "render", self + "cuda", self + "assets"}},
		{"./io/...", []string{fyne, gl, self + "app", self + "render", self + "cuda", self + "assets", self + "fitting/cpu"}},
		{"./cuda/...", []string{fyne, gl, self + "app", self + "io", self + "render"}},
		{"./render/...", []string{fyne, self + "app", self + "io", self + "cuda", self + "fitting/cpu"}},
		{"./render/surface", []string{gl}},
		{"./render/shape", []string{gl}},
		{"./app/document", []string{fyne, gl, self + "render", self + "app/command", self + "app/panel", self + "app/viewport"}},
		{"./app/session", []string{fyne, gl, self + "render", self + "app/command", self + "app/panel", self + "app/viewport"}},
		{"./app/work", []string{fyne, gl, self + "render", self + "app/command", self + "app/panel", self + "app/viewport"}},
		{"./app/report", []string{fyne, gl, self + "render", self + "app/command", self + "app/panel", self + "app/viewport"}},
		{"./app/view/palette", []string{fyne, gl, self + "render", self + "io", self + "app/window", self + "app/panel", self + "app/viewport", self + "app/command"}},
		{"./app/command", []string{fyne, gl, self + "render", self + "app/panel", self + "app/viewport"}},
		{"./app/view", []string{fyne, self + "app/panel", self + "app/viewport", self + "io"}},
		{"./app/export", []string{fyne, gl, self + "render", self + "app/panel", self + "app/viewport", self + "app/command"}},
		{"./app/script", []string{fyne, gl, self + "render", self + "app/panel", self + "app/viewport", self + "app/command", self + "app/window"}},
		{"./app/marks", []string{fyne, self + "io", self + "app/document", self + "app/view", self + "app/window"}},
		{"./app/picture", []string{fyne, self + "app/panel", self + "app/viewport"}},
		{"./app/panel", []string{gl, self + "render/internal", self + "app/command", self + "app/viewport"}},
		{"./app/viewport", []string{self + "io", self + "app/command", self + "app/document", self + "app/panel"}},
		{"./app/window/shell", []string{gl, self + "app/window", self + "app/command"}},
		{"./app/window/stage", []string{self + "app/window/table", self + "app/window/compose", self + "app/window/files", self + "app/window/help", self + "app/command"}},
		{"./app/window/table", []string{self + "app/window/stage", self + "app/window/compose", self + "app/window/files", self + "app/window/help", self + "app/command"}},
		{"./app/window/compose", []string{self + "app/window/stage", self + "app/window/table", self + "app/window/files", self + "app/window/help", self + "app/command"}},
		{"./app/window/models", []string{self + "app/window/stage", self + "app/window/table", self + "app/window/compose", self + "app/window/files", self + "app/window/help", self + "app/command"}},
		{"./app/window/files", []string{self + "app/window/stage", self + "app/window/table", self + "app/window/compose", self + "app/window/help"}},
		{"./app/window/help", []string{self + "app/window/stage", self + "app/window/table", self + "app/window/compose", self + "app/window/files", self + "app/command"}},
		{"./app/filedialog", []string{fyne, gl, self}},
		{"./assets", []string{fyne, gl, self}},
		{"./docs/...", []string{fyne, gl, self}},
		{"./app/probe", []string{self + "app/command", self + "cuda"}},
		{"./cmd/difffit-batch", []string{fyne, gl, self + "render", self + "app/panel", self + "app/viewport"}},
	}
	for _, tt := range tests {
		t.Run(tt.packages, func(t *testing.T) {
			for _, dep := range dependencies(t, tt.packages) {
				for _, prefix := range tt.never {
					if strings.HasPrefix(dep, prefix) && !within(tt.packages, dep) {
						t.Errorf("%s depends on %s", tt.packages, dep)
					}
				}
			}
		})
	}
}

func TestLayersAllowed(t *testing.T) {
	tests := []struct {
		packages string
		only     []string
	}{
		{"./fitting/...", []string{self + "fitting", "gonum.org/v1/gonum/", "golang.org/x/sys/"}},
		{"./io/...", []string{self + "fitting", self + "io", "gonum.org/v1/gonum/", "golang.org/x/sys/"}},
		{"./app/document", []string{self + "fitting", self + "app/document", "gonum.org/v1/gonum/", "golang.org/x/sys/"}},
		{"./app/work", []string{self + "fitting", self + "app/document", self + "app/work", "gonum.org/v1/gonum/", "golang.org/x/sys/", "golang.org/x/sync/"}},
		{"./app/session", []string{self + "fitting", self + "io", self + "app/document", self + "app/session", "gonum.org/v1/gonum/", "golang.org/x/sys/", "golang.org/x/sync/"}},
	}
	for _, tt := range tests {
		t.Run(tt.packages, func(t *testing.T) {
			for _, dep := range dependencies(t, tt.packages) {
				allowed := isStandard(dep)
				for _, prefix := range tt.only {
					allowed = allowed || strings.HasPrefix(dep, prefix)
				}
				if !allowed {
					t.Errorf("%s depends on %s", tt.packages, dep)
				}
			}
		})
	}
}

// Panels show and tell: they open no files, and only the window hops between goroutines.
func TestPanelsOpenNoFiles(t *testing.T) {
	for _, dep := range list(t, "-f", `{{join .Imports "\n"}}`, "./app/panel") {
		for _, prefix := range []string{"os", "io/fs", "sync", self + "io/"} {
			if dep == prefix || strings.HasSuffix(prefix, "/") && strings.HasPrefix(dep, prefix) {
				t.Errorf("./app/panel imports %s", dep)
			}
		}
	}
}

// Work beside the window comes back by one way, and pictures by another; panels
// have none beside it.
func TestTheWaysBackToTheWindow(t *testing.T) {
	tests := []struct {
		folder, word string
		but          []string // where it may stand
	}{
		{"app", "fyne.Do(", []string{"app/viewport/viewport.go", "app/viewport/overlay.go"}},
		{"app", "fyne.DoAndWait", nil},
		{"app/panel", "go func", nil},
		{"app/panel", "time.AfterFunc", nil},
	}
	for _, tt := range tests {
		err := filepath.WalkDir(tt.folder, func(path string, _ fs.DirEntry, err error) error {
			if err != nil || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") || slices.Contains(tt.but, filepath.ToSlash(path)) {
				return err
			}
			text, err := os.ReadFile(path)
			if bytes.Contains(text, []byte(tt.word)) {
				t.Errorf("%s has %s", path, tt.word)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}
}

// What tests see of the window is no part of the program, but of the one that the
// end-to-end test builds.
func TestProbeIsOnlyInTheProgramOfTests(t *testing.T) {
	for tags, want := range map[string]bool{"": false, "e2e": true} {
		if got := slices.Contains(list(t, "-tags", tags, "-deps", "."), self+"app/probe"); got != want {
			t.Errorf("with the tags %q the program has the probe: %t, want %t", tags, got, want)
		}
	}
}

// dependencies lists all packages that the packages depend on, themselves
// included. Test files do not count.
func dependencies(t *testing.T, packages string) []string {
	t.Helper()
	return list(t, "-deps", packages)
}

// list returns the words that go list prints.
func list(t *testing.T, args ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list"}, args...)...).Output()
	if err != nil {
		t.Fatalf("go list %v: %v", args, err)
	}
	return strings.Fields(string(out))
}

// within tells whether the package dep is one of packages, "./folder/..." or "./folder".
func within(packages, dep string) bool {
	folder := self + strings.TrimSuffix(strings.TrimPrefix(packages, "./"), "/...")
	return dep == folder || strings.HasSuffix(packages, "/...") && strings.HasPrefix(dep, folder+"/")
}

// isStandard tells whether the package belongs to the standard library: the
// first element of its path has no dot.
func isStandard(dep string) bool {
	first, _, _ := strings.Cut(dep, "/")
	return !strings.Contains(first, ".") && first != strings.TrimSuffix(self, "/")
}
