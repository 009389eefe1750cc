// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
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
	"time"

	"difffit/io/atomicfile"
	"difffit/io/filelock"
)

// How patient a fetch is.
const (
	dialTime   = 15 * time.Second // until a connection stands
	answerTime = 60 * time.Second // until the answer begins
	stallTime  = 60 * time.Second // without stallBytes
	stallBytes = 1 << 14
	tries      = 4 // in a row that bring nothing
	reportTime = 100 * time.Millisecond
)

// firstRest is how long it rests before the second try; later ones rest twice
// as long each.
const firstRest = 500 * time.Millisecond

// A source is where a file comes from.
type source struct {
	address string
	asked   string // that led to the address, "" if none did
	content content
}

// get returns a file of the cache, and gets it before if it is not there. If
// another program is getting it, that is waited for.
func (c *Client) get(ctx context.Context, id ID, from source, file string, report func(Progress)) (*Result, error) {
	path, began := filepath.Join(c.Folder, file), time.Now()
	if r, ok := c.cached(id, from.address, path, began); ok {
		return r, nil
	}
	if c.Offline {
		return nil, &UnreachableError{ID: id, Folder: c.Folder, Err: errors.New("is not in the cache, and nobody was to be asked")}
	}
	turn, err := filelock.Wait(ctx, path+lockEnding)
	switch {
	case ctx.Err() != nil:
		return nil, fmt.Errorf("fetch: %v: stopped while another program was fetching it: %w", id, ctx.Err())
	case err != nil:
		return nil, fmt.Errorf("fetch: %v: the cache cannot be written to: %w", id, err)
	}
	defer turn.Release()
	if r, ok := c.cached(id, from.address, path, began); ok { // another has got it meanwhile
		return r, nil
	}
	d := download{c: c, id: id, source: from, path: path, report: report}
	if err := d.run(ctx); err != nil {
		return nil, err
	}
	return d.finish()
}

// A download gets one file.
type download struct {
	source
	c      *Client
	id     ID
	path   string
	report func(Progress)
	note   note
	whole  bool      // it is known that all has come
	anew   int       // how often it was begun anew
	told   time.Time // when report was called last
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
	total, err := d.total(answer, at)
	if err != nil || answer.StatusCode == http.StatusRequestedRangeNotSatisfiable { // all is here already
		return err
	}
	if answer.StatusCode == http.StatusOK {
		at = 0
	}
	if limit := d.content.most; total > limit {
		return fmt.Errorf("fetch: %v: %s would send %d bytes, more than %d", d.id, d.address, total, limit)
	}
	d.note = note{
		Address: d.address, Asked: d.asked, ETag: answer.Header.Get("ETag"), Modified: answer.Header.Get("Last-Modified"), Total: max(0, total),
	}
	// A connection that ends is the end of a file only where nothing else tells it.
	d.whole = total >= 0 || len(answer.TransferEncoding) > 0 || answer.ProtoMajor > 1
	if err := d.note.write(d.part() + noteEnding); err != nil {
		return fmt.Errorf("fetch: cache: %w", err)
	}
	return d.copy(answer.Body, at, cancel)
}

// total returns how many bytes the file has by an answer to a request for those
// from at on; -1 if it does not say.
func (d *download) total(answer *http.Response, at int64) (int64, error) {
	anew := func(format string, args ...any) (int64, error) {
		os.Remove(d.part())
		os.Remove(d.part() + noteEnding)
		d.note = note{Address: d.address}
		err := fmt.Errorf("fetch: %v: "+format, append([]any{d.id}, args...)...)
		if d.anew++; d.anew < tries {
			err = &retryError{err}
		}
		return 0, err
	}
	switch answer.StatusCode {
	case http.StatusOK:
		return answer.ContentLength, nil
	case http.StatusRequestedRangeNotSatisfiable:
		if at > 0 && at == d.note.Total {
			d.whole = true
			return at, nil
		}
		return anew("%s has fewer than %d bytes now", d.address, at)
	case http.StatusPartialContent:
	default:
		return 0, d.refused(answer)
	}
	r := answer.Header.Get("Content-Range")
	from, total, ok := contentRange(r)
	switch {
	case !ok || from != at:
		return anew("asked %s for bytes from %d on, was given %q", d.address, at, r)
	case at > 0 && (!d.sameVersion(answer) || d.note.Total > 0 && total != d.note.Total):
		return anew("%s has another version of the file now", d.address)
	}
	return total, nil
}

