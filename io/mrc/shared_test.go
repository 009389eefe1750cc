// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/internal/testdata"
)

// unpacked returns the content of a file of the shared data.
func unpacked(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var r io.Reader = bytes.NewReader(b)
	switch {
	case bytes.HasPrefix(b, []byte("\x1f\x8b")):
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	case bytes.HasPrefix(b, []byte("BZh")):
		r = bzip2.NewReader(r)
	}
	if b, err = io.ReadAll(r); err != nil {
		t.Fatal(err)
	}
	return b
}

func readJSON(t *testing.T, name string, v any) (folder string) {
	t.Helper()
	path := testdata.Shared(t, name)
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, v); err != nil {
		t.Fatal(err)
	}
	return path[:len(path)-len(filepath.Ext(path))]
}

// refused holds that a file is refused, as a stream and with its size known,
// leniently, and by name: the header word and the value, or the length found
// where not even a header is there.
func refused(t *testing.T, b []byte) {
	t.Helper()
	named := regexp.MustCompile(`^mrc: (header word \d+: .*[0-9Na]|header words 1 to 3: .*\d|voxels: \d+ bytes, want .*header words 1 to 4: size is .*\d|header: \d+ bytes, want 1024)`)
	for _, size := range []int64{0, int64(len(b))} {
		_, err := Decode(bytes.NewReader(b), Options{Size: size, Warn: func(string) {}})
		var format *FormatError
		var unsupported UnsupportedError
		if err == nil || !errors.As(err, &format) && !errors.As(err, &unsupported) || !named.MatchString(err.Error()) {
			t.Errorf("size %d: %v, want a refusal that names word and value", size, err)
		}
		t.Log(err)
	}
}

func TestRealFiles(t *testing.T) {
	var files []struct {
		File, Expect       string
		Endian, Note       string
		Mode               Mode
		N                  [3]int `json:"n_crs"`
		Start              [3]int `json:"nstart_crs"`
		M                  [3]int `json:"m_xyz"`
		Axes               [3]int
		Cell, Angles       [3]float64
		Origin             [3]float64
		ISPG, NSYMBT       int
		NVersion           int
		Shape              [3]int `json:"shape_xyz"`
		Min, Max, Mean, SD float64
	}
	folder := readJSON(t, "readers/mrc.json", &files)
	for _, f := range files {
		t.Run(f.File, func(t *testing.T) {
			b := unpacked(t, filepath.Join(folder, f.File))
			if f.Expect != "" {
				refused(t, b)
				return
			}
			var warnings []string
			m, err := Decode(bytes.NewReader(b), lenient(b, &warnings))
			if err != nil {
				t.Fatal(err)
			}
			t.Log(m.Info.Placed, m.Grid.Origin, m.Grid.Size, m.Grid.Step, warnings)
			i := m.Info
			for k := range 3 { // angles of 0 mean 90, axes of nonsense 1, 2, 3; both with a warning
				if f.Angles[k] == 0 {
					f.Angles[k] = 90
				}
				if f.Axes[k] > 3 {
					f.Axes[k] = 1 + k
				}
				if f.Cell[k] == 0 {
					f.Cell[k] = float64(f.M[k])
				}
				if math.Abs(i.Cell[k]-f.Cell[k]) > 1e-3 || math.Abs(i.Angles[k]-f.Angles[k]) > 1e-3 || math.Abs(i.Origin[k]-f.Origin[k]) > 1e-3 {
					t.Errorf("cell %v %v, origin words %v, want %v %v, %v", i.Cell, i.Angles, i.Origin, f.Cell, f.Angles, f.Origin)
				}
			}
			if i.Mode != f.Mode || i.Size != f.N || i.Start != f.Start || i.Sampling != f.M || i.Axes != f.Axes || i.Shape != f.Shape ||
				i.SpaceGroup != f.ISPG || i.Extended != int64(f.NSYMBT) || i.Version != f.NVersion || i.ByteOrder != f.Endian+"-endian" {
				t.Errorf("info %+v, want %+v", i, f)
			}
			checkStatistics(t, stored(t, b), f.Min, f.Max, f.Mean, f.SD)
			if !i.Resampled {
				checkStatistics(t, m.Grid.Data, f.Min, f.Max, f.Mean, f.SD)
			}
		})
	}
}

