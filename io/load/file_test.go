// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestName(t *testing.T) {
	for path, want := range map[string]string{
		"x/emd_1.map.gz": "emd_1", "emd_1.MRC": "emd_1", "a/b/7cfn.cif": "7cfn", "emd_3001.map.bz2": "emd_3001",
		"AF-P1-F1-model_v4.cif.gz": "AF-P1-F1-model_v4", "run.2.mrc": "run.2", "run.2": "run.2", "map": "map", ".mrc": ".mrc",
	} {
		if got := Name(path); got != want {
			t.Errorf("Name(%q) = %q, want %q", path, got, want)
		}
	}
}

func packed(t *testing.T, content string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := gzip.NewWriter(&b)
	if _, err := io.WriteString(z, content); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func write(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenUnpacksByContent(t *testing.T) {
	const text = "one line\nand another\n"
	z := packed(t, text)
	for _, tt := range []struct {
		name    string
		content []byte
		size    int64
	}{
		{"plain.txt", []byte(text), int64(len(text))},
		{"plain.gz", []byte(text), int64(len(text))}, // the name lies
		{"packed.txt.gz", z, -1},
		{"packed", z, -1},
		{"twice.gz", append(packed(t, text[:5]), packed(t, text[5:])...), -1},
		{"tail.gz", append(bytes.Clone(z), make([]byte, 40)...), -1}, // as tape writers leave it
	} {
		path := write(t, tt.name, tt.content)
		f, err := Open(path)
		if err != nil {
			t.Fatal(err)
		}
		if f.Size() != tt.size {
			t.Errorf("%s: size %d, want %d", tt.name, f.Size(), tt.size)
		}
		if b, err := f.Peek(3); err != nil || string(b) != text[:3] {
			t.Errorf("%s: Peek %q, %v", tt.name, b, err)
		}
		b := make([]byte, len(text))
		if _, err := io.ReadFull(f, b); err != nil || string(b) != text {
			t.Errorf("%s: %q, %v", tt.name, b, err)
		}
		want := sha256.Sum256(tt.content)
		if sum, err := f.Sum(); err != nil || sum != hex.EncodeToString(want[:]) {
			t.Errorf("%s: sum %s, %v, want %x", tt.name, sum, err, want)
		}
		if err := f.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestSumFindsDamage(t *testing.T) {
	z := packed(t, "one line\nand another\n")
	z[len(z)-6] ^= 1 // in the checksum
	f, err := Open(write(t, "damaged.gz", z))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := f.Sum(); !errors.Is(err, gzip.ErrChecksum) {
		t.Errorf("Sum: %v, want %v", err, gzip.ErrChecksum)
	}
}

func TestOpenErrors(t *testing.T) {
	dir := t.TempDir()
	missing := filepath.Join(dir, "missing.mrc")
	xz := write(t, "map.xz", []byte("\xfd7zXZ\x00 and more"))
	half := write(t, "half.gz", []byte("\x1f\x8b\x08"))
	for path, want := range map[string]string{
		missing: missing + ": no such file or directory",
		dir:     dir + ": is a folder, want a file",
		xz:      xz + ": is packed by xz, want gzip, bzip2 or unpacked",
		half:    half + ": gzip: unexpected EOF",
	} {
		_, err := Open(path)
		var read *ReadError
		if err == nil || err.Error() != want || !errors.As(err, &read) || read.Path != path {
			t.Errorf("Open: %v, want %s", err, want)
		}
	}
	if _, err := Open(missing); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("Open: %v, want fs.ErrNotExist", err)
	}
}
