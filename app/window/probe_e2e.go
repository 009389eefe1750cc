// SPDX-License-Identifier: BSD-3-Clause

//go:build e2e

package window

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/probe"
	"difffit/app/window/compose"
	"difffit/app/window/help"
	"difffit/app/window/models"
	"difffit/app/window/room"
	"difffit/app/window/shell"
	"difffit/app/window/stage"
	"difffit/app/window/table"
)

// watch lets the window be watched by the test of the real one.
func (w *window) watch() { probe.Watch(probed{w}) }

// probed is the window as a probe sees it.
type probed struct{ w *window }

func (p probed) Base() *shell.Shell          { return p.w.Shell }
func (p probed) Stage() *stage.Stage         { return p.w.stage }
func (p probed) Table() *table.Table         { return p.w.table }
func (p probed) Composer() *compose.Composer { return p.w.compose }
func (p probed) Models() *models.Models      { return p.w.models }
func (p probed) Inputs() *panel.Inputs       { return p.w.files.Inputs }
func (p probed) Dock() *room.Dock            { return p.w.dock }
func (p probed) Help() *help.Help            { return p.w.help }
func (p probed) Menu() *fyne.MainMenu        { return p.w.menus.main }

func (p probed) Buttons() map[string]*widget.Button {
	b := &p.w.tools
	return map[string]*widget.Button{
		"open": b.open, "save": b.save, "undo": b.undo, "redo": b.redo, "fit": b.fit, "cancel": p.w.Cancel, "accept": b.accept,
		"next": b.next, "complete": b.complete, "symmetry": b.symmetry,
		"save.structure": b.saveFit, "save.map": b.saveMap, "show.all": b.frame, "appearance": b.appearance, "help": b.help,
	}
}
