// SPDX-License-Identifier: BSD-3-Clause

package folder

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"difffit/io/filelock"
)

func text(s string) func(io.Writer) error {
	return func(w io.Writer) error {
		_, err := io.WriteString(w, s)
		return err
	}
}

// open opens a folder in which files are made.
func open(t *testing.T, path string, files map[string]string) *Folder {
	t.Helper()
	f, err := Open(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if err := f.Add(name, text(content)); err != nil {
			t.Fatal(err)
		}
	}
	return f
}

// list returns the names in a folder, those that are not seen included.
func list(t *testing.T, path string) []string {
	t.Helper()
	entries, err := os.ReadDir(path)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func has(t *testing.T, path, want string) {
	t.Helper()
	if b, err := os.ReadFile(path); err != nil || string(b) != want {
		t.Errorf("%s: %q, %v; want %q", path, b, err, want)
	}
}

func TestPublish(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "out")
	f := open(t, path, map[string]string{"a": "1", "last": "2"})
	if names := list(t, path); len(names) != 1 || !strings.HasPrefix(names[0], ".") {
		t.Errorf("before: %q, want nothing that is seen", names)
	}
	if err := errors.Join(f.Publish("last"), f.Close()); err != nil {
		t.Fatal(err)
	}
	if names := list(t, path); !slices.Equal(names, []string{"a", "last"}) {
		t.Errorf("files %q", names)
	}
	f = open(t, path, map[string]string{"a": "3"})
	if err := errors.Join(f.Publish("last"), f.Close()); err != nil {
		t.Fatal(err)
	}
	if names := list(t, path); !slices.Equal(names, []string{"a"}) {
		t.Errorf("files %q; want none that says what the others were before", names)
	}
	has(t, filepath.Join(path, "a"), "3")
}

func TestCloseLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	f := open(t, filepath.Join(dir, "new", "out"), map[string]string{"a": "1"})
	broken := errors.New("broken")
	if err := f.Add("b", func(io.Writer) error { return broken }); !errors.Is(err, broken) || err.Error() != "b: broken" {
		t.Errorf("error %v, want that of b", err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if names := list(t, dir); len(names) != 0 {
		t.Errorf("%q are left", names)
	}
}

func TestOpenRefuses(t *testing.T) {
	dir := t.TempDir()
	file, link := filepath.Join(dir, "file"), filepath.Join(dir, "link")
	if err := errors.Join(os.WriteFile(file, nil, 0o644), os.Symlink(filepath.Join(dir, "nothing"), link)); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{file: "is a file, want a folder", link: "is a link to nothing, want a folder"} {
		if _, err := Open(path); err == nil || !strings.HasSuffix(err.Error(), path+": "+want) {
			t.Errorf("%s: %v, want %s", path, err, want)
		}
	}
}

// Where a folder has the name of a file, the file is put beside it.
func TestNoPlace(t *testing.T) {
	path := t.TempDir()
	if err := os.MkdirAll(filepath.Join(path, "fits.csv", "x"), 0o755); err != nil {
		t.Fatal(err)
	}
	f := open(t, path, map[string]string{"a": "1", "fits.csv": "2"})
	err := f.Publish("")
	if err == nil || !strings.Contains(err.Error(), "it is "+filepath.Join(path, "fits_2.csv")+" instead") {
		t.Errorf("error %v, want where it is", err)
	}
	has(t, filepath.Join(path, "fits_2.csv"), "2")
	has(t, filepath.Join(path, "a"), "1")
	if err := f.Close(); err != nil || len(list(t, path)) != 3 {
		t.Errorf("%v; files %q", err, list(t, path))
	}
}

// A folder is a link to another one.
func TestThroughLink(t *testing.T) {
	dir := t.TempDir()
	link := filepath.Join(dir, "link")
	if err := errors.Join(os.Mkdir(filepath.Join(dir, "real"), 0o755), os.Symlink("real", link)); err != nil {
		t.Fatal(err)
	}
	f := open(t, link, map[string]string{"a": "1"})
	if err := errors.Join(f.Publish(""), f.Close()); err != nil {
		t.Fatal(err)
	}
	has(t, filepath.Join(dir, "real", "a"), "1")
}

// die leaves a folder as a program does that is killed.
func (f *Folder) die() { f.unlock() }

func TestWhatKillsLeave(t *testing.T) {
	path := t.TempDir()
	early := open(t, path, map[string]string{"a": "early"})
	early.die()
	late := open(t, path, map[string]string{"b": "late", "c": "late"})
	if err := late.ready([]string{"b", "c"}); err != nil {
		t.Fatal(err)
	}
	if err := late.put("b"); err != nil {
		t.Fatal(err)
	}
	late.die()
	alive := open(t, path, map[string]string{"d": "alive"})
	next := open(t, path, nil)
	if names := list(t, path); len(names) != 4 || !slices.Contains(names, "b") || !slices.Contains(names, "c") {
		t.Errorf("%q, want b and c and what two programs are making", names)
	}
	if err := errors.Join(next.Close(), alive.Publish(""), alive.Close()); err != nil {
		t.Fatal(err)
	}
	if names := list(t, path); !slices.Equal(names, []string{"b", "c", "d"}) {
		t.Errorf("files %q", names)
	}
	has(t, filepath.Join(path, "c"), "late")
}

// Of several programs each puts its files there as one.
func TestSideBySide(t *testing.T) {
	path := t.TempDir()
	var all sync.WaitGroup
	for i := range 16 {
		all.Go(func() {
			files := map[string]string{}
			for k := range 20 {
				files[fmt.Sprint("file", k)] = fmt.Sprint(i)
			}
			f := open(t, path, files)
			if err := errors.Join(f.Publish("file7"), f.Close()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	names := list(t, path)
	if len(names) != 20 {
		t.Fatalf("files %q", names)
	}
	first, err := os.ReadFile(filepath.Join(path, names[0]))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		has(t, filepath.Join(path, name), string(first))
	}
}

// A file that was locked is swept by nobody.
func TestSweepAsksTheLock(t *testing.T) {
	path := t.TempDir()
	f := open(t, path, map[string]string{"a": "1"})
	if _, err := filelock.Lock(filepath.Join(f.temp, lockName)); !errors.Is(err, filelock.ErrLocked) {
		t.Errorf("error %v, want that it is locked", err)
	}
	sweep(path)
	if err := errors.Join(f.Publish(""), f.Close()); err != nil {
		t.Error(err)
	}
}
