// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image/color"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

func TestNumbersOfTitles(t *testing.T) {
	for _, tt := range []struct {
		v      float64
		digits int
		want   string
	}{
		{0.5, 3, "0.5"},
		{0.021345, 3, "0.0213"},
		{0.021345, 2, "0.021"},
		{1.25e4, 3, grouped(12500)},
		{12345, 2, grouped(12000)},
		{999.7, 3, grouped(1000)},
		{999.4, 3, "999"},
		{99.96, 2, "100"},
		{4.2e-5, 3, "4.2e-5"},
		{-3.17e7, 2, "-3.2e7"},
		{0, 3, "0"},
	} {
		if got := titled(tt.v, tt.digits); got != tt.want {
			t.Errorf("%g with %d digits: %q, want %q", tt.v, tt.digits, got, tt.want)
		}
	}
}

// A tooltip of what lies in the dock is beside the dock, at its height, and does
// not cover what is read there.
func TestTipsAreBesideTheDock(t *testing.T) {
	tips := NewTips()
	row := widget.NewLabel("a row")
	button := widget.NewButton("above", nil)
	dock := container.NewVBox(row, widget.NewLabel("the next row"))
	dock.Move(fyne.NewPos(500, 100))
	dock.Resize(fyne.NewSize(300, 300))
	button.Resize(fyne.NewSize(80, 30))
	shown(t, container.NewStack(container.NewWithoutLayout(dock, button), tips.Layer()), 800, 500)
	tips.Explain(func() map[fyne.CanvasObject]string {
		return map[fyne.CanvasObject]string{row: strings.Repeat("words about the row ", 8), button: "what it does"}
	})
	tips.Beside = dock
	d := fyne.CurrentApp().Driver()
	middle := func(o fyne.CanvasObject) fyne.Position {
		return d.AbsolutePositionForObject(o).AddXY(o.Size().Width/2, o.Size().Height/2)
	}
	tips.explain(middle(row))
	back := tips.tip.back
	if right := back.Position().X + back.Size().Width; !back.Visible() || right > 500 || back.Position().Y > dock.Position().Y+row.Size().Height {
		t.Errorf("the tooltip is at %v, %v large", back.Position(), back.Size())
	}
	tips.explain(middle(button))
	if y := back.Position().Y; y < button.Size().Height {
		t.Errorf("the tooltip of what is above is at %g, over it", y)
	}
}

// Several legends are together no longer than one.
func TestLegendsAreShort(t *testing.T) {
	names := func(n int) LegendState {
		l := LegendState{Title: "of " + fmt.Sprint(n)}
		for i := range n {
			l.Colors, l.Labels = append(l.Colors, color.NRGBA{R: uint8(i), A: 255}), append(l.Labels, fmt.Sprint("name ", i))
		}
		return l
	}
	l := NewLegend()
	shown(t, container.NewWithoutLayout(l), 600, 600)
	l.SetState(names(30))
	one := l.Size().Height
	l.SetState(names(30), names(31), names(32))
	if three := l.Size().Height; three > 1.5*one {
		t.Errorf("three are %g high, one %g", three, one)
	}
	more := 0
	for _, o := range test.WidgetRenderer(l).Objects() {
		if text, is := o.(*canvas.Text); is && strings.HasPrefix(text.Text, "and ") {
			more++
		}
	}
	if more != 3 {
		t.Errorf("%d of 3 legends tell that there are more", more)
	}
}

// A folder that does not fit is shortened in its middle.
func TestFolderLine(t *testing.T) {
	l := newFolderLine("/data/of/somebody/in/a/very/deep/folder/of/maps")
	w := shown(t, container.NewStack(l), 160, 40)
	if text := l.text.Text; !strings.HasPrefix(text, "/data") || !strings.HasSuffix(text, "maps") || !strings.Contains(text, "…") {
		t.Errorf("it says %q", text)
	}
	w.Resize(fyne.NewSize(600, 40))
	if l.text.Text != l.folder {
		t.Errorf("with room it says %q", l.text.Text)
	}
}
