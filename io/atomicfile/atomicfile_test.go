// SPDX-License-Identifier: BSD-3-Clause

package atomicfile

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// text fills a file, and then fails with err if that is not nil.
func text(s string, err error) func(io.Writer) error {
	return func(w io.Writer) error {
		if _, e := io.WriteString(w, s); e != nil {
			return e
		}
		return err
	}
}

// wantFile fails the test unless path has the content.
func wantFile(t *testing.T, path, content string) {
	t.Helper()
	if b, err := os.ReadFile(path); err != nil || string(b) != content {
		t.Errorf("%s has %q, %v, want %q", filepath.Base(path), b, err, content)
	}
}

// wantNames fails the test unless a folder has these files and no others.
func wantNames(t *testing.T, dir string, names ...string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if strings.Join(got, " ") != strings.Join(names, " ") {
		t.Errorf("the folder has %q, want %q", got, names)
	}
}

func TestWrite(t *testing.T) {
	broken := errors.New("disk full")
	long := strings.Repeat("x", 250)
	tests := []struct {
		name, path, before string
		fill               func(io.Writer) error
		want               string
		err                error
	}{
		{"new", "a.pdb", "", text("first", nil), "first", nil},
		{"replaced", "a.pdb", "before", text("second", nil), "second", nil},
		{"failure in the middle", "a.pdb", "before", text("half", broken), "before", broken},
		{"cancelled", "a.pdb", "before", text("half", context.Canceled), "before", context.Canceled},
		{"failure of a new file", "a.pdb", "", text("half", broken), "", broken},
		{"more than a buffer, then failure", "a.pdb", "before", text(strings.Repeat("y", 1<<17), broken), "before", broken},
		{"longest name", long, "", text("long", nil), "long", nil},
		{"packed only when asked", "a.json.gz", "", text("plain", nil), "plain", nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, tt.path)
			if tt.before != "" {
				if err := os.WriteFile(path, []byte(tt.before), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			err := Write(path, tt.fill)
			if !errors.Is(err, tt.err) {
				t.Errorf("error %v, want %v", err, tt.err)
			}
			if err != nil && !strings.HasPrefix(err.Error(), "write "+path+": ") {
				t.Errorf("error %q, want one that begins with the path", err)
			}
			if tt.want == "" {
				wantNames(t, dir)
				return
			}
			wantFile(t, path, tt.want)
			wantNames(t, dir, tt.path)
		})
	}
}

func TestWriteAfterPanic(t *testing.T) {
	dir := t.TempDir()
	func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic was swallowed")
			}
		}()
		_ = Write(filepath.Join(dir, "a"), func(io.Writer) error { panic("fault of ours") })
	}()
	wantNames(t, dir)
}

func TestWriteSaysWhere(t *testing.T) {
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "folder"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, path, want string }{
		{"a folder", "folder", "is a folder, want a file"},
		{"no folder", filepath.Join("none", "a"), fs.ErrNotExist.Error()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			path := filepath.Join(dir, tt.path)
			err := Write(path, text("x", nil))
			var of *fs.PathError
			if !errors.As(err, &of) || of.Path != path || strings.Contains(err.Error(), ".part") {
				t.Fatalf("error %v, want one of %s", err, path)
			}
			if want := "write " + path + ": "; !strings.HasPrefix(err.Error(), want) {
				t.Errorf("error %q, want %q at its beginning", err, want)
			}
			if tt.name == "a folder" && of.Err.Error() != tt.want || tt.name == "no folder" && !errors.Is(err, fs.ErrNotExist) {
				t.Errorf("error %q, want %q", err, tt.want)
			}
			wantNames(t, dir, "folder")
		})
	}
}

func TestWritePacked(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"plain.mrc", "packed.mrc.gz", "PACKED.GZ"} {
		path := filepath.Join(dir, name)
		if err := WritePacked(path, gzip.BestSpeed, text("content", nil)); err != nil {
			t.Fatal(err)
		}
		if name == "plain.mrc" {
			wantFile(t, path, "content")
			continue
		}
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(bytes.NewReader(b))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if got, err := io.ReadAll(z); err != nil || string(got) != "content" {
			t.Errorf("%s has %q, %v, want content", name, got, err)
		}
	}
	broken := errors.New("broken")
	path := filepath.Join(dir, "packed.mrc.gz")
	before, _ := os.ReadFile(path)
	if err := WritePacked(path, gzip.BestSpeed, text("half", broken)); !errors.Is(err, broken) {
		t.Errorf("error %v, want %v", err, broken)
	}
	wantFile(t, path, string(before))
}

func TestMove(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	for _, content := range []string{"new", "replaced"} {
		if err := os.WriteFile(from, []byte(content), 0o644); err != nil {
			t.Fatal(err)
		}
		if err := Move(from, to); err != nil {
			t.Fatal(err)
		}
		wantFile(t, to, content)
		wantNames(t, dir, "to")
	}
	if err := Move(from, to); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Move of nothing: %v, want %v", err, fs.ErrNotExist)
	}
	wantFile(t, to, "replaced")
}
