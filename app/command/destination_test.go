// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

// Files that a run replaces keep their mode and, where they are links, the link.
func TestPublishKeepsWhatIsThere(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("files have no such modes here")
	}
	folder, elsewhere := filepath.Join(t.TempDir(), "out"), filepath.Join(t.TempDir(), "far.csv")
	private := filepath.Join(folder, "fits.csv")
	err := errors.Join(
		os.Mkdir(folder, 0o755),
		os.WriteFile(private, []byte("before"), 0o600),
		os.WriteFile(elsewhere, []byte("before"), 0o600),
		os.Symlink(elsewhere, filepath.Join(folder, "linked.csv")),
	)
	if err != nil {
		t.Fatal(err)
	}
	d, err := newDestination(folder, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.discard()
	for _, name := range []string{"fits.csv", "linked.csv"} {
		if err := d.add(name, func(w io.Writer) error { _, err := io.WriteString(w, "after"); return err }); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.publish(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{private, elsewhere} {
		b, err := os.ReadFile(path)
		info, statErr := os.Lstat(path)
		if err := errors.Join(err, statErr); err != nil || string(b) != "after" || info.Mode() != 0o600 {
			t.Errorf("%s: %q, mode %v, %v; want what was made, mode 0600", path, b, info.Mode(), err)
		}
	}
}

// The temporary folder is nobody's business.
func TestAddNamesTheFile(t *testing.T) {
	d, err := newDestination(filepath.Join(t.TempDir(), "out"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer d.discard()
	broken := errors.New("mrc: voxel 3 is +Inf")
	err = d.add("map.mrc", func(io.Writer) error { return broken })
	if !errors.Is(err, broken) || err.Error() != "map.mrc: "+broken.Error() || strings.Contains(err.Error(), d.temp) {
		t.Errorf("error %q, want %q", err, "map.mrc: "+broken.Error())
	}
}
