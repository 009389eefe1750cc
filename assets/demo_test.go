// SPDX-License-Identifier: BSD-3-Clause

package assets

import (
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"math"
	"os"
	"strings"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
	"gonum.org/v1/gonum/stat"

	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/io/mmcif"
	"difffit/io/mrc"
)

// maxDemo is what the demo may add to the program, in bytes.
const maxDemo = 3 << 20

// chain is a structure of the demo with the motion that takes it to its place.
type chain struct {
	*mol.Structure
	truth geom.Rigid
}

// demo reads the demo and its answers.
func demo(t *testing.T) (*volume.Grid, []chain) {
	t.Helper()
	density, structures := Demo()
	m, err := mrc.Decode(unzip(t, density), mrc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile("demo/truth.json")
	if err != nil {
		t.Fatal(err)
	}
	var answers []struct {
		Name        string
		Quaternion  [4]float64
		Translation [3]float64
	}
	if err := json.Unmarshal(text, &answers); err != nil {
		t.Fatal(err)
	}
	var chains []chain
	for i, f := range structures {
		name, _, _ := strings.Cut(f.Name, ".")
		if i >= len(answers) || answers[i].Name != name {
			t.Fatalf("structure %d is %s; truth.json is of another demo", i, name)
		}
		models, _, err := mmcif.Decode(unzip(t, f), mmcif.Options{})
		if err != nil {
			t.Fatal(err)
		}
		q, v := answers[i].Quaternion, answers[i].Translation
		chains = append(chains, chain{models[0], geom.NewRigid(
			quat.Number{Real: q[0], Imag: q[1], Jmag: q[2], Kmag: q[3]}, r3.Vec{X: v[0], Y: v[1], Z: v[2]})})
		chains[i].Name = name
	}
	return m.Grid, chains
}

func unzip(t *testing.T, f DemoFile) *gzip.Reader {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return z
}

func TestDemoIsSmall(t *testing.T) {
	density, structures := Demo()
	size := len(density.Data)
	for _, s := range structures {
		size += len(s.Data)
	}
	if size > maxDemo || len(structures) < 2 || density.Name == "" {
		t.Errorf("demo has map %q and %d structures in %d bytes, want a map and several in at most %d", density.Name, len(structures), size, maxDemo)
	}
}

// TestDemoMapShowsTheChains holds the map to the structures: put in place and
// simulated again, they give the map but for its noise.
func TestDemoMapShowsTheChains(t *testing.T) {
	density, chains := demo(t)
	var points []volume.Point
	for _, c := range chains {
		points = append(points, fitting.Points(c.Moved(c.truth.Mover()).Atoms)...)
	}
	model, err := volume.Simulate(context.Background(), points, volume.SimulateOptions{Resolution: 6, Frame: density})
	if err != nil {
		t.Fatal(err)
	}
	var a, b []float64 // where there is molecule
	for i, v := range model.Data {
		if v > 0 {
			a, b = append(a, float64(v)), append(b, float64(density.Data[i]))
		}
	}
	// The noise is a few percent of the maximum; without it the correlation is 1.
	if about := stat.Correlation(a, b, nil); about < 0.9 {
		t.Errorf("map and chains in place correlate %.3f about the mean, want at least 0.9", about)
	}
}

// TestDemoIsSolved plays the demo to its end: in each round every chain that
// is left is fitted, the best placement of the round is accepted and its
// density zeroed out. Every accepted placement must be right.
func TestDemoIsSolved(t *testing.T) {
	if testing.Short() {
		t.Skip("five rounds of fits")
	}
	density, left := demo(t)
	for round := 1; len(left) > 0; round++ {
		best, at := fitting.Cluster{}, -1
		target := fitting.NewTarget(density)
		for i, c := range left {
			got := fit(t, target, c.Structure)
			off := rmsd(c, got.Motion)
			t.Logf("round %d, %s: S %.3f, z %.1f, %.2f Å off", round, c.Name, got.Score, got.SignificanceZ, off)
			if got.Score > best.Score {
				best, at = got, i
			}
		}
		if at < 0 {
			t.Fatalf("round %d: nothing found", round)
		}
		accepted := left[at]
		if off := rmsd(accepted, best.Motion); !(off < 1) { // a voxel is 1.8 Å
			t.Fatalf("round %d: %s is %.2f Å from its place, want less than 1", round, accepted.Name, off)
		}
		placed := accepted.Moved(best.Motion.Mover())
		layer, err := volume.Zero(context.Background(), density, fitting.Points(placed.Atoms), volume.DefaultZeroOptions())
		if err != nil {
			t.Fatal(err)
		}
		density = volume.Apply(density, layer)
		left = append(left[:at:at], left[at+1:]...)
	}
}

// fit returns the best cluster.
func fit(t *testing.T, target *fitting.Target, s *mol.Structure) fitting.Cluster {
	t.Helper()
	result, err := cpu.New().Fit(context.Background(), &fitting.Problem{Target: target, Structure: s, Options: fitting.DefaultOptions()}, nil)
	if err != nil {
		t.Fatalf("%s: %v", s.Name, err)
	}
	if len(result.Clusters) == 0 {
		return fitting.Cluster{}
	}
	return result.Clusters[0]
}

// rmsd returns how far a motion puts the atoms from where they belong, ångström.
func rmsd(c chain, m geom.Rigid) float64 {
	got, want, sum := m.Mover(), c.truth.Mover(), 0.0
	for _, a := range c.Atoms {
		sum += r3.Norm2(r3.Sub(got(a.Pos), want(a.Pos)))
	}
	return math.Sqrt(sum / float64(len(c.Atoms)))
}
