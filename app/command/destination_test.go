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
		d.add(name, func(w io.Writer) error { _, err := io.WriteString(w, "after"); return err })
	}
	if err := errors.Join(append(d.faults, d.folder.Publish(""))...); err != nil {
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

// What cannot be made or printed keeps nothing else from being written.
func TestDeliverLosesNothing(t *testing.T) {
	dir := t.TempDir()
	out := filepath.Join(dir, "out")
	input := filepath.Join(out, "taken.csv")
	if err := errors.Join(os.Mkdir(out, 0o755), os.WriteFile(input, []byte("input"), 0o600)); err != nil {
		t.Fatal(err)
	}
	d, err := newDestination(out, filepath.Join(dir, "result.json"), []string{input})
	if err != nil {
		t.Fatal(err)
	}
	defer d.discard()
	if err := os.Mkdir(filepath.Join(dir, "result.json"), 0o755); err != nil { // since it was tried
		t.Fatal(err)
	}
	broken, closed := errors.New("mrc: voxel 3 is +Inf"), errors.New("write: broken pipe")
	text := func(w io.Writer) error { _, err := io.WriteString(w, "made"); return err }
	err = d.deliver(io.Discard, delivery{
		json:  text,
		print: func() error { return closed },
		fill: func(d *destination) {
			d.add("map.mrc", func(io.Writer) error { return broken })
			d.add("taken.csv", text)
			d.add("fits.csv", text)
			d.add(manifestFile, text)
		},
	})
	if !errors.Is(err, broken) || !errors.Is(err, closed) {
		t.Errorf("error %v, want all faults", err)
	}
	for _, part := range []string{"map.mrc: " + broken.Error(), "taken_2.csv instead", "--json: "} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("error %v, want %q in it", err, part)
		}
	}
	for name, want := range map[string]string{"taken.csv": "input", "taken_2.csv": "made", "fits.csv": "made", manifestFile: "made"} {
		if b, err := os.ReadFile(filepath.Join(out, name)); err != nil || string(b) != want {
			t.Errorf("%s: %q, %v; want %q", name, b, err, want)
		}
	}
	if len(d.files) != 3 {
		t.Errorf("files %v, want those that are made", d.files)
	}
}
