// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"difffit": func() {
			os.Exit(Main(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr, testProgram()))
		},
	})
}

// The scripts run the program as a process of its own. They have the commands
//
//	exits CODE difffit ARGUMENT...
//	edit FROM TO REGEXP REPLACEMENT
//
// a server at $ARCHIVE with what they put into the folder archive, and the
// file coil.pdb with a small protein-like chain; turned.pdb is the
// same, turned and moved, and pair.pdb has two of them side by side, aside.pdb the second.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 filepath.Join("testdata", "script"),
		RequireExplicitExec: true,
		Setup: func(env *testscript.Env) error {
			archive := httptest.NewServer(http.FileServer(http.Dir(filepath.Join(env.WorkDir, "archive"))))
			env.Defer(archive.Close)
			env.Setenv("ARCHIVE", archive.URL)
			env.Setenv("XDG_CACHE_HOME", filepath.Join(env.WorkDir, "cache"))
			env.Setenv("XDG_CONFIG_HOME", filepath.Join(env.WorkDir, "config"))
			coil := coil(60)
			turn := geom.About(geom.Exp(r3.Vec{X: 1, Y: -0.5, Z: 2}), r3.Vec{}, r3.Vec{X: 40, Y: -20, Z: 15})
			turned := make([]r3.Vec, len(coil))
			for i, p := range coil {
				turned[i] = turn.Apply(p)
			}
			aside := geom.About(geom.Exp(r3.Vec{X: -1, Y: 1, Z: 0.3}), r3.Vec{}, r3.Vec{X: 27})
			pair := slices.Clone(coil)
			for _, p := range coil {
				pair = append(pair, aside.Apply(p))
			}
			return errors.Join(
				os.WriteFile(filepath.Join(env.WorkDir, "pair.pdb"), pdbText(pair), 0o644),
				os.WriteFile(filepath.Join(env.WorkDir, "aside.pdb"), pdbText(pair[len(coil):]), 0o644),
				os.WriteFile(filepath.Join(env.WorkDir, "coil.pdb"), pdbText(coil), 0o644),
				os.WriteFile(filepath.Join(env.WorkDir, "turned.pdb"), pdbText(turned), 0o644),
			)
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){"exits": exits, "edit": edit},
	})
}

// exits runs a command and fails the script if its exit code is another one.
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ARGUMENT...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	code := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v: %v", args[1:], err)
		}
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("%v: exit code %d, want %d", args[1:], code, want)
	}
}

// edit writes a copy of a file in which the first match of a regular
// expression is replaced; $1 is its first group.
func edit(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 4 {
		ts.Fatalf("usage: edit FROM TO REGEXP REPLACEMENT")
	}
	text, re := ts.ReadFile(args[0]), regexp.MustCompile(args[2])
	at := re.FindStringSubmatchIndex(text)
	if at == nil {
		ts.Fatalf("%s has nothing that matches %s", args[0], args[2])
	}
	by := string(re.ExpandString(nil, args[3], text, at))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text[:at[0]]+by+text[at[1]:]), 0o644))
}

// coil returns the backbone (N, CA, C, O) of n residues that wander inside a
// ball of 12 Å: compact and without symmetry, as a small domain is.
func coil(n int) []r3.Vec {
	rng := rand.New(rand.NewPCG(7, 7))
	step := func(length float64) r3.Vec {
		return r3.Scale(length, geom.Rigid{Rotation: geom.Random(rng)}.Rotate(r3.Vec{X: 1}))
	}
	var atoms []r3.Vec
	ca := r3.Vec{}
	for range n {
		next := r3.Add(ca, step(3.8))
		for r3.Norm(next) > 12 {
			next = r3.Add(ca, step(3.8))
		}
		atoms = append(atoms, r3.Add(ca, step(1.46)), ca, r3.Add(ca, step(1.52)), r3.Add(ca, step(2.4)))
		ca = next
	}
	return atoms
}

// pdbText returns atoms as a PDB file with one chain of alanines.
func pdbText(atoms []r3.Vec) []byte {
	var b strings.Builder
	for i, p := range atoms {
		name := []string{"N", "CA", "C", "O"}[i%4]
		fmt.Fprintf(&b, "ATOM  %5d  %-3s ALA A%4d    %8.3f%8.3f%8.3f  1.00 20.00          %2s\n", i+1, name, i/4+1, p.X, p.Y, p.Z, name[:1])
	}
	return []byte(b.String() + "END\n")
}
