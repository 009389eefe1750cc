// SPDX-License-Identifier: BSD-3-Clause

package filedialog

import (
	"bufio"
	"context"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/godbus/dbus/v5"
)

// A fakePortal answers as the portal of a desktop does, on a bus of its own.
type fakePortal struct {
	conn    *dbus.Conn
	asked   chan map[string]dbus.Variant
	closed  chan dbus.ObjectPath
	answers chan fakeAnswer // given at once; while there is none the person thinks
}

type fakeAnswer struct {
	status  uint32
	results map[string]dbus.Variant
}

func newFakePortal(t *testing.T) *fakePortal {
	t.Helper()
	daemon, err := exec.LookPath("dbus-daemon")
	if err != nil {
		t.Skip("dbus-daemon is not installed")
	}
	cmd := exec.Command(daemon, "--session", "--nofork", "--print-address", "--address=unix:tmpdir="+t.TempDir())
	out, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		cmd.Process.Kill()
		cmd.Wait()
	})
	address, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address = strings.TrimSpace(address)
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", address)
	t.Setenv(Variable, "")
	t.Setenv("DISPLAY", ":0")
	p := &fakePortal{asked: make(chan map[string]dbus.Variant, 9), closed: make(chan dbus.ObjectPath, 9), answers: make(chan fakeAnswer, 1)}
	if p.conn, err = dbus.Connect(address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.conn.Close() })
	for _, face := range []string{chooser, "org.freedesktop.DBus.Properties"} {
		if err := p.conn.Export(p, portalPath, face); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := p.conn.RequestName(portalName, dbus.NameFlagDoNotQueue); err != nil {
		t.Fatal(err)
	}
	return p
}

// Get tells the version.
func (*fakePortal) Get(string, string) (dbus.Variant, *dbus.Error) {
	return dbus.MakeVariant(uint32(4)), nil
}

// OpenFile is asked for files.
func (p *fakePortal) OpenFile(sender dbus.Sender, _, _ string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	name := strings.ReplaceAll(strings.TrimPrefix(string(sender), ":"), ".", "_")
	path := dbus.ObjectPath(portalPath + "/request/" + name + "/" + options["handle_token"].Value().(string))
	select {
	case a := <-p.answers:
		p.conn.Emit(path, requestName+"."+responseName, a.status, a.results)
	default:
		p.conn.Export(&fakeRequest{p, path}, path, requestName)
	}
	p.asked <- options
	return path, nil
}

// SaveFile is asked for the name of one.
func (p *fakePortal) SaveFile(sender dbus.Sender, parent, title string, options map[string]dbus.Variant) (dbus.ObjectPath, *dbus.Error) {
	return p.OpenFile(sender, parent, title, options)
}

type fakeRequest struct {
	p    *fakePortal
	path dbus.ObjectPath
}

// Close notes that the program has lost interest.
func (r *fakeRequest) Close() *dbus.Error {
	r.p.closed <- r.path
	return nil
}

func TestPortalIsAsked(t *testing.T) {
	uris := func(list ...string) map[string]dbus.Variant {
		return map[string]dbus.Variant{"uris": dbus.MakeVariant(list)}
	}
	tests := []struct {
		name    string
		q       Question
		status  uint32
		results map[string]dbus.Variant
		want    []string
		fault   string
		options map[string]string
	}{
		{
			"files",
			Question{Folder: "/data", Multiple: true, Filters: maps},
			0, uris("file:///data/a%20b+c.mrc", "file:///data/%C3%A4.map"),
			[]string{"/data/a b+c.mrc", "/data/ä.map"},
			"",
			map[string]string{
				"multiple": "true", "directory": "false", "current_folder": "@ay [0x2f, 0x64, 0x61, 0x74, 0x61, 0x0]",
				"filters": `@aav [["Maps", [[0, "*.[mM][rR][cC]"], [0, "*.[mM][aA][pP]"]]], ["All files", [[0, "*"]]]]`,
			},
		},
		{"a name", Question{Kind: SaveFile, Name: "x.cif"}, 0, uris("file:///x.cif"), []string{"/x.cif"}, "", map[string]string{"current_name": `"x.cif"`}},
		{"a folder", Question{Kind: OpenFolder, Filters: maps}, 0, uris("file:///data"), []string{"/data"}, "", map[string]string{"directory": "true"}},
		{"cancelled", Question{}, 1, uris(), nil, "", nil},
		{"ended", Question{}, 2, uris(), nil, "ended with 2", nil},
		{"elsewhere", Question{}, 0, uris("https://example.org/a.mrc"), nil, "no file of this machine", nil},
		{"nothing", Question{}, 0, map[string]dbus.Variant{}, nil, "no uris", nil},
	}
	p := newFakePortal(t)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p.answers <- fakeAnswer{tt.status, tt.results}
			d := Find(t.Context())
			if d == nil || d.Name() != "portal" {
				t.Fatalf("found %v, want the portal", d)
			}
			got, err := d.Ask(t.Context(), tt.q)
			if tt.fault == "" && err != nil || tt.fault != "" && (err == nil || !strings.Contains(err.Error(), tt.fault)) {
				t.Errorf("error %v, want %q", err, tt.fault)
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("answer %q, want %q", got, tt.want)
			}
			options := <-p.asked
			for name, want := range tt.options {
				if got := options[name].String(); got != want {
					t.Errorf("option %s is %s, want %s", name, got, want)
				}
			}
		})
	}
}

// A dialog that is no longer wanted is closed.
func TestPortalIsLeft(t *testing.T) {
	p := newFakePortal(t)
	ctx, cancel := context.WithCancel(t.Context())
	d := Find(ctx)
	ended := make(chan error)
	go func() {
		_, err := d.Ask(ctx, Question{})
		ended <- err
	}()
	<-p.asked
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want it cancelled", err)
	}
	if path := <-p.closed; !strings.HasPrefix(string(path), portalPath+"/request/") {
		t.Errorf("closed %s", path)
	}
}

// The portal of a machine is not asked for the screen of another.
func TestPortalOfAnotherScreen(t *testing.T) {
	newFakePortal(t)
	t.Setenv("PATH", "")
	t.Setenv("WAYLAND_DISPLAY", "")
	t.Setenv("DISPLAY", "localhost:10.0")
	if d := Find(t.Context()); d != nil {
		t.Errorf("found %s, want none", d.Name())
	}
}
