// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/report"
	"difffit/app/viewport"
	"difffit/fitting"
	"difffit/io/atomicfile"
	"difffit/render"
)

// tradeItems are the items of the menu File about other programs.
type tradeItems struct{ fetch, report, export *fyne.MenuItem }

func newTradeItems(w *window) tradeItems {
	const shift = fyne.KeyModifierShift
	return tradeItems{
		fetch:  w.item("Fetch from PDB, EMDB, AlphaFold DB…", shortcut(fyne.KeyO, shift), w.askFetch),
		report: w.item("Save report…", shortcut(fyne.KeyR, shift), w.askReport),
		export: w.item("Export for other programs…", shortcut(fyne.KeyX, shift), w.askExportAll),
	}
}

func (t tradeItems) enable(s document.State, busy bool) {
	nothing := s.Map == nil && len(s.Structures) == 0
	t.fetch.Disabled, t.report.Disabled, t.export.Disabled = busy, busy || nothing, busy || nothing
}

// reportWidth is the width of the picture of the viewport in a report, in pixels.
const reportWidth = 1600

// A reportShot is what a report has of the window.
type reportShot struct {
	request          render.Request
	title            string // of the picture
	session, program string
}

// reportShot returns what a report will have of the window as it is now: the
// picture has the colours of the tables.
func (w *window) reportShot() reportShot {
	s, size, selected := w.doc.State(), w.view.Size(), w.doc.Selected()
	r := w.view.Request(reportWidth, int(reportWidth*size.Height/max(1, size.Width)))
	title := "The picture of the window"
	if t := s.Structure(selected.Structure); t != nil && s.AcceptedFrom(selected) == nil {
		title += "; orange: " + s.PlaceName(selected) + ", which is selected and not accepted"
	}
	scene := *r.Scene
	scene.Molecules = slices.Clone(scene.Molecules)
	for i := range scene.Molecules {
		m := &scene.Molecules[i]
		if t := s.Structure(m.ID); t != nil && m.Color == selectedColour && s.AcceptedFrom(selected) != nil {
			m.Color = t.Colour()
		}
	}
	r.Scene = &scene
	if c := w.looks.colours; c != render.Uniform {
		title += "; atoms are coloured by " + legendTitles[c]
	}
	a := reportShot{request: r, title: title, program: w.program()}
	if w.path != "" {
		a.session = filepath.Base(w.path)
	}
	return a
}

// options draws the picture. It waits; call it beside the window.
func (a reportShot) options(v *viewport.Viewport) (report.Options, error) {
	o := report.Options{Program: a.program, Session: a.session}
	m, err := v.Shoot(a.request)
	if err == nil {
		o.Pictures = []report.Picture{{Title: a.title, Image: m}}
	}
	return o, err
}

// askReport asks where to write a report.
func (w *window) askReport() {
	if w.job != nil {
		return
	}
	name := "report.html"
	if w.path != "" {
		name = strings.TrimSuffix(filepath.Base(w.path), document.Ending) + "_report.html"
	}
	help := "One HTML file with tables, pictures, options and where everything comes from. It opens in any browser, without a network."
	w.askPath("Save report", filepath.Join(w.folder(), name), help, func(path string) {
		if e := strings.ToLower(filepath.Ext(path)); e != ".html" && e != ".htm" {
			path += ".html"
		}
		w.saveReport(path)
	})
}

// saveReport writes a report beside the window.
func (w *window) saveReport(path string) {
	s, shot := w.doc.State(), w.reportShot()
	w.run(&job{name: "Save " + filepath.Base(path)}, func(context.Context) (func(), error) {
		o, fault := shot.options(w.view)
		if err := atomicfile.Write(path, func(f io.Writer) error { return report.Write(f, s, o) }); err != nil {
			return nil, err
		}
		return func() { w.wrote("Saved "+path, fault) }, nil
	})
}

// wrote says what was written, and what its report had to do without.
func (w *window) wrote(what string, fault error) {
	if fault != nil {
		w.note("no picture of the window in the report: " + fault.Error())
	}
	w.say(what)
}

// An exportForm asks what to write, and where.
type exportForm struct {
	folder       *pathField
	checks       map[export.Item]*widget.Check
	pdb          *widget.Check
	radius, edge *widget.Entry
	fault        *widget.Label
}

