// SPDX-License-Identifier: BSD-3-Clause

package session

// What autosaves go by.
const (
	LockEnding = lockEnding
	SweepAge   = sweepAge
)

// Path returns that of the session.
func (a *Autosave) Path() string { return a.path }

// CloseLock does what the system does when a process ends.
func (a *Autosave) CloseLock() error { return a.lock.Close() }
