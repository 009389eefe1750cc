// SPDX-License-Identifier: BSD-3-Clause

package handover

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"
)

// browse returns what Browse tells in the end.
func browse(t *testing.T, address string) error {
	t.Helper()
	ended := make(chan error, 1)
	Browse(address, func(err error) { ended <- err })
	select {
	case err := <-ended:
		return err
	case <-time.After(30 * time.Second):
		t.Fatal("nobody was told how it ended")
		return nil
	}
}

func TestBrowse(t *testing.T) {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("the stand-ins are shell scripts")
	}
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	if err := browse(t, "http://127.0.0.1/"); !errors.Is(err, errNoBrowser) {
		t.Errorf("without one: %v", err)
	}
	opener := func(name, text string) {
		if err := os.WriteFile(filepath.Join(bin, name), []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	shown := filepath.Join(bin, "shown")
	opener("gio", `echo "$@" > '`+shown+`'`)
	if err := browse(t, "http://127.0.0.1/a.html"); err != nil {
		t.Error(err)
	}
	if text, err := os.ReadFile(shown); err != nil || string(text) != "open http://127.0.0.1/a.html\n" {
		t.Errorf("gio was told %q (%v)", text, err)
	}
	opener("xdg-open", "exit 3") // which comes first, and knows no browser
	if err := browse(t, "http://127.0.0.1/"); err == nil {
		t.Error("what failed was not told")
	}
}

func TestServe(t *testing.T) {
	address, err := Serve(map[string][]byte{"index.html": []byte("<h1>Hello</h1>"), "a.png": []byte("\x89PNG\r\n\x1a\n")})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(address, "http://127.0.0.1:") || !strings.HasSuffix(address, "/") {
		t.Errorf("the address is %s", address)
	}
	tests := []struct {
		path, kind, text string
		code             int
	}{
		{"index.html", "text/html; charset=utf-8", "<h1>Hello</h1>", http.StatusOK},
		{"a.png", "image/png", "\x89PNG\r\n\x1a\n", http.StatusOK},
		{"b.png", "", "", http.StatusNotFound},
		{"x/a.png", "", "", http.StatusNotFound},
		{"", "", "", http.StatusNotFound},
	}
	for _, tt := range tests {
		answer, err := http.Get(address + tt.path)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		answer.Body.Close()
		if err != nil || answer.StatusCode != tt.code || tt.kind != "" && answer.Header.Get("Content-Type") != tt.kind || tt.text != "" && string(text) != tt.text {
			t.Errorf("%q: %s, %s, %q (%v)", tt.path, answer.Status, answer.Header.Get("Content-Type"), text, err)
		}
	}
}
