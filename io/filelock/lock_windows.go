// SPDX-License-Identifier: BSD-3-Clause

package filelock

import (
	"errors"
	"os"

	"golang.org/x/sys/windows"
)

func lock(f *os.File) error {
	const flags = windows.LOCKFILE_EXCLUSIVE_LOCK | windows.LOCKFILE_FAIL_IMMEDIATELY
	err := windows.LockFileEx(windows.Handle(f.Fd()), flags, 0, 1, 0, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return ErrLocked
	}
	return err
}

// release gives a lock up and removes its file, which cannot be removed while
// it is open.
func release(f *os.File) {
	_ = f.Close()
	_ = os.Remove(f.Name())
}
