// SPDX-License-Identifier: BSD-3-Clause

package probe

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// addMenus tells where the menu bar has its titles, by "menu.Edit", and where
// entries are once their menu is open, by "menu.Edit/Redo": the words before a
// colon or a bracket. Fyne (2.7.4) has no way to ask for these; they follow from
// how it lays menus out.
func (p *Probe) addMenus(t *State) {
	scale := p.sh.Canvas().Scale()
	pad, inner := theme.Padding(), theme.InnerPadding()
	text := fyne.MeasureText("File", theme.TextSize(), fyne.TextStyle{})
	bar := text.Height + inner
	put := func(name string, x, y, width, height float32) {
		t.Places[name] = scaled(fyne.NewPos(x, y), fyne.NewSize(width, height), scale)
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
			switch label {
			case "Undo":
				t.UndoItem = i.Label
			case "Redo":
				t.RedoItem = i.Label
			}
			if i.ChildMenu != nil {
				entries(name, i.ChildMenu, x+p.width(m), y)
			}
			y += height + pad
		}
	}
	x := inner
	for _, m := range p.w.Menu().Items {
		width := fyne.MeasureText(m.Label, theme.TextSize(), fyne.TextStyle{}).Width + 2*inner
		put("menu."+m.Label, x, 0, width, bar)
		entries("menu."+m.Label, m, x, bar)
		x += width + pad
	}
}

// width returns how wide a menu is. It is measured once.
func (p *Probe) width(m *fyne.Menu) float32 {
	if p.widths == nil {
		p.widths = map[string]float32{}
	}
	if _, ok := p.widths[m.Label]; !ok {
		p.widths[m.Label] = widget.NewMenu(m).MinSize().Width
	}
	return p.widths[m.Label]
}