// stored returns the voxels of a file before they are resampled.
func stored(t *testing.T, b []byte) []float32 {
	t.Helper()
	r := bytes.NewReader(b)
	h, err := readHeader(r)
	if err != nil {
		t.Fatal(err)
	}
	d := &decoder{header: h, Options: Options{Warn: func(string) {}}}
	l, err := d.layout()
	if err != nil {
		t.Fatal(err)
	}
	data, err := d.voxels(r, l)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checkStatistics holds data, the voxels as stored, to what the list says.
func checkStatistics(t *testing.T, data []float32, lo, hi, mean, sd float64) {
	t.Helper()
	gotLo, gotHi, sum, squares := math.Inf(1), math.Inf(-1), 0.0, 0.0
	for _, v := range data {
		f := float64(v)
		gotLo, gotHi, sum, squares = min(gotLo, f), max(gotHi, f), sum+f, squares+f*f
	}
	n := float64(len(data))
	gotMean := sum / n
	gotSD := math.Sqrt(squares/n - gotMean*gotMean)
	if gotLo != lo || gotHi != hi || math.Abs(gotMean-mean) > 1e-6*sd || math.Abs(gotSD-sd) > 1e-6*sd {
		t.Errorf("min, max, mean, sd: %g %g %g %g, want %g %g %g %g", gotLo, gotHi, gotMean, gotSD, lo, hi, mean, sd)
	}
}

func TestVariants(t *testing.T) {
	var list struct {
		Shape    [3]int `json:"shape_xyz"`
		Voxel    float64
		First    [3]float64   `json:"first_voxel_xyz"`
		Points   [][3]float64 `json:"points_xyz"`
		Variants []struct {
			File, Note, Expect string
			Values             []float64 `json:"values_at_points"`
			Tolerance          float64
		}
	}
	folder := readJSON(t, "readers/mrc_variants.json", &list)
	for _, v := range list.Variants {
		t.Run(v.File, func(t *testing.T) {
			b := unpacked(t, filepath.Join(folder, v.File))
			if v.Expect != "" {
				refused(t, b)
				return
			}
			var warnings []string
			m, err := Decode(bytes.NewReader(b), lenient(b, &warnings))
			if err != nil {
				t.Fatal(err)
			}
			t.Log(m.Info.Placed, warnings)
			first := r3.Vec{X: list.First[0], Y: list.First[1], Z: list.First[2]}
			voxel := r3.Vec{X: list.Voxel, Y: list.Voxel, Z: list.Voxel}
			if m.Grid.Size != list.Shape || r3.Norm(r3.Sub(m.Grid.Origin, first)) > 1e-3 || r3.Norm(r3.Sub(m.Grid.Step, voxel)) > 1e-5 {
				t.Errorf("size %v, origin %v, step %v, want %v, %v, %v", m.Grid.Size, m.Grid.Origin, m.Grid.Step, list.Shape, first, voxel)
			}
			for i, want := range v.Values {
				p := list.Points[i]
				if got := m.Grid.Sample(r3.Vec{X: p[0], Y: p[1], Z: p[2]}); math.Abs(got-want) > v.Tolerance {
					t.Errorf("density at %v: %g, want %g", p, got, want)
				}
			}
			if v.Values == nil && (len(warnings) != 2 || warnings[0] != "mrc: voxels: 27 of 85540 are not finite numbers; 0 is used" ||
				!strings.HasPrefix(warnings[1], "mrc: voxels: 1 of 85540 are no densities")) {
				t.Errorf("warnings %q, want one of 27 voxels, and one of the voxel of 3e38", warnings)
			}
		})
	}
}
