// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/volume"
	"difffit/internal/testdata"
	"difffit/io/mrc"
)

func TestVolume(t *testing.T) {
	want := volume.New([3]int{5, 4, 3}, r3.Vec{X: 1, Y: 2, Z: 3}, r3.Vec{X: -4, Y: 10, Z: 3})
	for i := range want.Data {
		want.Data[i] = float32(i)
	}
	for _, name := range []string{"emd_1.map", "emd_1.map.gz"} {
		path := filepath.Join(t.TempDir(), name)
		if err := mrc.WriteFile(path, want, mrc.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		v, err := Volume(path, Options{Warn: func(s string) { t.Error(s) }})
		if err != nil {
			t.Fatal(err)
		}
		if v.Path != path || v.Name != "emd_1" || len(v.SHA256) != 64 || v.Info.Placed != mrc.ByOrigin || len(v.Warnings) != 0 {
			t.Errorf("%+v", v)
		}
		if v.Grid.Size != want.Size || v.Grid.Step != want.Step || v.Grid.Origin != want.Origin || v.Grid.At(4, 3, 2) != 59 {
			t.Errorf("grid %v %v %v", v.Grid.Size, v.Grid.Step, v.Grid.Origin)
		}
	}
}

// TestWrongExtendedHeader has a length that leaves no room for the voxels,
// which is found in packed files too.
func TestWrongExtendedHeader(t *testing.T) {
	var b bytes.Buffer
	if err := mrc.Encode(&b, volume.New([3]int{5, 4, 3}, r3.Vec{X: 1, Y: 1, Z: 1}, r3.Vec{}), mrc.WriteOptions{}); err != nil {
		t.Fatal(err)
	}
	binary.LittleEndian.PutUint32(b.Bytes()[4*23:], 4096)
	for name, content := range map[string][]byte{"a.mrc": b.Bytes(), "a.mrc.gz": packed(t, b.String())} {
		var told []string
		v, err := Volume(write(t, name, content), Options{Warn: func(s string) { told = append(told, s) }})
		if err != nil {
			t.Fatal(err)
		}
		const want = "mrc: header word 24: length of the extended header is 4096, which leaves too little for the voxels; 0 is used"
		if len(v.Warnings) != 1 || v.Warnings[0] != want || len(told) != 1 {
			t.Errorf("%s: warnings %q, told %q, want %s", name, v.Warnings, told, want)
		}
	}
}

func TestVolumeErrors(t *testing.T) {
	for _, tt := range []struct{ name, content, want string }{
		{"model.pdb", strings.Repeat("ATOM      1  N   ALA A   1\n", 50), "is text, want a map in the MRC or CCP4 format"},
		{"empty.mrc", "", "mrc: header: 0 bytes, want 1024: unexpected EOF"},
		{"short.mrc.gz", string(packed(t, strings.Repeat("\x00", 100))), "mrc: header: 100 bytes, want 1024: unexpected EOF"},
	} {
		path := write(t, tt.name, []byte(tt.content))
		_, err := Volume(path, Options{})
		var read *ReadError
		if err == nil || err.Error() != path+": "+tt.want || !errors.As(err, &read) {
			t.Errorf("Volume: %v, want %s", err, tt.want)
		}
	}
	missing := filepath.Join(t.TempDir(), "missing.mrc")
	if _, err := Volume(missing, Options{}); err == nil || err.Error() != missing+": no such file or directory" {
		t.Errorf("Volume: %v, want the path once", err)
	}
}

func TestDamagedPackedVolume(t *testing.T) {
	content, err := os.ReadFile(testdata.Shared(t, "readers/mrc_variants/packed.mrc.gz"))
	if err != nil {
		t.Fatal(err)
	}
	sum := bytes.Clone(content)
	sum[len(sum)-8] ^= 1
	if _, err := Volume(write(t, "sum.mrc.gz", sum), Options{}); !errors.Is(err, gzip.ErrChecksum) {
		t.Errorf("Volume: %v, want %v", err, gzip.ErrChecksum)
	}
	if _, err := Volume(write(t, "cut.mrc.gz", content[:len(content)/2]), Options{}); err == nil || !strings.Contains(err.Error(), "mrc: voxels: ") {
		t.Errorf("Volume: %v, want a fault of the voxels", err)
	}
}

func TestPackingsGiveTheSameMap(t *testing.T) {
	var first *VolumeFile
	for _, name := range []string{"emd_3001.map", "emd_3001.map.gz", "emd_3001.map.bz2"} {
		v, err := Volume(testdata.Shared(t, "readers/mrc/"+name), Options{})
		if err != nil {
			t.Fatal(err)
		}
		if first == nil {
			first = v
		}
		if v.Name != "emd_3001" || !slices.Equal(v.Grid.Data, first.Grid.Data) || v.Grid.Origin != first.Grid.Origin {
			t.Errorf("%s: not the map of %s", name, first.Path)
		}
	}
}
