// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

package render

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"testing"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/assets"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/pdb"
)

// demo returns the map of the demo and its structures, where they belong.
func demo(t testing.TB) (*volume.Grid, []Molecule) {
	t.Helper()
	density, structures := assets.Demo()
	m, err := mrc.Decode(unpacked(t, density.Data), mrc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var truth []struct {
		Quaternion  [4]float64
		Translation [3]float64
	}
	data, err := os.ReadFile("../assets/demo/truth.json")
	if err == nil {
		err = json.Unmarshal(data, &truth)
	}
	if err != nil || len(truth) != len(structures) {
		t.Fatalf("truth of the demo: %d motions for %d structures (%v)", len(truth), len(structures), err)
	}
	var molecules []Molecule
	for i, f := range structures {
		models, _, err := mmcif.Decode(unpacked(t, f.Data), pdb.Options{})
		if err != nil {
			t.Fatal(err)
		}
		q, x := truth[i].Quaternion, truth[i].Translation
		molecules = append(molecules, Molecule{
			Structure: models[0], ID: i + 1, Visible: true,
			Motions: []geom.Rigid{geom.NewRigid(quat.Number{Real: q[0], Imag: q[1], Jmag: q[2], Kmag: q[3]}, r3.Vec{X: x[0], Y: x[1], Z: x[2]})},
		})
	}
	return m.Grid, molecules
}

func unpacked(t testing.TB, data []byte) io.Reader {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return r
}
