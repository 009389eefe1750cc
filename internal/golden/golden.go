// SPDX-License-Identifier: BSD-3-Clause

// Package golden compares what a test got with a file that a person has
// accepted. Only tests import it.
//
// The files are in the folder testdata of the package under test. If they
// differ, the test fails and what was got is left beside the file, with .got
// at the end of its name. With UPDATE=1 in the environment it becomes the file: look at
// it, then read the diff.
package golden

import (
	"bytes"
	"fmt"
	"image"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Pictures may differ a little between drivers.
const (
	tolerance = 4    // of 255, for each channel
	fraction  = 0.01 // of all channels may differ by more
)

// Text fails the test if got is not what testdata/name has. Line ends count.
func Text(t testing.TB, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	if update(t, path, []byte(got)) {
		return
	}
	want, err := os.ReadFile(path)
	if err == nil && string(want) == got {
		forget(path)
		return
	}
	keep(t, path, []byte(got))
	if err != nil {
		t.Errorf("%s: %v; accept what was got with UPDATE=1", name, err)
		return
	}
	t.Errorf("%s: %s; see %s", name, firstDifference(string(want), got), gotPath(path))
}

// Image fails the test if got is not about the picture that testdata/name has.
func Image(t testing.TB, name string, got image.Image) {
	t.Helper()
	path := filepath.Join("testdata", filepath.FromSlash(name))
	var data bytes.Buffer
	if err := png.Encode(&data, got); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if update(t, path, data.Bytes()) {
		return
	}
	want, err := read(path)
	if err == nil {
		err = Compare(want, got)
	}
	if err == nil {
		forget(path)
		return
	}
	keep(t, path, data.Bytes())
	t.Errorf("%s: %v; see %s, accept it with UPDATE=1", name, err, gotPath(path))
}

// Compare returns how two pictures differ beyond what is allowed, or nil.
func Compare(want, got image.Image) error {
	a, b := plain(want), plain(got)
	if a.Rect != b.Rect {
		return fmt.Errorf("is %d×%d, want %d×%d", b.Rect.Dx(), b.Rect.Dy(), a.Rect.Dx(), a.Rect.Dy())
	}
	differ, most := 0, 0
	for i, v := range a.Pix {
		d := int(v) - int(b.Pix[i])
		d = max(d, -d)
		most = max(most, d)
		if d > tolerance {
			differ++
		}
	}
	if float64(differ) > fraction*float64(len(a.Pix)) {
		return fmt.Errorf("%d of %d channels differ by more than %d, at most by %d; want at most 1 %%",
			differ, len(a.Pix), tolerance, most)
	}
	return nil
}

// plain returns a picture as NRGBA from (0, 0).
func plain(m image.Image) *image.NRGBA {
	b := m.Bounds()
	p := image.NewNRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(p, p.Rect, m, b.Min, draw.Src)
	return p
}

func read(path string) (image.Image, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return png.Decode(f)
}

// update writes the file if a person has asked for it.
func update(t testing.TB, path string, data []byte) bool {
	t.Helper()
	if os.Getenv("UPDATE") != "1" {
		return false
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o666); err != nil {
		t.Fatal(err)
	}
	forget(path)
	return true
}

func gotPath(path string) string { return path + ".got" }

func keep(t testing.TB, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(gotPath(path), data, 0o666); err != nil {
		t.Fatal(err)
	}
}

// forget removes what an earlier failure has left.
func forget(path string) { _ = os.Remove(gotPath(path)) }

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range max(len(a), len(b)) {
		x, y := "nothing", "nothing"
		if i < len(a) {
			x = fmt.Sprintf("%q", a[i])
		}
		if i < len(b) {
			y = fmt.Sprintf("%q", b[i])
		}
		if x != y {
			return fmt.Sprintf("line %d: %s, want %s", i+1, y, x)
		}
	}
	return "the same"
}
