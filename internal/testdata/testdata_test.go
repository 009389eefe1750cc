// SPDX-License-Identifier: BSD-3-Clause

package testdata

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestFind(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	err := errors.Join(
		os.MkdirAll(filepath.Join(data, "case"), 0o755),
		os.WriteFile(filepath.Join(data, "case", "case.json"), []byte("{}"), 0o644),
		os.WriteFile(filepath.Join(data, "cut.mrc"), nil, 0o644),
		os.Symlink(filepath.Join(dir, "nowhere"), filepath.Join(dir, "link")),
	)
	if err != nil {
		t.Skipf("no links here: %v", err)
	}
	tests := []struct {
		name, data, file string
		here, fails      bool
	}{
		{"a file", data, "case/case.json", true, false},
		{"a folder", data, "case", true, false},
		{"all", data, ".", true, false},
		{"no data", filepath.Join(dir, "none"), "case", false, false},
		{"a file that is missing", data, "case/map.mrc", true, true},
		{"an empty file", data, "cut.mrc", true, true},
		{"data that are a file", filepath.Join(data, "cut.mrc"), "case", true, true},
		{"data that are a link to nothing", filepath.Join(dir, "link"), "case", true, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			path, here, err := find(tt.data, tt.file)
			if here != tt.here || (err != nil) != tt.fails {
				t.Fatalf("here %t, %v; want %t, an error %t", here, err, tt.here, tt.fails)
			}
			if want := filepath.Join(tt.data, filepath.FromSlash(tt.file)); here && err == nil && path != want {
				t.Errorf("path %s, want %s", path, want)
			}
		})
	}
}
