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
				left, top := p.child(of, m, name, i.ChildMenu, x, y)
				entries(name, i.ChildMenu, left, top)
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

// child returns where Fyne opens a menu of an entry at x and y of another menu:
// beside it, so that all of it is seen.
func (p *Probe) child(of string, m *fyne.Menu, name string, child *fyne.Menu, x, y float32) (left, top float32) {
	window, own, size := p.sh.Canvas().Size(), p.size(of, m), p.size(name, child)
	left, top = x+own.Width, y
	if left+size.Width > window.Width {
		if left = x - size.Width; left < 0 {
			left = window.Width - size.Width
		}
	}
	if missing := size.Height - theme.Padding() - (window.Height - y); missing > 0 {
		top -= missing
	}
	return left, top
}

// size returns how large a menu is. It is measured once.
func (p *Probe) size(name string, m *fyne.Menu) fyne.Size {
	if p.sizes == nil {
		p.sizes = map[string]fyne.Size{}
	}
	if _, ok := p.sizes[name]; !ok {
		p.sizes[name] = widget.NewMenu(m).MinSize()
	}
	return p.sizes[name]
}
