// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
)

// ramp returns a grid whose densities are all different.
func ramp(size [3]int) *volume.Grid {
	g := volume.New(size, r3.Vec{X: 1.5, Y: 0.75, Z: 2}, r3.Vec{X: -4, Y: 10, Z: 3})
	for i := range g.Data {
		g.Data[i] = float32(i) - 5
	}
	return g
}

// file encodes g and edits its header.
func file(t testing.TB, g *volume.Grid, edits ...func(*header)) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Encode(&b, g, WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	h := header{order: binary.LittleEndian}
	copy(h.raw[:], b.Bytes())
	for _, edit := range edits {
		edit(&h)
	}
	copy(b.Bytes(), h.raw[:])
	return b.Bytes()
}

func setInts(w int, v ...int) func(*header)       { return func(h *header) { h.setInts(w, v...) } }
func setFloats(w int, v ...float64) func(*header) { return func(h *header) { h.setFloats(w, v...) } }

// lenient returns options that collect warnings.
func lenient(b []byte, warnings *[]string) Options {
	return Options{Size: int64(len(b)), Warn: func(s string) { *warnings = append(*warnings, s) }}
}

func sameGrid(t *testing.T, got, want *volume.Grid) {
	t.Helper()
	if got.Size != want.Size {
		t.Fatalf("size %v, want %v", got.Size, want.Size)
	}
	if r3.Norm(r3.Sub(got.Step, want.Step)) > 1e-6 || r3.Norm(r3.Sub(got.Origin, want.Origin)) > 1e-5 { // words are float32
		t.Errorf("step %v, origin %v, want %v, %v", got.Step, got.Origin, want.Step, want.Origin)
	}
	for i := range want.Data {
		if got.Data[i] != want.Data[i] {
			t.Fatalf("density %d: %g, want %g", i, got.Data[i], want.Data[i])
		}
	}
}

func TestEncodeAndDecodeAreInverse(t *testing.T) {
	for _, p := range []Precision{Single, Half} {
		want := ramp([3]int{5, 7, 3})
		var b bytes.Buffer
		if err := Encode(&b, want, WriteOptions{Precision: p, Labels: []string{"one", "two"}}); err != nil {
			t.Fatal(err)
		}
		m, err := Decode(&b, Options{}) // strictly: we write no faults
		if err != nil {
			t.Fatal(err)
		}
		sameGrid(t, m.Grid, want)
		if l := m.Info.Labels; len(l) != 2 || l[0] != "one" || l[1] != "two" {
			t.Errorf("labels %q", l)
		}
		if m.Info.Placed != ByOrigin || m.Info.Shape != want.Size || m.Info.Resampled {
			t.Errorf("info %+v", m.Info)
		}
	}
}

func TestNstartIsWrittenWhereItIsExact(t *testing.T) {
	g := ramp([3]int{4, 3, 2})
	g.Origin = r3.Vec{X: 3 * 1.5, Y: -2 * 0.75, Z: 15 * 2}
	for _, word := range []int{50, 5} { // with ORIGIN or NSTART taken away the place is the same
		m, err := Decode(bytes.NewReader(file(t, g, setInts(word, 0, 0, 0))), Options{})
		if err != nil {
			t.Fatal(err)
		}
		sameGrid(t, m.Grid, g)
	}
}

