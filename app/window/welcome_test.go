// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"difffit/app/window/shell"
)

// A session that was saved is on the first page, with a picture, until it is
// gone; pressed, it is opened.
func TestSessionsAreOnTheFirstPage(t *testing.T) {
	b, c := newCamera(t)
	b.App.Preferences().SetString(shell.KeyCache, b.data)
	path := b.path0("work.difffit")
	b.files.SaveTo(path, nil)
	b.idle()
	b.until("it is on the first page", func() bool { return b.welcome.tiles.Len() == 1 })
	if n := len(c.asked); n != 1 {
		t.Errorf("%d pictures were made for it", n)
	}
	found, err := filepath.Glob(b.path0("thumbnails/*.png"))
	if err != nil || len(found) != 1 {
		t.Fatalf("kept %q, %v", found, err)
	}
	f, err := os.Open(found[0])
	b.must(err)
	defer f.Close()
	if m, err := png.Decode(f); err != nil || m.Bounds().Dx() != c.asked[0].Width || m.Bounds().Dy() != c.asked[0].Height {
		t.Errorf("the picture is %v, %v; asked for %d×%d", m, err, c.asked[0].Width, c.asked[0].Height)
	}
	b.files.New()
	b.welcome.tiles.Press(0)
	b.idle()
	if s := b.Doc.State(); b.files.Path() != path || len(s.Rounds) != 1 {
		t.Fatalf("path %q, %d rounds", b.files.Path(), len(s.Rounds))
	}
	b.must(os.Remove(path))
	b.showRecent()
	b.until("it is there no more", func() bool { return b.welcome.tiles.Len() == 0 })
}
