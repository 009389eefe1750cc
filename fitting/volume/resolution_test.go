// SPDX-License-Identifier: BSD-3-Clause

package volume

import (
	"compress/gzip"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"difffit/internal/testdata"

	"gonum.org/v1/gonum/spatial/r3"
)

// plainShells is shellPower from the definition of the Fourier transform, for
// frequencies k/m of an unfolded map.
func plainShells(g *Grid, m [3]int, nyquist float64, shells int) []float64 {
	mean := finiteMean(g)
	sum := make([]float64, shells)
	for kz := range m[2] {
		for ky := range m[1] {
			for kx := range m[0] {
				k, f2 := [3]int{kx, ky, kz}, 0.0
				for a := range 3 {
					if k[a] > m[a]/2 {
						k[a] -= m[a]
					}
					f := float64(k[a]) / (float64(m[a]) * axis(g.Step, a))
					f2 += f * f
				}
				s := int(math.Sqrt(f2) / nyquist * float64(shells))
				if s >= shells {
					continue
				}
				re, im := 0.0, 0.0
				for i, v := range g.Data {
					x := [3]int{i % g.Size[0], i / g.Size[0] % g.Size[1], i / (g.Size[0] * g.Size[1])}
					phase := 0.0
					for a := range 3 {
						phase += 2 * math.Pi * float64(k[a]*x[a]) / float64(m[a])
					}
					sin, cos := math.Sincos(phase)
					re += (float64(v) - mean) * cos
					im -= (float64(v) - mean) * sin
				}
				sum[s] += re*re + im*im
			}
		}
	}
	return sum
}

// 7 has no quick transform and is folded onto 6, exactly.
func TestShellPowerMatchesDefinition(t *testing.T) {
	for _, size := range [][3]int{{6, 5, 8}, {7, 7, 11}, {1, 4, 9}} {
		g := noise(size, 3, 1, 6)
		f := fold(g)
		got := shellPower(f, 0.25)
		for i, want := range plainShells(g, f.size, 0.25, len(got)) {
			if math.Abs(got[i]-want) > 1e-6*(1+want) {
				t.Errorf("%v: shell %d has %g, want %g", size, i, got[i], want)
			}
		}
	}
}

// The power of a Gaussian of width σ falls as exp(−(2πσf)²); the f below which
// 99 % of ∫f² exp(−(2πσf)²) lies is 2.382/(2πσ): the chi distribution of three
// degrees of freedom at 0.99 is 3.368 = √2·2.382.
func TestEstimateResolutionOfAGaussian(t *testing.T) {
	sizes := [][3]int{{60, 64, 70}, {127, 96, 83}, {200, 150, 140}} // as it is, rounded, folded
	for _, size := range sizes {
		g := New(size, r3.Vec{X: 1, Y: 1.1, Z: 0.9}, r3.Vec{})
		center := r3.Vec{X: float64(size[0]) / 2, Y: float64(size[1]) * 0.55, Z: float64(size[2]) * 0.45}
		const sigma = 2.5
		for i := range g.Data {
			g.Data[i] = 5 + float32(math.Exp(-r3.Norm2(r3.Sub(g.Position(i), center))/(2*sigma*sigma)))
		}
		want := 2 * math.Pi * sigma / 2.382
		if got := EstimateResolution(g).Value; !near(got, want, 0.03) { // shells are 0.02 of the answer or more
			t.Errorf("%v: %g Å, want %g", size, got, want)
		}
	}
}

func TestEstimateResolutionOfSimulatedMaps(t *testing.T) {
	points := blob(1500, r3.Vec{}, 3)
	for _, r := range []float64{4, 8, 15} {
		g, err := Simulate(context.Background(), points, SimulateOptions{Resolution: r, Spacing: 1.3})
		if err != nil {
			t.Fatal(err)
		}
		got := EstimateResolution(g).Value
		if got < 0.65*r || got > 1.25*r { // as far as real maps are
			t.Errorf("simulated at %g Å: %g Å", r, got)
		}
	}
	flat := New([3]int{9, 9, 9}, r3.Vec{X: 1, Y: 2, Z: 1}, r3.Vec{})
	if got := EstimateResolution(flat); got.Value != 4 || !strings.HasPrefix(got.Rule, "twice the voxel edge") {
		t.Errorf("flat map: %+v", got)
	}
}

// The estimate of the real cases against the resolution their authors state.
func TestEstimateResolutionOfRealMaps(t *testing.T) {
	var ratios []float64
	for _, name := range []string{
		"domainfit_density2/density2.mrc", "emd0093_6gyn_hcn4/emd_0093_masked.mrc.gz", "emd1461_vp6_trimer/emd_1461.mrc.gz",
		"emd20026_apoferritin/emd20026_prot.mrc.gz", "emd2566_3j6b_chain9/emd_2566_3j6b_9.mrc",
		"emd5168_factin/emd_5168.map.gz", "emd6187_3j8x_kinesin_tubulin/emd_6187_ABK.mrc", "ribosome_uL4_crop/ribocut4a.mrc.gz",
	} {
		path := testdata.Shared(t, name)
		var about struct {
			Resolution float64 `json:"resolution"`
		}
		raw, err := os.ReadFile(filepath.Join(filepath.Dir(path), "case.json"))
		if err == nil {
			err = json.Unmarshal(raw, &about)
		}
		if err != nil {
			t.Fatal(err)
		}
		got := EstimateResolution(readMap(t, path))
		ratio := got.Value / about.Resolution
		t.Logf("%-50s stated %5.2f Å, estimated %5.2f Å, ratio %.2f", name, about.Resolution, got.Value, ratio)
		if ratio < 0.6 || ratio > 1.35 {
			t.Errorf("%s: %.2f Å, stated %.2f Å", name, got.Value, about.Resolution)
		}
		ratios = append(ratios, ratio)
	}
	slices.Sort(ratios)
	if m := ratios[len(ratios)/2]; m < 0.85 || m > 1.15 {
		t.Errorf("median ratio to the stated resolution %.2f, want about 1", m)
	}
}

// readMap reads a map of mode 2, little-endian, in x-y-z order: no more than
// these tests need.
func readMap(t *testing.T, path string) *Grid {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	in := io.Reader(f)
	if strings.HasSuffix(path, ".gz") {
		if in, err = gzip.NewReader(f); err != nil {
			t.Fatal(err)
		}
	}
	raw, err := io.ReadAll(in)
	if err != nil {
		t.Fatal(err)
	}
	word := func(w int) uint32 { return binary.LittleEndian.Uint32(raw[4*(w-1):]) }
	float := func(w int) float64 { return float64(math.Float32frombits(word(w))) }
	if word(4) != 2 || word(17) != 1 || word(18) != 2 {
		t.Fatalf("%s: mode %d, axes %d, %d", path, word(4), word(17), word(18))
	}
	g := New([3]int{int(word(1)), int(word(2)), int(word(3))}, r3.Vec{
		X: float(11) / float64(word(8)), Y: float(12) / float64(word(9)), Z: float(13) / float64(word(10)),
	}, r3.Vec{})
	body := raw[1024+word(24):]
	for i := range g.Data {
		g.Data[i] = math.Float32frombits(binary.LittleEndian.Uint32(body[4*i:]))
	}
	return g
}

func BenchmarkEstimateResolution(b *testing.B) {
	for _, n := range []int{48, 128, 220} {
		g := noise([3]int{n, n, n}, 0, 1, 1)
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				EstimateResolution(g)
			}
		})
	}
}
