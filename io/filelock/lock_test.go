// SPDX-License-Identifier: BSD-3-Clause

package filelock

import (
	"path/filepath"
	"testing"
)

func TestLockIsForOne(t *testing.T) {
	path := filepath.Join(t.TempDir(), "work.lock")
	first, err := Lock(path)
	if err != nil {
		t.Fatal(err)
	}
	if second, err := Lock(path); err == nil {
		second.Close()
		t.Error("a file was locked twice")
	}
	first.Close()
	third, err := Lock(path)
	if err != nil {
		t.Fatalf("a lock that was given up: %v", err)
	}
	third.Close()
	if f, err := Lock(filepath.Join(t.TempDir(), "no", "folder")); err == nil {
		f.Close()
		t.Error("a file in a folder that is not there was locked")
	}
}
