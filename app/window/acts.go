// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/keys"
	"difffit/assets"
)

// An actID names an act: in hints and tests, too.
type actID string

// An act is something that a person can do, with all that the window says of it:
// menus, context menus, buttons, tooltips, hints and the help have it from here,
// so that none can know another key.
type act struct {
	id    actID
	label string        // in menus
	key   fyne.Shortcut // nil for none
	icon  fyne.Resource // of its button; nil if it has none
	tip   string        // what it does, in one sentence
	do    func(w *window)
}

// Acts.
const (
	actNew       actID = "new"
	actOpen      actID = "open"
	actFetch     actID = "fetch"
	actSave      actID = "save"
	actSaveAs    actID = "save as"
	actSaveFit   actID = "save fit"
	actSaveAll   actID = "save all"
	actSaveMap   actID = "save map"
	actPicture   actID = "picture"
	actMovie     actID = "movie"
	actReport    actID = "report"
	actExport    actID = "export"
	actChimeraX  actID = "chimerax"
	actCoot      actID = "coot"
	actUndo      actID = "undo"
	actRedo      actID = "redo"
	actFit       actID = "fit"
	actCancel    actID = "cancel"
	actAccept    actID = "accept"
	actAcceptAll actID = "accept all"
	actReject    actID = "reject"
	actLive      actID = "live"
	actFitInMap  actID = "fit in map"
	actMove      actID = "move"
	actZero      actID = "zero"
	actNote      actID = "note"
	actPin       actID = "pin"
	actFlicker   actID = "flicker"
	actPath      actID = "path"
	actFilter    actID = "filter"
	actColumns   actID = "columns"
	actNext      actID = "next"
	actHere      actID = "here"
	actComplete  actID = "complete"
	actSymmetry  actID = "symmetry"
	actSequence  actID = "sequence"
	actFocus     actID = "focus"
	actLabels    actID = "labels"
	actDistance  actID = "distance"
	actAngle     actID = "angle"
	actTorsion   actID = "torsion"
	actMeasures  actID = "measures"
	actFrame     actID = "frame"
	actFront     actID = "front"
	actAlone     actID = "picture only"
	actMenus     actID = "menus"
	actLook      actID = "look"
	actHelp      actID = "help"
	actGuide     actID = "guide"
	actSystem    actID = "system"
)

