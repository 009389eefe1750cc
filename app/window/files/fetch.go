// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/fitting"
	"difffit/io/fetch"
)

// addressFile is where the addresses of archives are kept; the command line
// reads the same.
func addressFile() string {
	folder, err := os.UserConfigDir()
	if err != nil {
		return ""
	}
	return filepath.Join(folder, "difffit", "addresses.json")
}

// fetchFolder is where what was fetched is kept.
func (fl *Files) fetchFolder() string { return filepath.Join(fl.sh.CacheFolder(), "fetch") }

// fetcher returns what gets entries of archives.
func (fl *Files) fetcher(a fetch.Addresses) *fetch.Client {
	return &fetch.Client{Folder: fl.fetchFolder(), Addresses: a, Agent: strings.ReplaceAll(fl.sh.Program(), " ", "/")}
}

// addressTitles say what the addresses are for.
var addressTitles = map[string]string{
	"pdb": "PDB, structures", "emdb_map": "EMDB, maps", "emdb_header": "EMDB, headers", "alphafold": "AlphaFold DB",
}

// AskFetch asks for identifiers. Nobody is asked for anything before a person
// presses Fetch.
func (fl *Files) AskFetch() {
	if fl.sh.MustWait("Fetch") {
		return
	}
	addresses, err := fetch.ReadAddresses(addressFile())
	if err != nil {
		fl.sh.Fail("The addresses of the archives cannot be read", err)
	}
	var d *shell.Dialog
	ids := shell.NewPathField(func() { d.Hide() })
	ids.SetPlaceHolder("7CFN   EMD-30342   AF-P00520")
	fault := widget.NewLabel("")
	fault.Importance = widget.DangerImportance
	fault.Wrapping = fyne.TextWrapWord
	hosts := widget.NewLabel("")
	hosts.Wrapping = fyne.TextWrapWord
	hosts.Importance = widget.LowImportance
	tell := func(a fetch.Addresses) { hosts.SetText(askedHosts(a, fl.fetchFolder())) }
	tell(addresses)
	fields, form := addressForm(addresses)
	change := func() (fetch.Addresses, error) {
		a := addresses
		for name, f := range fields {
			if err := a.Set(name, strings.TrimSpace(f.Text)); err != nil {
				return a, err
			}
		}
		return a, nil
	}
	for _, f := range fields {
		f.OnChanged = func(string) {
			if a, err := change(); err == nil {
				tell(a)
			}
		}
	}
	start := func(text string) {
		a, err := change()
		if err == nil {
			err = fl.FetchAll(text, a, addresses, d.Hide)
		}
		if err != nil {
			fault.SetText(panel.Reason(err))
		}
	}
	ids.OnSubmitted = start
	more := widget.NewAccordion(widget.NewAccordionItem("Addresses, for mirrors", form))
	top := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Entries"), nil, ids), fault, hosts, more)
	d = fl.sh.NewDialog("Fetch from public archives", container.NewStack(shell.Spacer(fyne.NewSize(720, 330)), container.NewVScroll(top)))
	ok := widget.NewButton("Fetch", func() { start(ids.Text) })
	d.SetButtons(widget.NewButton("Cancel", d.Hide), ok)
	fl.sh.Ask(d)
	fl.sh.Canvas().Focus(ids)
	fl.sh.Named["fetch.ids"], fl.sh.Named["fetch.ok"] = ids, ok
}

// askedHosts tells who is asked for what, and where it is kept.
func askedHosts(a fetch.Addresses, folder string) string {
	return fmt.Sprintf("Asks %s for entries of the PDB, %s for maps of EMDB with their recommended level, %s for predictions of AlphaFold DB by UniProt accession. "+
		"Nothing is sent but the identifiers. What was fetched is kept in %s and not asked for again.",
		a.Host(fetch.PDB), a.Host(fetch.EMDB), a.Host(fetch.AlphaFold), folder)
}

// addressForm has a field for each address.
func addressForm(a fetch.Addresses) (map[string]*widget.Entry, fyne.CanvasObject) {
	fields := map[string]*widget.Entry{}
	form := container.New(layout.NewFormLayout())
	for _, name := range fetch.AddressNames() {
		f := widget.NewEntry()
		f.SetText(a.Of(name))
		f.SetPlaceHolder(fetch.DefaultAddresses().Of(name))
		fields[name] = f
		form.Add(widget.NewLabel(addressTitles[name]))
		form.Add(f)
	}
	note := widget.NewLabel("{id} stands for the identifier, {ID} for the same in capitals. An empty field is the archive itself.")
	note.Importance = widget.LowImportance
	note.Wrapping = fyne.TextWrapWord
	return fields, container.NewVBox(form, note)
}

