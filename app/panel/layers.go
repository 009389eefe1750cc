// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting/volume"
)

var modes = []choice{
	{string(volume.ZeroDistance), "within a radius of atoms"},
	{string(volume.ZeroMass), "95 % of the mass of a simulated map"},
	{string(volume.ZeroSoft), "soft: less where the model is dense"},
	{string(volume.ZeroSubtract), "subtract a simulated map"},
}

// Layers lists the accepted placements and the layers that zero density, and
// says how the next zeroing is done.
type Layers struct {
	widget.BaseWidget

	// OnSwitch and OnRemove are told the ID of a layer.
	OnSwitch func(layer int, on bool)
	OnRemove func(layer int)
	// OnWithdraw and OnZero are told the ID of an accepted placement.
	OnWithdraw func(accepted int)
	OnZero     func(accepted int)
	// OnShow is told the cluster that an accepted placement comes from.
	OnShow func(document.ClusterID)

	state  document.State
	items  []layerItem
	list   *widget.List
	empty  *widget.Label
	mode   *widget.Select
	radius *entry
	zero   volume.ZeroOptions
	mute   bool
}

// A layerItem is a line: an accepted placement with its layer, or one of both.
type layerItem struct {
	accepted *document.Accepted
	layer    *document.Layer
}

// NewLayers returns an empty panel with the default way of zeroing.
func NewLayers() *Layers {
	p := &Layers{zero: volume.DefaultZeroOptions(), radius: newEntry()}
	p.empty = hint("Accepted placements are listed here. Zero out takes their density from the map, so that the next fit looks elsewhere; it can always be switched back on.")
	var words []string
	for _, m := range modes {
		words = append(words, m.words)
	}
	p.mode = widget.NewSelect(words, func(string) {
		p.zero.Mode = volume.ZeroMode(modes[max(0, p.mode.SelectedIndex())].value)
		if p.zero.Mode == volume.ZeroDistance {
			p.radius.Enable()
		} else {
			p.radius.Disable()
		}
	})
	p.mode.SetSelectedIndex(0)
	p.radius.settle(strconv.FormatFloat(p.zero.Radius, 'g', -1, 64))
	p.list = widget.NewList(func() int { return len(p.items) }, newLayerItem, p.updateItem)
	p.list.OnSelected = func(i widget.ListItemID) {
		p.list.UnselectAll()
		if i < len(p.items) && p.items[i].accepted != nil && p.OnShow != nil {
			p.OnShow(p.items[i].accepted.Cluster)
		}
	}
	p.ExtendBaseWidget(p)
	return p
}

func radius(text string) (float64, error) {
	v, err := parse(text)
	if err != nil || !(v > 0 && v <= 50) {
		return 0, fmt.Errorf("zero-out radius is %q, want a number above 0 and up to 50 Å", text)
	}
	return v, nil
}

// CreateRenderer lays the panel out.
func (p *Layers) CreateRenderer() fyne.WidgetRenderer {
	r := container.NewGridWrap(fyne.NewSize(64, p.radius.MinSize().Height), p.radius)
	top := container.NewBorder(nil, nil, widget.NewLabel("Zero out"), container.NewHBox(widget.NewLabel("radius"), r, widget.NewLabel("Å")), p.mode)
	return widget.NewSimpleRenderer(container.NewBorder(top, nil, nil, nil, container.NewStack(p.list, container.NewVBox(p.empty))))
}

// ZeroOptions returns how the next zeroing is to be done.
func (p *Layers) ZeroOptions() (volume.ZeroOptions, error) {
	o := p.zero
	if o.Mode == volume.ZeroDistance {
		v, err := radius(p.radius.Text)
		if err != nil {
			return o, err
		}
		o.Radius = v
	}
	return o, o.Validate()
}

// SetState shows the placements and layers of s.
func (p *Layers) SetState(s document.State) {
	p.state = s
	p.items = p.items[:0:0]
	for _, a := range s.Accepted {
		p.items = append(p.items, layerItem{a, s.LayerOf(a.ID)})
	}
	for _, l := range s.Layers {
		if l.Accepted == 0 {
			p.items = append(p.items, layerItem{nil, l})
		}
	}
	p.empty.Hidden = len(p.items) > 0
	p.empty.Refresh()
	p.mute = true
	p.list.Refresh()
	p.mute = false
}

func newLayerItem() fyne.CanvasObject {
	name := widget.NewLabel("name")
	name.Truncation = fyne.TextTruncateEllipsis
	on := widget.NewCheck("zeroed, 00 000 voxels", nil)
	zero := widget.NewButton("Zero out", nil)
	remove := widget.NewButtonWithIcon("", theme.CancelIcon(), nil)
	remove.Importance = widget.LowImportance
	return container.NewBorder(nil, nil, nil, container.NewHBox(on, zero, remove), name)
}

func (p *Layers) updateItem(i widget.ListItemID, o fyne.CanvasObject) {
	if i < 0 || i >= len(p.items) {
		return
	}
	it := p.items[i]
	parts := o.(*fyne.Container).Objects // as NewBorder orders them: centre, right
	right := parts[1].(*fyne.Container).Objects
	on, zero, remove := right[0].(*widget.Check), right[1].(*widget.Button), right[2].(*widget.Button)
	parts[0].(*widget.Label).SetText(p.title(it))
	zero.Hidden = it.layer != nil
	on.Hidden = it.layer == nil
	on.OnChanged = nil
	if l := it.layer; l != nil {
		on.SetText(fmt.Sprintf("zeroed, %s", plural(l.Cut.Voxels, "voxel")))
		on.SetChecked(l.On)
		on.OnChanged = func(on bool) {
			if !p.mute && p.OnSwitch != nil {
				p.OnSwitch(l.ID, on)
			}
		}
	} else {
		zero.OnTapped = func() { call(p.OnZero, it.accepted.ID) }
	}
	remove.OnTapped = func() {
		if it.layer != nil {
			call(p.OnRemove, it.layer.ID)
		} else {
			call(p.OnWithdraw, it.accepted.ID)
		}
	}
	o.Refresh()
}

func call(f func(int), id int) {
	if f != nil {
		f(id)
	}
}

// title names a line.
func (p *Layers) title(it layerItem) string {
	if a := it.accepted; a != nil {
		return fmt.Sprintf("%s, round %d, score %s", p.state.Name(a.Structure), a.Cluster.Round, number(a.Placement.Score, 3))
	}
	return p.state.Name(it.layer.Structure) + ", not accepted"
}
