// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image"
	"testing"

	"fyne.io/fyne/v2/test"
)

func TestTiles(t *testing.T) {
	tiles := NewTiles("Go on with")
	shown(t, tiles, 700, 400)
	if tiles.title.Visible() {
		t.Error("there is a title without tiles")
	}
	opened := ""
	tiles.OnOpen = func(path string) { opened = path }
	tiles.SetTiles([]Tile{{Name: "a", Path: "/a", Image: image.NewRGBA(image.Rect(0, 0, 4, 3))}, {Name: "b", Path: "/b"}})
	if tiles.Len() != 2 || !tiles.title.Visible() {
		t.Fatalf("%d tiles, title %t", tiles.Len(), tiles.title.Visible())
	}
	test.Tap(tiles.grid.Objects[1].(*tileButton))
	if opened != "/b" {
		t.Errorf("opens %q", opened)
	}
}
