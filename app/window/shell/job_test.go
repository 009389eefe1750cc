// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"context"
	"testing"

	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// What was to follow a job does not where a person stopped it, though it came to
// its end all the same; and what waits for that end asks again if something else
// runs by then.
func TestNothingFollowsAStop(t *testing.T) {
	calls := make(chan func(), 10)
	sh := New(test.NewTempApp(t), "test", func(f func()) { calls <- f })
	sh.Tabs = container.NewAppTabs(container.NewTabItem("Log", widget.NewLabel("")))
	sh.NewBottom()
	goOn := make(chan bool)
	held := func(next func()) func(context.Context) (func(), error) {
		return func(context.Context) (func(), error) {
			<-goOn
			return next, nil
		}
	}
	followed, quit := 0, 0
	sh.Run(&Job{Name: "First", Then: func() { followed++ }}, held(func() {
		sh.Run(&Job{Name: "Second"}, held(nil)) // something begins though nothing should
	}))
	sh.Stop()
	sh.UnlessBusy("quit", func() { quit++ })
	goOn <- true
	(<-calls)()
	if followed != 0 || quit != 0 || sh.JobName() != "Second" || sh.Dialogs() != 1 {
		t.Errorf("followed %d times, quit %d times, %q runs, %d dialogs; want a question about the second job", followed, quit, sh.JobName(), sh.Dialogs())
	}
	goOn <- true
	(<-calls)()
	if sh.Busy() || quit != 0 {
		t.Errorf("busy %t, quit %d times", sh.Busy(), quit)
	}
}
