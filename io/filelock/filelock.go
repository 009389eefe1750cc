// SPDX-License-Identifier: BSD-3-Clause

// Package filelock locks files for one process at a time. When the process
// ends, however it ends, the lock goes.
package filelock

import (
	"context"
	"errors"
	"os"
	"time"
)

// ErrLocked says that another process has a lock, or another part of this one.
var ErrLocked = errors.New("is locked by another process")

// Lock opens a file, which is made if it is not there, and locks it until it is
// closed or the process ends. If another has it locked the error is ErrLocked.
func Lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := lock(f); err != nil {
		f.Close()
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	if !isAt(f, path) { // it was removed in between
		f.Close()
		return nil, &os.PathError{Op: "lock", Path: path, Err: ErrLocked}
	}
	return f, nil
}

// isAt tells whether an open file has a path.
func isAt(f *os.File, path string) bool {
	open, err := f.Stat()
	there, thereErr := os.Stat(path)
	return err == nil && thereErr == nil && os.SameFile(open, there)
}

// A Turn is a lock that was waited for.
type Turn struct{ file *os.File }

const pause = 10 * time.Millisecond

// Wait locks a file when no other has it locked. It fails when ctx ends before,
// and where files cannot be locked.
func Wait(ctx context.Context, path string) (Turn, error) {
	for {
		f, err := Lock(path)
		if err == nil || !errors.Is(err, ErrLocked) {
			return Turn{f}, err
		}
		select {
		case <-ctx.Done():
			return Turn{}, ctx.Err()
		case <-time.After(pause):
		}
	}
}

// Release ends the turn, and removes the file.
func (t Turn) Release() {
	if t.file != nil {
		release(t.file)
	}
}
