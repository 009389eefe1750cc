// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"difffit/app/document"
	"difffit/io/atomicfile"
	"difffit/io/filelock"
)

// lockEnding is the ending of lock files. Such a file is locked by the system
// for the process whose number it has; when the process ends, however it ends,
// the lock goes. So a session whose lock is free was left by a crash.
const lockEnding = ".lock"

// An Autosave keeps the last state of one running program in a file, which a
// crash leaves behind and a normal end removes. Its methods may be called by
// any goroutine, but by one at a time.
type Autosave struct {
	path string // of the session
	lock *os.File
}

// A Crashed session was left behind by a program that did not end normally.
type Crashed struct {
	Path string
	Time time.Time // of the last change
}

// NewAutosave begins an autosave in a folder, which is made if it is not there.
func NewAutosave(folder string) (*Autosave, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, fmt.Errorf("autosave: %w", err)
	}
	name := fmt.Sprintf("%s-%d%s", time.Now().Format("20060102-150405"), os.Getpid(), Ending)
	a := &Autosave{path: filepath.Join(folder, name)}
	var err error
	if a.lock, err = filelock.Lock(a.path + lockEnding); err != nil {
		return nil, fmt.Errorf("autosave: %w", err)
	}
	if _, err := fmt.Fprintln(a.lock, os.Getpid()); err != nil {
		return nil, errors.Join(fmt.Errorf("autosave: %w", err), a.Close())
	}
	return a, nil
}

// Save writes s.
func (a *Autosave) Save(s document.State, program string) error {
	return atomicfile.Write(a.path, func(w io.Writer) error { return Encode(w, s, "", program) })
}

// Clear removes the session: there is nothing to be lost any more.
func (a *Autosave) Clear() error { return notThere(os.Remove(a.path)) }

// Close ends the autosave and removes its files.
func (a *Autosave) Close() error {
	return errors.Join(a.Clear(), a.lock.Close(), notThere(os.Remove(a.path+lockEnding)))
}

// Summary tells what is in the session: its map, and how much was done.
func (c Crashed) Summary() string {
	var s struct {
		Map        *struct{ Path string }
		Structures []struct{}
		Rounds     []struct{}
		Accepted   []struct{}
	}
	text, err := os.ReadFile(c.Path)
	if err == nil {
		err = json.Unmarshal(text, &s)
	}
	if err != nil {
		return "cannot be read: " + err.Error()
	}
	name := "no map"
	if s.Map != nil {
		name = filepath.Base(s.Map.Path)
	}
	count := func(n int, what string) string {
		if n != 1 {
			what += "s"
		}
		return fmt.Sprintf(", %d %s", n, what)
	}
	return name + count(len(s.Structures), "structure") + count(len(s.Rounds), "round") + fmt.Sprintf(", %d accepted", len(s.Accepted))
}

// FindCrashed returns the sessions in a folder that a crash left behind, the
// latest first.
func FindCrashed(folder string) ([]Crashed, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, notThere(err)
	}
	var found []Crashed
	for _, e := range entries {
		path := filepath.Join(folder, e.Name())
		if !strings.HasSuffix(path, Ending) || strings.HasPrefix(e.Name(), ".") {
			sweep(folder, e)
			continue
		}
		lock, err := filelock.Lock(path + lockEnding)
		if err != nil {
			continue // the program that writes it is running
		}
		lock.Close()
		if info, err := e.Info(); err == nil {
			found = append(found, Crashed{path, info.ModTime()})
		}
	}
	slices.SortFunc(found, func(a, b Crashed) int { return cmp.Or(b.Time.Compare(a.Time), cmp.Compare(a.Path, b.Path)) })
	return found, nil
}

// sweepAge is how old what a crash has left must be to be swept away: a
// program that begins may just have made it.
const sweepAge = time.Minute

// sweep removes what a crash has left and nobody can use: half a session, or
// the lock of one that was never written.
func sweep(folder string, e os.DirEntry) {
	session, isLock := strings.CutSuffix(e.Name(), lockEnding)
	if !isLock { // .NAME.difffit.part-123, see atomicfile
		at := strings.LastIndex(session, Ending+".")
		if !strings.HasPrefix(session, ".") || at < 0 {
			return
		}
		session = session[1:at] + Ending
	}
	info, err := e.Info()
	if err != nil || time.Since(info.ModTime()) < sweepAge {
		return
	}
	if _, err := os.Stat(filepath.Join(folder, session)); isLock && err == nil {
		return // it belongs to a session that may be restored
	}
	lockPath := filepath.Join(folder, session+lockEnding)
	lock, err := filelock.Lock(lockPath)
	if err != nil {
		return // the program that writes it is running
	}
	defer lock.Close()
	os.Remove(filepath.Join(folder, e.Name()))
	if _, err := os.Stat(filepath.Join(folder, session)); err != nil {
		os.Remove(lockPath)
	}
}

// Remove forgets a session that a crash left behind.
func (c Crashed) Remove() error {
	return errors.Join(notThere(os.Remove(c.Path)), notThere(os.Remove(c.Path+lockEnding)))
}

// notThere turns the error that something is not there into none.
func notThere(err error) error {
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}
