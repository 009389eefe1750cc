// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"
	"path/filepath"
	"testing"

	"difffit/app/panel"
	"difffit/app/session"
	"difffit/app/view"
	"difffit/fitting/volume"
	"difffit/render"
)

// What a person chose about the picture comes back with it: colours, background,
// the residual map, and how density is to be zeroed out; and that undo starts
// anew is said.
func TestSessionKeepsTheSetting(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.idle()
	pick(t, b.window, "Map", "Coloured by the placement")
	pick(t, b.window, "Map", "Residual map")
	pick(t, b.window, "Background", "Black")
	b.compose.Panel.SetZeroOptions(volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 3.5})
	painted := func() bool {
		v := seenMaps(b)
		return len(v) == 3 && v[0].Paint != nil && v[1].Color == (color.NRGBA{60, 175, 85, 150}) && b.stage.View.Scene().Background == view.BlackGround.Color()
	}
	b.until("the map is painted", painted)
	want := seenMaps(b)
	file := filepath.Join(b.data, "seen.difffit")
	b.files.SaveTo(file, nil)
	b.idle()

	pick(t, b.window, "Map", "Coloured by the placement")
	pick(t, b.window, "Map", "Residual map")
	pick(t, b.window, "Background", "White")
	b.compose.Panel.SetZeroOptions(volume.DefaultZeroOptions())
	b.until("the picture is another", func() bool { return len(seenMaps(b)) == 1 && seenMaps(b)[0].Paint == nil })
	b.files.OpenSession(file)
	b.idle()
	b.until("the map is painted again", painted)
	for i, v := range seenMaps(b) {
		if v.Color != want[i].Color || v.Level != want[i].Level || v.Style != want[i].Style {
			t.Errorf("map %d comes back in %v at %g, want %v at %g", i+1, v.Color, v.Level, want[i].Color, want[i].Level)
		}
	}
	if o, err := b.compose.Panel.ZeroOptions(); err != nil || o.Mode != volume.ZeroOwn || o.Radius != 3.5 {
		t.Errorf("zeroes with %+v (%v)", o, err)
	}
	if got := b.Status.Text; got != "Opened session seen.difffit: 2 structures, 1 round, 1 accepted; undo starts here" || b.Doc.UndoLabel() != "" {
		t.Errorf("the status line says %q, undo has %q", got, b.Doc.UndoLabel())
	}

	older := b.Doc.State()
	v, err := view.Decode(older.View)
	b.must(err)
	v.Setting = nil
	older.View, err = v.Encode()
	b.must(err)
	b.must(session.Save(file, older, "test"))
	pick(t, b.window, "Background", "White")
	b.files.OpenSession(file)
	b.idle()
	if o, err := b.compose.Panel.ZeroOptions(); b.stage.View.Scene().Background != view.WhiteGround.Color() || err != nil || o.Radius != 3.5 {
		t.Error("what an older session does not say did not stay")
	}
}

// A session is shown again as it was seen when it was saved.
func TestSessionKeepsTheView(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	pick(t, b.window, "Molecules", "Molecular surface")
	b.change(0, func(r *panel.MapRow) { r.Visible = true })
	b.change(1, func(r *panel.MapRow) { r.Style = "mesh" })
	b.stage.View.TypedRune('+')
	b.stage.View.TypedRune('[')
	camera := b.stage.View.Camera()
	file := filepath.Join(b.data, "seen.difffit")
	b.files.SaveTo(file, nil)
	b.idle()

	pick(t, b.window, "Molecules", "Cartoon")
	b.change(1, func(r *panel.MapRow) { r.Visible = false })
	b.stage.View.ResetView()
	b.files.OpenSession(file)
	b.idle()
	if got := b.stage.View.Camera(); got != camera {
		t.Errorf("point of view %+v, want %+v", got, camera)
	}
	s := b.stage.View.Scene()
	if v := visible(s); len(v) != 2 || v[1].Style != render.Mesh || b.stage.Display().Style != render.Skin {
		t.Errorf("%d maps, molecules in style %d", len(v), b.stage.Display().Style)
	}

	broken := b.Doc.State()
	broken.View = []byte(`{"camera": 1}`)
	if err := session.Save(file, broken, "test"); err != nil {
		t.Fatal(err)
	}
	b.files.OpenSession(file)
	b.idle()
	if b.Doc.State().Map == nil {
		t.Error("a view that is wrong keeps the session from being opened")
	}
}
