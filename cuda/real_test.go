// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"difffit/assets"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"
)

// unzip opens a file of the demo.
func unzip(t *testing.T, f assets.DemoFile) *gzip.Reader {
	t.Helper()
	z, err := gzip.NewReader(bytes.NewReader(f.Data))
	if err != nil {
		t.Fatalf("%s: %v", f.Name, err)
	}
	return z
}

// truth returns where a structure of the demo belongs.
func truth(t *testing.T, name string) geom.Rigid {
	t.Helper()
	text, err := os.ReadFile("../assets/demo/truth.json")
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
	for _, a := range answers {
		if a.Name == name {
			q, v := a.Quaternion, a.Translation
			return geom.NewRigid(quat.Number{Real: q[0], Imag: q[1], Jmag: q[2], Kmag: q[3]}, r3.Vec{X: v[0], Y: v[1], Z: v[2]})
		}
	}
	t.Fatalf("truth.json has no %s", name)
	return geom.Rigid{}
}

// The nanobody of the demo, a real structure in a map of its complex.
func TestRealCase(t *testing.T) {
	e := open(t)
	defer e.Close()
	density, structures := assets.Demo()
	m, err := mrc.Decode(unzip(t, density), mrc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const name = "7cfn_N_nanobody"
	for _, f := range structures {
		if !strings.HasPrefix(f.Name, name) {
			continue
		}
		models, _, err := mmcif.Decode(unzip(t, f), mmcif.Options{})
		if err != nil {
			t.Fatal(err)
		}
		p := &fitting.Problem{Target: fitting.NewTarget(m.Grid), Structure: models[0], Options: fitting.DefaultOptions()}
		p.Options.Resolution = 3.5
		r := fit(t, e, p)
		if r.Note != "" || len(r.Clusters) == 0 {
			t.Fatalf("note %q, %d clusters", r.Note, len(r.Clusters))
		}
		m := mol.Moments(models[0].Atoms)
		d := m.RMSD(r.Clusters[0].Motion, truth(t, name))
		t.Logf("%d atoms, %d starts, %.2f s: %.3f Å from the truth, score %.3f", r.AtomsUsed, r.Starts, r.Seconds.Search, d, r.Clusters[0].Score)
		if d > 0.5 || !r.RoundsAgreed {
			t.Errorf("the best placement is %.3f Å from the truth, want at most 0.5; rounds agreed: %t", d, r.RoundsAgreed)
		}
		return
	}
	t.Fatalf("the demo has no %s", name)
}
