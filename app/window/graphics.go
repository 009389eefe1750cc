// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"strings"

	"difffit/app/viewport"
)

// tellGraphics says in the status line how long the picture took, whether
// software drew it, and what a person should know of it, once.
func (w *window) tellGraphics() {
	text := fmt.Sprintf("drawn in %.0f ms", w.graphic.Milliseconds)
	if viewport.IsSoftware(w.graphic.Device) {
		text += " by software"
	}
	w.device.SetText(text)
	if notes := strings.Join(w.graphic.Notes, " "); notes != w.noted {
		w.noted = notes
		if notes != "" {
			w.say(notes)
		}
	}
}

// restartGraphics begins the drawing anew, as after the device was lost.
func (w *window) restartGraphics() {
	w.view.Restart()
	if !w.view.HasFault() {
		w.say("The graphics were restarted")
	}
}
