// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"errors"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/test"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting/geom"
	"difffit/render"
)

// A camera stands for the graphics: it notes what it is asked for.
type camera struct {
	asked []render.Request
	fault error
	stop  func(n int) // called before the n-th picture
}

func (*camera) Submit(render.Request) {}

func (*camera) Stop() {}

func (c *camera) Snapshot(r render.Request) (*image.RGBA, error) {
	c.asked = append(c.asked, r)
	if c.stop != nil {
		c.stop(len(c.asked))
	}
	return image.NewRGBA(image.Rect(0, 0, r.Width, r.Height)), c.fault
}

func newCamera(t *testing.T) (*bench, *camera) {
	c := &camera{}
	b := newBenchWith(t, &planned{}, func(func(*render.Frame), func(error)) (viewport.Source, error) { return c, nil })
	b.fitted()
	return b, c
}

func TestPictureIsSavedAsAsked(t *testing.T) {
	b, c := newCamera(t)
	path := b.path0("figure.png")
	b.files.SavePictures("Save picture", panel.PictureState{Width: 300, Height: 200, Samples: 16, Transparent: true, ScaleBar: true}, []string{path})
	b.idle()
	if len(c.asked) != 1 || c.asked[0].Samples != 16 || !c.asked[0].Transparent {
		t.Fatalf("asked for %+v", c.asked)
	}
	f, err := os.Open(path)
	b.must(err)
	defer f.Close()
	m, err := png.Decode(f)
	b.must(err)
	if m.Bounds().Dx() != 300 || m.Bounds().Dy() != 200 {
		t.Errorf("the picture is %v", m.Bounds())
	}
	inked := 0
	for i := range 300 * 200 {
		if _, _, _, a := m.At(i%300, i/300).RGBA(); a > 0 {
			inked++
		}
	}
	if inked == 0 {
		t.Error("there is no scale bar")
	}
	if !strings.Contains(b.Status.Text, "figure.png, 300×200 pixels") {
		t.Errorf("status %q", b.Status.Text)
	}
}

func TestTurntableIsSavedAndStopped(t *testing.T) {
	b, c := newCamera(t)
	paths := make([]string, 6)
	for i := range paths {
		paths[i] = filepath.Join(b.data, "turn", string(rune('a'+i))+".png")
	}
	b.must(os.Mkdir(filepath.Join(b.data, "turn"), 0o755))
	s := panel.PictureState{Width: 60, Height: 40, Samples: 1, Frames: 6}
	b.files.SavePictures("Save turntable movie", s, paths)
	b.idle()
	if len(c.asked) != 6 {
		t.Fatalf("%d pictures", len(c.asked))
	}
	for i, r := range c.asked {
		want := c.asked[0].Camera
		want.Orbit(2*3.14159265358979*float64(i)/6, 0)
		if geom.Angle(r.Camera.Rotation, want.Rotation) > 1e-6 || r.Scene != c.asked[0].Scene {
			t.Errorf("picture %d from %v", i, r.Camera)
		}
	}
	if entries, err := os.ReadDir(filepath.Join(b.data, "turn")); err != nil || len(entries) != 6 {
		t.Errorf("%d files, %v", len(entries), err)
	}
	begun, goOn := make(chan bool), make(chan bool)
	c.stop = func(n int) {
		if n == 8 {
			begun <- true
			<-goOn
		}
	}
	b.files.SavePictures("Save turntable movie", s, paths)
	<-begun
	b.Stop()
	close(goOn)
	b.idle()
	if len(c.asked) != 8 || !strings.Contains(b.Log.Text(), "cancelled") {
		t.Errorf("%d pictures after a stop; log %q", len(c.asked), b.Log.Text())
	}
}

func TestPictureFails(t *testing.T) {
	b, c := newCamera(t)
	c.fault = errors.New("render: picture of 20000×2 pixels, want 1 to 16384")
	b.files.SavePictures("Save picture", panel.PictureState{Width: 20000, Height: 2, Samples: 1}, []string{b.path0("x.png")})
	b.idle()
	if said := b.said(); !strings.Contains(said, "want 1 to 16384") {
		t.Errorf("the dialog says %q", said)
	}
	if _, err := os.Stat(b.path0("x.png")); err == nil {
		t.Error("there is a file")
	}
}

func TestPictureDialog(t *testing.T) {
	b, _ := newCamera(t)
	b.files.AskSaveMovie()
	if said := b.said(); !strings.Contains(said, "Pictures") || !strings.Contains(said, "ffmpeg") {
		t.Errorf("the dialog says %q", said)
	}
	b.Escape()
	b.files.AskSavePicture()
	if said := b.said(); strings.Contains(said, "Pictures") || !strings.Contains(said, "Samples") {
		t.Errorf("the dialog says %q", said)
	}
}

// Of a turntable every picture counts, not the first alone.
func TestTurntableAsksAboutEveryPicture(t *testing.T) {
	b, c := newCamera(t)
	turn := filepath.Join(b.data, "turn")
	b.must(os.Mkdir(turn, 0o755))
	begin := func() {
		b.files.AskSaveMovie()
		b.Named["picture.frames"].(interface{ SetText(string) }).SetText("4")
		b.Named["save.path"].(*shell.PathField).SetText(filepath.Join(turn, "t.png"))
		test.Tap(b.named("save.ok"))
	}
	there := func(name string) { b.must(os.WriteFile(filepath.Join(turn, name), []byte("before"), 0o600)) }

	there("t_0003.png")
	begin()
	if said := b.said(); b.Dialogs() != 1 || len(c.asked) != 0 || !strings.Contains(said, "t_0003.png is there already") {
		t.Fatalf("%d pictures are made; the dialog says %q", len(c.asked), said)
	}
	b.Escape()
	there("t_0004.png")
	begin()
	if said := b.said(); !strings.Contains(said, "2 files are there already") || !strings.Contains(said, "t_0003.png to t_0004.png") {
		t.Fatalf("the dialog says %q", said)
	}
	b.Latest().(*dialog.ConfirmDialog).Confirm()
	b.idle()
	if data, err := os.ReadFile(filepath.Join(turn, "t_0004.png")); err != nil || string(data) == "before" || len(c.asked) != 4 {
		t.Errorf("%d pictures, the last is %q, %v", len(c.asked), data[:min(len(data), 8)], err)
	}
}

// The ending that is added makes another name, which is asked about too.
func TestSaveAsksAboutTheNameWithItsEnding(t *testing.T) {
	b, _ := newCamera(t)
	for _, tt := range []struct {
		ask  func()
		file string
	}{{b.files.SaveAs, "work.difffit"}, {b.files.AskReport, "work.html"}} {
		b.must(os.WriteFile(b.path0(tt.file), []byte("before"), 0o600))
		tt.ask()
		b.Named["save.path"].(*shell.PathField).SetText(b.path0("work"))
		test.Tap(b.named("save.ok"))
		b.idle()
		if said := b.said(); b.Dialogs() != 1 || !strings.Contains(said, tt.file+" is there already") {
			t.Fatalf("%s: the dialog says %q", tt.file, said)
		}
		b.Escape()
		b.idle()
		if data, err := os.ReadFile(b.path0(tt.file)); err != nil || string(data) != "before" {
			t.Errorf("%s was replaced: %v", tt.file, err)
		}
	}
}
