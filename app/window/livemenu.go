// SPDX-License-Identifier: BSD-3-Clause

package window

import "fyne.io/fyne/v2"

// live is the item that has the table follow the options of the fit.
func (m *menus) live(w *window) *fyne.MenuItem {
	i := w.act(actLive)
	m.choices = append(m.choices, choice{i, func(w *window) bool { return w.compose.IsLive() }})
	return i
}
