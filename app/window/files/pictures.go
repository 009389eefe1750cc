// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/widget"

	"difffit/app/panel"
	"difffit/app/picture"
	"difffit/app/window/shell"
	"difffit/fitting"
	"difffit/render"
)

// The keys of preferences about pictures that are saved.
const (
	keyShotWidth, keyShotSamples     = "picture.width", "picture.samples"
	keyShotTransparent, keyShotBar   = "picture.transparent", "picture.scalebar"
	keyShotFrames                    = "picture.frames"
	firstShotWidth, firstShotSamples = 2000, 9
	firstShotFrames                  = 120 // five seconds at 24 pictures a second
)

// lastPicture returns how pictures were saved last.
func (fl *Files) lastPicture(shape float64, movie bool) panel.PictureState {
	p := fl.sh.App.Preferences()
	s := panel.PictureState{
		Width:       min(max(p.IntWithFallback(keyShotWidth, firstShotWidth), 1), panel.MostPixels),
		Samples:     min(max(p.IntWithFallback(keyShotSamples, firstShotSamples), 1), render.MostSamples),
		Transparent: p.Bool(keyShotTransparent), ScaleBar: p.Bool(keyShotBar),
	}
	s.Height = max(1, int(float64(s.Width)/shape+0.5))
	if movie {
		s.Frames = min(max(p.IntWithFallback(keyShotFrames, firstShotFrames), 1), panel.MostFrames)
	}
	return s
}

func (fl *Files) keepPicture(s panel.PictureState) {
	p := fl.sh.App.Preferences()
	p.SetInt(keyShotWidth, s.Width)
	p.SetInt(keyShotSamples, s.Samples)
	p.SetBool(keyShotTransparent, s.Transparent)
	p.SetBool(keyShotBar, s.ScaleBar)
	if s.Frames > 0 {
		p.SetInt(keyShotFrames, s.Frames)
	}
}

// AskSavePicture asks how and where to save a picture of what is seen.
func (fl *Files) AskSavePicture() { fl.askPictures(false) }

// AskSaveMovie asks how and where to save the pictures of a turntable.
func (fl *Files) AskSaveMovie() { fl.askPictures(true) }

func (fl *Files) askPictures(movie bool) {
	title, name, help := "Save picture", "difffit.png", "A PNG of what is seen."
	if movie {
		title, name = "Save turntable movie", "turntable.png"
		help = "The scene turns once about the vertical axis: as many PNG files, numbered. Make a movie of them with, for example, ffmpeg -framerate 24 -i turntable_%04d.png turntable.mp4"
	}
	if fl.sh.MustWait(title) {
		return
	}
	size := fl.stage.Viewport().Size()
	shape := float64(max(1, size.Width)) / float64(max(1, size.Height))
	form := panel.NewPictureForm(fl.lastPicture(shape, movie), shape)
	form.OnEscape = fl.sh.Escape
	path := shell.NewPathField(fl.sh.Escape)
	path.SetText(filepath.Join(fl.Folder(), name))
	fault := widget.NewLabel("")
	fault.Wrapping, fault.Importance = fyne.TextWrapWord, widget.DangerImportance
	fault.Hide()
	words := widget.NewLabel(help)
	words.Wrapping, words.Importance = fyne.TextWrapWord, widget.LowImportance
	where := container.NewBorder(nil, nil, panel.Heading("Path"), fl.sh.FolderButton(path, func(folder string) { path.SetText(filepath.Join(folder, filepath.Base(path.Text))) }), path)
	box := container.NewVBox(form, where, words, fault)
	d := dialog.NewCustomWithoutButtons(title, container.NewStack(shell.Spacer(fyne.NewSize(640, 270)), box), fl.sh)
	save := func(string) {
		s, err := form.Read()
		p := shell.Expand(path.Text)
		if err == nil && p == "" {
			err = errors.New("the path is missing")
		}
		if err != nil {
			fault.SetText(err.Error())
			fault.Show()
			return
		}
		if abs, err := filepath.Abs(p); err == nil {
			p = abs
		}
		if !strings.EqualFold(filepath.Ext(p), ".png") {
			p += ".png"
		}
		d.Hide()
		fl.keepPicture(s)
		paths := []string{p}
		if movie {
			paths = picture.Frames(p, s.Frames)
		}
		fl.sh.UnlessThere(func() { fl.SavePictures(title, s, paths) }, paths...)
	}
	path.OnSubmitted = save
	ok := widget.NewButton("Save", func() { save("") })
	ok.Importance = widget.HighImportance
	d.SetButtons([]fyne.CanvasObject{widget.NewButton("Cancel", d.Hide), ok})
	fl.sh.Ask(d)
	fl.sh.Canvas().Focus(path)
	for name, o := range form.Places() {
		fl.sh.Named[name] = o
	}
	fl.sh.Named["save.path"], fl.sh.Named["save.ok"] = path, ok
}

// SavePictures makes and writes pictures of what is seen now, one for each
// path: one, or those of a turntable.
func (fl *Files) SavePictures(name string, s panel.PictureState, paths []string) {
	r := fl.stage.Viewport().Request(s.Width, s.Height)
	r.Samples, r.Transparent = s.Samples, s.Transparent
	cameras, over := []render.Camera{r.Camera}, fl.stage.Viewport().Marks()
	if s.Frames > 0 {
		cameras = picture.Turntable(r.Camera, len(paths))
	}
	fl.sh.Run(&shell.Job{Name: name}, func(ctx context.Context) (func(), error) {
		for i, c := range cameras {
			if err := ctx.Err(); err != nil {
				return nil, fmt.Errorf("%d of %d pictures are written: %w", i, len(paths), err)
			}
			r.Camera = c
			m, err := fl.stage.Viewport().Shoot(r)
			if err != nil {
				return nil, err
			}
			picture.Marks(m, c, over)
			if s.ScaleBar {
				picture.ScaleBar(m, c, r.Scene.Background)
			}
			if err := picture.Write(paths[i], m); err != nil {
				return nil, err
			}
			part := fitting.Progress{Phase: fitting.Phase(fmt.Sprintf("picture %d of %d:", i+1, len(paths))), Fraction: float64(i+1) / float64(len(paths))}
			fl.sh.Do(func() { fl.sh.ShowProgress(part) })
		}
		return func() {
			fl.scriptPicture(s, paths)
			fl.sh.Say(savedWords(s, paths))
		}, nil
	})
}

// savedWords tells what was saved.
func savedWords(s panel.PictureState, paths []string) string {
	if n := len(paths); n > 1 {
		return fmt.Sprintf("Saved %d pictures of %d×%d pixels: %s to %s", n, s.Width, s.Height, paths[0], filepath.Base(paths[n-1]))
	}
	return fmt.Sprintf("Saved %s, %d×%d pixels", paths[0], s.Width, s.Height)
}
