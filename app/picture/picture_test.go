// SPDX-License-Identifier: BSD-3-Clause

package picture

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/spf13/cobra"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/command"
	"difffit/app/document"
	"difffit/app/session"
	"difffit/app/view"
	"difffit/assets"
	"difffit/fitting"
	"difffit/fitting/cpu"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
	"difffit/render"
)

// inputs writes the demo to a folder and returns its map and one structure.
func inputs(t *testing.T) (density, structure string) {
	t.Helper()
	dir := t.TempDir()
	m, structures := assets.Demo()
	for _, f := range []assets.DemoFile{m, structures[3]} {
		if err := os.WriteFile(filepath.Join(dir, f.Name), f.Data, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return filepath.Join(dir, m.Name), filepath.Join(dir, structures[3].Name)
}

// run runs the command as the program does.
func run(draw Draw, args ...string) (code int, messages string) {
	var out, errw bytes.Buffer
	code = command.Main(context.Background(), append([]string{"render"}, args...), nil, &out, &errw, command.Program{
		Name: "difffit", Engines: []fitting.Engine{cpu.New()}, More: []*cobra.Command{Command(session.Files{}, draw)},
	})
	return code, out.String() + errw.String()
}

// A drawing is what a picture was asked for with.
type drawing struct {
	scene  *render.Scene
	camera render.Camera
	w, h   int
	q      render.Quality
	all    []render.Camera
}

// noted returns a Draw that draws nothing, and what it was asked for.
func noted() (Draw, *drawing) {
	var d drawing
	return func(s *render.Scene, cameras []render.Camera, w, h int, q render.Quality, each func(int, *image.RGBA) error) error {
		d = drawing{s, cameras[0], w, h, q, cameras}
		for i := range cameras {
			if err := each(i, image.NewRGBA(image.Rect(0, 0, w, h))); err != nil {
				return err
			}
		}
		return nil
	}, &d
}

func TestOptionsReachThePicture(t *testing.T) {
	density, structure := inputs(t)
	out := filepath.Join(t.TempDir(), "x.png")
	draw, got := noted()
	code, messages := run(draw, density, structure, "--out", out, "--size", "320x200", "--samples", "3", "--transparent", "--level", "0.5",
		"--style", "sticks", "--color", "element", "--map-style", "mesh", "--background", "#102030", "--slab", "20", "--orthographic", "--opacity", "1")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	if got.w != 320 || got.h != 200 || got.q.Samples != 3 || !got.q.Transparent || !got.camera.Ortho || got.camera.Front != 10 || got.camera.Back != 10 {
		t.Errorf("picture %d×%d, %+v, %+v", got.w, got.h, got.q, got.camera)
	}
	v, m := got.scene.Volumes[0], got.scene.Molecules[0]
	if v.Level != 0.5 || v.Style != render.Mesh || v.Color.A != 255 || m.Style != render.Sticks || m.Coloring != render.ByElement || got.scene.Background.B != 0x30 {
		t.Errorf("map at %g in style %d, molecule in %d, colours %d, background %v", v.Level, v.Style, m.Style, m.Coloring, got.scene.Background)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if c, err := png.DecodeConfig(f); err != nil || c.Width != 320 {
		t.Errorf("%s: %d pixels wide, %v", out, c.Width, err)
	}
}

func TestSessionShowsWhatIsAccepted(t *testing.T) {
	density, structure := inputs(t)
	ctx := context.Background()
	m, err := session.Files{}.Map(ctx, density)
	if err != nil {
		t.Fatal(err)
	}
	list, err := session.Files{}.Structures(ctx, structure)
	if err != nil {
		t.Fatal(err)
	}
	level := 0.4
	s := document.State{Map: m, Options: fitting.DefaultOptions()}
	s.Options.Level = &level
	list[0].ID = 1
	s.Structures = list
	where := geom.NewRigid(geom.Identity().Rotation, m.Grid.Extent())
	s.Accepted = []*document.Accepted{{ID: 1, Structure: 1, Placement: fitting.Placement{Motion: where}}}
	file := filepath.Join(t.TempDir(), "a.difffit")
	if err := session.Save(file, s, "test"); err != nil {
		t.Fatal(err)
	}
	draw, got := noted()
	if code, messages := run(draw, file, "--out", filepath.Join(t.TempDir(), "x.png")); code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	if v := got.scene.Volumes[0]; v.Level != 0.4 {
		t.Errorf("level %g, want that of the session", v.Level)
	}
	if n := len(got.scene.Molecules); n != 1 || got.scene.Molecules[0].Motions[0] != where {
		t.Errorf("%d molecules, want the accepted one where it is", n)
	}
}

// A session with a view is drawn as that says; options that are given count.
func TestSessionIsDrawnAsItWasSeen(t *testing.T) {
	density, structure := inputs(t)
	ctx := context.Background()
	m, err := session.Files{}.Map(ctx, density)
	if err != nil {
		t.Fatal(err)
	}
	list, err := session.Files{}.Structures(ctx, structure)
	if err != nil {
		t.Fatal(err)
	}
	list[0].ID = 1
	middle := m.Grid.Point(r3.Scale(0.5, r3.Vec{X: float64(m.Grid.Size[0]), Y: float64(m.Grid.Size[1]), Z: float64(m.Grid.Size[2])}))
	where := geom.NewRigid(geom.Identity().Rotation, r3.Sub(middle, mol.Center(list[0].Model.Atoms)))
	s := document.State{Map: m, Structures: list, Options: fitting.DefaultOptions()}
	s.Accepted = []*document.Accepted{{ID: 1, Structure: 1, Placement: fitting.Placement{Motion: where}}}
	level := 0.7
	v := view.View{
		Camera: render.Camera{Target: middle, Rotation: geom.Exp(r3.Vec{Y: 1}), Distance: 77, FovY: 0.5, Front: 5, Back: 6},
		Style:  render.Sticks, Coloring: render.ByElement, Look: render.Look{Light: render.Flat},
		Maps: view.Maps{Near: true, Radius: 3, Maps: []view.Map{
			{Kind: view.Remaining, Style: render.Mesh}, // is not seen
			{Kind: view.Whole, Visible: true, Style: render.Mesh, Level: &level, Color: color.NRGBA{1, 2, 3, 255}},
			{Kind: view.Simulated, Visible: true},
			{Kind: view.Residual, Visible: true},
		}},
	}
	if s.View, err = v.Encode(); err != nil {
		t.Fatal(err)
	}
	file, out := filepath.Join(t.TempDir(), "a.difffit"), filepath.Join(t.TempDir(), "x.png")
	if err := session.Save(file, s, "test"); err != nil {
		t.Fatal(err)
	}
	draw, got := noted()
	if code, messages := run(draw, file, "--out", out); code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	if got.camera != v.Camera || got.scene.Look != v.Look || got.scene.Molecules[0].Style != render.Sticks {
		t.Errorf("camera %+v, look %+v, style %d", got.camera, got.scene.Look, got.scene.Molecules[0].Style)
	}
	if list := got.scene.Volumes; len(list) != 4 || list[0].Level != 0.7 || list[1].Level <= 0 || list[0].Zone == nil || list[2].Grid == list[0].Grid {
		t.Errorf("%d maps: %+v", len(list), list)
	}
	if code, messages := run(draw, file, "--out", out, "--style", "surface", "--map-style", "cloud", "--zoom", "2", "--slab", "40", "--near", "0"); code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	if got.scene.Molecules[0].Style != render.Skin || got.scene.Volumes[0].Style != render.Cloud || got.scene.Volumes[0].Zone != nil || got.camera.Distance != 77./2 || got.camera.Front != 20 {
		t.Errorf("options do not count: style %d, camera %+v", got.scene.Molecules[0].Style, got.camera)
	}
	v.Camera.Front, v.Camera.Back = 0, 0
	v.Residues = &view.Residues{
		Labels: true, Selected: []view.AtomsAt{{Structure: 1, Motion: where, Atoms: []int{0}}},
		Measures: [][]view.AtomsAt{{{Structure: 1, Motion: where, Atoms: []int{0}}, {Structure: 1, Motion: where, Atoms: []int{9}}}},
	}
	if s.View, err = v.Encode(); err != nil {
		t.Fatal(err)
	}
	if err := session.Save(file, s, "test"); err != nil {
		t.Fatal(err)
	}
	if code, messages := run(draw, file, "--out", out, "--size", "900x600"); code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	if m := got.scene.Molecules; len(m) != 2 || !m[1].Marked || yellow(t, out) == 0 {
		t.Errorf("%d molecules, %d yellow pixels; want a line around what is selected, and a distance", len(m), yellow(t, out))
	}
	v.Residues = nil
	v.Setting = &view.Setting{Ground: view.BlackGround, Painted: true, Zero: volume.DefaultZeroOptions()}
	if s.View, err = v.Encode(); err != nil {
		t.Fatal(err)
	}
	if err := session.Save(file, s, "test"); err != nil {
		t.Fatal(err)
	}
	if code, messages := run(draw, file, "--out", out); code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	if list := got.scene.Volumes; got.scene.Background != view.BlackGround.Color() || list[0].Paint == nil || list[0].Color.R != view.Unexplained.R || list[1].Paint != nil {
		t.Errorf("background %v, maps %+v, want the first painted", got.scene.Background, list)
	}
	if code, messages := run(draw, file, "--out", out, "--background", "#010203"); code != 0 || got.scene.Background.B != 3 {
		t.Errorf("exit code %d, background %v: %s", code, got.scene.Background, messages)
	}
	s.View = []byte(`{"camera": {}}`)
	if err := session.Save(file, s, "test"); err != nil {
		t.Fatal(err)
	}
	if code, messages := run(draw, file, "--out", out); code != 3 || !strings.Contains(messages, "view: ") {
		t.Errorf("a view that is wrong: exit code %d, %s", code, messages)
	}
}

// yellow returns how many pixels of a picture have the colour of measured lines.
func yellow(t *testing.T, path string) int {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for i := range m.Bounds().Dx() * m.Bounds().Dy() {
		c := color.NRGBAModel.Convert(m.At(i%m.Bounds().Dx(), i/m.Bounds().Dx())).(color.NRGBA)
		if c.R > 200 && c.G > 180 && c.B < 120 && c.A > 100 {
			n++
		}
	}
	return n
}

func TestWrongUse(t *testing.T) {
	density, structure := inputs(t)
	draw, _ := noted()
	out := filepath.Join(t.TempDir(), "x.png")
	failing := func(*render.Scene, []render.Camera, int, int, render.Quality, func(int, *image.RGBA) error) error {
		return errors.New("no OpenGL")
	}
	tests := []struct {
		args []string
		draw Draw
		code int
		want string
	}{
		{nil, draw, 2, "is missing"},
		{[]string{density}, draw, 2, "--out"},
		{[]string{density, "--out", "x.jpg"}, draw, 2, ".png"},
		{[]string{density, "--out", out, "--size", "12"}, draw, 2, "--size"},
		{[]string{density, "--out", out, "--size", "12x13x4"}, draw, 2, "--size"},
		{[]string{density, "--out", out, "--style", "ribbon"}, draw, 2, "cartoon"},
		{[]string{density, "--out", out, "--turntable", "-1"}, draw, 2, "--turntable"},
		{[]string{density, "--out", out, "--opacity", "NaN"}, draw, 2, "--opacity"},
		{[]string{density, "--out", out, "--background", "#12"}, draw, 2, "--background"},
		{[]string{"none.mrc", "--out", out}, draw, 3, "none.mrc"},
		{[]string{structure, "none.pdb", "--out", out}, draw, 3, "none.pdb"},
		{[]string{"none.difffit", "--out", out}, draw, 3, "none.difffit"},
		{[]string{density, "--out", out}, failing, 1, "no OpenGL"},
	}
	for _, tt := range tests {
		code, messages := run(tt.draw, tt.args...)
		if code != tt.code || !strings.Contains(messages, tt.want) {
			t.Errorf("%q: exit code %d, %q; want %d and %q", tt.args, code, messages, tt.code, tt.want)
		}
	}
	if _, err := os.Stat(out); err == nil {
		t.Error("a picture was left")
	}
}

// The whole way to a picture, where there is OpenGL without a window.
func TestPicture(t *testing.T) {
	t.Setenv("LIBGL_ALWAYS_SOFTWARE", "1")
	density, _ := inputs(t)
	out := filepath.Join(t.TempDir(), "x.png")
	draw := func(s *render.Scene, cameras []render.Camera, w, h int, q render.Quality, each func(int, *image.RGBA) error) error {
		ctx, free, err := render.Offscreen()
		if err != nil {
			if os.Getenv("DIFFFIT_REQUIRE_GL") == "1" {
				t.Fatal(err)
			}
			t.Skip("no off-screen OpenGL here:", err)
		}
		defer free()
		return render.Images(ctx, s, cameras, w, h, q, each)
	}
	if code, messages := run(draw, density, "--out", out, "--size", "200x150", "--samples", "2", "--transparent"); code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	f, err := os.Open(out)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	_, _, _, corner := m.At(0, 0).RGBA()
	seen := 0
	for i := range 200 * 150 {
		if _, _, _, a := m.At(i%200, i/200).RGBA(); a > 0 {
			seen++
		}
	}
	if corner != 0 || seen < 200*150/20 {
		t.Errorf("alpha of the corner %d, and %d pixels with something, want a map on a transparent background", corner, seen)
	}
}

func TestTurntable(t *testing.T) {
	density, _ := inputs(t)
	dir := t.TempDir()
	draw, got := noted()
	code, messages := run(draw, density, "--out", filepath.Join(dir, "movie.png"), "--size", "90x60", "--turntable", "4", "--scale-bar", "--orthographic", "--background", "black")
	if code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	if len(got.all) != 4 || !strings.Contains(messages, "movie_0001.png to movie_0004.png") {
		t.Errorf("%d points of view; %q", len(got.all), messages)
	}
	for i, c := range got.all {
		want := got.all[0]
		want.Orbit(float64(i)*math.Pi/2, 0)
		if c.Target != want.Target || c.Distance != want.Distance || geom.Angle(c.Rotation, want.Rotation) > 1e-6 {
			t.Errorf("picture %d from %+v, want %+v", i, c, want)
		}
	}
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 4 || entries[3].Name() != "movie_0004.png" {
		t.Fatalf("%v files, %v", entries, err)
	}
}

// The bar is as long as it says.
func TestScaleBar(t *testing.T) {
	c := render.Camera{Target: r3.Vec{}, Rotation: geom.Identity().Rotation, Distance: 200, FovY: 0.5, Ortho: true}
	m := image.NewRGBA(image.Rect(0, 0, 800, 600))
	ScaleBar(m, c, color.NRGBA{A: 255})
	dark, y := 0, 600-18-2 // in the bar
	for x := range 800 {
		if m.RGBAAt(x, y) == (color.RGBA{255, 255, 255, 255}) {
			dark++
		}
	}
	long := round125(0.25 * 800 * c.Height() / 600)
	if want := long / c.Height() * 600; math.Abs(float64(dark)-want) > 1 || long != 20 {
		t.Errorf("the bar of %g Å has %d pixels, want %.1f", long, dark, want)
	}
	words := 0
	for y := 540; y < 575; y++ {
		for x := range 800 {
			if m.RGBAAt(x, y).A > 128 {
				words++
			}
		}
	}
	if words < 100 {
		t.Errorf("%d pixels of text, want a label", words)
	}
}

func TestLocalFitColoursAtoms(t *testing.T) {
	density, structure := inputs(t)
	draw, got := noted()
	if code, messages := run(draw, density, structure, "--out", filepath.Join(t.TempDir(), "x.png"), "--color", "local-fit"); code != 0 {
		t.Fatalf("exit code %d: %s", code, messages)
	}
	m := got.scene.Molecules[0]
	if m.Coloring != render.ByValue || m.Values == nil || len(m.Values.Of) != len(m.Structure.Atoms) || m.Values.High != 1 {
		t.Errorf("coloring %d, values %+v", m.Coloring, m.Values)
	}
}
