// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"os"
	"path/filepath"
	"testing"
)

func TestHeaderBesideAMap(t *testing.T) {
	tests := []struct {
		name, path, header, text string
		level                    float64 // 0: none
		fails                    bool
	}{
		{"in the cache", "emd_30342.map.gz", "emd-30342.xml", headerText, 0.034, false},
		{"unpacked", "emd_30342.map", "emd-30342.xml", headerText, 0.034, false},
		{"as in the archive", "map/emd_30342.map.gz", "header/emd-30342.xml", headerText, 0.034, false},
		{"of another entry", "emd_30342.map.gz", "emd-30343.xml", headerText, 0, false},
		{"of no entry", "density.map", "emd-30342.xml", headerText, 0, false},
		{"without a level", "emd_30342.map.gz", "emd-30342.xml", "<emd/>", 0, false},
		{"no header", "emd_30342.map.gz", "emd-30342.xml", "<html>", 0, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			folder := t.TempDir()
			file := filepath.Join(folder, filepath.FromSlash(tt.header))
			if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, []byte(tt.text), 0o600); err != nil {
				t.Fatal(err)
			}
			id, entry, err := Beside(filepath.Join(folder, filepath.FromSlash(tt.path)))
			level := entry.Level(id)
			if (err != nil) != tt.fails || (level != nil) != (tt.level != 0) {
				t.Fatalf("%v: level %v, %v", id, level, err)
			}
			if level != nil && (level.Value != tt.level || level.Rule != "recommended by the authors of EMD-30342") {
				t.Errorf("%+v, want %g", level, tt.level)
			}
		})
	}
}
