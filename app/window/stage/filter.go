// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"context"
	"fmt"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/window/shell"
	"difffit/fitting/volume"
)

// filterable returns the map of a row that filters can be applied to: the one that
// was opened, or another one, with the filters that made it.
func (ms *seenMaps) filterable(i int) (*document.Map, []volume.Filter) {
	s, kind := ms.st.sh.Doc.State(), ms.seen.Maps[i].Kind
	if id, other := kind.Other(); other {
		if o := s.Other(id); o != nil {
			return o.Map, o.Filters
		}
	}
	if kind == view.Whole || kind == view.Remaining && !s.IsZeroed() {
		return s.Map, nil
	}
	return nil, nil
}

// askFilter asks for a filter that makes a further map of that of a row.
func (ms *seenMaps) askFilter(i int) {
	sh := ms.st.sh
	if sh.MustWait("Filter") {
		return
	}
	m, made := ms.filterable(i)
	if m == nil {
		if ms.seen.Maps[i].Kind == view.Remaining {
			sh.Say("What remains has no filters, for it changes with each zeroing: filter the whole map, or save what remains, open it as a second map, and filter that")
		}
		return
	}
	edge := math.Cbrt(m.Grid.VoxelVolume())
	form := panel.NewFilterForm(map[volume.FilterKind]float64{
		volume.GaussianFilter: math.Max(1, math.Round(10*edge)/10),
		volume.ResampleFilter: math.Round(200*edge) / 100, volume.VoxelFilter: m.Grid.Step.X,
	})
	fault := widget.NewLabel("")
	fault.Wrapping, fault.Importance = fyne.TextWrapWord, widget.DangerImportance
	fault.Hide()
	text := widget.NewLabel("A further map of " + m.Name + ", which stays as it is.")
	text.Wrapping = fyne.TextWrapWord
	d := sh.NewDialog("Filter", container.NewStack(shell.Spacer(fyne.NewSize(460, 200)), container.NewVBox(text, form, fault)))
	apply := func() {
		filter, err := form.Read()
		if err != nil {
			fault.SetText(panel.Reason(err))
			fault.Show()
			return
		}
		d.Hide()
		ms.filter(ms.seen.Maps[i].Kind, m, made, filter)
	}
	form.OnEscape, form.OnDone = sh.Escape, apply
	ok := widget.NewButton("Make map", apply)
	d.SetButtons(widget.NewButton("Cancel", d.Hide), ok)
	sh.Ask(d)
	sh.Canvas().Focus(form.First())
	sh.Named["filter.ok"] = ok
	for name, o := range form.Places() {
		sh.Named[name] = o
	}
}

// filter makes a further map beside the window. It takes the place of the one that
// it was made of in the picture: both at once would be seen as one.
func (ms *seenMaps) filter(kind view.Kind, m *document.Map, made []volume.Filter, filter volume.Filter) {
	sh := ms.st.sh
	sh.Run(&shell.Job{Name: fmt.Sprintf("%s, %s", m.Name, filter)}, func(ctx context.Context) (func(), error) {
		q, err := m.Filtered(ctx, 0, filter)
		if err != nil {
			return nil, err
		}
		return func() {
			o := document.OtherMap{Use: document.FilteredMap, Map: q, Filters: append(slices.Clone(made), filter)}
			if sh.Doc.State().Map != m && !slices.ContainsFunc(sh.Doc.State().Others, func(o *document.OtherMap) bool { return o.Map == m }) {
				sh.Say(q.Name + ": not shown, for what it was made of is closed")
				return
			}
			if err := sh.Doc.AddMaps(o); err != nil {
				sh.Fail("The map was not added", err)
				return
			}
			others := sh.Doc.State().Others
			ms.see(kind, false)
			ms.instead[view.OtherKind(others[len(others)-1].ID)] = kind
			ms.changed()
			ms.st.MapsPanel.Choose(len(ms.seen.Maps) - 1)
			sh.Say("Made " + q.Name)
		}, nil
	})
}

// see shows the maps of a kind, or hides them.
func (ms *seenMaps) see(k view.Kind, on bool) {
	for i := range ms.seen.Maps {
		if ms.seen.Maps[i].Kind == k {
			ms.seen.Maps[i].Visible = on
		}
	}
}

// gone shows again what a filtered map that is gone was shown in place of.
func (ms *seenMaps) gone(k view.Kind) {
	if from, ok := ms.instead[k]; ok {
		delete(ms.instead, k)
		ms.see(from, true)
	}
}
