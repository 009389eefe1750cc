// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting/volume"
)

// A LevelState is what the contour level panel shows.
type LevelState struct {
	Profile   *volume.Profile // of what layers leave of the map; nil if no map is open
	Whole     *volume.Profile // of the map as it was opened, which is seen and by which σ is told
	Value     float64         // in the units of the map
	Auto      bool            // Value is the one that is offered
	Suggested volume.Level    // that is offered, for what is opened and placed now
	Remaining bool            // layers take something out of the map
}

// Level is the contour level: histogram, exact value, what it means, and the
// suggestion with its reason.
type Level struct {
	widget.BaseWidget

	// OnMove is told each level while the bar moves, OnDone the last one.
	OnMove, OnDone func(float64)
	// OnSuggested is called to take the level that is offered.
	OnSuggested func()
	// OnError is told what was wrong with a value that was written.
	OnError func(error)

	state   LevelState
	bars    *histogram
	axis    *axis
	counts  *canvas.Text // what the heights are
	exact   *entry
	meaning *widget.Label
	reason  *explainedLabel
	tip     *tip
	use     *widget.Button
}

// NewLevel returns a panel without a map.
func NewLevel() *Level {
	l := &Level{bars: newHistogram(), axis: newAxis("density (map units)"), counts: plotLabel("voxels (log scale)"), exact: newNumber(), meaning: widget.NewLabel(""), tip: newTip()}
	l.reason = newExplainedLabel(l.tip)
	l.meaning.Truncation = fyne.TextTruncateEllipsis
	l.use = widget.NewButton("Use it", func() {
		if l.OnSuggested != nil {
			l.OnSuggested()
		}
	})
	l.bars.onMove = func(v float64) {
		l.describe(v)
		if l.OnMove != nil {
			l.OnMove(v)
		}
	}
	l.bars.onDone = func(v float64) {
		if l.OnDone != nil {
			l.OnDone(v)
		}
	}
	l.exact.OnDone = l.typed
	l.ExtendBaseWidget(l)
	l.SetState(LevelState{})
	return l
}

// CreateRenderer lays the panel out.
func (l *Level) CreateRenderer() fyne.WidgetRenderer {
	value := container.NewGridWrap(fyne.NewSize(92, l.exact.MinSize().Height), l.exact)
	first := container.NewBorder(nil, nil, container.NewHBox(Heading("Level"), value), nil, l.meaning)
	second := container.NewBorder(nil, nil, nil, l.use, l.reason)
	// At the right, where few voxels are.
	plot := container.NewStack(l.bars, container.NewBorder(nil, nil, nil, container.NewVBox(l.counts)))
	return widget.NewSimpleRenderer(container.NewStack(container.NewBorder(nil, container.NewVBox(l.axis, first, second), nil, nil, plot), l.tip.layer))
}

// SetState shows s.
func (l *Level) SetState(s LevelState) {
	l.state = s
	l.bars.show(s.Whole, s.Value, s.Suggested.Value)
	l.recolour()
	l.counts.Hidden = s.Profile == nil
	l.counts.Refresh()
	if s.Profile == nil {
		l.axis.show(0, 0)
	} else {
		l.axis.show(l.bars.lo, l.bars.hi)
	}
	if s.Profile == nil {
		l.exact.Disable()
		l.use.Disable()
		l.exact.settle("")
		l.meaning.SetText("no map is open")
		l.reason.SetText("")
		l.reason.help = ""
		return
	}
	l.exact.Enable()
	l.describe(s.Value)
	l.reason.SetText(fmt.Sprintf("Suggested %s: %s", short(s.Suggested.Value), s.Suggested.Rule))
	l.reason.help = l.reason.Text + ". The level is that of the picture; it never moves by itself. The level of the next fit is in the tab Fit."
	if s.Auto {
		l.use.Disable()
	} else {
		l.use.Enable()
	}
}

// Refresh follows the theme.
func (l *Level) Refresh() {
	l.recolour()
	l.BaseWidget.Refresh()
}

func (l *Level) recolour() {
	l.counts.Color = theme.Color(theme.ColorNamePlaceHolder)
	l.counts.Refresh()
}

// Offered tells whether the level that is offered is the one that is shown.
func (l *Level) Offered() bool { return l.state.Auto }

// Histogram returns the slider, so that it can be found on the screen.
func (l *Level) Histogram() fyne.CanvasObject { return l.bars }

// Entry returns the field of the exact value, so that it can be found on the screen.
func (l *Level) Entry() fyne.CanvasObject { return l.exact }

// UseButton returns the button that takes the suggestion.
func (l *Level) UseButton() fyne.CanvasObject { return l.use }

// describe tells a level in other units: σ, standard deviations above the mean of
// the map as it was opened, the volume enclosed, and the mass of protein that fills it.
func (l *Level) describe(v float64) {
	p, whole := l.state.Profile, l.state.Whole
	if p == nil || whole == nil {
		return
	}
	l.exact.settle(short(v))
	if whole.IsFlat() {
		l.meaning.SetText("the map has no density")
		return
	}
	volumeA, sigma := whole.Enclosed(v), whole.Sigmas(v)
	text := fmt.Sprintf("%s σ · encloses ", number(nearZero(sigma), 2))
	if mass := kilo(volumeA / volume.ProteinVolume); l.state.Remaining {
		text += fmt.Sprintf("%s kDa, %s kDa remain", mass, kilo(p.Enclosed(v)/volume.ProteinVolume))
	} else {
		text += fmt.Sprintf("%s Å³ ≈ %s kDa", grouped(int(math.Round(volumeA))), mass)
	}
	l.meaning.SetText(text)
}

func (l *Level) typed(text string) {
	v, err := parse(text)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		l.exact.settle(short(l.state.Value))
		if l.OnError != nil {
			l.OnError(fmt.Errorf("contour level: %q is not a number", text))
		}
		return
	}
	if err := l.state.Whole.CheckLevel(v); err != nil {
		l.exact.settle(short(l.state.Value))
		if l.OnError != nil {
			l.OnError(err)
		}
		return
	}
	if l.OnDone != nil {
		l.OnDone(v)
	}
}

// nearZero keeps what would be written as −0.00 from having a sign.
func nearZero(v float64) float64 {
	if math.Abs(v) < 0.005 {
		return 0
	}
	return v
}

// kilo writes dalton as kilodalton with three digits that count.
func kilo(v float64) string {
	v /= 1000
	switch {
	case v >= 100:
		return grouped(int(math.Round(v)))
	case v >= 10:
		return number(v, 1)
	}
	return number(v, 2)
}
