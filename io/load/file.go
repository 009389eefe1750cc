// SPDX-License-Identifier: BSD-3-Clause

// Package load opens maps and structures from files: it finds out how a file
// is packed and what is in it, takes its SHA-256 while reading, and lets the
// package of the format do the rest. It knows no format itself.
package load

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
)

// Options say how files are read. The zero value is good.
//
// Reading is lenient: what can be survived is a warning. Warnings are in what
// is returned, so that none is lost.
type Options struct {
	// Warn, if it is not nil, is told each of the warnings too, once the file
	// is read.
	Warn func(string)
	// MaxVoxels is how many voxels a map may have; 0 leaves that to its reader.
	MaxVoxels int64
}

// A ReadError says that a file could not be read. Every error of this package
// is one, and no error within it names the path again.
type ReadError struct {
	Path string
	Err  error
}

func (e *ReadError) Error() string { return e.Path + ": " + e.Err.Error() }
func (e *ReadError) Unwrap() error { return e.Err }

// readError wraps err, without the path that the system adds.
func readError(path string, err error) error {
	var known *ReadError
	if errors.As(err, &known) {
		return err
	}
	var system *fs.PathError
	if errors.As(err, &system) {
		err = system.Err
	}
	return &ReadError{path, err}
}

// A File is an open file, seen as what is in it once it is unpacked.
type File struct {
	path    string
	file    *os.File
	hash    hash.Hash
	content *bufio.Reader
	size    int64 // of the content, -1 if it is packed
	read    int64 // content that was read
}

// packings are the first bytes of packed files that are told apart; those
// without a reader are refused by name.
var packings = []struct {
	magic, name string
	open        func(io.Reader) (io.Reader, error)
}{
	{"\x1f\x8b", "gzip", func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) }},
	{"BZh", "bzip2", func(r io.Reader) (io.Reader, error) { return bzip2.NewReader(r), nil }},
	{"\xfd7zXZ\x00", "xz", nil},
	{"\x28\xb5\x2f\xfd", "zstd", nil},
	{"PK\x03\x04", "zip", nil},
	{"7z\xbc\xaf\x27\x1c", "7-Zip", nil},
}

const longestMagic = 6

// Open opens a file, packed by gzip or bzip2 or not at all: its first bytes
// tell, not its name.
func Open(path string) (*File, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, readError(path, err)
	}
	file := &File{path: path, file: f, hash: sha256.New(), size: -1}
	if err := file.unpack(); err != nil {
		f.Close()
		return nil, readError(path, err)
	}
	return file, nil
}

func (f *File) unpack() error {
	info, err := f.file.Stat()
	if err != nil {
		return err
	}
	if info.IsDir() {
		return errors.New("is a folder, want a file")
	}
	raw := bufio.NewReaderSize(io.TeeReader(f.file, f.hash), 1<<16)
	start, err := raw.Peek(longestMagic)
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	for _, p := range packings {
		if !bytes.HasPrefix(start, []byte(p.magic)) {
			continue
		}
		if p.open == nil {
			return fmt.Errorf("is packed by %s, want gzip, bzip2 or unpacked", p.name)
		}
		r, err := p.open(raw)
		if err != nil {
			return fmt.Errorf("%s: %w", p.name, err)
		}
		f.content = bufio.NewReaderSize(r, 1<<16)
		return nil
	}
	f.content = raw
	if info.Mode().IsRegular() {
		f.size = info.Size()
	}
	return nil
}

// Read reads the unpacked content.
func (f *File) Read(p []byte) (int, error) {
	n, err := f.content.Read(p)
	f.read += int64(n)
	return n, err
}

// Peek returns the next bytes of the content, n at most and 65536 at most,
// without moving on.
func (f *File) Peek(n int) ([]byte, error) {
	b, err := f.content.Peek(n)
	if errors.Is(err, io.EOF) || errors.Is(err, bufio.ErrBufferFull) {
		err = nil
	}
	return b, err
}

// Name returns the name of the file without folder and endings.
func (f *File) Name() string { return Name(f.path) }

// Size returns the length of the content, or -1 if it is not known before it
// is unpacked.
func (f *File) Size() int64 { return f.size }

// Sum reads to the end of the file, which also checks what is packed, and
// returns the SHA-256 of the file as it lies on disk, in hexadecimal.
func (f *File) Sum() (string, error) {
	if _, err := io.Copy(io.Discard, f); err != nil && !errors.Is(err, gzip.ErrHeader) { // bytes after the last packed part are no fault
		return "", err
	}
	if _, err := io.Copy(f.hash, f.file); err != nil { // what no unpacker wanted
		return "", err
	}
	return hex.EncodeToString(f.hash.Sum(nil)), nil
}

// Close closes the file.
func (f *File) Close() error { return f.file.Close() }