// acts are all of them, in the order of the menus.
func acts() []act {
	const shift = fyne.KeyModifierShift
	return []act{
		{actNew, "New session", shortcut(fyne.KeyN, 0), nil, "Close all that is open, and begin anew", func(w *window) { w.files.New() }},
		{actOpen, "Open…", shortcut(fyne.KeyO, 0), theme.FolderOpenIcon(), "Open maps, structures or a session", func(w *window) { w.files.AskOpen() }},
		{actFetch, "Fetch from PDB, EMDB, AlphaFold DB…", shortcut(fyne.KeyO, shift), theme.DownloadIcon(), "Fetch an entry of an archive", func(w *window) { w.files.AskFetch() }},
		{actSave, "Save session", shortcut(fyne.KeyS, 0), theme.DocumentSaveIcon(), "Save the session: all that is open, found and decided", func(w *window) { w.files.Save() }},
		{actSaveAs, "Save session as…", shortcut(fyne.KeyS, shift), nil, "Save the session under another name", func(w *window) { w.files.SaveAs() }},
		{actSaveFit, "Save fitted structure…", shortcut(fyne.KeyE, 0), drawing("saveatoms"), "Save the selected placement as a structure, with the coordinates it has in the map", func(w *window) { w.files.AskSaveStructure() }},
		{actSaveAll, "Save all accepted as one structure…", shortcut(fyne.KeyE, shift), nil, "Save all accepted placements as one structure", func(w *window) { w.files.AskSaveComposite() }},
		{actSaveMap, "Save remaining map…", shortcut(fyne.KeyM, shift), drawing("savemap"), "Save what zeroing has left of the map", func(w *window) { w.files.AskSaveMap() }},
		{actPicture, "Save picture…", shortcut(fyne.KeyP, 0), nil, "Save what is seen as a picture", func(w *window) { w.files.AskSavePicture() }},
		{actMovie, "Save turntable movie…", shortcut(fyne.KeyP, shift), nil, "Save a movie of the scene as it turns", func(w *window) { w.files.AskSaveMovie() }},
		{actReport, "Save report…", shortcut(fyne.KeyR, shift), nil, "Save a report of what was placed, with pictures", func(w *window) { w.files.AskReport() }},
		{actExport, "Export for other programs…", shortcut(fyne.KeyX, shift), nil, "Write everything as files for ChimeraX, Coot and others", func(w *window) { w.files.AskExportAll() }},
		{actChimeraX, "Show in ChimeraX", nil, nil, "Show what is placed, else the best of each structure, in the whole map in ChimeraX", func(w *window) { w.files.ShowInChimeraX() }},
		{actCoot, "Show in Coot", nil, nil, "Show what is placed, else the best of each structure, in the whole map in Coot", func(w *window) { w.files.ShowInCoot() }},

		{actUndo, "Undo", &fyne.ShortcutUndo{}, theme.ContentUndoIcon(), "Take the last step back", (*window).undo},
		{actRedo, "Redo", shortcut(fyne.KeyZ, shift), theme.ContentRedoIcon(), "Do again what was undone", (*window).redo},

		{actFit, "Fit", plain(fyne.KeyF5), theme.MediaPlayIcon(), "Look for the places of the ticked structures in what is left of the map", func(w *window) { w.compose.Fit() }},
		{actCancel, "Cancel what runs", plain(fyne.KeyEscape), theme.CancelIcon(), "Cancel what runs; what was found so far is kept. End measuring, or moving models; select no residue", (*window).cancel},
		{actAccept, "Accept", plain(fyne.KeySpace), theme.ConfirmIcon(), "Hold the selected placements to be right", func(w *window) { w.table.Accept() }},
		{actAcceptAll, "Accept all that look right, without clash", shortcut(fyne.KeyA, shift), nil, "Accept all placements that look right (yes in the table) and go together without a clash", func(w *window) { w.compose.AcceptAll() }},
		{actReject, "Reject", plain(fyne.KeyX), theme.CancelIcon(), "Hold the selected placements to be wrong, or take that back", func(w *window) { w.table.Reject() }},
		{actZero, "Zero out the selected placement", plain(fyne.KeyDelete), theme.ContentCutIcon(), "Take the density of the selected placement out of the map, so that the next fit looks elsewhere", func(w *window) { w.compose.ZeroOut() }},

		{actLive, "Live: fit while level, resolution or ticks change", shortcut(fyne.KeyL, 0), nil, "Fit at once while level, resolution or ticks change; again: off", func(w *window) { w.compose.ToggleLive() }},

		{actFitInMap, "Fit in map", plain(fyne.KeyF9), nil, "Fit the selected model in the map, from where it stands", func(w *window) { w.models.FitInMap() }},
		{actMove, "Move with mouse and keys", plain(fyne.KeyM), nil, "Move the selected model with mouse and keys; again: the point of view", func(w *window) { w.models.ToggleMoving() }},

		{actNext, "Next: zero out what is accepted, fit what is left", plain(fyne.KeyF6), theme.MediaSkipNextIcon(), "Zero out what is accepted, and look in what is left: for the copies that are missing, or for further ones where any number is expected", func(w *window) { w.compose.FitNext() }},
		{actHere, "Fit here: in the sphere, or about the centre of view", shortcut(fyne.Key2, 0), theme.SearchIcon(), "Fit in the sphere that is shown, or about the centre of view", func(w *window) { w.compose.FitHere() }},
		{actComplete, "Complete automatically", plain(fyne.KeyF7), theme.MediaFastForwardIcon(), "Propose places for all copies that are missing", func(w *window) { w.compose.CompleteComposite() }},
		{actSymmetry, "Symmetry: propose copies", plain(fyne.KeyF8), theme.ViewRefreshIcon(), "Propose the copies that a symmetry asks for", func(w *window) { w.compose.ProposeSymmetry() }},

		{actNote, "Note…", plain(fyne.KeyN), nil, "Write a note about the selected placement", func(w *window) { w.table.AskNote() }},
		{actFilter, "Filter", plain(fyne.KeySlash), nil, "Filter the table", func(w *window) { w.focusFilter() }},
		{actColumns, "Columns…", shortcut(fyne.KeyL, shift), theme.ListIcon(), "Choose the columns of the table", func(w *window) { w.table.AskColumns() }},
		{actPin, "Pin", plain(fyne.KeyP), nil, "Pin the selected placement for comparison, or unpin it", func(w *window) { w.table.TogglePin() }},
		{actFlicker, "Flicker between two", plain(fyne.KeyB), nil, "Flicker between the pinned placements, or the last two", func(w *window) { w.table.Flicker() }},
		{actPath, "How it was found", plain(fyne.KeyT), nil, "Show the path of a start to the selected placement; again: back", func(w *window) { w.table.TogglePaths() }},

		{actSequence, "Sequence", plain(fyne.KeyQ), nil, "Show the sequence of the selected structure below the picture; again: put it away", func(w *window) { w.inspect.ToggleSequence() }},
		{actFocus, "Show the selected residues", plain(fyne.KeyF), nil, "Fly to the selected residues, else to what was clicked on", func(w *window) { w.inspect.Focus() }},
		{actLabels, "Names of selected residues", plain(fyne.KeyL), nil, "Name the selected residues in the picture, or no longer", func(w *window) { w.inspect.ToggleLabels() }},
		{actDistance, "Measure distances", plain(fyne.KeyD), nil, "Let clicks on two atoms measure their distance; again: clicks select", func(w *window) { w.inspect.ToggleDistance() }},
		{actAngle, "Measure angles", plain(fyne.KeyA), nil, "Let clicks on three atoms measure the angle at the second; again: clicks select", func(w *window) { w.inspect.ToggleAngle() }},

		{actTorsion, "Measure torsions", plain(fyne.KeyI), nil, "Let clicks on four atoms measure the torsion about the line between the second and third; again: clicks select", func(w *window) { w.inspect.ToggleTorsion() }},
		{actMeasures, "All measures…", nil, nil, "List what was measured, show it or remove it", func(w *window) { w.inspect.ShowMeasures() }},

		{actFrame, "Show all", shortcut(fyne.KeyF, 0), drawing("frame"), "Show all of the scene", func(w *window) { w.stage.View.FrameAll() }},
		{actFront, "From the front", plain(fyne.KeyR), nil, "Show all of the scene, from the front", func(w *window) { w.stage.View.ResetView() }},
		{actAlone, "Picture only", plain(fyne.KeyF11), nil, "Show the picture alone; again: with all that is around it", func(w *window) { w.setAlone(!w.alone.on) }},
		{actMenus, "Menus", plain(fyne.KeyF10), nil, "Open the menus, also where the picture is alone", (*window).openMenus},
		{actLook, "Light or dark", nil, drawing("lightdark"), "Change between the light and the dark look", (*window).toggleAppearance},
		{actHelp, "Keys, mouse, columns", plain(fyne.KeyF1), theme.HelpIcon(), "Explain keys, mouse and columns", func(w *window) { w.help.ShowHelp() }},
		{actGuide, "Guide", shortcut(fyne.KeyF1, 0), nil, "Read the guide, step by step with pictures, in the browser", func(w *window) { w.help.ShowGuide() }},
		{actSystem, "System…", nil, nil, "Tell what fits and pictures are made with", func(w *window) { w.help.ShowSystem() }},
	}
}

