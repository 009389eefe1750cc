// SPDX-License-Identifier: BSD-3-Clause

// Package atomicfile writes files that are there whole or not at all: it is the
// one place that gives a file its name. It does not know what is in them.
//
// A file that is replaced keeps its mode, a new one has 0666 less the umask.
// Of a symbolic link the file it leads to is replaced, and the link stays. A
// device, a pipe and an open descriptor (/dev/stdout) are written to as they
// are: a file renamed to their name would take their place, for everybody on
// the machine.
//
// Errors are *fs.PathError and name the path that was asked for, not that of a
// temporary file.
package atomicfile

import (
	"bufio"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Write lets fill write into a temporary file beside path, waits until it is
// on the disk and then gives it that name. If fill fails, or is cancelled and
// says so by an error, what was there before stays, and nothing else.
func Write(path string, fill func(io.Writer) error) error {
	return fault(path, write(path, fill))
}

// Try finds out whether Write may write a file, and changes nothing.
func Try(path string) error {
	d, err := find(path)
	if err != nil || d.through {
		return fault(path, err)
	}
	f, err := d.temporary()
	if err != nil {
		return fault(path, err)
	}
	return fault(path, errors.Join(f.Close(), os.Remove(f.Name())))
}

// WritePacked does what Write does, and packs the content by gzip, at a level
// of compress/gzip, if path ends in ".gz".
func WritePacked(path string, level int, fill func(io.Writer) error) error {
	if !strings.EqualFold(filepath.Ext(path), ".gz") {
		return Write(path, fill)
	}
	return Write(path, func(w io.Writer) error {
		z, err := gzip.NewWriterLevel(w, level)
		if err != nil {
			return err
		}
		if err := fill(z); err != nil {
			return err
		}
		return z.Close()
	})
}

// Move gives a finished file another name, by the rules of Write for what has
// that name already.
func Move(from, path string) error {
	d, err := find(path)
	if err != nil {
		return fault(path, err)
	}
	if d.path == path && !d.through { // else it may be on another disk
		if d.mode != 0 {
			err = os.Chmod(from, d.mode)
		}
		if err == nil {
			err = os.Rename(from, path)
		}
		return fault(path, err)
	}
	f, err := os.Open(from)
	if err != nil {
		return fault(path, err)
	}
	err = write(path, func(w io.Writer) error {
		_, err := io.Copy(w, f)
		return err
	})
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Remove(from)
	}
	return fault(path, err)
}

func write(path string, fill func(io.Writer) error) error {
	d, err := find(path)
	if err != nil {
		return err
	}
	if d.through {
		return through(d.path, fill)
	}
	f, err := d.temporary()
	if err != nil {
		return err
	}
	done := false
	defer func() { // after a panic of fill, too
		if !done {
			f.Close()
			os.Remove(f.Name())
		}
	}()
	if err := flushed(f, fill); err != nil {
		return err
	}
	if d.mode != 0 {
		if err := f.Chmod(d.mode); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), d.path); err != nil {
		return err
	}
	done = true
	return nil
}

// through writes to what is no file.
func through(path string, fill func(io.Writer) error) error {
	switch path { // opened anew, it would begin again where a file begins
	case "/dev/stdout":
		return flushed(os.Stdout, fill)
	case "/dev/stderr":
		return flushed(os.Stderr, fill)
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_APPEND, 0)
	if err != nil {
		return err
	}
	return errors.Join(flushed(f, fill), f.Close())
}

func flushed(w io.Writer, fill func(io.Writer) error) error {
	b := bufio.NewWriterSize(w, 1<<16)
	if err := fill(b); err != nil {
		return err
	}
	return b.Flush()
}

// temporary makes a file beside that of the destination, which none but its
// owner can read if one that exists is replaced: it may be private.
func (d destination) temporary() (*os.File, error) {
	mode := fs.FileMode(0o666) // less the umask, as the system does it
	if d.mode != 0 {
		mode = 0o600
	}
	dir, base := filepath.Split(d.path)
	base = base[:min(len(base), 200)] // of the 255 bytes that a name may have
	for range 100 {
		name := fmt.Sprintf("%s.%s.%08x.part", dir, base, rand.Uint32())
		f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
		if !errors.Is(err, fs.ErrExist) {
			return f, err
		}
	}
	return nil, errors.New("finds no free name for a temporary file")
}

// fault returns err as a *fs.PathError of path, without the temporary name that
// the system adds.
func fault(path string, err error) error {
	if err == nil {
		return nil
	}
	var of *fs.PathError
	var link *os.LinkError
	if errors.As(err, &of) && (of.Path == path || strings.HasSuffix(of.Path, ".part")) {
		err = of.Err
	} else if errors.As(err, &link) {
		err = link.Err
	}
	return &fs.PathError{Op: "write", Path: path, Err: err}
}
