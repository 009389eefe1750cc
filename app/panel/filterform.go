// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting/volume"
)

// mapFilters say what filters are called, what their number is, and what they are
// good for.
var mapFilters = map[volume.FilterKind]struct{ name, value, unit, about string }{
	volume.GaussianFilter: {"Smooth (Gaussian)", "σ", "Å", "The larger σ is, the more noise goes, and with it detail."},
	volume.InvertFilter:   {"Invert", "", "", "Changes the sign of the density, for a map in which molecules are dark."},
	volume.ResampleFilter: {"Resample", "Voxel edge", "Å", "The same density on other voxels. On larger ones the map is smoothed first, so that nothing appears that is not there."},
	volume.VoxelFilter:    {"Voxel size", "Voxel edge", "Å", "The same voxels, said to be of another size, about the origin of coordinates: to see whether a calibration fits better."},
}

// FilterForm asks which filter makes a further map.
type FilterForm struct {
	widget.BaseWidget

	// OnEscape is called for Escape in the field, OnDone for Return.
	OnEscape, OnDone func()

	kind  *widget.Select
	name  *widget.Label
	value *entry
	unit  *widget.Label
	about *widget.Label
	first map[volume.FilterKind]float64
}

// NewFilterForm returns a form; first are the numbers with which filters begin.
func NewFilterForm(first map[volume.FilterKind]float64) *FilterForm {
	f := &FilterForm{name: Heading(""), value: newNumber(), unit: widget.NewLabel(""), about: hint(""), first: first}
	var names []string
	for _, k := range volume.FilterKinds {
		names = append(names, mapFilters[k].name)
	}
	f.kind = widget.NewSelect(names, func(string) { f.choose() })
	f.value.OnEscape = func() { act(f.OnEscape) }
	f.value.OnSubmitted = func(string) { act(f.OnDone) }
	f.kind.SetSelectedIndex(0)
	f.ExtendBaseWidget(f)
	return f
}

// choose shows what belongs to the kind that was chosen.
func (f *FilterForm) choose() {
	kind := volume.FilterKinds[max(0, f.kind.SelectedIndex())]
	w := mapFilters[kind]
	f.name.SetText(w.value)
	f.unit.SetText(w.unit)
	f.about.SetText(w.about)
	f.value.settle(strconv.FormatFloat(f.first[kind], 'g', 4, 64))
	f.value.Hidden = w.value == ""
	f.Refresh()
}

// CreateRenderer lays the form out.
func (f *FilterForm) CreateRenderer() fyne.WidgetRenderer {
	number := container.NewHBox(f.name, container.NewGridWrap(fyne.NewSize(84, f.value.MinSize().Height), f.value), f.unit)
	return widget.NewSimpleRenderer(container.NewVBox(f.kind, number, f.about))
}

// Read returns the filter, or what is wrong with it.
func (f *FilterForm) Read() (volume.Filter, error) {
	filter := volume.Filter{Kind: volume.FilterKinds[max(0, f.kind.SelectedIndex())]}
	if w := mapFilters[filter.Kind]; w.value != "" {
		x, err := parse(f.value.Text)
		if err != nil {
			return filter, fmt.Errorf("%s: %q, want a number of %s", w.value, f.value.Text, w.unit)
		}
		filter.Value = x
	}
	return filter, filter.Validate()
}

// First returns the field that gets the keyboard first.
func (f *FilterForm) First() fyne.Focusable { return f.value }

// Places returns the parts by name, so that they can be found on the screen.
func (f *FilterForm) Places() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{"filter.kind": f.kind, "filter.value": f.value}
}
