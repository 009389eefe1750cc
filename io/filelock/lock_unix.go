// SPDX-License-Identifier: BSD-3-Clause

//go:build unix

package filelock

import (
	"errors"
	"os"

	"golang.org/x/sys/unix"
)

func lock(f *os.File) error {
	err := unix.Flock(int(f.Fd()), unix.LOCK_EX|unix.LOCK_NB)
	if errors.Is(err, unix.EWOULDBLOCK) {
		return ErrLocked
	}
	return err
}

// release gives a lock up and removes its file, in that order of the two in
// which nobody can lock what is no longer there.
func release(f *os.File) {
	_ = os.Remove(f.Name())
	_ = f.Close()
}
