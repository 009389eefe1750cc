// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"difffit/app/filedialog"
	"difffit/app/probe"

	// So that go test knows that this package depends on the window, and does
	// not take an old result for a new program.
	_ "difffit/app/window"
	"difffit/internal/testdata"
)

// patience is how long anything may take on a slow machine with software
// OpenGL; it is not how long a test takes.
const patience = 60 * time.Second

// view is what the program tells about its window.
type view struct{ probe.State }

// cluster is a row of the table.
type cluster = probe.Cluster

// A program is a running window.
type program struct {
	*screen
	t     *testing.T
	state string // path of the file with its view
	x, y  int    // of the window's inside on the screen
	ended chan error
	said  *bytes.Buffer
	// window is its number on the screen.
	window  string
	stop    func() error
	process *os.Process
}

// binary builds the program once for all tests, with what tells its state.
var binary = sync.OnceValues(func() (string, error) {
	root, err := filepath.Abs("..")
	if err != nil {
		return "", err
	}
	path := filepath.Join(root, "bin", "difffit-e2e")
	cmd := exec.Command("go", "build", "-tags", "e2e", "-o", path, ".")
	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}
	return path, nil
})

// start runs the program with an empty home, or with the one of an earlier run.
func start(t *testing.T, s *screen, home string, args ...string) *program {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	p := &program{screen: s, t: t, state: filepath.Join(t.TempDir(), "state.json"), ended: make(chan error, 1), said: &bytes.Buffer{}}
	cmd := exec.Command(path, args...)
	cmd.Dir = home
	cmd.Env = []string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_CONFIG_HOME=" + filepath.Join(home, ".config"),
		"DISPLAY=" + s.display, "FYNE_SCALE=1", "LANG=en_US.UTF-8", "LIBGL_ALWAYS_SOFTWARE=1", filedialog.Variable + "=own", probe.Variable + "=" + p.state,
		"MALLOC_PERTURB_=170", // fills what C has freed, so that its use shows at once
	}
	cmd.Stdout, cmd.Stderr = p.said, p.said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	p.stop, p.process = cmd.Process.Kill, cmd.Process
	done := make(chan struct{})
	go func() {
		p.ended <- cmd.Wait()
		close(done)
	}()
	t.Cleanup(func() {
		_ = p.stop() // unless it has ended
		<-done
		if t.Failed() {
			t.Logf("the program said:\n%s", p.said)
		}
	})
	p.wait("the window", func(v view) bool { return v.Places["open"] != [4]int{} })
	p.locate()
	return p
}

// locate finds the window on the screen and gives it the keyboard, which no
// window manager does here.
func (p *program) locate() {
	p.t.Helper()
	p.window, _, _ = strings.Cut(p.do("xdotool", "search", "--onlyvisible", "--name", "DiffFit"), "\n")
	for line := range strings.Lines(p.do("xdotool", "getwindowgeometry", "--shell", p.window)) {
		key, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		n, _ := strconv.Atoi(value)
		switch key {
		case "X":
			p.x = n
		case "Y":
			p.y = n
		}
	}
	p.do("xdotool", "windowfocus", "--sync", p.window)
}

// wait polls the view until ok, and returns it. It fails the test if that
// takes too long or the program ends.
func (p *program) wait(what string, ok func(view) bool) view {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	var v view
	for {
		if text, err := os.ReadFile(p.state); err == nil {
			v = view{}
			if err := json.Unmarshal(text, &v); err != nil {
				p.t.Fatalf("waiting for %s: %v", what, err)
			}
			if ok(v) {
				return v
			}
		} else if !errors.Is(err, os.ErrNotExist) {
			p.t.Fatal(err)
		}
		select {
		case <-tick.C:
		case err := <-p.ended:
			p.ended <- err
			p.t.Fatalf("waiting for %s: the program ended (%v)", what, err)
		case <-ctx.Done():
			text, _ := json.MarshalIndent(v, "", " ")
			p.shot("failed")
			p.t.Fatalf("waited %v for %s; the window says\n%s", patience, what, text)
		}
	}
}

