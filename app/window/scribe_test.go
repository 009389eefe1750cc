// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"bytes"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/widget"

	"difffit/app/command"
	"difffit/app/document"
	"difffit/app/export"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/internal/testdata"
	"difffit/io/mrc"
)

// The log is a script: run by a shell, its commands find what the window found,
// in the whole map to the last digit of fits.csv, and then in what is left of it.
func TestLogIsAScript(t *testing.T) {
	folder := testdata.Shared(t, "emd2566_3j6b_chain9")
	b := newBench(t, cpu.New())
	// A path that a shell would take apart, were it not quoted.
	odd := filepath.Join(t.TempDir(), "it's a map & more")
	b.must(os.Mkdir(odd, 0o700))
	var paths []string
	for _, pattern := range []string{"*.mrc*", "*.ccp4*", "*.map*", "start_*"} {
		found, err := filepath.Glob(filepath.Join(folder, pattern))
		b.must(err)
		for _, p := range found {
			data, err := os.ReadFile(p)
			b.must(err)
			to := filepath.Join(odd, filepath.Base(p))
			b.must(os.WriteFile(to, data, 0o600))
			paths = append(paths, to)
		}
	}
	b.files.Open(paths[:2])
	b.idle()
	b.must(b.Doc.SetOptions("Fewer starts", func() fitting.Options {
		o := b.Doc.State().Options
		o.Starts, o.Seed = 600, 18446744073709551615
		return o
	}()))
	b.compose.Fit()
	b.idle()
	b.table.Accept()
	// To the contour, nothing would be left of this map.
	b.compose.Panel.Named()["compose.mode"].(*widget.Select).SetSelectedIndex(1)
	b.compose.ZeroOut()
	b.idle()
	b.compose.Fit()
	b.idle()

	s := b.Doc.State()
	if len(s.Rounds) != 2 || len(s.Layers) != 1 {
		t.Fatalf("%d rounds, %d layers; status %q", len(s.Rounds), len(s.Layers), b.Status.Text)
	}
	t.Chdir(t.TempDir())
	runScript(t, b.Log.Text())
	got, err := os.ReadFile("round_1/fits.csv")
	b.must(err)
	if want := tableOf(t, s, 0); string(got) != want {
		t.Errorf("round 1 of the script:\n%s\nof the window:\n%s", got, want)
	}
	if _, err := os.Stat("round_2/fits.csv"); err != nil {
		t.Error(err)
	}
	// Coordinates in files are rounded, so voxels at the rim of what is zeroed differ.
	file, err := os.Open("remaining_1.mrc")
	b.must(err)
	defer file.Close()
	left, err := mrc.Decode(file, mrc.Options{})
	b.must(err)
	want, differ := b.Targets.Of(s).Grid(), 0
	for i, v := range left.Grid.Data {
		if v != want.Data[i] {
			differ++
		}
	}
	if most := s.Layers[0].Cut.Voxels / 1000; differ > most {
		t.Errorf("of what is left %d voxels differ, want %d at most", differ, most)
	}
}

// tableOf returns fits.csv of the i-th round, as the window exports it.
func tableOf(t *testing.T, s document.State, i int) string {
	t.Helper()
	var b bytes.Buffer
	if err := export.Fits(s, s.Rounds[i], 0).CSV(&b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// runScript runs the commands of a script as a shell reads them.
func runScript(t *testing.T, script string) {
	t.Helper()
	const words = `difffit() { for a; do printf '%s\0' "$a"; done; printf '\n\0'; }` + "\n"
	out, err := exec.Command("sh", "-euc", words+script).Output()
	if err != nil {
		t.Fatalf("the log is no script: %v\n%s", err, script)
	}
	var args []string
	ran := 0
	for _, word := range strings.Split(strings.TrimSuffix(string(out), "\x00"), "\x00") {
		if word != "\n" {
			args = append(args, word)
			continue
		}
		program := command.Program{Name: "difffit", Engines: []fitting.Engine{cpu.New()}}
		var said bytes.Buffer
		if code := command.Main(t.Context(), args, nil, io.Discard, &said, program); code != 0 {
			t.Fatalf("difffit %q ends with %d: %s", args, code, said.String())
		}
		ran, args = ran+1, nil
	}
	if ran != 3 {
		t.Errorf("%d commands in\n%s", ran, script)
	}
}
