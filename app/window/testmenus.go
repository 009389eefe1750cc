// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// addMenus tells where the menu bar has its titles, by "menu.Edit", and where
// entries are once their menu is open, by "menu.Edit/Redo": the words before a
// colon or a bracket. Fyne has no way to ask for these; they follow from how it
// lays menus out.
func (w *window) addMenus(t *testState) {
	scale := w.Canvas().Scale()
	pad, inner := theme.Padding(), theme.InnerPadding()
	text := fyne.MeasureText("File", theme.TextSize(), fyne.TextStyle{})
	bar := text.Height + inner
	put := func(name string, x, y, width, height float32) {
		t.Places[name] = [4]int{int(x * scale), int(y * scale), int(width * scale), int(height * scale)}
	}
	var entries func(of string, m *fyne.Menu, x, y float32)
	entries = func(of string, m *fyne.Menu, x, y float32) {
		for _, i := range m.Items {
			if i.IsSeparator {
				y += theme.SeparatorThicknessSize() + pad
				continue
			}
			label, _, _ := strings.Cut(i.Label, ":")
			label, _, _ = strings.Cut(label, " (")
			name, height := of+"/"+label, text.Height+2*inner
			put(name, x, y, 4*inner, height)
			if i.Disabled {
				t.Disabled = append(t.Disabled, name)
			}
			if i.ChildMenu != nil {
				entries(name, i.ChildMenu, x+w.state.width(m), y)
			}
			y += height + pad
		}
	}
	x := inner
	for _, m := range w.menus.main.Items {
		width := fyne.MeasureText(m.Label, theme.TextSize(), fyne.TextStyle{}).Width + 2*inner
		put("menu."+m.Label, x, 0, width, bar)
		entries("menu."+m.Label, m, x, bar)
		x += width + pad
	}
}

// width returns how wide a menu is. It is measured once.
func (f *stateFile) width(m *fyne.Menu) float32 {
	if f.widths == nil {
		f.widths = map[string]float32{}
	}
	if _, ok := f.widths[m.Label]; !ok {
		f.widths[m.Label] = widget.NewMenu(m).MinSize().Width
	}
	return f.widths[m.Label]
}
