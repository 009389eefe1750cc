// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path/filepath"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/session"
	"difffit/app/window/shell"
	"difffit/io/fetch"
)

// A search asks for the inputs of a session that are missing, by name and
// hash, until all are found.
type search struct {
	fl      *Files
	session string
	missing []session.Missing
	at      map[string]string // what was found, by SHA-256
	open    func(at map[string]string)

	dialog *shell.Dialog
	path   *shell.PathField
	list   *fyne.Container
	answer *widget.Label
}

// askMissing shows what is missing, and calls open when all is found.
func (fl *Files) askMissing(session string, missing []session.Missing, at map[string]string, open func(map[string]string)) {
	q := &search{fl: fl, session: session, missing: missing, at: maps.Clone(at), open: open, list: container.NewVBox()}
	if q.at == nil {
		q.at = map[string]string{}
	}
	q.path = shell.NewPathField(func() { q.dialog.Hide() })
	q.path.SetPlaceHolder("folder to look in, or the file itself")
	q.path.SetText(filepath.Dir(session))
	q.path.OnSubmitted = q.look
	browse := fl.sh.FolderButton(q.path, func(folder string) { q.path.SetText(folder) })
	text := widget.NewLabel(filepath.Base(session) + " refers to files that are not where they were, or are not what they were. " +
		"They are told by their SHA-256, whatever they are called now.")
	text.Wrapping = fyne.TextWrapWord
	q.answer = widget.NewLabel("")
	q.answer.Wrapping = fyne.TextWrapWord
	top := container.NewVBox(text, widget.NewSeparator())
	bottom := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Look in"), browse, q.path), q.answer)
	box := container.NewBorder(top, bottom, nil, nil, container.NewVScroll(q.list))
	q.dialog = fl.sh.NewDialog("Inputs are missing", container.NewStack(shell.Spacer(fyne.NewSize(760, 380)), box))
	find := widget.NewButtonWithIcon("Look", theme.SearchIcon(), func() { q.look(q.path.Text) })
	buttons := []*widget.Button{widget.NewButton("Cancel", q.dialog.Hide)}
	if ids := q.entries(); len(ids) > 0 {
		again := widget.NewButtonWithIcon("Fetch again", theme.DownloadIcon(), q.fetch)
		buttons = append(buttons, again)
		fl.sh.Named["missing.fetch"] = again
	}
	q.dialog.SetButtons(append(buttons, find)...)
	q.show()
	fl.sh.Say(q.summary())
	fl.sh.Ask(q.dialog)
	fl.sh.Canvas().Focus(q.path)
	fl.sh.Named["missing.path"], fl.sh.Named["missing.look"] = q.path, find
}

// summary is a line about what is missing.
func (q *search) summary() string {
	var names []string
	for _, m := range q.missing {
		if q.at[m.SHA256] == "" {
			names = append(names, m.Name())
		}
	}
	if len(names) == 1 {
		return fmt.Sprintf("An input of %s is missing: %s", filepath.Base(q.session), names[0])
	}
	return fmt.Sprintf("%d inputs of %s are missing: %s", len(names), filepath.Base(q.session), strings.Join(names, ", "))
}

// show lists the inputs: names, what is the matter, hashes.
func (q *search) show() {
	q.list.RemoveAll()
	for _, m := range q.missing {
		state := widget.NewLabel(why(m))
		state.Importance = widget.WarningImportance
		icon := theme.WarningIcon()
		where := "was " + m.Path
		if p := q.at[m.SHA256]; p != "" {
			state.SetText("found")
			state.Importance = widget.SuccessImportance
			icon, where = theme.ConfirmIcon(), p
		}
		state.Refresh()
		place := widget.NewLabel(where)
		place.Truncation = fyne.TextTruncateEllipsis
		place.Selectable = true
		sum := widget.NewLabelWithStyle("SHA-256 "+m.SHA256, fyne.TextAlignLeading, fyne.TextStyle{Monospace: true})
		sum.Truncation = fyne.TextTruncateEllipsis
		sum.Selectable = true
		head := container.NewHBox(widget.NewIcon(icon), panel.Heading(m.Name()), state, widget.NewLabel(fmt.Sprintf("%s, %s", m.Place, panel.Plural(int(m.Bytes), "byte"))))
		q.list.Add(container.NewVBox(head, place, sum))
	}
	q.list.Refresh()
}

// why says in a word what is the matter with an input.
func why(m session.Missing) string {
	var e *session.Error
	switch {
	case errors.Is(m.Err, fs.ErrNotExist):
		return "is missing"
	case errors.As(m.Err, &e) && e.Err == nil:
		return "has changed"
	}
	return "cannot be read"
}

// look looks in a file or folder, beside the window.
func (q *search) look(where string) {
	where = shell.Expand(where)
	if where == "" {
		return
	}
	q.fl.sh.Run(&shell.Job{Name: "Look for inputs in " + where}, func(ctx context.Context) (func(), error) {
		found, err := session.Search(ctx, where, q.missing)
		return func() { q.looked(where, found, err) }, nil
	})
}

func (q *search) looked(where string, found map[string]string, err error) {
	if !q.fl.sh.Asks(q.dialog) {
		return // a person has thought better of it
	}
	maps.DeleteFunc(found, func(sum, _ string) bool {
		return !slices.ContainsFunc(q.missing, func(m session.Missing) bool { return m.SHA256 == sum })
	})
	maps.Copy(q.at, found)
	left := 0
	for _, m := range q.missing {
		if q.at[m.SHA256] == "" {
			left++
		}
	}
	if left == 0 {
		q.dialog.Hide()
		q.open(q.at)
		return
	}
	q.show()
	switch {
	case err != nil:
		q.answer.SetText("That did not work: " + panel.Reason(err))
	case len(found) == 0:
		q.answer.SetText("There is no file with these SHA-256 in " + where)
	default:
		q.answer.SetText(fmt.Sprintf("Found %d, %d still missing", len(found), left))
	}
	q.fl.sh.Say(q.summary())
}

// entries returns the entries of archives that missing inputs seem to be.
func (q *search) entries() []fetch.ID {
	var ids []fetch.ID
	for _, m := range q.missing {
		if id, ok := fetch.OfFile(m.Name()); ok && q.at[m.SHA256] == "" {
			ids = append(ids, id)
		}
	}
	return ids
}

// fetch gets what was fetched before once more. An archive may have another
// version by now; only the same is taken.
func (q *search) fetch() {
	addresses, err := fetch.ReadAddresses(addressFile())
	if err != nil {
		q.answer.SetText(panel.Reason(err))
		return
	}
	client, ids := q.fl.fetcher(addresses), q.entries()
	q.fl.sh.Run(&shell.Job{Name: "Fetch again"}, func(ctx context.Context) (func(), error) {
		found := map[string]string{}
		var faults []error
		for i, id := range ids {
			r, err := client.Fetch(ctx, id, func(p fetch.Progress) { q.fl.sh.Do(func() { q.fl.sh.ShowProgress(fetchProgress(p, i, len(ids))) }) })
			switch {
			case ctx.Err() != nil:
				return nil, err
			case err != nil:
				faults = append(faults, err)
			default:
				found[r.SHA256] = r.Path
			}
		}
		return func() { q.looked("what the archives have now", found, errors.Join(faults...)) }, nil
	})
}