func TestHeaderFaults(t *testing.T) {
	nan := math.NaN()
	const survives = true
	tests := []struct {
		name     string
		edit     func(*header)
		survives bool // as a warning
		want     string
	}{
		{"empty axis", setInts(2, 0), false, "mrc: header word 2: dimension is 0, want 1 to 65535"},
		{"negative axis", setInts(1, -2), false, "mrc: header word 1: dimension is -2, want 1 to 65535"},
		{"million per axis", setInts(1, 1e6, 1e6, 1e6), false, "mrc: header word 1: dimension is 1000000, want 1 to 65535"},
		{"many voxels", setInts(1, 60000, 60000, 60000), false, "mrc: header words 1 to 3: [60000 60000 60000] are 216000000000000 voxels, more than 4294967296"},
		{"more than there is", setInts(3, 5), false, "mrc: voxels: 96 bytes, want 120 (header words 1 to 4: size is 2×3×5, mode is 2): unexpected EOF"},
		{"no mode", setInts(4, 99), false, "mrc: header word 4: mode is 99, want 0, 1, 2, 6 or 12"},
		{"transform", setInts(4, 4), false, "mrc: header word 4: mode is 4, a transform of 32-bit complex numbers, not a density map"},
		{"absurd start", func(h *header) { h.setInts(5, 9999); h.setFloats(50, 0) }, survives, "mrc: header word 5: start is 9999, want −20 to 20; the map is placed at 0"},
		{"far start", func(h *header) { h.setInts(5, 20); h.setFloats(11, 180000); h.setFloats(50, 0) }, survives, "mrc: header word 5: start is [20 0 0], at 1.8e+06, 0, 0 Å, want −1e+06 to 1e+06; the map is placed at 0"},
		{"no intervals", setInts(8, 0), survives, "mrc: header word 8: intervals in the cell are 0, want at least 1; the size, 2, is used"},
		{"no cell", setFloats(11, 0), survives, "mrc: header word 11: edge of the cell is 0; a voxel of 1 Å is used"},
		{"negative cell", setFloats(12, -3), survives, "mrc: header word 12: edge of the cell is -3 Å; 3 Å is used"},
		{"cell is NaN", setFloats(13, nan), survives, "mrc: header word 13: edge of the cell is NaN; a voxel of 1 Å is used"},
		{"large cell", setFloats(13, 1e7), false, "mrc: header word 13: edge of the cell is 1e+07 Å, a voxel of 2.5e+06 Å, want 0.001 to 100000"},
		{"no angles", setFloats(14, 0, 0, 0), survives, "mrc: header word 14: angles of the cell are 0; 90° is used"},
		{"one angle", setFloats(14, 90, 90, 0), survives, "mrc: header word 16: angle of the cell is 0°, want more than 0 and less than 180; 90° is used"},
		{"flat angle", setFloats(15, 180), survives, "mrc: header word 15: angle of the cell is 180°, want more than 0 and less than 180; 90° is used"},
		{"impossible angles", setFloats(14, 20, 20, 170), false, "mrc: header word 14: angles of the cell are 20, 20, 170°, which make no cell"},
		{"thin layers", func(h *header) { h.setFloats(13, 0.0048); h.setFloats(14, 30, 90, 90) }, false, "mrc: header word 14: angles of the cell are 30, 90, 90°, layers of 0.0006 Å, want 0.001 or more"},
		{"axis twice", setInts(17, 1, 1, 3), survives, "mrc: header word 18: axis order is [1 1 3], want 1, 2 and 3 in any order; 1, 2, 3 is used"},
		{"negative extension", setInts(24, -1), survives, "mrc: header word 24: length of the extended header is -1, want 0 or more; 0 is used"},
		{"long extension", setInts(24, 2e9), survives, "mrc: header word 24: length of the extended header is 2000000000, which leaves too little for the voxels; 0 is used"},
		{"turned", func(h *header) {
			h.setInts(25, 1)
			h.setFloats(26, 0, -1, 0, 1, 0, 0, 0, 0, 1, 5, 5, 5)
			h.setFloats(50, 0, 0, 0)
		}, survives, "mrc: header word 25: skew flag is 1 and the skew matrix turns the map; it is not applied"},
		{"origin is NaN", setFloats(51, nan), survives, "mrc: header word 51: origin is NaN Å, want −1e+06 to 1e+06; NSTART is used"},
		{"no MAP", setInts(53, 0), survives, "mrc: header word 53: is \"\\x00\\x00\\x00\\x00\", want \"MAP \"; read as an old-style map"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := ramp([3]int{2, 3, 4})
			g.Origin = r3.Vec{X: 0.3}
			b := file(t, g, setInts(5, 0, 0, 0), tt.edit)
			_, err := Decode(bytes.NewReader(b), Options{Size: int64(len(b))})
			if err == nil || err.Error() != tt.want {
				t.Errorf("strict: %v, want %s", err, tt.want)
			}
			var warnings []string
			m, err := Decode(bytes.NewReader(b), lenient(b, &warnings))
			if !tt.survives {
				if err == nil || err.Error() != tt.want {
					t.Errorf("lenient: %v, want %s", err, tt.want)
				}
				return
			}
			if err != nil || m.Grid.Size != g.Size || len(warnings) != 1 || warnings[0] != tt.want {
				t.Errorf("lenient: %v, warnings %q, want %s", err, warnings, tt.want)
			}
		})
	}
}

