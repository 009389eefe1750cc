// SPDX-License-Identifier: BSD-3-Clause

package fetch

import "fmt"

// A NotFoundError says that an archive has no such entry.
type NotFoundError struct {
	ID      ID
	Address string
}

func (e *NotFoundError) Error() string {
	return fmt.Sprintf("fetch: %v: there is no such entry at %s", e.ID, e.Address)
}

// An UnreachableError says that an archive could not be asked.
type UnreachableError struct {
	ID     ID
	Host   string // "" if nobody was to be asked
	Folder string // of the cache
	Err    error
}

func (e *UnreachableError) Error() string {
	if e.Host == "" {
		return fmt.Sprintf("fetch: %v: %v (cache: %s)", e.ID, e.Err, e.Folder)
	}
	return fmt.Sprintf("fetch: %v: %s cannot be reached (%v). Is this computer offline, or behind a proxy? "+
		"What was fetched before is in the cache, %s; a file that was downloaded otherwise can be opened as it is",
		e.ID, e.Host, e.Err, e.Folder)
}

func (e *UnreachableError) Unwrap() error { return e.Err }
