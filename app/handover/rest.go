// SPDX-License-Identifier: BSD-3-Clause

package handover

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// UsualPort is the port on which ChimeraX is looked for if nobody says another.
const UsualPort = 60958

// ErrNobody is what errors wrap if nothing listens at a port, or something that
// is no ChimeraX.
var ErrNobody = errors.New("no ChimeraX listens there")

// mostAnswer is how much of an answer is read, in bytes.
const mostAnswer = 1 << 20

// A Rest is a ChimeraX that was told "remotecontrol rest start port N": see the
// command remotecontrol in its user guide. It listens to this computer only.
type Rest struct{ Port int }

// run sends commands, which ChimeraX carries out in their order, and returns
// what its log says.
func (r Rest) run(ctx context.Context, wait time.Duration, commands ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	form := url.Values{"command": commands}.Encode()
	at := "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(r.Port)) + "/run"
	q, err := http.NewRequestWithContext(ctx, http.MethodPost, at, bytes.NewReader([]byte(form)))
	if err != nil {
		return "", err
	}
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := (&http.Client{Transport: &http.Transport{Proxy: nil}}).Do(q)
	if err != nil {
		return "", fmt.Errorf("handover: port %d: %w", r.Port, err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		return "", fmt.Errorf("handover: port %d: %w", r.Port, err)
	}
	if answer.StatusCode != http.StatusOK {
		return "", fmt.Errorf("handover: port %d: %s", r.Port, answer.Status)
	}
	return string(text), nil
}

// askWait is how long an answer to a question is waited for; openWait for files.
const (
	askWait  = 3 * time.Second
	openWait = 2 * time.Minute
)

// Taken asks for the numbers of the models that are open. The error wraps
// ErrNobody if there is no ChimeraX.
func (r Rest) Taken(ctx context.Context) ([]int, error) {
	text, err := r.run(ctx, askWait, "version")
	if err != nil || !strings.Contains(text, "ChimeraX") {
		if ctx.Err() != nil {
			return nil, err
		}
		return nil, fmt.Errorf("handover: port %d: %w", r.Port, ErrNobody)
	}
	if text, err = r.run(ctx, askWait, "info models"); err != nil {
		return nil, err
	}
	var taken []int
	for _, m := range modelNumber.FindAllStringSubmatch(text, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			taken = append(taken, n)
		}
	}
	return taken, nil
}

// modelNumber finds the number of a model, not of a part of one, in what the
// command "info models" says.
var modelNumber = regexp.MustCompile(`model id #?(\d+)\b`)

// Open opens a file, such as a script, and returns what the log says.
func (r Rest) Open(ctx context.Context, path string) (string, error) {
	if strings.ContainsAny(path, "\"\n\r") {
		return "", fmt.Errorf("handover: %q has a quote or a line break, which a ChimeraX command cannot hold", path)
	}
	return r.run(ctx, openWait, `open "`+path+`"`)
}
