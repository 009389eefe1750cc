// SPDX-License-Identifier: BSD-3-Clause

// Package fetch gets maps and structures from public archives by their
// identifiers: it keeps what it got, goes on where it was interrupted, and
// asks nothing of anybody unless it is called. What is in the files it does
// not know, but for the few words of an EMDB header.
package fetch

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"time"
)

// A Client fetches. Its fields must not change while it does.
type Client struct {
	Folder    string    // of the cache; made if it is not there
	Addresses Addresses // where to ask; see DefaultAddresses
	Offline   bool      // take what is in the cache, ask nobody
	Again     bool      // ask also for what is in the cache
	Agent     string    // how the program calls itself: "DiffFit/1.2"
	HTTP      *http.Client

	quick bool // for tests: rest little, report always
}

// Progress tells how far a fetch is.
type Progress struct {
	Name  string // of the file
	Done  int64  // bytes that are here
	Total int64  // of the file, 0 if not known
}

// A Result is a file that was fetched, and what its archive says of it.
type Result struct {
	ID     ID     `json:"id"`
	Path   string `json:"path"`    // in the cache
	Bytes  int64  `json:"bytes"`   // of the file
	SHA256 string `json:"sha256"`  // of the file as it lies on disk
	From   string `json:"address"` // where it came from
	Cached bool   `json:"cached"`  // nobody was asked
	Entry  *Entry `json:"entry,omitempty"`
}

// Fetch gets what an identifier names: the coordinates of a PDB entry or of a
// prediction, or the map of an EMDB entry with what its header says. It
// returns when the file is in the cache, whole. report may be nil.
func (c *Client) Fetch(ctx context.Context, id ID, report func(Progress)) (*Result, error) {
	if c.Folder == "" {
		return nil, errors.New("fetch: no folder for the cache")
	}
	if err := c.Addresses.Validate(); err != nil {
		return nil, err
	}
	if err := os.MkdirAll(c.Folder, 0o755); err != nil {
		return nil, fmt.Errorf("fetch: cache: %w", err)
	}
	if report == nil {
		report = func(Progress) {}
	}
	switch id.Archive {
	case EMDB:
		return c.fetchMap(ctx, id, report)
	case AlphaFold:
		return c.fetchPrediction(ctx, id, report)
	case PDB:
		return c.get(ctx, id, source{fill(c.Addresses.PDB, id), "", coordinates}, id.file(), report)
	}
	return nil, fmt.Errorf("fetch: %v: the archive is not known", id)
}

// fetchMap gets the header first: it is small, and says whether there is such
// an entry at all.
func (c *Client) fetchMap(ctx context.Context, id ID, report func(Progress)) (*Result, error) {
	head, err := c.get(ctx, id, source{fill(c.Addresses.EMDBHeader, id), "", entryHeader}, headerFile(id), report)
	if err != nil {
		return nil, err
	}
	f, err := os.Open(head.Path)
	if err != nil {
		return nil, fmt.Errorf("fetch: %w", err)
	}
	defer f.Close()
	entry, err := decodeHeader(f)
	if err != nil {
		c.forget(head.Path)
		return nil, fmt.Errorf("fetch: %v: header from %s: %w", id, head.From, err)
	}
	m, err := c.get(ctx, id, source{fill(c.Addresses.EMDBMap, id), "", densityMap}, id.file(), report)
	if err != nil {
		return nil, err
	}
	m.Entry = entry
	return m, nil
}

// fetchPrediction asks AlphaFold DB where the present version of a prediction
// is, and gets it. An address may also name the file itself.
func (c *Client) fetchPrediction(ctx context.Context, id ID, report func(Progress)) (*Result, error) {
	path, asked := filepath.Join(c.Folder, id.file()), fill(c.Addresses.AlphaFold, id)
	if r, ok := c.cached(id, asked, path, time.Now()); ok {
		return r, nil
	}
	first, err := c.get(ctx, id, source{asked, "", listed}, id.file()+".list", report)
	if err != nil {
		return nil, err
	}
	address, isList, err := predictionAddress(first.Path, id)
	if err != nil {
		c.forget(first.Path)
		return nil, fmt.Errorf("fetch: %v: list from %s: %w", id, first.From, err)
	}
	if isList {
		defer c.forget(first.Path) // the next version is at another place
		return c.get(ctx, id, source{address, asked, coordinates}, id.file(), report)
	}
	if err := check(first.Path, coordinates, true); err != nil {
		c.forget(first.Path)
		return nil, fmt.Errorf("fetch: %v: %s sent %w", id, first.From, err)
	}
	if err := c.rename(first.Path, path); err != nil {
		return nil, fmt.Errorf("fetch: cache: %w", err)
	}
	first.Path = path
	return first, nil
}
