// SPDX-License-Identifier: BSD-3-Clause

package golden

import (
	"image"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A recorder is a test that is expected to fail.
type recorder struct {
	testing.TB
	failed []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) { r.failed = append(r.failed, format) }

func TestText(t *testing.T) {
	t.Chdir(t.TempDir())
	r := &recorder{TB: t}
	Text(r, "a.txt", "one\ntwo\n")
	if len(r.failed) != 1 {
		t.Fatalf("without a file: %d failures, want 1", len(r.failed))
	}
	t.Setenv("UPDATE", "1")
	Text(t, "a.txt", "one\ntwo\n")
	t.Setenv("UPDATE", "")
	Text(t, "a.txt", "one\ntwo\n")
	if _, err := os.Stat(filepath.Join("testdata", "a.txt.got")); err == nil {
		t.Error("a.txt.got is still there after a success")
	}
	r = &recorder{TB: t}
	Text(r, "a.txt", "one\nthree\n")
	got, err := os.ReadFile(filepath.Join("testdata", "a.txt.got"))
	if err != nil || string(got) != "one\nthree\n" || len(r.failed) != 1 {
		t.Errorf("with another text: %q, %v, %d failures", got, err, len(r.failed))
	}
	if d := firstDifference("one\ntwo", "one\nthree"); !strings.HasPrefix(d, "line 2:") {
		t.Errorf("first difference %q, want line 2", d)
	}
}

func TestCompare(t *testing.T) {
	picture := func(value uint8, others int, other uint8) image.Image {
		m := image.NewNRGBA(image.Rect(0, 0, 10, 10))
		for i := range m.Pix {
			m.Pix[i] = value
			if i%4 == 3 {
				m.Pix[i] = 255
			}
		}
		for i := range others {
			m.Pix[4*i] = other
		}
		return m
	}
	tests := []struct {
		name string
		got  image.Image
		want bool // alike
	}{
		{"the same", picture(100, 0, 0), true},
		{"a little off everywhere", picture(104, 0, 0), true},
		{"more off everywhere", picture(105, 0, 0), false},
		{"4 of 400 channels far off", picture(100, 4, 255), true},
		{"5 of 400 channels far off", picture(100, 5, 255), false},
		{"another size", image.NewNRGBA(image.Rect(0, 0, 10, 11)), false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if err := Compare(picture(100, 0, 0), tt.got); (err == nil) != tt.want {
				t.Errorf("Compare: %v, want alike %t", err, tt.want)
			}
		})
	}
}
