// SPDX-License-Identifier: BSD-3-Clause

// Package testdata finds the files that tests of several packages read. Only
// tests import it.
package testdata

import (
	"errors"
	"fmt"
	"io/fs"
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
// is skipped; where they are but the file is missing or empty, it fails.
//
// Go's cache of test results does not look at files outside the module: a
// package that calls Shared is run with -count 1 (scripts/testcount -fresh).
func Shared(t testing.TB, name string) string {
	t.Helper()
	path, here, err := find(filepath.Join(Root(t), "..", "shared", "data"), name)
	if err != nil {
		t.Fatal(err)
	}
	if !here {
		t.Skip("shared data are not here: ../shared/data beside the repository")
	}
	return path
}

// find returns the path of a shared file, or of nothing, and whether there are
// shared data at all. What is there and cannot be read is an error.
func find(data, name string) (path string, here bool, err error) {
	if _, err := os.Lstat(data); errors.Is(err, fs.ErrNotExist) {
		return "", false, nil
	}
	info, err := os.Stat(data) // where a link leads nowhere, or nobody may look
	if err != nil {
		return "", true, err
	}
	if !info.IsDir() {
		return "", true, fmt.Errorf("%s: is a file, want the folder of the shared data", data)
	}
	path = filepath.Join(data, filepath.FromSlash(name))
	if info, err = os.Stat(path); err != nil {
		return "", true, err
	}
	if info.Mode().IsRegular() && info.Size() == 0 {
		return "", true, fmt.Errorf("%s: is empty", path)
	}
	return path, true, nil
}
