// SPDX-License-Identifier: BSD-3-Clause

// Package folder writes the files of a result into a folder that may hold
// others. They are made in a part of it that is not seen, and get their places
// together when all are made: a program that is ended before leaves what was
// there, and one that is ended while they get their places leaves no file half
// written, and the next one that opens the folder does what is left to be done.
//
// The folder may be a mount point, a link to another disk, or one whose parent
// cannot be written to: nothing is made outside it.
package folder

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"difffit/io/atomicfile"
	"difffit/io/filelock"
)

const (
	tries    = 9
	patience = time.Minute // longer than any program takes

	hidden    = ".difffit-"             // begins the name of the part that is not seen
	part      = ".part"                 // ends it
	lockName  = ".lock"                 // in that part: locked as long as its program lives
	readyName = ".ready"                // in that part: the names of its files, all of which are made
	turnName  = ".difffit-publish.lock" // in the folder: locked while files get their places
)

// A Folder is a folder to which files are added. It is for one goroutine.
type Folder struct {
	path  string
	temp  string   // in which files are made
	lock  *os.File // of temp
	made  string   // the topmost folder that was made for it; "" for none
	names []string // of the files that are made
}

// Open makes a folder if it is not there, finds out that it can be written to,
// and does what programs that were ended have left undone in it. Close it.
func Open(path string) (*Folder, error) {
	f := &Folder{path: filepath.Clean(path)}
	switch info, err := os.Stat(f.path); {
	case err == nil && !info.IsDir():
		return nil, fault(path, errors.New("is a file, want a folder"))
	case errors.Is(err, fs.ErrNotExist):
		if _, err := os.Lstat(f.path); err == nil {
			return nil, fault(path, errors.New("is a link to nothing, want a folder"))
		}
		f.made = missing(f.path)
	}
	if err := f.begin(); err != nil {
		_ = f.Close()
		return nil, fault(path, err)
	}
	return f, nil
}

// fault names the folder in an error, and no name that nobody has asked for.
func fault(path string, err error) error {
	var of *fs.PathError
	if errors.As(err, &of) {
		err = of.Err
	}
	return &fs.PathError{Op: "write into", Path: path, Err: err}
}

// missing returns the topmost of the folders above path, and path, that is not
// there.
func missing(path string) string {
	for {
		above := filepath.Dir(path)
		if _, err := os.Stat(above); err == nil || above == path {
			return path
		}
		path = above
	}
}

func (f *Folder) begin() error {
	if err := os.MkdirAll(f.path, 0o755); err != nil {
		return err
	}
	sweep(f.path)
	for try := 0; ; try++ {
		name := make([]byte, 4)
		_, _ = rand.Read(name) // never fails
		f.temp = filepath.Join(f.path, hidden+hex.EncodeToString(name)+part)
		if err := os.Mkdir(f.temp, 0o755); err != nil {
			f.temp = ""
			return err
		}
		var err error
		if f.lock, err = filelock.Lock(filepath.Join(f.temp, lockName)); err == nil || try == tries {
			return err
		}
		f.remove() // another program has swept it, before it was locked
	}
}

// Path returns the path of the folder.
func (f *Folder) Path() string { return f.path }

// Has tells whether a file of a name was added.
func (f *Folder) Has(name string) bool { return slices.Contains(f.names, name) }

// Add makes a file. It has no place in the folder before Publish. Its error
// names the file.
func (f *Folder) Add(name string, fill func(io.Writer) error) error {
	if err := atomicfile.Write(filepath.Join(f.temp, name), fill); err != nil {
		return fmt.Errorf("%s: %w", name, errors.Unwrap(err)) // without the part that is not seen
	}
	f.names = append(f.names, name)
	return nil
}

// Publish gives the files their places, one after the other; last, if it is not
// "", is the name of the one that says what the others are: there is none of
// that name until all others are there. Files of other names stay. A file that
// cannot be put in its place, for there is a folder of that name, say, is put
// beside it, and one for which there is no place at all is kept: the error names
// both.
func (f *Folder) Publish(last string) error {
	names := slices.DeleteFunc(slices.Clone(f.names), func(s string) bool { return s == last })
	if f.Has(last) {
		names = append(names, last)
	}
	if err := f.ready(names); err != nil {
		return f.keep(err)
	}
	defer turnIn(f.path).Release()
	var faults []error
	if last != "" {
		_ = os.Remove(filepath.Join(f.path, last)) // else it is replaced
	}
	for _, name := range names {
		if err := f.put(name); err != nil {
			faults = append(faults, err)
		}
	}
	if left, err := f.left(); err != nil || left > 0 {
		return f.keep(errors.Join(append(faults, err)...))
	}
	f.remove()
	f.made = ""
	return errors.Join(faults...)
}

