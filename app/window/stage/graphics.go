// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"
	"strings"

	"difffit/app/viewport"
)

// tellGraphics says in the status line how long the picture took, whether
// software drew it, and what a person should know of it, once.
func (st *Stage) tellGraphics() {
	text := fmt.Sprintf("drawn in %.0f ms", st.graphic.Milliseconds)
	if viewport.IsSoftware(st.graphic.Device) {
		text += " by software"
	}
	st.Device.SetText(text)
	if notes := strings.Join(st.graphic.Notes, " "); notes != st.noted {
		st.noted = notes
		if notes != "" {
			st.sh.Say(notes)
		}
	}
}

// RestartGraphics begins the drawing anew, as after the device was lost.
func (st *Stage) RestartGraphics() {
	st.View.Restart()
	if !st.View.HasFault() {
		st.sh.Say("The graphics were restarted")
	}
}
