// SPDX-License-Identifier: BSD-3-Clause

// Command demo makes the files of the built-in demo from the mmCIF file of the
// complex: a structure a chain, turned at random, a noisy map of the whole, and
// the motions that bring the chains back. Same input, same bytes.
//
//	go run ./scripts/demo 7CFN.cif.gz assets/demo
//
// It knows nothing of how the demo is shown. See testdata/PROVENANCE.md.
package main

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/mmcif"
	"difffit/io/mrc"
)

// The chains of 7CFN, by the names that the file gives them.
var chains = []struct{ chain, name string }{
	{"A", "7cfn_A_galpha"},
	{"B", "7cfn_B_gbeta"},
	{"G", "7cfn_G_ggamma"},
	{"N", "7cfn_N_nanobody"},
	{"R", "7cfn_R_receptor"},
}

// The map: sharp enough to show helices, coarse enough to be small, and such
// that the small chains fit better once their neighbours are zeroed out.
var (
	simulation = volume.SimulateOptions{Resolution: 6, Spacing: 1.8, Padding: 8}
	noise      = 0.08
	seed       = uint64(7)
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: demo 7CFN.cif.gz FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, "demo:", err)
		os.Exit(1)
	}
}

// A truth is the motion that takes a chain of the demo to its place in the map.
type truth struct {
	Name        string     `json:"name"`
	Quaternion  [4]float64 `json:"quaternion"`
	Translation [3]float64 `json:"translation"`
}

func run(in, folder string) error {
	whole, err := read(in)
	if err != nil {
		return err
	}
	var protein []mol.Atom
	var answers []truth
	rng := rand.New(rand.NewPCG(seed, 0))
	for _, c := range chains {
		atoms := slices.DeleteFunc(slices.Clone(whole.Atoms), func(a mol.Atom) bool { return a.Het || a.Chain != c.chain })
		protein = append(protein, atoms...)
		away := geom.About(geom.Random(rng), mol.Center(atoms), r3.Vec{})
		back := away.Inverse()
		q, t := back.Rotation, back.Shift
		answers = append(answers, truth{c.name, [4]float64{q.Real, q.Imag, q.Jmag, q.Kmag}, [3]float64{t.X, t.Y, t.Z}})
		part := whole.WithAtoms(atoms).Moved(away.Mover())
		part.Name, part.Title = c.name, ""
		if err := write(filepath.Join(folder, c.name+".cif.gz"), func(w io.Writer) error { return mmcif.Encode(w, part) }); err != nil {
			return err
		}
	}
	density, err := simulate(protein)
	if err != nil {
		return err
	}
	err = write(filepath.Join(folder, "7cfn_map.mrc.gz"), func(w io.Writer) error {
		return mrc.Encode(w, density, mrc.WriteOptions{Precision: mrc.Half})
	})
	if err != nil {
		return err
	}
	text, err := json.MarshalIndent(answers, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "truth.json"), append(text, '\n'), 0o644)
}

func read(path string) (*mol.Structure, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	models, _, err := mmcif.Decode(z, mmcif.Options{})
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return models[0], nil
}

// simulate does what the command simulate does with --noise.
func simulate(atoms []mol.Atom) (*volume.Grid, error) {
	clean, err := volume.Simulate(context.Background(), fitting.Points(atoms), simulation)
	if err != nil {
		return nil, err
	}
	return volume.AddNoise(clean, noise*float64(slices.Max(clean.Data)), seed), nil
}

// write makes a gzipped file. Its header has neither name nor time.
func write(path string, encode func(io.Writer) error) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	z, err := gzip.NewWriterLevel(f, gzip.BestCompression)
	if err == nil {
		err = encode(z)
	}
	if err == nil {
		err = z.Close()
	}
	if closed := f.Close(); err == nil {
		err = closed
	}
	return err
}
