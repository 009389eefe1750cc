// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

// Package filelock locks files for one process at a time. When the process
// ends, however it ends, the lock goes.
package filelock

import (
	"os"

	"golang.org/x/sys/unix"
)

// Lock opens a file and locks it until it is closed or the process ends.
// It fails if another has it locked.
func Lock(path string) (*os.File, error) {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB); err != nil {
		f.Close()
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return f, nil
}
