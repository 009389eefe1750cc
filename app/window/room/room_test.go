// SPDX-License-Identifier: BSD-3-Clause

package room

import (
	"fmt"
	"image/color"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// block is an object with a least size.
func block(width, height float32) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(width, height), canvas.NewRectangle(color.Black))
}

func TestDockHasAWidth(t *testing.T) {
	test.NewTempApp(t)
	tests := []struct {
		name         string
		window, side float32 // of the window; the least of the side
		width        float32 // that was dragged to, 0 for the usual one
		away         bool
		want         float32 // of the side
	}{
		{"usual", 1440, 300, 0, false, usual},
		{"a large window", 2560, 300, 0, false, 640},
		{"a small one", 720, 300, 0, false, 324},
		{"a small one, a wide side", 720, 350, 0, false, 350},
		{"dragged", 1440, 300, 555, false, 555},
		{"dragged too far to the right", 1440, 300, 20, false, 300},
		{"dragged too far to the left", 1000, 300, 990, false, 1000 - edgeWidth - leastPicture},
		{"away", 1440, 300, 555, true, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			picture, side := block(10, 10), block(tt.side, 10)
			d := NewDock(picture, side)
			d.Set(tt.width, tt.away)
			d.Resize(fyne.NewSize(tt.window, 500))
			dockRenderer{d}.Layout(d.Size())
			if got := d.sideWidth(tt.window); got != tt.want || picture.Size().Width != tt.window-edgeWidth-tt.want {
				t.Errorf("the side is %g wide, the picture %g, want %g", got, picture.Size().Width, tt.want)
			}
		})
	}
}

func TestBarLeavesWordsOut(t *testing.T) {
	test.NewTempApp(t)
	button := func(words string) *widget.Button { return widget.NewButtonWithIcon(words, theme.HelpIcon(), nil) }
	a, b, c := button("the first"), button("the second"), button("always")
	whole := a.MinSize().Width + b.MinSize().Width + c.MinSize().Width + 2*theme.Padding()
	bar := NewBar([]fyne.CanvasObject{a, b}, []fyne.CanvasObject{c}, &Worded{Button: b, Words: b.Text}, &Worded{Button: a, Words: a.Text})
	for _, tt := range []struct {
		width float32
		want  string
	}{
		{whole + 100, `["the first" "the second" "always"]`},
		{whole - 1, `["the first" "" "always"]`},
		{bar.MinSize().Width, `["" "" "always"]`},
		{whole, `["the first" "the second" "always"]`},
	} {
		bar.Resize(fyne.NewSize(tt.width, 30))
		if got := fmt.Sprintf("%q", []string{a.Text, b.Text, c.Text}); got != tt.want {
			t.Errorf("%g wide: %s, want %s", tt.width, got, tt.want)
		}
		if end := c.Position().X + c.Size().Width; end < tt.width-0.01 || end > tt.width+0.01 {
			t.Errorf("%g wide: the last ends at %g", tt.width, end)
		}
	}
}

// Words that wrap have the height that they need, and the legend is below them.
func TestWordsLieOverThePicture(t *testing.T) {
	test.NewTempApp(t)
	words := widget.NewLabel("some words that are much too long for a line of this picture")
	words.Wrapping = fyne.TextWrapWord
	picture, legend := block(10, 10), container.NewWithoutLayout()
	over := Over(picture, block(10, 10), legend, words)
	over.Resize(fyne.NewSize(200, 300))
	if line := widget.NewLabel("a").MinSize().Height; words.Size().Height < 1.8*line || picture.Size().Height != 300 || legend.Position().Y < words.Size().Height {
		t.Errorf("words %v, picture %v, legend at %v", words.Size(), picture.Size(), legend.Position())
	}
	words.Hide()
	if over.Layout.Layout(over.Objects, over.Size()); legend.Position().Y != 0 {
		t.Errorf("without words the legend is at %v", legend.Position())
	}
}
