// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"
)

// A mapDetail is what is set of one map: its level or its transfer function,
// and the planes of its slices.
type mapDetail struct {
	p      *Maps
	box    *fyne.Container
	title  *widget.Label
	words  *widget.Label // about what is chosen
	bars   *histogram
	curve  *curve
	axis   *axis   // below both
	color  *swatch // of the chosen point
	reset  *widget.Button
	add    *widget.Button
	remove *widget.Button
	filter *widget.Button
	tools  *fyne.Container // of the curve
	planes *fyne.Container
	shown  [3]*widget.Check
	at     [3]*widget.Slider
	where  [3]*widget.Label
}

func newMapDetail(p *Maps) *mapDetail {
	d := &mapDetail{p: p, bars: newHistogram(), curve: newCurve(), axis: newAxis(""), title: Heading(""), words: widget.NewLabel("")}
	d.words.Importance = widget.LowImportance
	d.words.Truncation = fyne.TextTruncateEllipsis
	level := func(done bool) func(float64) {
		return func(v float64) { p.change(p.chosen, done, func(r *MapRow) { r.Level = v }) }
	}
	d.bars.onMove, d.bars.onDone = level(false), level(true)
	stops := func(done bool) func([]Stop) {
		return func(list []Stop) {
			d.tellStop()
			p.change(p.chosen, done, func(r *MapRow) { r.Stops, r.Own = list, true })
		}
	}
	d.curve.onMove, d.curve.onDone, d.curve.onChoose = stops(false), stops(true), d.tellStop
	d.color = newSwatch(func() {
		if s, ok := d.curve.stop(); ok && p.OnColor != nil {
			p.OnColor(s.Color, func(c color.NRGBA) { d.curve.recolor(c) })
		}
	})
	tell := func(f *func(int)) func() {
		return func() {
			if *f != nil {
				(*f)(p.chosen)
			}
		}
	}
	d.reset = widget.NewButton("Follow level and colour", tell(&p.OnReset))
	d.add = widget.NewButton("Another level", tell(&p.OnAdd))
	d.remove = widget.NewButton("Remove", tell(&p.OnRemove))
	d.filter = widget.NewButton("Filter…", tell(&p.OnFilter))
	d.tools = container.NewHBox(container.NewGridWrap(fyne.NewSize(24, d.reset.MinSize().Height), d.color), d.reset)
	d.planes = container.NewGridWithColumns(3)
	for i, axis := range [3]string{"x", "y", "z"} {
		d.shown[i] = widget.NewCheck(axis, func(on bool) { p.change(p.chosen, true, func(r *MapRow) { r.Slices[i].Show = on }) })
		d.at[i], d.where[i] = widget.NewSlider(0, 1), widget.NewLabel("")
		set := func(done bool) func(float64) {
			return func(v float64) {
				d.where[i].SetText(fmt.Sprintf("%.1f Å", v))
				p.change(p.chosen, done, func(r *MapRow) { r.Slices[i].At = v })
			}
		}
		d.at[i].OnChanged, d.at[i].OnChangeEnded = set(false), set(true)
		where := container.NewGridWrap(fyne.NewSize(76, d.where[i].MinSize().Height), d.where[i])
		d.planes.Add(container.NewBorder(nil, nil, d.shown[i], where, d.at[i]))
	}
	deeds := container.NewHBox(layout.NewSpacer(), d.tools, d.filter, d.add, d.remove)
	d.box = container.NewVBox(container.NewBorder(nil, nil, d.title, nil, d.words), deeds, d.bars, d.curve, d.axis, d.planes)
	return d
}

// show shows the chosen row.
func (d *mapDetail) show() {
	r, ok := d.p.row()
	d.box.Hidden = !ok
	if !ok {
		return
	}
	d.title.SetText(r.Name)
	style := d.p.styleOf(r)
	curve := style.Curve
	visible := func(o fyne.CanvasObject, on bool) {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
	visible(d.bars, !curve)
	visible(d.curve, curve)
	visible(d.tools, curve)
	visible(d.planes, style.Planes)
	visible(d.remove, r.Extra)
	if r.Filter {
		d.filter.Enable()
	} else {
		d.filter.Disable()
	}
	if r.Own {
		d.reset.Enable()
	} else {
		d.reset.Disable()
	}
	if curve {
		d.curve.show(r.Profile, r.Stops)
		d.axis.name("density (map units); curve: opacity, 0 to 1")
		d.axis.show(d.curve.back.lo, d.curve.back.hi)
		d.tellStop()
	} else {
		d.bars.show(r.Profile, r.Level, r.Level)
		d.axis.name("density (map units); bars: voxels, log scale")
		d.axis.show(d.bars.lo, d.bars.hi)
		d.words.SetText(levelWords(r))
	}
	visible(d.axis, r.Profile != nil)
	for i, s := range r.Slices {
		d.shown[i].SetChecked(s.Show)
		d.at[i].Min, d.at[i].Max, d.at[i].Step = s.Min, s.Max, (s.Max-s.Min)/500
		d.at[i].SetValue(s.At)
		d.where[i].SetText(fmt.Sprintf("%.1f Å", s.At))
	}
	d.box.Refresh()
}

func levelWords(r MapRow) string {
	if r.Profile == nil {
		return r.Note
	}
	if r.Scale != nil && r.Scale.SD > 0 {
		return fmt.Sprintf("level %s = %s σ", short(r.Level), number(nearZero(r.Scale.Sigmas(r.Level)), 2))
	}
	return "level " + short(r.Level)
}

// tellStop tells about the point that is chosen.
func (d *mapDetail) tellStop() {
	s, ok := d.curve.stop()
	if !ok {
		d.words.SetText("")
		return
	}
	d.color.show(s.Color)
	d.words.SetText(fmt.Sprintf("point %d of %d: density %s, opacity %s", d.curve.chosen+1, len(d.curve.stops), short(s.Density), number(float64(s.Color.A)/255, 2)))
}