// FetchAll fetches entries and opens them; begin is called when it begins. It
// returns an error about what was written in the dialog.
func (fl *Files) FetchAll(text string, a, before fetch.Addresses, begin func()) error {
	ids, err := fetch.ParseAll(text)
	if err != nil {
		return err
	}
	if len(ids) == 0 {
		return errors.New("which entries?")
	}
	var maps []string
	for _, id := range ids {
		if id.IsMap() {
			maps = append(maps, id.String())
		}
	}
	if len(maps) > 1 {
		return errors.New("only one map can be fetched at a time: name one entry of EMDB")
	}
	if a != before {
		if err := a.WriteFile(addressFile()); err != nil {
			return err
		}
	}
	begin()
	fl.askUses(maps, func(u uses) {
		if !u.newSession {
			fl.fetchRun(ids, a, u)
			return
		}
		fl.UnlessLost("begin a new session", func() { fl.fetchRun(ids, a, u) })
	})
	return nil
}

// fetchRun fetches entries beside the window.
func (fl *Files) fetchRun(ids []fetch.ID, a fetch.Addresses, u uses) {
	name := "Fetch " + ids[0].String()
	if len(ids) > 1 {
		name = fmt.Sprintf("Fetch %d entries", len(ids))
	}
	fl.sh.Run(&shell.Job{Name: name}, func(ctx context.Context) (func(), error) { return fl.fetchJob(ctx, ids, a, u) })
}

// fetchJob fetches entries and reads them. What could be had is opened, also
// if something else could not.
func (fl *Files) fetchJob(ctx context.Context, ids []fetch.ID, a fetch.Addresses, u uses) (func(), error) {
	client := fl.fetcher(a)
	o := order{uses: u}
	var entry *fetch.Result
	var paths []string
	var faults []error
	for i, id := range ids {
		r, err := client.Fetch(ctx, id, func(p fetch.Progress) { fl.sh.Do(func() { fl.sh.ShowProgress(fetchProgress(p, i, len(ids))) }) })
		if err != nil {
			faults = append(faults, err)
			if ctx.Err() != nil {
				break
			}
			continue
		}
		paths = append(paths, r.Path)
		if id.IsMap() {
			o.maps, entry = append(o.maps, r.Path), r
		} else {
			o.structures = append(o.structures, r.Path)
		}
	}
	if ctx.Err() != nil {
		return nil, errors.Join(faults...)
	}
	in, unread := readInputs(ctx, fl.Reader(), o)
	return func() {
		if u.newSession && !in.isEmpty() {
			fl.clear()
		}
		fl.addFetched(in, paths, entry)
	}, errors.Join(append(faults, unread...)...)
}

// fetchProgress is the progress of file i of n for the bar of jobs.
func fetchProgress(p fetch.Progress, i, n int) fitting.Progress {
	q := fitting.Progress{Phase: fitting.Phase(fmt.Sprintf("%s, %.1f MB:", p.Name, float64(p.Done)/1e6)), Fraction: float64(i) / float64(n)}
	if p.Total > 0 {
		q.Phase = fitting.Phase(fmt.Sprintf("%s, %.1f of %.1f MB:", p.Name, float64(p.Done)/1e6, float64(p.Total)/1e6))
		q.Fraction += float64(p.Done) / float64(p.Total) / float64(n)
	}
	return q
}

// addFetched opens what was fetched. Of a map the level and the resolution are
// set that its entry recommends, as a step that can be undone.
func (fl *Files) addFetched(in inputs, paths []string, entry *fetch.Result) {
	if in.density != nil && entry != nil {
		in.density.Contour = entry.Entry.Level(entry.ID) // nobody has seen it yet
	}
	fl.addInputs(in, paths)
	if in.density == nil || entry == nil || entry.Entry == nil {
		return
	}
	e, o := entry.Entry, fl.sh.Doc.State().Options
	var what []string
	if e.Contour != nil {
		o.Level = e.Contour
		what = append(what, fmt.Sprintf("recommended level %g", *e.Contour))
	}
	if e.Resolution >= 0.5 && e.Resolution <= 100 {
		o.Resolution = e.Resolution
		what = append(what, fmt.Sprintf("resolution %g Å", e.Resolution))
	}
	if len(what) > 0 {
		fl.sh.Try("The level of the entry was not set", fl.sh.Doc.SetOptions(fmt.Sprintf("Use the level of %v", entry.ID), o))
	} else {
		what = append(what, "no recommended level")
	}
	if len(e.Models) > 0 {
		what = append(what, "models in the PDB: "+strings.ToUpper(strings.Join(e.Models, " ")))
	}
	fl.sh.Say(fmt.Sprintf("Opened %v: %s", entry.ID, strings.Join(what, ", ")))
	if e.Title != "" {
		fl.sh.Note("  " + e.Title)
	}
}
