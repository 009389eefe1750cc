// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

package atomicfile

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// writers are both ways to give a file its name.
var writers = map[string]func(path, content string) error{
	"Write": func(path, content string) error { return Write(path, text(content, nil)) },
	"Move": func(path, content string) error {
		from := filepath.Join(filepath.Dir(path), ".made")
		if path == os.DevNull || filepath.Dir(path) == "/proc/self/fd" {
			from = filepath.Join(os.TempDir(), fmt.Sprintf("difffit-made-%d", os.Getpid()))
		}
		if err := Write(from, text(content, nil)); err != nil {
			return err
		}
		return Move(from, path)
	},
}

func TestMode(t *testing.T) {
	old := syscall.Umask(0o027)
	defer syscall.Umask(old)
	tests := []struct {
		name         string
		before, want fs.FileMode // 0: there is no file before
	}{
		{"new: 0666 less the umask", 0, 0o640},
		{"private stays private", 0o600, 0o600},
		{"more than the umask allows stays", 0o664, 0o664},
		{"read only stays", 0o444, 0o444},
	}
	for by, write := range writers {
		for _, tt := range tests {
			t.Run(by+": "+tt.name, func(t *testing.T) {
				path := filepath.Join(t.TempDir(), "work.difffit")
				if tt.before != 0 {
					if err := errors.Join(os.WriteFile(path, []byte("before"), 0o600), os.Chmod(path, tt.before)); err != nil {
						t.Fatal(err)
					}
				}
				if err := write(path, "after"); err != nil {
					t.Fatal(err)
				}
				info, err := os.Stat(path)
				if err != nil || info.Mode().Perm() != tt.want {
					t.Errorf("mode %v, %v, want %v", info.Mode(), err, tt.want)
				}
				wantNames(t, filepath.Dir(path), "work.difffit")
			})
		}
	}
}

// What is no file keeps its place: a pipe gets the bytes, and is still a pipe.
func TestPipe(t *testing.T) {
	for by, write := range writers {
		t.Run(by, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "pipe")
			if err := syscall.Mkfifo(path, 0o600); err != nil {
				t.Skipf("no named pipes here: %v", err)
			}
			got := make(chan string, 1)
			go func() {
				b, err := os.ReadFile(path)
				if err != nil {
					b = []byte(err.Error())
				}
				got <- string(b)
			}()
			if err := write(path, "result"); err != nil {
				t.Fatal(err)
			}
			info, err := os.Lstat(path)
			if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
				t.Fatalf("the pipe became %v, error %v", info.Mode(), err)
			}
			if text := <-got; text != "result" {
				t.Errorf("the pipe gave %q, want what was written", text)
			}
			wantNames(t, filepath.Dir(path), "pipe")
		})
	}
}

func TestDevice(t *testing.T) {
	for by, write := range writers {
		t.Run(by, func(t *testing.T) {
			link := filepath.Join(t.TempDir(), "nothing")
			if err := os.Symlink(os.DevNull, link); err != nil {
				t.Fatal(err)
			}
			for _, path := range []string{os.DevNull, link} {
				if err := write(path, "result"); err != nil {
					t.Fatal(err)
				}
				info, err := os.Stat(path)
				if err != nil || info.Mode()&os.ModeCharDevice == 0 {
					t.Fatalf("%s became %v, error %v", path, info.Mode(), err)
				}
			}
			wantNames(t, filepath.Dir(link), "nothing")
		})
	}
}

// An open descriptor, as /dev/stdout is a link to one, gets the bytes after
// those that it has; the file behind it is the same file.
func TestDescriptor(t *testing.T) {
	if _, err := os.Stat("/proc/self/fd"); err != nil {
		t.Skip("no descriptors with names here")
	}
	for by, write := range writers {
		t.Run(by, func(t *testing.T) {
			file := filepath.Join(t.TempDir(), "redirected")
			f, err := os.Create(file)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteString("before "); err != nil {
				t.Fatal(err)
			}
			before, err := f.Stat()
			if err != nil {
				t.Fatal(err)
			}
			if err := write(fmt.Sprintf("/proc/self/fd/%d", f.Fd()), "after"); err != nil {
				t.Fatal(err)
			}
			wantFile(t, file, "before after")
			if now, err := os.Stat(file); err != nil || !os.SameFile(before, now) {
				t.Errorf("another file has the name, %v", err)
			}
		})
	}
}

func TestLink(t *testing.T) {
	tests := []struct {
		name, target string
		there        bool
	}{
		{"to a file", "kept/file", true},
		{"to no file yet", "kept/file", false},
		{"to a link", "second", true},
		{"through a folder that is a link", "folder/../kept/file", true},
		{"through a folder that is a link, to no file yet", "folder/../kept/file", false},
	}
	for by, write := range writers {
		for _, tt := range tests {
			t.Run(by+": "+tt.name, func(t *testing.T) {
				dir := t.TempDir()
				kept := filepath.Join(dir, "kept")
				err := errors.Join(
					os.MkdirAll(filepath.Join(kept, "deep"), 0o755),
					os.Symlink(filepath.Join("kept", "file"), filepath.Join(dir, "second")),
					os.MkdirAll(filepath.Join(dir, "far", "deep"), 0o755),
					os.Symlink(filepath.Join(dir, "kept", "deep"), filepath.Join(dir, "folder")),
					os.Symlink(tt.target, filepath.Join(dir, "link")),
				)
				want := filepath.Join(kept, "file")
				if tt.name[:7] == "through" { // folder/.. is kept, so kept/kept/file is meant
					want = filepath.Join(kept, "kept", "file")
					err = errors.Join(err, os.MkdirAll(filepath.Dir(want), 0o755))
				}
				if tt.there {
					err = errors.Join(err, os.WriteFile(want, []byte("before"), 0o600))
				}
				if err != nil {
					t.Fatal(err)
				}
				link := filepath.Join(dir, "link")
				if err := write(link, "after"); err != nil {
					t.Fatal(err)
				}
				if to, err := os.Readlink(link); err != nil || to != tt.target {
					t.Errorf("the link leads to %q, %v, want %q", to, err, tt.target)
				}
				wantFile(t, want, "after")
				wantNames(t, filepath.Dir(want), wished(want, kept)...)
				if info, err := os.Stat(want); tt.there && (err != nil || info.Mode().Perm() != 0o600) {
					t.Errorf("mode %v, %v, want that of the file before", info.Mode(), err)
				}
			})
		}
	}
}

// wished are the names beside a file, in the folder kept or in one in it.
func wished(path, kept string) []string {
	if filepath.Dir(path) == kept {
		return []string{"deep", "file"}
	}
	return []string{"file"}
}

func TestLinkInACircle(t *testing.T) {
	dir := t.TempDir()
	a, b := filepath.Join(dir, "a"), filepath.Join(dir, "b")
	if err := errors.Join(os.Symlink(a, b), os.Symlink(b, a)); err != nil {
		t.Fatal(err)
	}
	if err := Write(a, text("x", nil)); err == nil {
		t.Error("no error for a link to itself")
	}
	wantNames(t, dir, "a", "b")
}
