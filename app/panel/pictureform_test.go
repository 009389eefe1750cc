// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestPictureForm(t *testing.T) {
	test.NewTempApp(t)
	f := NewPictureForm(PictureState{Width: 800, Height: 600, Samples: 9, Frames: 24, ScaleBar: true}, 4.0/3)
	test.NewTempWindow(t, f)
	f.width.SetText("1600")
	if f.height.Text != "1200" {
		t.Errorf("the height is %s, want 1200", f.height.Text)
	}
	f.height.SetText("300")
	if f.width.Text != "400" {
		t.Errorf("the width is %s, want 400", f.width.Text)
	}
	f.transparent.SetChecked(true)
	s, err := f.Read()
	if want := (PictureState{400, 300, 9, true, true, 24}); err != nil || s != want {
		t.Errorf("%+v, %v, want %+v", s, err, want)
	}
	f.width.SetText("20000")
	f.samples.SetText("many")
	f.frames.SetText("0")
	_, err = f.Read()
	for _, want := range []string{`width: "20000", want a whole number from 1 to 16384`, `samples: "many"`, `pictures: "0"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
