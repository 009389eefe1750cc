// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"strings"

	"difffit/app/viewport"
)

// drawn is what the pictures that were shown say of themselves.
type drawn struct {
	info     viewport.Info // of the last
	pictures int
	noted    string // that was told
}

// add takes in another picture.
func (d *drawn) add(i viewport.Info) {
	d.info = i
	d.pictures++
}

// news tells what a person should know of the last picture, once.
func (d *drawn) news() string {
	notes := strings.Join(d.info.Notes, " ")
	if notes == d.noted {
		return ""
	}
	d.noted = notes
	return notes
}

// RestartGraphics begins the drawing anew, as after the device was lost.
func (st *Stage) RestartGraphics() {
	st.View.Restart()
	if !st.View.HasFault() {
		st.sh.Say("The graphics were restarted")
	}
}
