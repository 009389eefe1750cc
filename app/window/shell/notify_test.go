// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"context"
	"errors"
	"testing"
	"time"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// Who has turned to another program is told that what takes long has ended.
func TestNotifies(t *testing.T) {
	for _, tt := range []struct {
		name       string
		away, stop bool
		took       time.Duration
		fault      error
		want       string
	}{
		{"at the window", false, false, time.Minute, nil, ""},
		{"away", true, false, time.Minute, nil, "Work has ended: it is done"},
		{"away for a moment", true, false, time.Second, nil, ""},
		{"stopped", true, true, time.Minute, nil, ""},
		{"failed", true, false, time.Minute, errors.New("a fault"), "Work has ended: Work failed: a fault"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			calls, told, goOn := make(chan func(), 10), "", make(chan bool)
			sh := New(test.NewTempApp(t), "test", func(f func()) { calls <- f })
			sh.Tabs = container.NewAppTabs(container.NewTabItem("Log", widget.NewLabel("")))
			sh.NewBottom()
			sh.Notify = func(title, text string) { told += title + ": " + text }
			j := &Job{Name: "Work"}
			sh.Run(j, func(context.Context) (func(), error) {
				<-goOn
				if tt.fault != nil {
					return nil, tt.fault
				}
				return func() { sh.Say("it is done") }, nil
			})
			j.began = time.Now().Add(-tt.took)
			sh.Away = tt.away
			if tt.stop {
				sh.Stop()
			}
			goOn <- true
			(<-calls)()
			if told != tt.want {
				t.Errorf("told %q, want %q", told, tt.want)
			}
		})
	}
}
