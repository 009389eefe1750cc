// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting"
)

// A Mode says how pinned placements are shown.
type Mode int

// Modes.
const (
	OneAtATime Mode = iota // the selected one
	InOneView              // all, each in its colour
	SideBySide             // each in a view of its own
)

var modeWords = []string{"The selected one", "All in one view", "Side by side"}

// A Pin is a line of the read-out: a pinned placement and how far it is from
// that with which all are compared.
type Pin struct {
	ID        document.ClusterID
	Name      string
	Placement fitting.Placement
	Inside    float64 // part of its atoms, 0 to 1, above the level that is shown; NaN where that is not known
	Reference bool    // the one with which the others are compared
	Selected  bool
	document.Difference
}

// Compare shows how pinned placements differ, and says how they are shown.
type Compare struct {
	widget.BaseWidget

	// OnMode is told how the pinned placements are to be shown.
	OnMode func(Mode)
	// OnSelect is told which placement a person selects.
	OnSelect func(document.ClusterID)
	// OnPin pins the selected placement, or unpins it; OnUnpinAll unpins all.
	OnPin, OnUnpinAll func()
	// OnFlicker goes to the next pinned placement.
	OnFlicker func()
	// OnCloud is told what cloud of placements is to be shown.
	OnCloud func(Cloud)

	mode    *widget.Select
	pin     *widget.Button
	unpin   *widget.Button
	flicker *widget.Button
	tip     *tip
	read    *readout
	empty   *widget.Label
	cloud   *cloudForm
	mute    bool
}

// NewCompare returns a panel without placements.
func NewCompare() *Compare {
	c := &Compare{tip: newTip()}
	c.cloud = newCloudForm(c.tip)
	call := func(f *func()) func() {
		return func() {
			if *f != nil {
				(*f)()
			}
		}
	}
	c.mode = widget.NewSelect(modeWords, func(string) {
		if !c.mute && c.OnMode != nil {
			c.OnMode(Mode(max(0, c.mode.SelectedIndex())))
		}
	})
	c.pin = widget.NewButton("Pin", call(&c.OnPin))
	c.flicker = widget.NewButton("Flicker", call(&c.OnFlicker))
	c.unpin = widget.NewButton("Unpin all", call(&c.OnUnpinAll))
	c.cloud.onChange = func(v Cloud) {
		if c.OnCloud != nil {
			c.OnCloud(v)
		}
	}
	c.read = newReadout(c.tip, func(p Pin) {
		if c.OnSelect != nil {
			c.OnSelect(p.ID)
		}
	})
	c.empty = hint("Pin two to eight placements with P: here stands how they differ, and they are shown together. B flickers between them.")
	c.ExtendBaseWidget(c)
	c.SetPins(nil, 0, OneAtATime, false)
	return c
}

// CreateRenderer lays the panel out.
func (c *Compare) CreateRenderer() fyne.WidgetRenderer {
	top := container.NewBorder(nil, nil, widget.NewLabel("Show"), container.NewHBox(c.pin, c.flicker, c.unpin), c.mode)
	panel := container.NewBorder(top, c.cloud.box, nil, nil, container.NewStack(c.read, c.empty))
	return widget.NewSimpleRenderer(container.NewStack(panel, c.tip.layer))
}

// SetPins shows the pinned placements, what is inside of them at a contour level
// in the units of the map, and whether the selected one is among them.
func (c *Compare) SetPins(pins []Pin, level float64, mode Mode, selected bool) {
	c.mute = true
	if c.mode.SelectedIndex() != int(mode) {
		c.mode.SetSelectedIndex(int(mode))
	}
	c.mute = false
	c.read.set(pins, level)
	c.empty.Hidden = len(pins) > 0
	c.empty.Refresh()
	text := "Pin"
	if selected {
		text = "Unpin"
	}
	c.pin.SetText(text)
	enable(c.unpin, len(pins) > 0)
}

// Enable switches what needs a selection.
func (c *Compare) Enable(selected, two bool) {
	enable(c.pin, selected)
	enable(c.flicker, two)
}

func enable(w fyne.Disableable, on bool) {
	if on != w.Disabled() {
		return
	}
	if on {
		w.Enable()
	} else {
		w.Disable()
	}
}
