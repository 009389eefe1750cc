// SPDX-License-Identifier: BSD-3-Clause

package help

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting"
)

// ShowSystem tells what fits and pictures are made with: what a person who
// reports a fault is asked for.
func (hp *Help) ShowSystem() { hp.showText("System", hp.system()) }

// system describes versions and devices, one a line.
func (hp *Help) system() string {
	var b strings.Builder
	line := func(what, format string, args ...any) { fmt.Fprintf(&b, what+": "+format+"\n", args...) }
	line("Program", "%s", hp.sh.Program())
	threads := hp.sh.Threaded(fitting.Options{}).Threads
	if threads == 0 {
		threads = runtime.GOMAXPROCS(0)
	}
	next := hp.sh.Engine().Info()
	why := ""
	if next.Why != "" {
		why = ", because: " + next.Why
	}
	line("Next fit", "%s%s", next.Name, why)
	for _, e := range hp.sh.Engines {
		i := e.Info()
		line("Engine", "%s: %s, kernel %s", i.Name, i.Device, i.Kernel)
	}
	for _, missing := range hp.sh.Missing {
		line("No engine", "%s", missing)
	}
	line("Threads", "%d", threads)
	g := hp.stage.Graphics()
	switch {
	case g.Device == "":
		line("Graphics", "nothing drawn yet")
	case viewport.IsSoftware(g.Device):
		line("Graphics", "%s (software); last picture %d × %d in %.0f ms", g.Device, g.Width, g.Height, g.Milliseconds)
	default:
		line("Graphics", "%s; last picture %d × %d in %.0f ms", g.Device, g.Width, g.Height, g.Milliseconds)
	}
	line("System", "%s/%s, %s", runtime.GOOS, runtime.GOARCH, panel.Plural(runtime.NumCPU(), "processor"))
	line("Built with", "%s, Fyne %s", runtime.Version(), moduleVersion("fyne.io/fyne/v2"))
	return strings.TrimSpace(b.String())
}

// showText shows a text that can be copied.
func (hp *Help) showText(title, text string) {
	label := widget.NewLabel(text)
	label.Selectable = true
	label.Wrapping = fyne.TextWrapWord
	d := hp.sh.NewDialog(title, container.NewStack(shell.Spacer(fyne.NewSize(520, 60)), label))
	d.SetButtons(
		widget.NewButtonWithIcon("Copy", theme.ContentCopyIcon(), func() { hp.sh.App.Clipboard().SetContent(text) }),
		widget.NewButton("Close", d.Hide),
	)
	hp.sh.Ask(d)
}

func moduleVersion(path string) string {
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, m := range info.Deps {
			if m.Path == path {
				return m.Version
			}
		}
	}
	return "of unknown version"
}
