// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"

	"difffit/app/document"
	"difffit/app/window/shell"
)

// A ChimeraX that listens is told to open the scene, with numbers of models that
// are free.
func TestShowInChimeraXThatListens(t *testing.T) {
	var mu sync.Mutex
	var got []string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		mu.Lock()
		defer mu.Unlock()
		if q.ParseForm() != nil {
			return
		}
		for _, c := range q.Form["command"] {
			got = append(got, c)
			_, _ = w.Write([]byte(map[string]string{"version": "UCSF ChimeraX version: 1.9", "info models": "model id #1 type Volume"}[c]))
		}
	}))
	defer server.Close()
	t.Setenv("TMPDIR", t.TempDir())
	b := newBench(t, &planned{})
	b.fitted()
	b.must(b.Doc.Accept(document.ClusterID{Round: 1, Structure: 1, Rank: 1}))
	b.App.Preferences().SetInt(shell.KeyChimeraX, server.Listener.Addr().(*net.TCPAddr).Port)
	b.files.ShowInChimeraX()
	b.idle()
	mu.Lock()
	defer mu.Unlock()
	if len(got) != 3 || !strings.HasPrefix(got[2], `open "`) || !strings.HasSuffix(got[2], `open.cxc"`) {
		t.Fatalf("ChimeraX was told %q; %s", got, b.said())
	}
	text, err := os.ReadFile(strings.TrimSuffix(strings.TrimPrefix(got[2], `open "`), `"`))
	b.must(err)
	level, _ := b.stage.Level()
	for _, want := range []string{"volume #2 style surface", "level " + trimmed(level), "open \"fit_001_", "color #3 #", "view matrix camera "} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	if strings.Contains(string(text), "#4") {
		t.Errorf("more is shown than what is accepted:\n%s", text)
	}
}

// Without one that listens, programs are started with the files; where there is
// none either, a person is told what to do.
func TestShowInProgramsThatAreStarted(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the stand-ins are shell scripts")
	}
	bin, home := t.TempDir(), t.TempDir()
	t.Setenv("PATH", bin)
	t.Setenv("HOME", home)
	t.Setenv("TMPDIR", t.TempDir())
	b := newBench(t, &planned{})
	b.fitted()
	b.App.Preferences().SetInt(shell.KeyChimeraX, 1) // nobody may listen there
	for name, show := range map[string]func(){"coot": b.files.ShowInCoot, "chimerax": b.files.ShowInChimeraX} {
		args := filepath.Join(home, name)
		b.must(os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n/usr/bin/printf '%s\\n' \"$@\" > '"+args+".new'\n/bin/mv '"+args+".new' '"+args+"'\n"), 0o755))
		show()
		b.idle()
		b.until(name+" has run", func() bool { return strings.Contains(b.Log.Text(), name+" has ended") })
		text, err := os.ReadFile(args)
		b.must(err)
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		for _, path := range lines {
			if filepath.IsAbs(path) {
				_, err := os.Stat(path)
				b.must(err)
			}
		}
		want := []string{"--pdb", "--map", "--script"}
		if name == "chimerax" {
			want = []string{"--cmd", "remotecontrol rest start port 1"}
		}
		for _, w := range want {
			if !slices.Contains(lines, w) {
				t.Errorf("%s was started with %q, want %q", name, lines, w)
			}
		}
		b.must(os.Remove(filepath.Join(bin, name)))
	}
}

// trimmed writes a number as a scene has it.
func trimmed(v float64) string { return strings.TrimSpace(fmt.Sprintf("%.6g", v)) }
