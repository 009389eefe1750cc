// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"difffit/io/atomicfile"
	"difffit/io/filelock"
)

// How patient a fetch is.
const (
	dialTime   = 15 * time.Second // until a connection stands
	answerTime = 60 * time.Second // until the answer begins
	stallTime  = 60 * time.Second // without a byte
	tries      = 4                // in a row that bring nothing
	reportTime = 100 * time.Millisecond
)

// firstRest is how long it rests before the second try; later ones rest twice
// as long each.
const firstRest = 500 * time.Millisecond

// get returns a file of the cache, and gets it before if it is not there.
func (c *Client) get(ctx context.Context, id ID, address, file string, report func(Progress)) (*Result, error) {
	path := filepath.Join(c.Folder, file)
	if r, ok := c.cached(id, path); ok {
		return r, nil
	}
	if c.Offline {
		return nil, &UnreachableError{ID: id, Folder: c.Folder, Err: errors.New("is not in the cache, and nobody was to be asked")}
	}
	lock, err := filelock.Lock(path + lockEnding)
	if err != nil {
		return nil, fmt.Errorf("fetch: %v: another program is fetching it, or the cache cannot be written to: %w", id, err)
	}
	defer func() {
		os.Remove(path + lockEnding)
		lock.Close()
	}()
	d := download{c: c, id: id, address: address, path: path, report: report}
	if err := d.run(ctx); err != nil {
		return nil, err
	}
	return d.finish()
}

// A download gets one file.
type download struct {
	c       *Client
	id      ID
	address string
	path    string
	report  func(Progress)
	note    note
	told    time.Time // when report was called last
}

func (d *download) part() string { return d.path + partEnding }

// run gets the file, in as many pieces as it takes: what has come before a
// connection broke is not asked for again.
func (d *download) run(ctx context.Context) error {
	if n, ok := readNote(d.part() + noteEnding); ok && n.Address == d.address && n.validator() != "" {
		d.note = n
	} else {
		os.Remove(d.part())
		d.note = note{Address: d.address}
	}
	first := firstRest
	if d.c.quick {
		first = time.Millisecond
	}
	rest := first
	var err error
	for failed := 0; failed < tries; failed++ {
		before := d.size()
		if err = d.attempt(ctx); err == nil {
			return nil
		}
		var again *retryError
		if ctx.Err() != nil || !errors.As(err, &again) {
			break
		}
		if d.size() > before {
			failed, rest = 0, first
		}
		select {
		case <-time.After(rest):
		case <-ctx.Done():
		}
		rest *= 2
	}
	if ctx.Err() != nil {
		return fmt.Errorf("fetch: %v: stopped; what is here stays, and the next fetch goes on from it: %w", d.id, ctx.Err())
	}
	return err
}

func (d *download) size() int64 {
	if info, err := os.Stat(d.part()); err == nil {
		return info.Size()
	}
	return 0
}

// A retryError is a fault that may be gone at the next try.
type retryError struct{ err error }

func (e *retryError) Error() string { return e.err.Error() }
func (e *retryError) Unwrap() error { return e.err }

// attempt asks once, from where the file ends.
func (d *download) attempt(ctx context.Context) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, d.address, nil)
	if err != nil {
		return fmt.Errorf("fetch: %v: %w", d.id, err)
	}
	at := d.size()
	if d.note.validator() == "" {
		at = 0 // nobody could tell whether what is here is of the same file
	}
	request.Header.Set("User-Agent", d.c.Agent)
	request.Header.Set("Accept-Encoding", "identity") // the file as it lies there
	if at > 0 {
		request.Header.Set("Range", fmt.Sprintf("bytes=%d-", at))
		request.Header.Set("If-Range", d.note.validator())
	}
	answer, err := d.c.http().Do(request)
	if err != nil {
		return d.unreachable(err)
	}
	defer answer.Body.Close()
	switch answer.StatusCode {
	case http.StatusOK:
		at, d.note.Total = 0, 0
	case http.StatusPartialContent:
		if !strings.HasPrefix(answer.Header.Get("Content-Range"), fmt.Sprintf("bytes %d-", at)) {
			os.Remove(d.part())
			return &retryError{fmt.Errorf("fetch: %v: asked %s for bytes from %d on, was given %q", d.id, d.address, at, answer.Header.Get("Content-Range"))}
		}
	case http.StatusRequestedRangeNotSatisfiable:
		if at > 0 && at == d.note.Total {
			return nil
		}
		os.Remove(d.part())
		return &retryError{fmt.Errorf("fetch: %v: %s has fewer than %d bytes now", d.id, d.address, at)}
	default:
		return d.refused(answer)
	}
	d.note = note{
		Address: d.address, ETag: answer.Header.Get("ETag"), Modified: answer.Header.Get("Last-Modified"), Total: d.note.Total,
	}
	if answer.ContentLength >= 0 {
		d.note.Total = at + answer.ContentLength
	}
	if err := d.note.write(d.part() + noteEnding); err != nil {
		return fmt.Errorf("fetch: cache: %w", err)
	}
	return d.copy(answer.Body, at, cancel)
}

