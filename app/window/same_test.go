// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"difffit/app/command"
	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/session"
	"difffit/assets"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/internal/testdata"
)

// demoIn writes the files of the demo into a folder: a map, and five chains.
func (b *bench) demoIn(folder string) (density string, chains []string) {
	b.t.Helper()
	m, structures := assets.Demo()
	for _, f := range append([]assets.DemoFile{m}, structures...) {
		path := filepath.Join(folder, f.Name)
		b.must(os.WriteFile(path, f.Data, 0o600))
		chains = append(chains, path)
	}
	return chains[0], chains[1:]
}

// csv returns the table of a round, as export writes it.
func csv(t *testing.T, s document.State, number int) string {
	t.Helper()
	var out bytes.Buffer
	if err := export.Fits(s, s.Round(number), 0).CSV(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// commanded runs a command and returns a file that it leaves in a new folder.
func commanded(t *testing.T, engine fitting.Engine, file string, args ...string) (path string) {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	var said, errs bytes.Buffer
	program := command.Program{Name: "difffit", Engines: []fitting.Engine{engine}}
	if code := command.Main(t.Context(), append(args, "--out", out, "--quiet"), strings.NewReader(""), &said, &errs, program); code != 0 {
		t.Fatalf("%v: exit code %d: %s", args, code, errs.String())
	}
	return filepath.Join(out, file)
}

// same reports where two tables begin to differ.
func same(t *testing.T, window, command string) {
	t.Helper()
	if window == command {
		if n := strings.Count(window, "\n"); n < 2 {
			t.Errorf("both tables have %d lines: nothing is compared", n)
		}
		return
	}
	a, b := strings.Split(window, "\n"), strings.Split(command, "\n")
	for i := range a {
		if i >= len(b) || a[i] != b[i] {
			t.Fatalf("%d and %d lines; line %d is in the window\n%s\nof the command\n%s", len(a), len(b), i+1, a[i], strings.Join(b[min(i, len(b)):min(i+1, len(b))], ""))
		}
	}
	t.Fatalf("%d and %d lines", len(a), len(b))
}

// The window and the command are two faces of one thing: what they find for one
// structure, for five and for a library is the same to the last byte.
func TestWindowAndCommandFindTheSame(t *testing.T) {
	engine := cpu.New()
	for _, tt := range []struct {
		name  string
		files func(b *bench) (density string, structures []string)
	}{
		{"one structure", func(b *bench) (string, []string) {
			density, chains := b.demoIn(b.data)
			return density, chains[:1]
		}},
		{"five structures", func(b *bench) (string, []string) { return b.demoIn(b.data) }},
		{"a library", func(b *bench) (string, []string) {
			folder := testdata.Shared(t, "domainfit_density2")
			library, err := filepath.Glob(filepath.Join(testdata.Shared(t, "library"), "alphafold_domains", "*.pdb.gz"))
			b.must(err)
			density, err := filepath.Glob(filepath.Join(folder, "*.mrc*"))
			b.must(err)
			if len(library) < 40 || len(density) != 1 {
				t.Fatalf("%d structures and %d maps in %s", len(library), len(density), folder)
			}
			return density[0], append(library[:38:38], filepath.Join(folder, "start_I7M317_D1.pdb.gz"))
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			b := newBench(t, engine)
			density, structures := tt.files(b)
			b.files.Dropped(append([]string{density}, structures...))
			b.idle()
			test.Tap(b.tools.fit)
			b.idle()
			s := b.Doc.State()
			if len(s.Rounds) != 1 {
				t.Fatalf("%d rounds; status %q, says %q", len(s.Rounds), b.Status.Text, b.said())
			}
			file, err := os.ReadFile(commanded(t, engine, "fits.csv", append([]string{"fit", "--top", "0", density}, structures...)...))
			b.must(err)
			same(t, csv(t, s, 1), string(file))
		})
	}
}

// A composite of the window, which a person would confirm, is that of the
// command.
func TestWindowAndCommandComposeTheSame(t *testing.T) {
	engine := cpu.New()
	b := newBench(t, engine)
	density, chains := b.demoIn(b.data)
	b.files.Dropped(append([]string{density}, chains...))
	b.idle()
	args := []string{"composite", density}
	for i, t := range b.Doc.State().Structures {
		b.must(b.Doc.SetCopies(t.ID, 1))
		args = append(args, chains[i]+"=1")
	}
	b.compose.CompleteComposite()
	b.idle()
	s := b.Doc.State()
	if len(s.Rounds) != 1 || len(s.Proposals()) != 5 {
		t.Fatalf("%d rounds, %d proposals; status %q, says %q", len(s.Rounds), len(s.Proposals()), b.Status.Text, b.said())
	}
	other, err := session.Open(t.Context(), commanded(t, engine, "session.difffit", args...), session.Files{})
	b.must(err)
	same(t, csv(t, s, 1), csv(t, other, 2))
}

// Rounds in what was left of a map are those of the command too: export writes
// the table that the window has, and replay finds all of it again.
func TestWindowAndCommandAgreeAfterZeroing(t *testing.T) {
	engine := cpu.New()
	b := newBench(t, engine)
	density, chains := b.demoIn(b.data)
	b.files.Dropped(append([]string{density}, chains[:3]...))
	b.idle()
	test.Tap(b.tools.fit)
	b.idle()
	b.table.Accept()
	b.compose.FitNext()
	b.until("the next fit has ended", func() bool { return len(b.Doc.State().Rounds) == 2 && !b.Busy() })
	b.idle()
	s := b.Doc.State()
	first, second := s.Rounds[0].Fits[0].Result, s.Rounds[1].Fits[0].Result
	if len(s.Layers) != 1 || second.Level != first.Level || second.Resolution != first.Resolution {
		t.Fatalf("%d layers; round 2 at %v and %v, want %v and %v", len(s.Layers), second.Level, second.Resolution, first.Level, first.Resolution)
	}
	for _, c := range second.Clusters {
		if c.Whole == nil {
			t.Fatalf("place %d of round 2 is not measured in the whole map", c.Rank)
		}
	}
	path := b.path0("work.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	file, err := os.ReadFile(commanded(t, engine, "fits_2.csv", "export", path, "--items", "table"))
	b.must(err)
	same(t, csv(t, s, 2), string(file))
	code, rows := b.replayed(path, engine)
	for _, row := range rows {
		if !strings.HasSuffix(row, "|identical") {
			t.Errorf("replay: %s", row)
		}
	}
	if code != 0 || len(rows) < 5 {
		t.Errorf("replay: exit code %d, %d fits", code, len(rows))
	}
}