// askExportAll asks what to write for other programs.
func (w *window) askExportAll() {
	if w.job != nil {
		return
	}
	var d *dialog.CustomDialog
	f := exportForm{checks: map[export.Item]*widget.Check{}, fault: widget.NewLabel("")}
	f.folder = newPathField(func() { d.Hide() })
	f.folder.SetText(filepath.Join(w.folder(), "export"))
	browse := widget.NewButtonWithIcon("Folder…", theme.FolderOpenIcon(), func() {
		q := dialog.NewFolderOpen(func(u fyne.ListableURI, err error) {
			if err == nil && u != nil {
				f.folder.SetText(u.Path())
			}
		}, w)
		q.Resize(fyne.NewSize(860, 560))
		w.ask(q)
	})
	start := func(string) {
		o, err := f.options()
		if err != nil {
			f.fault.SetText(err.Error())
			w.tell()
			return
		}
		d.Hide()
		folder := expand(f.folder.Text)
		if abs, err := filepath.Abs(folder); err == nil {
			folder = abs
		}
		w.exportTo(folder, o)
	}
	f.folder.OnSubmitted = start
	d = dialog.NewCustomWithoutButtons("Export for other programs", container.NewStack(spacer(fyne.NewSize(700, 440)), f.layout(browse)), w)
	ok := widget.NewButton("Write", func() { start("") })
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	w.ask(d)
	w.Canvas().Focus(f.folder)
	w.state.named["export.folder"], w.state.named["export.ok"] = f.folder, ok
	w.tell()
}

// layout lays the form out.
func (f *exportForm) layout(browse fyne.CanvasObject) fyne.CanvasObject {
	defaults := export.DefaultOptions()
	box := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Folder"), browse, f.folder))
	for _, i := range export.Items() {
		what := i.What()
		c := widget.NewCheck(strings.ToUpper(what[:1])+what[1:], nil)
		c.SetChecked(true)
		f.checks[i] = c
		box.Add(c)
	}
	f.pdb = widget.NewCheck("Structures as PDB files too; long chain names become single characters", nil)
	f.radius, f.edge = widget.NewEntry(), widget.NewEntry()
	f.radius.SetText(strconv.FormatFloat(defaults.Mask.Radius, 'g', -1, 64))
	f.edge.SetText(strconv.FormatFloat(defaults.Mask.Edge, 'g', -1, 64))
	narrow := func(e *widget.Entry) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(70, e.MinSize().Height), e)
	}
	box.Add(f.pdb)
	box.Add(container.NewHBox(widget.NewLabel("Mask: 1 within"), narrow(f.radius), widget.NewLabel("Å of an atom, falling to 0 over"), narrow(f.edge), widget.NewLabel("Å")))
	note := widget.NewLabel("Of what is accepted; of the best of each structure in the last round if nothing is. Files of the same names are replaced.")
	note.Importance = widget.LowImportance
	note.Wrapping = fyne.TextWrapWord
	f.fault.Importance = widget.DangerImportance
	f.fault.Wrapping = fyne.TextWrapWord
	box.Add(note)
	box.Add(f.fault)
	return container.NewVScroll(box)
}

// options reads the form.
func (f *exportForm) options() (export.Options, error) {
	o := export.DefaultOptions()
	o.PDB = f.pdb.Checked
	o.Items = slices.DeleteFunc(export.Items(), func(i export.Item) bool { return !f.checks[i].Checked })
	if len(o.Items) == 0 {
		return o, errors.New("choose what to write")
	}
	if strings.TrimSpace(f.folder.Text) == "" {
		return o, errors.New("in which folder?")
	}
	var err error
	if o.Mask.Radius, err = strconv.ParseFloat(strings.TrimSpace(f.radius.Text), 64); err != nil {
		return o, fmt.Errorf("radius of the mask: %q is no number", f.radius.Text)
	}
	if o.Mask.Edge, err = strconv.ParseFloat(strings.TrimSpace(f.edge.Text), 64); err != nil {
		return o, fmt.Errorf("edge of the mask: %q is no number", f.edge.Text)
	}
	return o, o.Mask.Validate()
}

// exportTo writes files beside the window.
func (w *window) exportTo(folder string, o export.Options) {
	s, shot := w.doc.State(), w.reportShot()
	w.run(&job{name: "Export to " + filepath.Base(folder)}, func(ctx context.Context) (func(), error) {
		var fault error
		if slices.Contains(o.Items, export.Report) {
			o.Report, fault = shot.options(w.view)
		}
		files, err := export.Write(ctx, s, folder, o, func(part float64, what string) {
			w.do(func() { w.showProgress(fitting.Progress{Phase: fitting.Phase(what + ","), Fraction: part}) })
		})
		if err != nil {
			return nil, err
		}
		return func() {
			w.note("  " + strings.Join(files, "\n  "))
			w.wrote(fmt.Sprintf("Wrote %d files into %s", len(files), folder), fault)
		}, nil
	})
}