// copy adds what comes to the file, which is cut at first.
func (d *download) copy(body io.Reader, at int64, cancel context.CancelCauseFunc) error {
	f, err := os.OpenFile(d.part(), os.O_WRONLY|os.O_CREATE, 0o644)
	if err != nil {
		return fmt.Errorf("fetch: cache: %w", err)
	}
	defer f.Close()
	if err := f.Truncate(at); err != nil {
		return fmt.Errorf("fetch: cache: %w", err)
	}
	if _, err := f.Seek(at, io.SeekStart); err != nil {
		return fmt.Errorf("fetch: cache: %w", err)
	}
	stall := time.AfterFunc(stallTime, func() { cancel(errors.New("nothing came any more")) })
	defer stall.Stop()
	buffer := make([]byte, 1<<17)
	for {
		n, err := body.Read(buffer)
		stall.Reset(stallTime)
		if n > 0 {
			if _, err := f.Write(buffer[:n]); err != nil {
				return fmt.Errorf("fetch: cache: %w", err)
			}
			at += int64(n)
			d.tell(at, false)
		}
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return &retryError{fmt.Errorf("fetch: %v: %s broke off after %d bytes: %w", d.id, hostOf(d.address), at, err)}
		}
	}
	if d.note.Total > 0 && at != d.note.Total {
		return &retryError{fmt.Errorf("fetch: %v: %s sent %d bytes, said %d", d.id, hostOf(d.address), at, d.note.Total)}
	}
	d.tell(at, true)
	return f.Sync()
}

func (d *download) tell(done int64, last bool) {
	if now := time.Now(); last || d.c.quick || now.Sub(d.told) >= reportTime {
		d.told = now
		d.report(Progress{Name: filepath.Base(d.path), Done: done, Total: d.note.Total})
	}
}

// finish takes the part as the file, if it can be.
func (d *download) finish() (*Result, error) {
	size, sum, err := sumOf(d.part())
	if err != nil {
		return nil, fmt.Errorf("fetch: cache: %w", err)
	}
	if page, err := isPage(d.part()); err != nil || page && !strings.HasSuffix(d.path, ".xml") || size == 0 {
		os.Remove(d.part())
		os.Remove(d.part() + noteEnding)
		return nil, fmt.Errorf("fetch: %v: %s sent a web page or nothing, not the file", d.id, d.address)
	}
	n := d.note
	n.Total, n.SHA256, n.Fetched = size, sum, time.Now().UTC().Truncate(time.Second)
	err = errors.Join(atomicfile.Move(d.part(), d.path), n.write(d.path+noteEnding))
	os.Remove(d.part() + noteEnding)
	if err != nil {
		return nil, fmt.Errorf("fetch: cache: %w", err)
	}
	return &Result{ID: d.id, Path: d.path, Bytes: size, SHA256: sum, From: d.address}, nil
}

// isPage tells whether a file begins as HTML and XML do.
func isPage(path string) (bool, error) {
	f, err := os.Open(path)
	if err != nil {
		return false, err
	}
	defer f.Close()
	start := make([]byte, 64)
	n, err := io.ReadFull(f, start)
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) {
		err = nil
	}
	return bytes.HasPrefix(bytes.TrimSpace(start[:n]), []byte("<")), err
}

// http returns what asks. The proxy of the environment is used.
func (c *Client) http() *http.Client {
	if c.HTTP != nil {
		return c.HTTP
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: dialTime}).DialContext
	transport.ResponseHeaderTimeout = answerTime
	transport.DisableKeepAlives = true
	return &http.Client{Transport: transport}
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.Host
	}
	return address
}

// refused is the error of an answer that is none.
func (d *download) refused(answer *http.Response) error {
	status := strconv.Itoa(answer.StatusCode) + " " + http.StatusText(answer.StatusCode)
	switch {
	case answer.StatusCode == http.StatusNotFound || answer.StatusCode == http.StatusGone:
		return &NotFoundError{d.id, d.address}
	case answer.StatusCode == http.StatusTooManyRequests || answer.StatusCode >= 500:
		return &retryError{fmt.Errorf("fetch: %v: %s answers %s; try again later", d.id, hostOf(d.address), status)}
	}
	return fmt.Errorf("fetch: %v: %s answers %s", d.id, d.address, status)
}

// unreachable is the error of a request without an answer.
func (d *download) unreachable(err error) error {
	var why *url.Error // its message would have the address once more
	if errors.As(err, &why) {
		err = why.Err
	}
	e := &UnreachableError{ID: d.id, Host: hostOf(d.address), Folder: d.c.Folder, Err: err}
	var dial *net.OpError
	var name *net.DNSError
	if errors.As(err, &name) || errors.As(err, &dial) && dial.Op == "dial" {
		return e // it will not be otherwise in a moment
	}
	return &retryError{e}
}
