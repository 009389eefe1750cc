// SPDX-License-Identifier: BSD-3-Clause

// Package window is the window of DiffFit: it builds its parts (stage, table,
// compose, files and help), wires them to each other and to one document, and has
// the tables of menus, keys and buttons that name what the parts do. What a part
// does, how placements are found, and how scenes are drawn, it does not know.
//
// The window belongs to Fyne's goroutine; what takes long runs on others and
// comes back through Shell.Do.
package window

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"sync"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"difffit/app/filedialog"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/assets"
	"difffit/fitting"
)

// A Config says how the window starts.
type Config struct {
	Engines    []fitting.Engine // at least one
	Auto       fitting.Engine   // what chooses among them; nil for the first
	Missing    []string         // engines that cannot be used, and why
	Files      []string         // to be opened: maps, structures, a session
	Demo       bool             // open the demo and fit it
	Screenshot string           // where to save a picture (PNG) of the window when all is shown; "" for none
	Exit       bool             // end when all is done that was asked for
	Version    string
}

// ID is the name by which the system knows the program.
const ID = "org.difffit.DiffFit"

// Exit codes of Run.
const (
	exitDone   = 0
	exitFailed = 1
)

// Run shows the window until it is closed, and returns the exit code of the
// program. Call it on the main goroutine.
func Run(c Config) int {
	if len(c.Engines) == 0 {
		fmt.Fprintln(os.Stderr, "difffit: no engine to fit with")
		return exitFailed
	}
	if err := viewport.Display(); err != nil { // Fyne would panic
		fmt.Fprintf(os.Stderr, "difffit: cannot open a window: %v.\n"+
			"Set DISPLAY, or use the commands that need none: difffit --help\n", err)
		return exitFailed
	}
	icon := fyne.NewStaticResource("difffit.png", assets.Icon())
	fyneapp.SetMetadata(fyne.AppMetadata{
		ID: ID, Name: "DiffFit", Version: c.Version, Icon: icon, Migrations: map[string]bool{"fyneDo": true},
	})
	a := fyneapp.NewWithID(ID)
	a.SetIcon(icon)
	folder := ""
	if config, err := os.UserConfigDir(); err == nil {
		folder = filepath.Join(config, "difffit", "autosave")
	}
	var graphics viewport.Graphics
	w := newWindow(a, c, graphics.New(), fyne.Do, folder)
	w.stage.NewView = graphics.New
	w.FindDialog = sync.OnceValue(func() filedialog.Dialog { return filedialog.Find(context.Background()) })
	endLog := func() {}
	a.Lifecycle().SetOnEnteredForeground(func() { w.Away = false })
	a.Lifecycle().SetOnExitedForeground(func() { w.Away = true })
	a.Lifecycle().SetOnStarted(func() {
		endLog = w.takeLog() // not before: why a window cannot be opened must be seen
		w.takeSignals()
		if err := viewport.ListenFirst(w.Window, &w.keyboard); err != nil {
			w.Note(panel.Reason(err))
		}
		w.Resize(within(firstSize, w.Canvas().Scale(), viewport.Screen))
		w.begin()
	})
	w.ShowAndRun()
	endLog()
	return w.code
}
