// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image"
	"image/color"
	"path/filepath"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A Tile is something that was worked on, and can be gone on with.
type Tile struct {
	Name, Path string
	Time       time.Time   // of the last change
	Image      image.Image // nil if there is none
}

// The size of the picture of a tile.
const tileWidth, tileHeight = 176, 110

// Tiles shows pictures with names and dates, to be pressed.
type Tiles struct {
	widget.BaseWidget

	// OnOpen is told the path of a tile that is pressed.
	OnOpen func(path string)

	title *widget.Label
	grid  *fyne.Container
}

// NewTiles makes tiles under a title; without any there is no title either.
func NewTiles(title string) *Tiles {
	t := &Tiles{OnOpen: func(string) {}, title: Heading(title), grid: container.NewGridWithColumns(3)}
	t.title.Alignment = fyne.TextAlignCenter
	t.ExtendBaseWidget(t)
	t.SetTiles(nil)
	return t
}

// CreateRenderer lays the tiles out.
func (t *Tiles) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.NewVBox(t.title, container.NewCenter(t.grid)))
}

// SetTiles shows other tiles.
func (t *Tiles) SetTiles(list []Tile) {
	t.grid.RemoveAll()
	for _, tile := range list {
		t.grid.Add(newTileButton(tile, func() { t.OnOpen(tile.Path) }))
	}
	t.grid.Layout = container.NewGridWithColumns(max(1, min(3, len(list)))).Layout
	t.title.Hidden = len(list) == 0
	t.Refresh()
}

// Len returns how many tiles there are.
func (t *Tiles) Len() int { return len(t.grid.Objects) }

// Press presses the i-th tile.
func (t *Tiles) Press(i int) { t.grid.Objects[i].(*tileButton).do() }

// A tileButton is a tile that can be pressed.
type tileButton struct {
	widget.BaseWidget
	tile  Tile
	do    func()
	frame *canvas.Rectangle
}

func newTileButton(t Tile, do func()) *tileButton {
	b := &tileButton{tile: t, do: do, frame: canvas.NewRectangle(color.Transparent)}
	b.frame.StrokeWidth, b.frame.CornerRadius = 2, 4
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer shows the picture, the name and the date.
func (b *tileButton) CreateRenderer() fyne.WidgetRenderer {
	var picture fyne.CanvasObject = container.NewCenter(widget.NewIcon(theme.FileImageIcon()))
	if b.tile.Image != nil {
		m := canvas.NewImageFromImage(b.tile.Image)
		m.FillMode, m.ScaleMode = canvas.ImageFillContain, canvas.ImageScaleSmooth
		picture = m
	}
	name := widget.NewLabelWithStyle(b.tile.Name, fyne.TextAlignCenter, fyne.TextStyle{Bold: true})
	name.Truncation = fyne.TextTruncateEllipsis
	date := widget.NewLabelWithStyle(b.tile.Time.Format("2 January 2006, 15:04"), fyne.TextAlignCenter, fyne.TextStyle{})
	date.Importance = widget.LowImportance
	date.SizeName = theme.SizeNameCaptionText
	folder := newFolderLine(filepath.Dir(b.tile.Path))
	folder.centre = true
	box := container.NewBorder(nil, container.NewVBox(name, folder, date), nil, nil, container.NewGridWrap(fyne.NewSize(tileWidth, tileHeight), picture))
	b.MouseOut()
	return widget.NewSimpleRenderer(container.NewStack(b.frame, container.NewPadded(box)))
}

// Tapped goes on with it.
func (b *tileButton) Tapped(*fyne.PointEvent) { b.do() }

// Cursor tells that it can be pressed.
func (b *tileButton) Cursor() desktop.Cursor { return desktop.PointerCursor }

// MouseIn shows that it can be pressed.
func (b *tileButton) MouseIn(*desktop.MouseEvent) { b.edge(theme.ColorNamePrimary) }

// MouseMoved does nothing.
func (*tileButton) MouseMoved(*desktop.MouseEvent) {}

// MouseOut shows that something else would be pressed.
func (b *tileButton) MouseOut() { b.edge(theme.ColorNameInputBorder) }

func (b *tileButton) edge(name fyne.ThemeColorName) {
	b.frame.StrokeColor = theme.Color(name)
	b.frame.Refresh()
}