// rest waits until nothing runs and all is drawn, and ok.
func (p *program) rest(what string, ok func(view) bool) view {
	p.t.Helper()
	return p.wait(what, func(v view) bool { return !v.Busy && ok(v) })
}

// press clicks the middle of a widget, once it is there.
func (p *program) press(name string) {
	p.t.Helper()
	v := p.wait(name, func(v view) bool { return v.Places[name] != [4]int{} && !contains(v.Disabled, name) })
	at := v.Places[name]
	p.click(p.x+at[0]+at[2]/2, p.y+at[1]+at[3]/2)
}

// column clicks the header of a column of the table.
func (p *program) column(title string) {
	p.t.Helper()
	v := p.wait("column "+title, func(v view) bool { return v.Columns[title] != [4]int{} })
	at := v.Columns[title]
	p.click(p.x+at[0]+at[2]/2, p.y+at[1]+at[3]/2)
}

// answer types a path into the field of a dialog and presses Return. What the
// field suggests is replaced.
func (p *program) answer(field, path string) {
	p.t.Helper()
	p.wait(field, func(v view) bool { return v.Places[field] != [4]int{} && v.Dialogs > 0 && v.Path != nil })
	p.keys("ctrl+a")
	p.typed(path)
	p.wait(path+" in the field", func(v view) bool { return v.Path != nil && *v.Path == path })
	p.keys("Return")
}

// exit waits until the program has ended, which it must without a fault.
func (p *program) exit() {
	p.t.Helper()
	if err := p.end(); err != nil {
		p.t.Fatalf("the program ended with %v", err)
	}
}

// end waits until the program has ended, and returns how.
func (p *program) end() error {
	p.t.Helper()
	select {
	case err := <-p.ended:
		p.ended <- err
		return err
	case <-time.After(patience):
		p.t.Fatalf("the program has not ended after %v", patience)
		return nil
	}
}

// kill ends the program as a crash does.
func (p *program) kill() {
	p.t.Helper()
	if err := p.stop(); err != nil {
		p.t.Fatal(err)
	}
	p.ended <- <-p.ended
}

func contains(list []string, s string) bool {
	for _, l := range list {
		if l == s {
			return true
		}
	}
	return false
}

// home makes an empty home folder with the files of the demo in it: the map
// at map.mrc.gz, the structures in the folder parts.
func home(t *testing.T) string {
	t.Helper()
	dir, from := t.TempDir(), filepath.Join(testdata.Root(t), "assets", "demo")
	if err := os.Mkdir(filepath.Join(dir, "parts"), 0o755); err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(from, "*.gz"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no demo in %s (%v)", from, err)
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		to := filepath.Join(dir, "parts", filepath.Base(f))
		if strings.Contains(f, ".mrc") {
			to = filepath.Join(dir, "map.mrc.gz")
		}
		if err := os.WriteFile(to, data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// tableOfAll has a window of a home begin with all rows and columns of the table,
// the sliders above it, and a dock that is wide enough for them.
func tableOfAll(t *testing.T, home string) {
	t.Helper()
	dir := filepath.Join(home, ".config", "fyne", "org.difffit.DiffFit")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	kept := `{"table.folding":"none","table.merging":true,"window.dock":900,"table.columns":["order","verdict","structure","hits","score",` +
		`"significance_z","null_z","density","overlap","correlation","correlation_about_mean","inside","map_correlation_whole","note"]}`
	if err := os.WriteFile(filepath.Join(dir, "preferences.json"), []byte(kept), 0o600); err != nil {
		t.Fatal(err)
	}
}

// Heights of the table's rows in pixels.
const (
	headerHeight = 26
	rowHeight    = 24
)

// row clicks a row of the table that is not scrolled, from 0.
func (p *program) row(i int) {
	p.t.Helper()
	v := p.rest("the table", func(v view) bool { return v.Rows > i })
	p.click(p.inRow(v, i))
}

// inRow returns a point of a row of the table: in the name of the structure, beside
// swatch, eye and the sign of what is folded.
func (p *program) inRow(v view, i int) (x, y int) {
	name := v.Columns["Structure"]
	return p.x + name[0] + name[2]*4/5, p.y + v.Places["table"][1] + headerHeight + i*rowHeight + rowHeight/2
}
