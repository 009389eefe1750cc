// SPDX-License-Identifier: BSD-3-Clause

package filedialog

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/godbus/dbus/v5"
)

// The names of the portal, from its documentation: "File Chooser" and "Request"
// of the XDG Desktop Portal.
const (
	portalName    = "org.freedesktop.portal.Desktop"
	portalPath    = "/org/freedesktop/portal/desktop"
	chooser       = "org.freedesktop.portal.FileChooser"
	requestName   = "org.freedesktop.portal.Request"
	responseName  = "Response"
	portalWaits   = 3 * time.Second // for the service to begin and to answer
	portalChosen  = 0
	portalStopped = 1
)

// A portal asks with the dialog that the desktop gives to all programs, those
// in sandboxes included.
type portal struct{ address string }

// busAddress returns the address of the bus of the session, "" if there is none.
// None is started, as the library would. Nor is it taken where the window is on
// the screen of another machine: the dialog would appear on this one's.
func busAddress() string {
	if host, _, ok := strings.Cut(os.Getenv("DISPLAY"), ":"); ok && host != "" && host != "unix" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return ""
	}
	if a := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); a != "" && !strings.HasPrefix(a, "autolaunch:") {
		return a
	}
	if folder := os.Getenv("XDG_RUNTIME_DIR"); folder != "" {
		if path := filepath.Join(folder, "bus"); exists(path) {
			return "unix:path=" + path
		}
	}
	return ""
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// findPortal returns the portal if there is one that has dialogs of files.
func findPortal(ctx context.Context) Dialog {
	address := busAddress()
	if address == "" {
		return nil
	}
	conn, err := dbus.Connect(address)
	if err != nil {
		return nil
	}
	defer conn.Close()
	ctx, cancel := context.WithTimeout(ctx, portalWaits)
	defer cancel()
	call := conn.Object(portalName, portalPath).CallWithContext(ctx, "org.freedesktop.DBus.Properties.Get", 0, chooser, "version")
	if call.Err != nil {
		return nil
	}
	return &portal{address}
}

// Name names the portal.
func (*portal) Name() string { return "portal" }

// Ask calls the portal, and waits for its signal with the answer.
func (p *portal) Ask(ctx context.Context, q Question) ([]string, error) {
	conn, err := dbus.Connect(p.address)
	if err != nil {
		return nil, fmt.Errorf("filedialog: portal: %w", err)
	}
	defer conn.Close()
	token := "difffit" + rand.Text()
	sender := strings.ReplaceAll(strings.TrimPrefix(conn.Names()[0], ":"), ".", "_")
	handle := dbus.ObjectPath(portalPath + "/request/" + sender + "/" + token)
	signals := make(chan *dbus.Signal, 8)
	conn.Signal(signals) // before the call: the answer may be there before it returns
	if err := conn.AddMatchSignal(dbus.WithMatchInterface(requestName), dbus.WithMatchMember(responseName)); err != nil {
		return nil, fmt.Errorf("filedialog: portal: %w", err)
	}
	method, options := q.forPortal(token)
	given := handle
	err = conn.Object(portalName, portalPath).CallWithContext(ctx, chooser+"."+method, 0, q.Parent, q.Title, options).Store(&given)
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("filedialog: portal: %s: %w", method, err)
	}
	for {
		select {
		case <-ctx.Done():
			// Waited for: what is on its way when a connection ends is lost.
			end, cancel := context.WithTimeout(context.WithoutCancel(ctx), portalWaits)
			defer cancel()
			_ = conn.Object(portalName, given).CallWithContext(end, requestName+".Close", 0).Err // a dialog that is gone is closed
			return nil, fmt.Errorf("filedialog: portal: %w", ctx.Err())
		case s, ok := <-signals:
			switch {
			case !ok:
				return nil, errors.New("filedialog: portal: the bus has ended")
			case s.Path == handle || s.Path == given:
				return answer(s.Body)
			}
		}
	}
}

// forPortal returns the method and the options of a question.
func (q Question) forPortal(token string) (string, map[string]dbus.Variant) {
	type rule struct {
		Kind    uint32 // 0: a pattern
		Pattern string
	}
	type filter struct {
		Name  string
		Rules []rule
	}
	options := map[string]dbus.Variant{"handle_token": dbus.MakeVariant(token), "modal": dbus.MakeVariant(true)}
	var filters []filter
	for _, f := range q.Filters {
		g := filter{Name: f.Name}
		for _, p := range f.Patterns {
			g.Rules = append(g.Rules, rule{0, folded(p)})
		}
		filters = append(filters, g)
	}
	if len(filters) > 0 && q.Kind != OpenFolder {
		options["filters"], options["current_filter"] = dbus.MakeVariant(filters), dbus.MakeVariant(filters[0])
	}
	if q.Folder != "" {
		options["current_folder"] = dbus.MakeVariant(append([]byte(q.Folder), 0))
	}
	if q.Kind == SaveFile {
		options["current_name"] = dbus.MakeVariant(q.Name)
		return "SaveFile", options
	}
	options["multiple"], options["directory"] = dbus.MakeVariant(q.Multiple), dbus.MakeVariant(q.Kind == OpenFolder)
	return "OpenFile", options
}

// answer reads the body of the signal: a number that tells how it went, and what
// was chosen.
func answer(body []any) ([]string, error) {
	var status uint32
	var results map[string]dbus.Variant
	if err := dbus.Store(body, &status, &results); err != nil {
		return nil, fmt.Errorf("filedialog: portal: answer: %w", err)
	}
	switch status {
	case portalChosen:
	case portalStopped:
		return nil, nil
	default:
		return nil, fmt.Errorf("filedialog: portal: the dialog ended with %d, want 0 or 1", status)
	}
	uris, ok := results["uris"].Value().([]string)
	if !ok {
		return nil, fmt.Errorf("filedialog: portal: answer has no uris, but %v", results)
	}
	var paths []string
	for _, uri := range uris {
		u, err := url.Parse(uri)
		if err != nil || u.Scheme != "file" || u.Path == "" {
			return nil, fmt.Errorf("filedialog: portal: %q is no file of this machine", uri)
		}
		paths = append(paths, filepath.FromSlash(u.Path))
	}
	return paths, nil
}
