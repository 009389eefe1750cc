// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"path/filepath"
	"testing"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/render"
)

// A session is shown again as it was seen when it was saved.
func TestSessionKeepsTheView(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	pick(t, b.window, "Molecules", "Molecular surface")
	b.change(1, func(r *panel.MapRow) { r.Visible, r.Style = true, panel.MeshStyle })
	b.view.TypedRune('+')
	b.view.TypedRune('[')
	camera := b.view.Camera()
	file := filepath.Join(b.data, "seen.difffit")
	b.saveTo(file, nil)
	b.idle()

	pick(t, b.window, "Molecules", "Cartoon")
	b.change(1, func(r *panel.MapRow) { r.Visible = false })
	b.view.ResetView()
	b.openSession(file)
	b.idle()
	if got := b.view.Camera(); got != camera {
		t.Errorf("point of view %+v, want %+v", got, camera)
	}
	s := b.view.Scene()
	if v := visible(s); len(v) != 2 || v[1].Style != render.Mesh || b.looks.style != render.Skin {
		t.Errorf("%d maps, molecules in style %d", len(v), b.looks.style)
	}

	broken := b.doc.State()
	broken.View = []byte(`{"camera": 1}`)
	if err := document.Save(file, broken, "test"); err != nil {
		t.Fatal(err)
	}
	b.openSession(file)
	b.idle()
	if b.doc.State().Map == nil {
		t.Error("a view that is wrong keeps the session from being opened")
	}
}
