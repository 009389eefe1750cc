// SPDX-License-Identifier: BSD-3-Clause

package window

import "fyne.io/fyne/v2"

// connectTips has the panels explain their buttons, and explains those of them
// that are for acts.
func (w *window) connectTips() {
	w.Tips.Beside = w.side
	for _, p := range []interface {
		Tooltips() map[fyne.CanvasObject]string
	}{w.table.Results, w.compose.Panel, w.stage.MapsPanel, w.stage.LevelPanel, w.files.Inputs, w.table, w.help} {
		w.Tips.Explain(p.Tooltips)
	}
	w.Tips.Explain(func() map[fyne.CanvasObject]string {
		tips := map[fyne.CanvasObject]string{}
		named := w.compose.Panel.Named()
		for name, id := range map[string]actID{
			"compose.next": actNext, "compose.here": actHere, "compose.complete": actComplete, "compose.propose": actSymmetry,
		} {
			a := actOf(id)
			tips[named[name]] = a.explained()
		}
		return tips
	})
}