// actOf returns an act by its name; the name must be one.
func actOf(id actID) act {
	for _, a := range acts() {
		if a.id == id {
			return a
		}
	}
	panic("window: no act is called " + string(id))
}

// drawing returns an icon of our own, in the colours of the theme.
func drawing(name string) fyne.Resource {
	return theme.NewThemedResource(fyne.NewStaticResource(name+".svg", assets.Drawing(name)))
}

// explained tells what an act does, and by which key.
func (a *act) explained() string {
	if k := keys.Shortcut(a.key); k != "" {
		return a.tip + " (" + k + ")"
	}
	return a.tip
}

// act makes the menu item of an act.
func (w *window) act(id actID) *fyne.MenuItem {
	a := actOf(id)
	return w.item(a.label, a.key, func() { a.do(w) })
}

// button makes the button of an act, with a tooltip.
func (w *window) button(id actID, text string, of widget.Importance) *widget.Button {
	a := actOf(id)
	b := widget.NewButtonWithIcon(text, a.icon, func() { a.do(w) })
	b.Importance = of
	w.Tips.Explain(func() map[fyne.CanvasObject]string { return map[fyne.CanvasObject]string{b: a.explained()} })
	return b
}

// plainKeys are the acts with keys that are pressed alone, for which Fyne does
// nothing.
func plainKeys() keys.Map[*window] {
	var m keys.Map[*window]
	for _, a := range acts() {
		if c, ok := a.key.(*desktop.CustomShortcut); ok && c.Modifier == 0 {
			m = append(m, keys.Binding[*window]{Names: []fyne.KeyName{c.KeyName}, What: a.tip, Do: a.do})
		}
	}
	return m
}

// withKeys replaces the name of each act in braces by its key: {fit} by F5.
func withKeys(text string) string {
	for _, a := range acts() {
		text = strings.ReplaceAll(text, "{"+string(a.id)+"}", keys.Shortcut(a.key))
	}
	return text
}
