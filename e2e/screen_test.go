// SPDX-License-Identifier: BSD-3-Clause

package e2e

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"difffit/internal/testdata"
)

// needs skips the test where one of the tools is not installed, and fails it
// if DIFFFIT_REQUIRE_WINDOW is set, as make test does.
func needs(t *testing.T, tools ...string) {
	t.Helper()
	for _, tool := range tools {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("DIFFFIT_REQUIRE_WINDOW") != "" {
				t.Fatalf("%v; scripts/deps.sh test installs it", err)
			}
			t.Skipf("%v; scripts/deps.sh test installs it", err)
		}
	}
}

// A screen is a virtual X server that lives as long as the test.
type screen struct {
	t       *testing.T
	display string
	shots   *int // taken so far
}

// newScreen starts a server on a free display number.
func newScreen(t *testing.T, width, height int) *screen {
	t.Helper()
	needs(t, "Xvfb", "xdotool", "import")
	r, w, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	cmd := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", fmt.Sprintf("%dx%dx24", width, height),
		"-nolisten", "tcp", "-noreset")
	cmd.ExtraFiles = []*os.File{w}
	err = cmd.Start()
	w.Close()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	if err := r.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(r).ReadString('\n')
	if err != nil {
		t.Fatalf("Xvfb did not say its display: %v", err)
	}
	return &screen{t: t, display: ":" + strings.TrimSpace(number), shots: new(int)}
}

// do runs a tool on the screen and returns what it prints.
func (s *screen) do(name string, args ...string) string {
	s.t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Env = append(os.Environ(), "DISPLAY="+s.display)
	out, err := cmd.CombinedOutput()
	if err != nil {
		s.t.Fatalf("%s %s: %v\n%s", name, strings.Join(args, " "), err, out)
	}
	return strings.TrimSpace(string(out))
}

// shot keeps a picture of the screen in out/e2e, numbered in order.
func (s *screen) shot(name string) {
	s.t.Helper()
	dir := filepath.Join(testdata.Root(s.t), "out", "e2e")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		s.t.Fatal(err)
	}
	*s.shots++
	test, _, _ := strings.Cut(s.t.Name(), "/")
	s.still(filepath.Join(dir, fmt.Sprintf("%s_%02d_%s.png", test, *s.shots, strings.ReplaceAll(name, " ", "_"))))
}

// still writes a picture of the screen to path, once it stands still: a window is
// drawn a little after it knows what to show.
func (s *screen) still(path string) {
	s.t.Helper()
	var last []byte
	for range 20 { // a cursor may blink for ever
		s.do("import", "-window", "root", "-strip", path)
		now, err := os.ReadFile(path)
		if err != nil {
			s.t.Fatal(err)
		}
		if bytes.Equal(now, last) {
			return
		}
		last = now
	}
}

// bright tells whether a point of the screen is nearer to white than to black.
func (s *screen) bright(x, y int) bool {
	s.t.Helper()
	text := s.do("import", "-window", "root", "-crop", fmt.Sprintf("1x1+%d+%d", x, y), "-format", "%[fx:intensity]", "info:")
	value, err := strconv.ParseFloat(text, 64)
	if err != nil {
		s.t.Fatalf("brightness of a point: %v", err)
	}
	return value > 0.5
}

// click presses a mouse button at a point of the screen.
func (s *screen) click(x, y int) {
	s.t.Helper()
	s.do("xdotool", "mousemove", fmt.Sprint(x), fmt.Sprint(y), "click", "1")
}

// keys presses keys by their X names: "ctrl+z", "Down".
func (s *screen) keys(names ...string) {
	s.t.Helper()
	s.do("xdotool", append([]string{"key", "--clearmodifiers"}, names...)...)
}

// typed types text.
func (s *screen) typed(text string) {
	s.t.Helper()
	s.do("xdotool", "type", "--clearmodifiers", "--delay", "4", text)
}
