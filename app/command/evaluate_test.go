// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/mol"
	"difffit/internal/testdata"
	"difffit/io/table"
)

// testProgram is the program that tests run.
func testProgram() Program {
	return Program{
		Name:    "difffit",
		Engines: []fitting.Engine{cpu.New()},
		Missing: []Missing{{"cuda", "not built into this program"}},
	}
}

// Real maps with known answers, those that take little time: the placement at
// rank 1 must be within 3 Å of a true one. The structures come turned at random
// and centred at 0, so a wrong frame, axis order or origin fails here.
func TestRealCases(t *testing.T) {
	for _, name := range []string{"domainfit_density2", "emd2566_3j6b_chain9", "emd20026_apoferritin", "emd1461_vp6_trimer"} {
		t.Run(name, func(t *testing.T) {
			folder := testdata.Shared(t, name)
			c := readCase(t, folder)
			tried := 0
			for _, u := range c.Units {
				if len(u.Placements) == 0 {
					continue
				}
				tried++
				var truths []string
				for _, p := range u.Placements {
					truths = append(truths, filepath.Join(folder, p.File))
				}
				start := filepath.Join(folder, u.Start)
				fits := fitCase(t, filepath.Join(folder, c.Map.File), start, "--resolution", fmt.Sprint(c.Resolution))
				checkFirst(t, fits, start, truths)
			}
			if tried == 0 {
				t.Error("case.json has no unit with a placement")
			}
		})
	}
}

// realCase is what the tests read of a case.json.
type realCase struct {
	Resolution float64
	Map        struct{ File string }
	Units      []struct {
		Start      string
		Placements []struct{ File string }
	}
}

func readCase(t *testing.T, folder string) (c realCase) {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(folder, "case.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	return c
}

// fitCase runs the command fit and returns its fits.json.
func fitCase(t *testing.T, density, start string, more ...string) *table.Fits {
	t.Helper()
	file := filepath.Join(t.TempDir(), "fits.json")
	args := append([]string{"fit", density, start, "--seed", "1", "--top", "60", "--quiet", "--json", file}, more...)
	var out, errs bytes.Buffer
	if code := Main(context.Background(), args, strings.NewReader(""), &out, &errs, testProgram()); code != exitDone {
		t.Fatalf("difffit %s: exit code %d, want 0: %s", strings.Join(args, " "), code, errs.String())
	}
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	fits := &table.Fits{}
	if err := json.Unmarshal(b, fits); err != nil {
		t.Fatal(err)
	}
	return fits
}

// checkFirst fails the test if the first place is not a true one. Atoms of
// start and truths are in the same order.
func checkFirst(t *testing.T, fits *table.Fits, start string, truths []string) {
	t.Helper()
	const near = 3 // Å, as the description of the data asks
	from := readAll(t, start)
	first, best := 0, math.Inf(1)
	for _, c := range fits.Structures[0].Clusters {
		for _, file := range truths {
			if d := rmsd(motionOf(&c).Mover(), from, readAll(t, file)); d < near && first == 0 {
				first, best = c.Rank, d
			}
		}
	}
	t.Logf("%s: right placement at rank %d, RMSD %.2f Å, search %.3f s", filepath.Base(start), first, best, fits.Seconds.Search)
	if first != 1 {
		t.Errorf("%s: the right placement has rank %d (0: not found) of %d, want 1", filepath.Base(start), first, len(fits.Structures[0].Clusters))
	}
}

func readAll(t *testing.T, path string) []mol.Atom {
	t.Helper()
	s, err := readStructure(path, func(string, ...any) {})
	if err != nil {
		t.Fatal(err)
	}
	return s.Structure.Atoms
}

func rmsd(move func(r3.Vec) r3.Vec, a, b []mol.Atom) float64 {
	sum := 0.0
	for i := range a {
		sum += r3.Norm2(r3.Sub(move(a[i].Pos), b[i].Pos))
	}
	return math.Sqrt(sum / float64(len(a)))
}
