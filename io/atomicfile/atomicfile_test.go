// SPDX-License-Identifier: BSD-3-Clause

package atomicfile

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
)

func TestWrite(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.pdb")
	say := func(text string, err error) func(io.Writer) error {
		return func(w io.Writer) error {
			if _, e := io.WriteString(w, text); e != nil {
				return e
			}
			return err
		}
	}
	if err := Write(path, say("first", nil)); err != nil {
		t.Fatal(err)
	}
	fault := errors.New("fault")
	if err := Write(path, say("second", fault)); !errors.Is(err, fault) {
		t.Errorf("error %v, want %v", err, fault)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "first" {
		t.Errorf("after a failure: %q, %v, want the old content", b, err)
	}
	if err := Write(path, say("third", nil)); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || string(b) != "third" {
		t.Errorf("content %q, %v, want third", b, err)
	}
	packed := filepath.Join(dir, "a.cif.gz")
	if err := Write(packed, say("packed", nil)); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(packed); err != nil || len(b) < 2 || b[0] != 0x1f || b[1] != 0x8b {
		t.Errorf("packed file begins with % x, %v, want 1f 8b", b[:2], err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 {
		t.Errorf("%d files in the folder, %v, want 2: no temporary file stays", len(entries), err)
	}
	if err := Write(filepath.Join(dir, "no folder", "a"), say("", nil)); err == nil {
		t.Error("no error for a folder that does not exist")
	}
}