func TestShortStreams(t *testing.T) {
	b := file(t, ramp([3]int{2, 3, 4}))
	tests := []struct {
		name string
		in   []byte
		want string
	}{
		{"empty", nil, "mrc: header: 0 bytes, want 1024: unexpected EOF"},
		{"half a header", b[:500], "mrc: header: 500 bytes, want 1024: unexpected EOF"},
		{"no voxels", b[:1024], "mrc: voxels: 0 bytes, want 96 (header words 1 to 4: size is 2×3×4, mode is 2): unexpected EOF"},
		{"cut short", b[:1100], "mrc: voxels: 76 bytes, want 96 (header words 1 to 4: size is 2×3×4, mode is 2): unexpected EOF"},
		{"in the extension", file(t, ramp([3]int{2, 3, 4}), setInts(24, 4000)), "mrc: header word 24: length of the extended header is 4000, there are 96: unexpected EOF"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Decode(bytes.NewReader(tt.in), Options{})
			var format *FormatError
			if err == nil || err.Error() != tt.want || !errors.As(err, &format) || !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("Decode: %v, want %s", err, tt.want)
			}
		})
	}
}

// TestPlaces holds the rules of ORIGIN, NSTART and skew.
func TestPlaces(t *testing.T) {
	identity := func(h *header) { h.setInts(25, 1); h.setFloats(26, 1, 0, 0, 0, 1, 0, 0, 0, 1, 7, 8, 9) }
	tests := []struct {
		name string
		edit func(*header)
		rule OriginRule
		want r3.Vec
	}{
		{"neither", func(*header) {}, AtZero, r3.Vec{}},
		{"nstart", setInts(5, 1, -2, 3), ByStart, r3.Vec{X: 1.5, Y: -1.5, Z: 6}},
		{"origin", setFloats(50, 1, -2, 3), ByOrigin, r3.Vec{X: 1, Y: -2, Z: 3}},
		{"both", func(h *header) { h.setInts(5, 1, 1, 1); h.setFloats(50, 1, -2, 0) }, ByOrigin, r3.Vec{X: 1, Y: -2}},
		{"denormal origin", func(h *header) { h.setInts(5, 1, 0, 0); h.setFloats(50, 1e-40, 0, 0) }, ByStart, r3.Vec{X: 1.5}},
		{"nstart, sections are x", func(h *header) { h.setInts(17, 3, 2, 1); h.setInts(5, 1, 2, 3) }, ByStart, r3.Vec{X: 4.5, Y: 1.5, Z: 2}},
		{"skew shift", identity, BySkew, r3.Vec{X: 7, Y: 8, Z: 9}},
		{"nstart and skew shift", func(h *header) { identity(h); h.setInts(5, 2, 0, 0) }, ByStart, r3.Vec{X: 10, Y: 8, Z: 9}},
		{"garbage in the skew words", func(h *header) { h.setInts(25, 1); h.setFloats(26, 1e30, 3, 4) }, AtZero, r3.Vec{}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			g := ramp([3]int{4, 4, 4})
			g.Origin = r3.Vec{}
			m, err := Decode(bytes.NewReader(file(t, g, tt.edit)), Options{})
			if err != nil {
				t.Fatal(err)
			}
			if m.Info.Placed != tt.rule || r3.Norm(r3.Sub(m.Grid.Origin, tt.want)) > 1e-6 {
				t.Errorf("origin %v by %s, want %v by %s", m.Grid.Origin, m.Info.Placed, tt.want, tt.rule)
			}
		})
	}
}

