// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"time"

	"fyne.io/fyne/v2"
)

// notifyFrom is how long a job must have taken for a person to have gone away.
const notifyFrom = 5 * time.Second

// notify tells the desktop that a job has ended, where a person has turned to
// another program meanwhile: what was said last, unless they stopped it.
func (sh *Shell) notify(j *Job) {
	if sh.Away && !j.stopped && time.Since(j.began) >= notifyFrom {
		sh.Notify(j.Name+" has ended", sh.said)
	}
}

// notifier returns what shows a notification of the desktop. The desktop may
// take its time.
func notifier(a fyne.App) func(title, text string) {
	return func(title, text string) { go a.SendNotification(fyne.NewNotification(title, text)) }
}
