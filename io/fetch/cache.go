// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"

	"difffit/io/atomicfile"
)

// Endings of files beside a file of the cache.
const (
	noteEnding = ".json" // a note about it
	partEnding = ".part" // what is here of it before it is whole, with a note too
	lockEnding = ".lock" // locked while it is fetched
)

// A note tells where a file of the cache, or a part of it, came from.
type note struct {
	Address  string    `json:"address"`
	Asked    string    `json:"asked,omitempty"` // what led to Address, if that is another one
	ETag     string    `json:"etag,omitempty"`
	Modified string    `json:"modified,omitempty"` // as the server says it
	Total    int64     `json:"total"`              // bytes, 0 if not known
	SHA256   string    `json:"sha256,omitempty"`   // of the whole
	Fetched  time.Time `json:"fetched,omitzero"`
}

// validator is what the server knows the version of a file by: its strong
// ETag, or when it was changed.
func (n note) validator() string {
	if n.ETag != "" && n.ETag[0] == '"' {
		return n.ETag
	}
	return n.Modified
}

func readNote(path string) (note, bool) {
	var n note
	data, err := os.ReadFile(path)
	if err != nil || json.Unmarshal(data, &n) != nil {
		return note{}, false
	}
	return n, true
}

func (n note) write(path string) error {
	data, err := json.MarshalIndent(n, "", " ")
	if err != nil {
		return err
	}
	return atomicWrite(path, append(data, '\n'))
}

// since tells whether a file was fetched after a moment.
func (n note) since(t time.Time) bool { return !n.Fetched.Before(t.Truncate(time.Second)) }

// from tells whether a file came from an address.
func (n note) from(address string) bool { return n.Address == address || n.Asked == address }

// cached returns a file of the cache, if it is there, still what was fetched,
// and from the address; offline from any. With Again it must have been fetched
// since the client began.
func (c *Client) cached(id ID, address, path string, began time.Time) (*Result, bool) {
	n, ok := readNote(path + noteEnding)
	if !ok || !c.Offline && (!n.from(address) || c.Again && !n.since(began)) {
		return nil, false
	}
	size, sum, err := sumOf(path)
	if err != nil || sum != n.SHA256 {
		return nil, false
	}
	return &Result{ID: id, Path: path, Bytes: size, SHA256: sum, From: n.Address, Cached: true}, true
}

// forget removes a file of the cache and its note.
func (c *Client) forget(path string) {
	os.Remove(path + noteEnding)
	os.Remove(path)
}

// rename moves a file of the cache with its note.
func (c *Client) rename(from, to string) error {
	return errors.Join(os.Rename(from, to), os.Rename(from+noteEnding, to+noteEnding))
}

func sumOf(path string) (int64, string, error) {
	f, err := os.Open(path)
	if err != nil {
		return 0, "", err
	}
	defer f.Close()
	h := sha256.New()
	n, err := io.Copy(h, f)
	return n, hex.EncodeToString(h.Sum(nil)), err
}

// atomicWrite writes a file as a whole. The folder is made if it is not there.
func atomicWrite(path string, data []byte) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	return atomicfile.Write(path, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}
