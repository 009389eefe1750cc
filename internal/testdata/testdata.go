// SPDX-License-Identifier: BSD-3-Clause

// Package testdata finds the files that tests of several packages read. Only
// tests import it.
package testdata

import (
	"os"
	"path/filepath"
	"testing"
)

// Root returns the folder of the repository: the nearest one upwards with a go.mod.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		up := filepath.Dir(dir)
		if up == dir {
			t.Fatal("no go.mod in this folder or above it")
		}
		dir = up
	}
}

// Shared returns the path of a file or folder of the shared data, which lie
// beside the repository and are no part of it. Where there are none, the test
// is skipped; where they are but the file is missing, it fails.
func Shared(t testing.TB, name string) string {
	t.Helper()
	data := filepath.Join(Root(t), "..", "shared", "data")
	if _, err := os.Stat(data); err != nil {
		t.Skip("shared data are not here: ../shared/data beside the repository")
	}
	path := filepath.Join(data, filepath.FromSlash(name))
	if _, err := os.Stat(path); err != nil {
		t.Fatal(err)
	}
	return path
}
