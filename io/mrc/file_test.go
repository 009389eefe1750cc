// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"compress/gzip"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestWriteFile(t *testing.T) {
	dir := t.TempDir()
	want := ramp([3]int{5, 7, 3})
	for _, name := range []string{"plain.mrc", "packed.mrc.gz"} {
		path := filepath.Join(dir, name)
		for range 2 { // the second time it replaces the first
			if err := WriteFile(path, want, WriteOptions{}); err != nil {
				t.Fatal(err)
			}
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var r io.Reader = bytes.NewReader(b)
		if name == "packed.mrc.gz" {
			if r, err = gzip.NewReader(r); err != nil {
				t.Fatal(err)
			}
		}
		m, err := Decode(r, Options{})
		if err != nil {
			t.Fatal(err)
		}
		sameGrid(t, m.Grid, want)
	}
}

func TestWriteFileFailsWithoutTraces(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "map.mrc")
	if err := os.WriteFile(path, []byte("before"), 0o644); err != nil {
		t.Fatal(err)
	}
	g := ramp([3]int{2, 2, 2})
	g.Data[3] = float32(math.Inf(1))
	if err := WriteFile(path, g, WriteOptions{}); err == nil {
		t.Error("WriteFile wrote infinity")
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "before" {
		t.Errorf("the file has %q, %v, want it untouched", b, err)
	}
	if names, err := os.ReadDir(dir); err != nil || len(names) != 1 {
		t.Errorf("the folder has %v, %v, want one file", names, err)
	}
}
