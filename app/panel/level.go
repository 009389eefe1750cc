// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math"

	"fyne.io/fyne/v2"
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

// Level is the contour level in one line: histogram, exact value, and what it
// means; the suggestion with its reason is in the tooltip.
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
	exact   *entry
	meaning *explainedLabel
	reason  string // of the suggestion
	use     *widget.Button
}

// NewLevel returns a panel without a map.
func NewLevel() *Level {
	l := &Level{bars: newHistogram(), exact: newNumber(), meaning: newExplainedLabel(newTip())}
	l.use = widget.NewButtonWithIcon("", theme.ViewRefreshIcon(), func() {
		if l.OnSuggested != nil {
			l.OnSuggested()
		}
	})
	l.use.Importance = widget.LowImportance
	l.bars.onMove = func(v float64) {
		l.describe(v)
		if l.OnMove != nil {
			l.OnMove(v)
		}
	}
	l.bars.onHover = func(on bool) {
		tip := l.meaning.tip
		if tip.hide(); on && l.meaning.help != "" {
			tip.below(l.bars, tip.layer, l.meaning.help)
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
	return widget.NewSimpleRenderer(levelStrip(Heading("Level"), l.bars, l.exact, l.meaning, l.use))
}

// SetTips gives the panel, which has no room for them, the tooltips of a window.
func (l *Level) SetTips(t *Tips) { l.meaning.tip = t.tip }

// SetState shows s.
func (l *Level) SetState(s LevelState) {
	l.state = s
	l.bars.show(s.Whole, s.Value, s.Suggested.Value)
	if s.Profile == nil {
		l.exact.Disable()
		l.use.Disable()
		l.exact.settle("")
		l.meaning.SetText("no map is open")
		l.reason, l.meaning.help = "", ""
		return
	}
	l.exact.Enable()
	l.reason = fmt.Sprintf("Suggested %s: %s.", short(s.Suggested.Value), s.Suggested.Rule)
	l.describe(s.Value)
	if s.Auto {
		l.use.Disable()
	} else {
		l.use.Enable()
	}
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
	mass := kilo(volumeA/volume.ProteinVolume) + " kDa"
	text, rest := fmt.Sprintf("%s σ · %s", number(nearZero(sigma), 2), mass), ""
	if l.state.Remaining {
		remain := kilo(p.Enclosed(v)/volume.ProteinVolume) + " kDa"
		text += ", " + remain + " remain"
		rest = " Zeroing has left " + remain + " of it."
	}
	l.meaning.SetText(text)
	l.meaning.help = fmt.Sprintf("Contour level %s, %s σ above the mean of the map as it was opened: encloses %s Å³, as much as %s of protein fill.%s %s "+
		"Densities go from %s to %s; heights of the histogram are counts of voxels on a logarithmic scale. "+
		"The level is that of the picture; it never moves by itself. The level of the next fit is in the tab Fit.",
		short(v), number(nearZero(sigma), 2), grouped(int(math.Round(volumeA))), mass, rest, l.reason, short(whole.Min), short(whole.Max))
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
