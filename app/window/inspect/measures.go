// SPDX-License-Identifier: BSD-3-Clause

package inspect

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/dialog"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/view/residues"
	"difffit/app/window/shell"
)

// ShowMeasures lists what was measured, to be looked at and removed.
func (in *Inspector) ShowMeasures() {
	if len(in.measures) == 0 {
		in.sh.Say("Nothing was measured: press D for distances, A for angles, I for torsions, and click on atoms")
		return
	}
	rows := container.NewVBox()
	list := container.NewVScroll(rows)
	d := dialog.NewCustom("Measures", "Close", container.NewStack(shell.Spacer(fyne.NewSize(560, 260)), list), in.sh)
	var fill func()
	fill = func() {
		rows.RemoveAll()
		for i, m := range in.measures {
			rows.Add(in.row(i, m, d, fill))
		}
		if len(in.measures) == 0 {
			d.Hide()
		}
	}
	fill()
	in.sh.Ask(d)
}

// row is that of a measure in their list; fill shows the list again.
func (in *Inspector) row(i int, m residues.Measure, d dialog.Dialog, fill func()) fyne.CanvasObject {
	text := in.told(m)
	if text == "" {
		text = m.Kind() + " of atoms that are not seen"
	}
	words := widget.NewLabel(text)
	words.Truncation = fyne.TextTruncateEllipsis
	show := widget.NewButtonWithIcon("", theme.SearchIcon(), func() { d.Hide(); in.fly(m) })
	remove := widget.NewButtonWithIcon("", theme.DeleteIcon(), func() { in.Remove(i); fill() })
	in.sh.Named[fmt.Sprintf("measures.show.%d", i)], in.sh.Named[fmt.Sprintf("measures.remove.%d", i)] = show, remove
	return container.NewBorder(nil, nil, nil, container.NewHBox(show, remove), words)
}

// Remove removes the i-th measure.
func (in *Inspector) Remove(i int) {
	if i < 0 || i >= len(in.measures) {
		return
	}
	in.measures = slices.Delete(slices.Clone(in.measures), i, i+1)
	in.Shown()
	in.sh.Enable()
}

// fly flies to the atoms of a measure.
func (in *Inspector) fly(m residues.Measure) {
	if at, ok := m.In(in.stage.Viewport().Scene().Molecules); ok {
		in.flyTo(at)
	}
}

// flyTo flies to some places, which there must be, and what is about them.
func (in *Inspector) flyTo(places []r3.Vec) {
	lo, hi := places[0], places[0]
	for _, p := range places {
		lo = r3.Vec{X: min(lo.X, p.X), Y: min(lo.Y, p.Y), Z: min(lo.Z, p.Z)}
		hi = r3.Vec{X: max(hi.X, p.X), Y: max(hi.Y, p.Y), Z: max(hi.Z, p.Z)}
	}
	margin := r3.Vec{X: focusMargin, Y: focusMargin, Z: focusMargin}
	in.stage.FlyToBox(r3.Sub(lo, margin), r3.Add(hi, margin))
}