// sameVersion tells whether an answer is of the version that was begun with.
func (d *download) sameVersion(answer *http.Response) bool {
	etag, modified := answer.Header.Get("ETag"), answer.Header.Get("Last-Modified")
	return (etag == "" || etag == d.note.ETag) && (modified == "" || modified == d.note.Modified)
}

// contentRange reads where the bytes of a part begin, and how many the whole has
// (RFC 9110, 14.4). A whole of unknown length is not taken.
func contentRange(text string) (from, total int64, ok bool) {
	var to int64
	_, err := fmt.Sscanf(text, "bytes %d-%d/%d", &from, &to, &total)
	return from, total, err == nil && from >= 0 && from <= to && to < total
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
	stall := time.AfterFunc(stallTime, func() { cancel(errors.New("nothing came any more, or next to nothing")) })
	defer stall.Stop()
	buffer := make([]byte, 1<<17)
	for mark := at; ; {
		n, err := body.Read(buffer)
		if n > 0 {
			if _, err := f.Write(buffer[:n]); err != nil {
				return fmt.Errorf("fetch: cache: %w", err)
			}
			at += int64(n)
			d.tell(at, false)
		}
		if at-mark >= stallBytes {
			mark = at
			stall.Reset(stallTime)
		}
		if at > d.content.most {
			return fmt.Errorf("fetch: %v: %s sends more than %d bytes", d.id, d.address, d.content.most)
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
	if err := check(d.part(), d.content, d.whole); err != nil {
		os.Remove(d.part())
		os.Remove(d.part() + noteEnding)
		return nil, fmt.Errorf("fetch: %v: %s sent %w", d.id, d.address, err)
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

// http returns what asks. The proxy of the environment is used.
func (c *Client) http() *http.Client {
	if c.HTTP != nil {
		return c.HTTP
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DialContext = (&net.Dialer{Timeout: dialTime}).DialContext
	transport.ResponseHeaderTimeout = answerTime
	transport.DisableKeepAlives = true
	return &http.Client{Transport: transport, CheckRedirect: follow}
}

// mostRedirects is how many times an address may lead to another.
const mostRedirects = 10

// errRedirect says that an address leads to nowhere.
var errRedirect = errors.New("leads on and on, or to what is no web address")

// follow says which redirections are followed.
func follow(to *http.Request, via []*http.Request) error {
	if len(via) >= mostRedirects || to.URL.Scheme != "https" && to.URL.Scheme != "http" {
		return errRedirect
	}
	return nil
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

// unreachable is the error of a request without an answer. What is no HTTP will
// be none at the next try either.
func (d *download) unreachable(err error) error {
	var why *url.Error // its message would have the address once more
	if errors.As(err, &why) {
		err = why.Err
	}
	var network net.Error
	broken := errors.As(err, &network) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, context.Canceled)
	if !broken {
		return fmt.Errorf("fetch: %v: %s gives no answer that can be understood: %w", d.id, d.address, err)
	}
	e := &UnreachableError{ID: d.id, Host: hostOf(d.address), Folder: d.c.Folder, Err: err}
	var dial *net.OpError
	var name *net.DNSError
	if errors.As(err, &name) || errors.As(err, &dial) && dial.Op == "dial" {
		return e // it will not be otherwise in a moment
	}
	return &retryError{e}
}
