// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

package batch

import (
	"io"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// What is no file keeps its place: a pipe gets the bytes, and is still a pipe.
func TestWriteAtomicToAPipe(t *testing.T) {
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
	err := writeAtomic(path, func(w io.Writer) error {
		_, err := io.WriteString(w, "result")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Lstat(path)
	if err != nil || info.Mode()&os.ModeNamedPipe == 0 {
		t.Fatalf("the pipe became %v, error %v", info.Mode(), err)
	}
	if text := <-got; text != "result" {
		t.Errorf("the pipe gave %q, want what was written", text)
	}
}
