// SPDX-License-Identifier: BSD-3-Clause

package handover

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os/exec"
	"path"
	"runtime"
	"time"
)

// openers show an address in the browser that a person prefers, by operating
// system; the first that is there is taken.
var openers = map[string][][]string{
	"darwin":  {{"open"}},
	"windows": {{"rundll32", "url.dll,FileProtocolHandler"}},
	"":        {{"xdg-open"}, {"gio", "open"}, {"sensible-browser"}, {"x-www-browser"}, {"firefox"}},
}

// errNoBrowser is what Browse tells if nothing shows addresses here.
var errNoBrowser = errors.New("handover: no browser was found")

// Browse shows an address in the browser of the system. It returns at once;
// ended is called, from another goroutine, with what went wrong, or with nil when
// the program that was asked to show it has ended.
func Browse(address string, ended func(error)) {
	all, ok := openers[runtime.GOOS]
	if !ok {
		all = openers[""]
	}
	for _, words := range all {
		program, err := exec.LookPath(words[0])
		if err != nil {
			continue
		}
		if err := Start(program, "", ended, append(words[1:len(words):len(words)], address)...); err != nil {
			go ended(err)
		}
		return
	}
	go ended(errNoBrowser)
}

// Serve has files that lie in memory, by name, at an address of this computer
// that only its own programs reach, as long as this one runs. It returns the
// address, which ends with a slash. Browsers that are kept away from hidden
// folders, as many are, get them so.
func Serve(files map[string][]byte) (address string, err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("handover: %w", err)
	}
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		name := path.Base(q.URL.Path)
		data, ok := files[name]
		if !ok || q.URL.Path != "/"+name {
			http.NotFound(w, q)
			return
		}
		http.ServeContent(w, q, name, time.Time{}, bytes.NewReader(data))
	})}
	go func() { _ = server.Serve(l) }() // until the program ends
	return "http://" + l.Addr().String() + "/", nil
}