func TestStackGivesItsFirstVolume(t *testing.T) {
	g := ramp([3]int{2, 3, 4})
	b := file(t, g, setInts(23, 401), setInts(10, 2), setFloats(13, 2*2))
	var warnings []string
	m, err := Decode(bytes.NewReader(b), lenient(b, &warnings))
	if err != nil {
		t.Fatal(err)
	}
	want := &volume.Grid{Size: [3]int{2, 3, 2}, Step: g.Step, Origin: g.Origin, Data: g.Data[:12]}
	sameGrid(t, m.Grid, want)
	if len(warnings) != 1 || !strings.Contains(warnings[0], "header word 23: space group is 401, a stack of 2 volumes") {
		t.Errorf("warnings %q", warnings)
	}
}

func TestNotFiniteVoxels(t *testing.T) {
	b := file(t, ramp([3]int{2, 3, 4}))
	for i, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1)} {
		binary.LittleEndian.PutUint32(b[1024+8*i:], math.Float32bits(float32(v)))
	}
	const want = "mrc: voxels: 3 of 24 are not finite numbers; 0 is used"
	if _, err := Decode(bytes.NewReader(b), Options{}); err == nil || err.Error() != want {
		t.Errorf("strict: %v, want %s", err, want)
	}
	var warnings []string
	m, err := Decode(bytes.NewReader(b), lenient(b, &warnings))
	if err != nil || len(warnings) != 1 || warnings[0] != want {
		t.Fatalf("lenient: %v, warnings %q", err, warnings)
	}
	for i, v := range m.Grid.Data {
		if want := float32(i) - 5; i == 0 || i == 2 || i == 4 {
			if v != 0 {
				t.Errorf("density %d: %g, want 0", i, v)
			}
		} else if v != want {
			t.Errorf("density %d: %g, want %g", i, v, want)
		}
	}
	if err := Encode(io.Discard, &volume.Grid{Size: [3]int{1, 1, 1}, Step: r3.Vec{X: 1, Y: 1, Z: 1}, Data: []float32{float32(math.NaN())}}, WriteOptions{}); err == nil {
		t.Error("Encode wrote NaN")
	}
}

func TestAbsurdVoxels(t *testing.T) {
	grid := func(edit func(data []float32)) []byte {
		g := ramp([3]int{10, 10, 10})
		edit(g.Data)
		return file(t, g)
	}
	for _, tt := range []struct {
		name    string
		b       []byte
		cleared int
	}{
		{"none", grid(func([]float32) {}), 0},
		{"small scale", grid(func(data []float32) {
			for i := range data {
				data[i] *= 1e-30
			}
		}), 0},
		{"large scale", grid(func(data []float32) {
			for i := range data {
				data[i] *= 1e30
			}
		}), 0},
		{"a flipped bit", grid(func(data []float32) { data[700] *= 0x1p32 }), 1},
		{"hot and small scale", grid(func(data []float32) {
			for i := range data {
				data[i] *= 1e-30
			}
			data[700] = 1
		}), 1},
		{"large and negative", grid(func(data []float32) { data[3] = -3e38 }), 1},
		{"filled in", grid(func(data []float32) {
			for i := range 600 {
				data[i] = math.MaxFloat32
			}
		}), 600},
		{"a mask of 1 with dust", grid(func(data []float32) {
			for i := range data {
				if data[i] = 1e-9; i > 500 {
					data[i] = 1
				}
			}
		}), 0},
	} {
		var warnings []string
		m, err := Decode(bytes.NewReader(tt.b), lenient(tt.b, &warnings))
		if err != nil {
			t.Fatal(err)
		}
		if (len(warnings) == 1) != (tt.cleared > 0) {
			t.Errorf("%s: warnings %q, want voxels cleared: %d", tt.name, warnings, tt.cleared)
		}
		if tt.cleared > 0 && !strings.HasPrefix(strings.Join(warnings, ""), fmt.Sprintf("mrc: voxels: %d of 1000 are no densities", tt.cleared)) {
			t.Errorf("%s: warnings %q", tt.name, warnings)
		}
		for i, v := range m.Grid.Data {
			if tt.cleared == 1 && i != 700 && i != 3 && v == 0 && i != 5 || math.Abs(float64(v)) > 1e37 {
				t.Errorf("%s: density %d is %g", tt.name, i, v)
				break
			}
		}
	}
}
