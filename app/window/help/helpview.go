// SPDX-License-Identifier: BSD-3-Clause

package help

import (
	"fmt"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// helpPage is how far a page of the help is, and helpLine a line.
const helpPage, helpLine = 360, 48

// A helpView is the help: three tabs, or what is found in all of them.
type helpView struct {
	groups []KeyGroup // of all tabs
	tabs   *container.AppTabs
	found  *container.Scroll
	says   *widget.Label // how much was found
	entry  *helpEntry
	body   fyne.CanvasObject
}

func newHelpView(keys []KeyGroup, mouse, columns [][2]string, escape func()) *helpView {
	h := &helpView{found: container.NewVScroll(container.NewVBox()), says: widget.NewLabel("")}
	h.groups = append(append(h.groups, keys...), KeyGroup{"Mouse", mouse}, KeyGroup{"Columns", columns})
	h.tabs = container.NewAppTabs(
		container.NewTabItem("Keys", container.NewVScroll(twoColumns(keys))),
		container.NewTabItem("Mouse", container.NewVScroll(helpTable(mouse))),
		container.NewTabItem("Columns", container.NewVScroll(helpTable(columns))),
	)
	h.entry = newHelpEntry(h, escape)
	h.found.Hide()
	h.body = container.NewBorder(container.NewBorder(nil, nil, nil, h.says, h.entry), nil, nil, nil, container.NewStack(h.tabs, h.found))
	return h
}

// filter shows the rows that have all words of a text, whatever the case; all
// tabs without a word.
func (h *helpView) filter(text string) {
	words := strings.Fields(strings.ToLower(text))
	groups, n := matching(h.groups, words)
	if len(words) == 0 {
		h.says.SetText("")
		h.found.Hide()
		h.tabs.Show()
		return
	}
	h.says.SetText(fmt.Sprintf("%d found", n))
	list := container.NewVBox()
	for _, g := range groups {
		list.Add(helpTitle(g.Where))
		list.Add(helpTable(g.Rows))
	}
	h.found.Content = list
	h.found.Offset = fyne.Position{}
	h.tabs.Hide()
	h.found.Show()
	h.found.Refresh()
}

// matching returns the rows of groups that have all words, in their text or in
// the name of their group, and how many they are.
func matching(groups []KeyGroup, words []string) (found []KeyGroup, n int) {
	for _, g := range groups {
		var rows [][2]string
		for _, r := range g.Rows {
			text := strings.ToLower(g.Where + " " + r[0] + " " + r[1])
			all := true
			for _, w := range words {
				all = all && strings.Contains(text, w)
			}
			if all {
				rows = append(rows, r)
			}
		}
		if len(rows) > 0 {
			found, n = append(found, KeyGroup{g.Where, rows}), n+len(rows)
		}
	}
	return found, n
}

// scroll moves what is seen.
func (h *helpView) scroll(by float32) {
	s := h.found
	if !s.Visible() {
		s = h.tabs.Selected().Content.(*container.Scroll)
	}
	most := max(0, s.Content.MinSize().Height-s.Size().Height)
	s.ScrollToOffset(fyne.NewPos(0, max(0, min(most, s.Offset.Y+by))))
}

// turn selects another tab.
func (h *helpView) turn(by int) {
	n := len(h.tabs.Items)
	h.tabs.SelectIndex((h.tabs.SelectedIndex() + by + n) % n)
}

// A helpEntry is the field of the filter. It has the keyboard as long as the
// help is open, and so scrolls, too.
type helpEntry struct {
	widget.Entry
	of     *helpView
	escape func()
}

func newHelpEntry(h *helpView, escape func()) *helpEntry {
	e := &helpEntry{of: h, escape: escape}
	e.ExtendBaseWidget(e)
	e.SetPlaceHolder("Filter: level, Ctrl, zero …   (↑ ↓ scroll, ← → other tab)")
	e.OnChanged = h.filter
	return e
}

// TypedKey scrolls, clears the field, or closes the help when it is clear.
func (e *helpEntry) TypedKey(k *fyne.KeyEvent) {
	clear := e.Text == ""
	switch {
	case k.Name == fyne.KeyEscape && clear:
		e.escape()
	case k.Name == fyne.KeyEscape:
		e.SetText("")
	case k.Name == fyne.KeyDown:
		e.of.scroll(helpLine)
	case k.Name == fyne.KeyUp:
		e.of.scroll(-helpLine)
	case k.Name == fyne.KeyPageDown:
		e.of.scroll(helpPage)
	case k.Name == fyne.KeyPageUp:
		e.of.scroll(-helpPage)
	case k.Name == fyne.KeyRight && clear:
		e.of.turn(1)
	case k.Name == fyne.KeyLeft && clear:
		e.of.turn(-1)
	default:
		e.Entry.TypedKey(k)
	}
}
