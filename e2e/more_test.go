// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"encoding/json"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestDemo runs the program as make run does without a screen.
func TestDemo(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "window.png")
	p := start(t, newScreen(t, 1500, 950), dir, "--demo", "--screenshot", path, "--exit")
	p.exit()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	// An empty viewport, or a window that was not drawn, has a few colours:
	// letters and lines. The shaded map has hundreds.
	if n := colours(img); n < 300 {
		t.Errorf("the picture has %d colours, want at least 300: is the map in it?", n)
	}
}

// colours counts the different colours of a picture.
func colours(img image.Image) int {
	seen := map[[3]uint32]bool{}
	b := img.Bounds()
	for y := b.Min.Y; y < b.Max.Y; y++ {
		for x := b.Min.X; x < b.Max.X; x++ {
			r, g, bl, _ := img.At(x, y).RGBA()
			seen[[3]uint32{r, g, bl}] = true
		}
	}
	return len(seen)
}

// TestCancel ends a fit while it runs.
func TestCancel(t *testing.T) {
	dir := home(t)
	p := start(t, newScreen(t, 1500, 950), dir, filepath.Join(dir, "map.mrc.gz"), filepath.Join(dir, "parts"))
	p.rest("the files", func(v view) bool { return v.Map != "" && len(v.Names) == 5 })
	p.press("fit")
	p.wait("a running fit", func(v view) bool { return strings.HasPrefix(v.Job, "Fit") })
	p.keys("Escape")
	asked := time.Now()
	v := p.wait("the end of the fit", func(v view) bool { return v.Job == "" })
	if took := time.Since(asked); took > 2*time.Second { // half a second is promised; the machine may be loaded
		t.Errorf("the fit ended %v after cancel", took)
	}
	if !strings.Contains(v.Status, "cancel") && !strings.Contains(v.Status, "Round 1") {
		t.Errorf("the status says %q, want that it was cancelled", v.Status)
	}
	p.press("fit")
	p.rest("a whole fit after it", func(v view) bool { return v.Rounds > 0 && v.Rows >= 5 })
}

// TestCrash kills the program and finds its work again.
func TestCrash(t *testing.T) {
	dir := home(t)
	s := newScreen(t, 1500, 950)
	p := start(t, s, dir, filepath.Join(dir, "map.mrc.gz"), filepath.Join(dir, "parts"))
	p.rest("the files", func(v view) bool { return v.Map != "" && len(v.Names) == 5 })
	p.press("fit")
	before := p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil })
	p.wait("the round in an autosave", func(view) bool { return savedRounds(dir) == 1 })
	p.kill()

	p = start(t, s, dir)
	p.press("restore")
	p.rest("the work of before", func(v view) bool {
		return v.Map == before.Map && v.Rounds == 1 && v.Rows == before.Rows && len(v.Names) == 5 && v.Drawn
	})
	p.shot("restored")
}

// TestTerminated ends the program as Ctrl+C in a terminal does, while it draws:
// in order, and with nothing lost.
func TestTerminated(t *testing.T) {
	dir := home(t)
	s := newScreen(t, 1500, 950)
	p := start(t, s, dir, filepath.Join(dir, "map.mrc.gz"), filepath.Join(dir, "parts"))
	p.rest("the files", func(v view) bool { return v.Map != "" && len(v.Names) == 5 })
	p.press("fit")
	before := p.rest("a round", func(v view) bool { return v.Rounds == 1 && v.Selected != nil })
	p.keys("Down") // another picture
	if err := p.process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	var exit *exec.ExitError
	if err := p.end(); !errors.As(err, &exit) || exit.ExitCode() != 130 {
		t.Fatalf("the program ended with %v, want exit code 130; it said\n%s", err, p.said)
	}
	p = start(t, s, dir)
	p.press("restore")
	p.rest("the work of before", func(v view) bool { return v.Rounds == 1 && v.Rows == before.Rows && v.Drawn })
}

// savedRounds returns how many rounds the autosave of the only window has.
func savedRounds(home string) int {
	found, err := filepath.Glob(filepath.Join(home, ".config", "difffit", "autosave", "*.difffit"))
	if err != nil || len(found) != 1 {
		return 0
	}
	text, err := os.ReadFile(found[0])
	if err != nil {
		return 0
	}
	var session struct{ Rounds []json.RawMessage }
	if err := json.Unmarshal(text, &session); err != nil {
		return 0
	}
	return len(session.Rounds)
}

// TestSmallAndLight shows everything in the smallest window and in both looks.
func TestSmallAndLight(t *testing.T) {
	dir := home(t)
	const width, height = 1024, 700
	p := start(t, newScreen(t, width, height), dir, "--demo")
	p.rest("the demo", func(v view) bool { return v.Rounds == 1 && v.Drawn })
	p.do("xdotool", "windowsize", p.window, fmt.Sprint(width), fmt.Sprint(height))
	v := p.rest("the small window", func(v view) bool {
		at := v.Places["help"]
		return at != [4]int{} && at[0]+at[2] <= width && v.Drawn
	})
	for name, at := range v.Places {
		if at[0] < 0 || at[1] < 0 || at[0]+at[2] > width || at[1]+at[3] > height {
			t.Errorf("%s at %v is not within %d×%d", name, at, width, height)
		}
	}
	at := v.Places["tabs"]
	x, y := p.x+at[0]+at[2]-30, p.y+at[1]+at[3]/2 // the ground of a panel
	before := p.bright(x, y)
	p.shot("first_look")
	p.press("appearance")
	p.wait("the other look", func(v view) bool { return v.Drawn && p.bright(x, y) != before })
	p.shot("other_look")
}

// TestFaults opens what cannot be opened: the window says so and stays.
func TestFaults(t *testing.T) {
	dir := home(t)
	if err := os.WriteFile(filepath.Join(dir, "broken.mrc"), []byte("no map"), 0o644); err != nil {
		t.Fatal(err)
	}
	p := start(t, newScreen(t, 1500, 950), dir)
	p.press("open")
	p.answer("open.path", filepath.Join(dir, "missing.cif"))
	p.rest("the question still, with the path", func(v view) bool { return v.Dialogs == 1 && v.Places["open.path"] != [4]int{} })
	p.shot("missing")
	p.keys("Escape")
	p.rest("no question", func(v view) bool { return v.Dialogs == 0 })
	p.press("open")
	p.answer("open.path", filepath.Join(dir, "broken.mrc"))
	p.rest("a dialog about it", func(v view) bool { return v.Dialogs == 1 && strings.Contains(v.Status, "broken.mrc") })
	p.shot("broken")
	p.keys("Return")
	p.rest("the dialog closed", func(v view) bool { return v.Dialogs == 0 })
}
