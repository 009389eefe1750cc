// SPDX-License-Identifier: BSD-3-Clause

package files

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
	"fyne.io/fyne/v2/widget"

	"difffit/app/export"
	"difffit/app/marks"
	"difffit/app/picture"
	"difffit/app/report"
	"difffit/app/session"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting"
	"difffit/io/atomicfile"
	"difffit/render"
)

// reportWidth is the width of the picture of the viewport in a report, in pixels.
const reportWidth = 1600

// A reportShot is what a report has of the window.
type reportShot struct {
	request          render.Request
	marks            []marks.Mark
	title            string // of the picture
	session, program string
}

// reportShot returns what a report will have of the window as it is now: the
// picture has the colours of the tables.
func (fl *Files) reportShot() reportShot {
	s, size, selected := fl.sh.Doc.State(), fl.stage.Viewport().Size(), fl.sh.Doc.Selected()
	r := fl.stage.Viewport().Request(reportWidth, int(reportWidth*size.Height/max(1, size.Width)))
	title := "The picture of the window"
	if t := s.Structure(selected.Structure); t != nil && s.AcceptedFrom(selected) == nil {
		title += "; outlined: " + s.PlaceName(selected) + ", which is selected and not accepted"
	}
	scene := *r.Scene
	scene.Molecules = slices.Clone(scene.Molecules)
	for i := range scene.Molecules {
		m := &scene.Molecules[i]
		m.Outlined = m.Outlined && s.AcceptedFrom(selected) == nil
	}
	r.Scene = &scene
	if colours := fl.stage.ColoringTitle(); colours != "" {
		title += "; atoms are coloured by " + colours
	}
	a := reportShot{request: r, marks: fl.stage.Viewport().Marks(), title: title, program: fl.sh.Program()}
	if fl.path != "" {
		a.session = filepath.Base(fl.path)
	}
	return a
}

// options draws the picture. It waits; call it beside the window.
func (a reportShot) options(v *viewport.Viewport) (report.Options, error) {
	o := report.Options{Program: a.program, Session: a.session}
	m, err := v.Shoot(a.request)
	if err == nil {
		picture.Marks(m, a.request.Camera, a.marks)
		o.Pictures = []report.Picture{{Title: a.title, Image: m}}
	}
	return o, err
}

// AskReport asks where to write a report.
func (fl *Files) AskReport() {
	if fl.sh.MustWait("Save report") {
		return
	}
	name := "report.html"
	if fl.path != "" {
		name = strings.TrimSuffix(filepath.Base(fl.path), session.Ending) + "_report.html"
	}
	help := "One HTML file with tables, pictures, options and where everything comes from. It opens in any browser, without a network."
	fl.sh.AskPath("Save report", filepath.Join(fl.Folder(), name), help, func(path string) {
		e := strings.ToLower(filepath.Ext(path))
		fl.sh.WithEnding(path, ".html", e == ".html" || e == ".htm", fl.SaveReport)
	})
}

// SaveReport writes a report beside the window.
func (fl *Files) SaveReport(path string) {
	s, shot := fl.sh.Doc.State(), fl.reportShot()
	fl.sh.Run(&shell.Job{Name: "Save " + filepath.Base(path)}, func(context.Context) (func(), error) {
		o, fault := shot.options(fl.stage.Viewport())
		if err := atomicfile.Write(path, func(f io.Writer) error { return report.Write(f, s, o) }); err != nil {
			return nil, err
		}
		return func() {
			fl.script("report", "--out", path)
			fl.wrote("Saved "+path, fault)
		}, nil
	})
}

// wrote says what was written, and what its report had to do without.
func (fl *Files) wrote(what string, fault error) {
	if fault != nil {
		fl.sh.Note("no picture of the window in the report: " + fault.Error())
	}
	fl.sh.Say(what)
}

// An exportForm asks what to write, and where.
type exportForm struct {
	folder       *shell.PathField
	checks       map[export.Item]*widget.Check
	pdb          *widget.Check
	radius, edge *widget.Entry
	fault        *widget.Label
}

// AskExportAll asks what to write for other programs.
func (fl *Files) AskExportAll() {
	if fl.sh.MustWait("Export") {
		return
	}
	var d *dialog.CustomDialog
	f := exportForm{checks: map[export.Item]*widget.Check{}, fault: widget.NewLabel("")}
	f.folder = shell.NewPathField(func() { d.Hide() })
	f.folder.SetText(filepath.Join(fl.Folder(), "export"))
	browse := fl.sh.FolderButton(f.folder, func(folder string) { f.folder.SetText(folder) })
	start := func(string) {
		o, err := f.options()
		if err != nil {
			f.fault.SetText(err.Error())
			return
		}
		d.Hide()
		folder := shell.Expand(f.folder.Text)
		if abs, err := filepath.Abs(folder); err == nil {
			folder = abs
		}
		fl.exportTo(folder, o)
	}
	f.folder.OnSubmitted = start
	d = dialog.NewCustomWithoutButtons("Export for other programs", container.NewStack(shell.Spacer(fyne.NewSize(700, 440)), f.layout(browse)), fl.sh)
	ok := widget.NewButton("Write", func() { start("") })
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	fl.sh.Ask(d)
	fl.sh.Canvas().Focus(f.folder)
	fl.sh.Named["export.folder"], fl.sh.Named["export.ok"] = f.folder, ok
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
func (fl *Files) exportTo(folder string, o export.Options) {
	s, shot := fl.sh.Doc.State(), fl.reportShot()
	o.Look = fl.look(s)
	fl.sh.Run(&shell.Job{Name: "Export to " + filepath.Base(folder)}, func(ctx context.Context) (func(), error) {
		var fault error
		if slices.Contains(o.Items, export.Report) {
			o.Report, fault = shot.options(fl.stage.Viewport())
		}
		files, err := export.Write(ctx, s, folder, o, func(part float64, what string) {
			fl.sh.Do(func() { fl.sh.ShowProgress(fitting.Progress{Phase: fitting.Phase(what + ","), Fraction: part}) })
		})
		if err != nil {
			return nil, err
		}
		return func() {
			fl.script("export", exportFlags(folder, o)...)
			fl.sh.Note("  " + strings.Join(files, "\n  "))
			fl.wrote(fmt.Sprintf("Wrote %d files into %s", len(files), folder), fault)
		}, nil
	})
}
