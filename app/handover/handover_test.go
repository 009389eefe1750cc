// SPDX-License-Identifier: BSD-3-Clause

package handover

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// listening is a stand-in for a ChimeraX that listens; it keeps the commands.
func listening(t *testing.T, version, models string) (Rest, *[]string) {
	t.Helper()
	var got []string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		if q.URL.Path != "/run" {
			http.NotFound(w, q)
			return
		}
		if err := q.ParseForm(); err != nil {
			t.Error(err)
		}
		for _, c := range q.Form["command"] {
			got = append(got, c)
			switch c {
			case "version":
				_, _ = w.Write([]byte(version))
			case "info models":
				_, _ = w.Write([]byte(models))
			}
		}
	}))
	t.Cleanup(s.Close)
	at, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	port, err := strconv.Atoi(at.Port())
	if err != nil {
		t.Fatal(err)
	}
	return Rest{port}, &got
}

func TestRest(t *testing.T) {
	r, got := listening(t, "UCSF ChimeraX version: 1.9 (2024-12-11)\n", "model id #1 type Volume name \"a b.mrc\"\nmodel id #1.1 type VolumeSurface name surface\nmodel id #12 type AtomicStructure name 1abc\n")
	taken, err := r.Taken(t.Context())
	slices.Sort(taken)
	if taken = slices.Compact(taken); err != nil || !slices.Equal(taken, []int{1, 12}) {
		t.Errorf("taken %v (%v), want 1 and 12", taken, err)
	}
	if _, err := r.Open(t.Context(), "/tmp/a & b+c/open.cxc"); err != nil {
		t.Error(err)
	}
	if want := []string{"version", "info models", `open "/tmp/a & b+c/open.cxc"`}; !slices.Equal(*got, want) {
		t.Errorf("it was told %q, want %q", *got, want)
	}
	if _, err := r.Open(t.Context(), "/tmp/a\"; exit"); err == nil {
		t.Error("a quote in a path went out")
	}
}

func TestRestOfNobody(t *testing.T) {
	other, _ := listening(t, "404", "")
	silent := httptest.NewServer(http.NotFoundHandler())
	at, _ := url.Parse(silent.URL)
	port, _ := strconv.Atoi(at.Port())
	defer silent.Close()
	for name, r := range map[string]Rest{"another program": other, "nothing at /run": {port}, "nothing at all": {1}} {
		if _, err := r.Taken(t.Context()); !errors.Is(err, ErrNobody) {
			t.Errorf("%s: %v, want that nobody listens", name, err)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := other.Taken(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("after cancel: %v", err)
	}
}

// program makes a program that writes its arguments into a file.
func program(t *testing.T, name string) (path, args string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	folder := t.TempDir()
	path, args = filepath.Join(folder, name), filepath.Join(folder, "args")
	if err := os.WriteFile(path, []byte("#!/bin/sh\npwd > '"+args+"'\nprintf '%s\\n' \"$@\" >> '"+args+"'\n"), 0o755); err != nil {
		t.Fatal(err)
	}
	return path, args
}

func TestStart(t *testing.T) {
	path, args := program(t, "coot-1")
	t.Setenv("PATH", filepath.Dir(path)+string(os.PathListSeparator)+os.Getenv("PATH"))
	found, err := Find(Coot, "")
	if err != nil || found != path {
		t.Fatalf("found %q (%v), want %q", found, err, path)
	}
	folder, done := t.TempDir(), make(chan error, 1)
	err = Start(found, folder, func(err error) { done <- err }, CootArgs([]string{"a b.pdb", "c.pdb"}, "m.map", "level.py")...)
	if err == nil {
		err = <-done
	}
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(args)
	if want := folder + "\n--pdb\na b.pdb\n--pdb\nc.pdb\n--map\nm.map\n--script\nlevel.py\n"; err != nil || string(got) != want {
		t.Errorf("started with %q (%v), want %q", got, err, want)
	}
}

func TestFindRefuses(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	t.Setenv("HOME", t.TempDir())
	if found, err := Find(Coot, ""); err == nil {
		t.Skipf("there is one at %s", found)
	} else if !errors.Is(err, errNotInstalled) || !strings.Contains(err.Error(), "Coot is not installed") {
		t.Error(err)
	}
	if _, err := Find(ChimeraX, filepath.Join(t.TempDir(), "none")); err == nil || !strings.Contains(err.Error(), "is not a program that can be started") {
		t.Errorf("a path to nothing: %v", err)
	}
	if err := Start(filepath.Join(t.TempDir(), "none"), "", func(error) {}); err == nil {
		t.Error("nothing was started, without an error")
	}
}