// turnIn waits until no other program gives files their places in a folder,
// which takes no time. Where files cannot be locked nobody waits.
func turnIn(path string) filelock.Turn {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	turn, _ := filelock.Wait(ctx, filepath.Join(path, turnName))
	return turn
}

// ready says for the next program that all is made.
func (f *Folder) ready(names []string) error {
	return atomicfile.Write(filepath.Join(f.temp, readyName), func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(names, "\n"))
		return err
	})
}

// put gives a file its place, or one beside it.
func (f *Folder) put(name string) error {
	from := filepath.Join(f.temp, name)
	err := atomicfile.Move(from, filepath.Join(f.path, name))
	if err == nil {
		return nil
	}
	ext := filepath.Ext(name)
	beside := Free(strings.TrimSuffix(name, ext), ext, func(s string) bool {
		_, err := os.Lstat(filepath.Join(f.path, s))
		return err == nil
	})
	if os.Rename(from, filepath.Join(f.path, beside)) == nil {
		return fmt.Errorf("%w; it is %s instead", err, filepath.Join(f.path, beside))
	}
	return err
}

// left returns how many files have no place yet.
func (f *Folder) left() (n int, err error) {
	entries, err := os.ReadDir(f.temp)
	for _, e := range entries {
		if e.Name() != lockName && e.Name() != readyName {
			n++
		}
	}
	return n, err
}

// keep keeps what could not be published, where a person sees it.
func (f *Folder) keep(err error) error {
	name := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f.temp), hidden), part)
	where := filepath.Join(f.path, "unpublished-"+name)
	f.unlock()
	_ = os.Remove(filepath.Join(f.temp, lockName))
	_ = os.Remove(filepath.Join(f.temp, readyName))
	if os.Rename(f.temp, where) != nil {
		where = f.temp
	}
	f.temp, f.made = "", ""
	return fmt.Errorf("%w; what has no place there is in %s", err, where)
}

func (f *Folder) unlock() {
	if f.lock != nil {
		_ = f.lock.Close()
		f.lock = nil
	}
}

// remove removes the part that is not seen.
func (f *Folder) remove() {
	if f.temp == "" {
		return
	}
	_ = os.RemoveAll(f.temp) // before another can lock it
	f.unlock()
	_ = os.RemoveAll(f.temp) // where what is locked cannot be removed; what is left is swept
	f.temp = ""
}

// Close removes what was not published, and the folder if it was made for
// nothing.
func (f *Folder) Close() error {
	f.remove()
	if f.made == "" {
		return nil
	}
	for path := f.path; ; path = filepath.Dir(path) {
		if err := os.Remove(path); err != nil || path == f.made { // it is not empty, or it is the last
			f.made = ""
			return nil
		}
	}
}

// sweep removes what programs that were ended have left in a folder; files that
// all were made get their places.
func sweep(path string) {
	parts, _ := filepath.Glob(filepath.Join(escape(path), hidden+"*"+part))
	for _, temp := range parts {
		lock, err := filelock.Lock(filepath.Join(temp, lockName))
		if err != nil { // its program lives, or it is not ours
			continue
		}
		dead := &Folder{path: path, temp: temp, lock: lock}
		if list, err := os.ReadFile(filepath.Join(temp, readyName)); err == nil {
			turn := turnIn(path)
			for name := range strings.SplitSeq(string(list), "\n") {
				if filepath.IsLocal(name) && !strings.ContainsRune(name, filepath.Separator) {
					_ = dead.put(name) // it may have its place already
				}
			}
			turn.Release()
		}
		dead.remove()
	}
}

// escape takes the meaning from characters that mean something in a pattern.
func escape(path string) string {
	return strings.NewReplacer(`*`, `\*`, `?`, `\?`, `[`, `\[`, `\`, `\\`).Replace(path)
}

// Free returns name with the ending, or with a number before it, the first
// that is not taken.
func Free(name, ending string, taken func(string) bool) string {
	file := name + ending
	for n := 2; taken(file); n++ {
		file = fmt.Sprintf("%s_%d%s", name, n, ending)
	}
	return file
}
