// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
)

// clipped returns the texts below an object that have less room than they need.
func clipped(o fyne.CanvasObject) []string {
	var list []string
	bad := func(text string, needs, has fyne.Size) {
		if text != "" && (needs.Width > has.Width+1.5 || needs.Height > has.Height+1.5) {
			list = append(list, fmt.Sprintf("%q needs %.0f×%.0f, has %.0f×%.0f", text, needs.Width, needs.Height, has.Width, has.Height))
		}
	}
	if o == nil || !o.Visible() || o.Size() == (fyne.Size{}) { // what was not laid out is not seen
		return nil
	}
	measure := func(text string, style fyne.TextStyle) fyne.Size {
		return fyne.MeasureText(text, theme.TextSize(), style)
	}
	switch x := o.(type) {
	case *widget.Label:
		needs := x.MinSize()
		if x.Truncation != fyne.TextTruncateOff {
			needs.Width = measure(x.Text, x.TextStyle).Width + 2*theme.InnerPadding()
		}
		bad(x.Text, needs, x.Size())
		return list
	case *widget.Button: // some are flatter than Fyne wants, but not than their text
		needs := fyne.NewSize(x.MinSize().Width, measure(x.Text, fyne.TextStyle{}).Height)
		bad(x.Text, needs, x.Size())
		return list
	case *widget.Check:
		bad(x.Text, x.MinSize(), x.Size())
		return list
	case *widget.Select:
		needs := measure(x.Selected, fyne.TextStyle{})
		bad(x.Selected, needs.AddWidthHeight(theme.IconInlineSize()+3*theme.InnerPadding(), 0), x.Size())
		return list
	case *widget.Entry:
		text := x.Text
		if text == "" {
			text = x.PlaceHolder
		}
		if !strings.Contains(text, "/") { // paths scroll
			bad(text, measure(text, fyne.TextStyle{}).AddWidthHeight(2*theme.InnerPadding(), 0), x.Size())
		}
		return list
	case *canvas.Text:
		bad(x.Text, fyne.NewSize(x.MinSize().Width, 0), x.Size())
		return list
	case *fyne.Container:
		for _, c := range x.Objects {
			list = append(list, clipped(c)...)
		}
		return list
	case *widget.Table, *widget.List: // cells are looked at in their own tests, and shortened on purpose
		return nil
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(x).Objects() {
			list = append(list, clipped(c)...)
		}
	}
	return list
}

// beyond returns what is not within the window.
func beyond(w fyne.Window, o fyne.CanvasObject) []string {
	var list []string
	size := w.Canvas().Size()
	for name, b := range map[string]fyne.CanvasObject{"content": o} {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
		if end := at.Add(b.Size()); end.X > size.Width+1 || end.Y > size.Height+1 {
			list = append(list, fmt.Sprintf("%s ends at %v in a window of %v", name, end, size))
		}
	}
	return list
}

// No text is cut in the smallest window, with what the demo's names need, in
// any panel and dialog, in both looks, at a scale of 1 and of 2.
func TestNoTextIsClipped(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.table.Accept()
	b.compose.ZeroOut()
	b.idle()
	for _, rank := range []int{1, 2, 3} {
		b.Doc.Select(alpha(rank))
		b.key(fyne.KeyP)
	}
	b.table.SetCloud(panel.Cloud{Scope: panel.WholeFit, Metric: "correlation_about_mean"})
	dialogs := map[string]func(){
		"help": b.help.ShowHelp, "about": b.help.ShowAbout, "preferences": b.showPreferences, "open": b.files.AskOpen,
		"picture": b.files.AskSavePicture, "movie": b.files.AskSaveMovie, "columns": b.table.AskColumns, "session": b.files.SaveAs,
	}
	for _, scale := range []float32{1, 2} {
		b.Canvas().(test.WindowlessCanvas).SetScale(scale)
		for _, appearance := range []string{light, dark} {
			b.setAppearance(appearance)
			b.Resize(fyne.NewSize(1024, 700))
			for i, tab := range b.Tabs.Items {
				b.Tabs.SelectIndex(i)
				for _, c := range append(clipped(b.Content()), beyond(b.window, b.Content())...) {
					t.Errorf("scale %g, %s, panel %s: %s", scale, appearance, tab.Text, c)
				}
			}
			for name, show := range dialogs {
				show()
				for _, o := range b.Canvas().Overlays().List() {
					for _, inner := range tabsOf(o) {
						for k := range inner.Items {
							inner.SelectIndex(k)
							for _, c := range clipped(o) {
								t.Errorf("scale %g, %s, dialog %s, tab %d: %s", scale, appearance, name, k, c)
							}
						}
					}
					for _, c := range clipped(o) {
						t.Errorf("scale %g, %s, dialog %s: %s", scale, appearance, name, c)
					}
				}
				for b.Dialogs() > 0 {
					b.Escape()
				}
			}
		}
	}
}

// The window opens with all columns of numbers in sight.
func TestFirstWindowShowsAllColumns(t *testing.T) {
	b := newBench(t, &planned{})
	b.fitted()
	b.Resize(firstSize)
	titles := b.table.Results.Titles()
	last := titles[len(titles)-1]
	if x, width := b.table.Results.ColumnOffset(last); last != "Inside" || x+width > b.table.Results.Table().Size().Width || width < 60 {
		t.Errorf("the column %s ends at %g, %g wide, in a table of %g", last, x+width, width, b.table.Results.Table().Size().Width)
	}
}

// tabsOf returns the tabs below an object.
func tabsOf(o fyne.CanvasObject) []*container.AppTabs {
	var list []*container.AppTabs
	switch x := o.(type) {
	case *container.AppTabs:
		return []*container.AppTabs{x}
	case *fyne.Container:
		for _, c := range x.Objects {
			list = append(list, tabsOf(c)...)
		}
	case fyne.Widget:
		for _, c := range test.WidgetRenderer(x).Objects() {
			list = append(list, tabsOf(c)...)
		}
	}
	return list
}

// A text that is cut is found.
func TestClippedIsFound(t *testing.T) {
	test.NewTempApp(t)
	label := widget.NewLabel("much longer than its room")
	label.Truncation = fyne.TextTruncateEllipsis
	narrow := container.NewGridWrap(fyne.NewSize(40, 30), label)
	narrow.Resize(narrow.MinSize())
	if got := clipped(narrow); len(got) != 1 {
		t.Errorf("found %q", got)
	}
	wide := container.NewGridWrap(fyne.NewSize(400, 40), widget.NewLabel("short"), widget.NewButton("too", nil))
	wide.Resize(wide.MinSize())
	if got := clipped(wide); len(got) != 0 {
		t.Errorf("found %q where there is room", got)
	}
}
