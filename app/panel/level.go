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
	Profile   *volume.Profile // nil if no map is open
	Whole     *volume.Profile // of the map as it was opened, by which σ is told
	Value     float64         // in the units of the map
	Auto      bool            // Value is the suggested one, and will follow it
	Suggested volume.Level    // for the whole map
	Remaining bool            // Profile is that of what layers leave of the map
}

// Level is the contour level in one line: histogram, exact value, and what it
// means; the suggestion with its reason is in the tooltip.
type Level struct {
	widget.BaseWidget

	// OnMove is told each level while the bar moves, OnDone the last one.
	OnMove, OnDone func(float64)
	// OnSuggested is called to go back to the suggested level.
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
	l := &Level{bars: newHistogram(), exact: newEntry(), meaning: newExplainedLabel(newTip())}
	l.use = widget.NewButtonWithIcon("", theme.HistoryIcon(), func() {
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
	l.bars.show(s.Profile, s.Value, s.Suggested.Value)
	if s.Profile == nil {
		l.exact.Disable()
		l.use.Disable()
		l.exact.settle("")
		l.meaning.SetText("no map is open")
		l.reason, l.meaning.help = "", ""
		return
	}
	l.exact.Enable()
	of := ""
	if s.Remaining {
		of = " for the whole map"
	}
	l.reason = fmt.Sprintf("Suggested %s%s: %s.", short(s.Suggested.Value), of, s.Suggested.Rule)
	l.describe(s.Value)
	if s.Auto {
		l.use.Disable()
	} else {
		l.use.Enable()
	}
}

// Histogram returns the slider, so that it can be found on the screen.
func (l *Level) Histogram() fyne.CanvasObject { return l.bars }

// Entry returns the field of the exact value, so that it can be found on the screen.
func (l *Level) Entry() fyne.CanvasObject { return l.exact }

// UseButton returns the button that takes the suggestion.
func (l *Level) UseButton() fyne.CanvasObject { return l.use }

// describe tells a level in other units: σ, standard deviations above the mean of
// the map as it was opened, the volume enclosed, and the mass of protein that fills it.
func (l *Level) describe(v float64) {
	p := l.state.Profile
	if p == nil {
		return
	}
	l.exact.settle(short(v))
	volumeA := p.Enclosed(v)
	sigma := math.NaN()
	if w := l.state.Whole; w != nil && w.SD > 0 {
		sigma = w.Sigmas(v)
	}
	rest := ""
	if l.state.Remaining {
		rest = " of the rest" // what is suggested is for the whole map
	}
	mass := kilo(volumeA/volume.ProteinVolume) + " kDa"
	l.meaning.SetText(fmt.Sprintf("%s σ · %s%s", number(nearZero(sigma), 2), mass, rest))
	l.meaning.help = fmt.Sprintf("Contour level %s, %s σ above the mean of the map as it was opened: encloses %s Å³%s, as much as %s of protein fill. %s "+
		"Densities go from %s to %s; heights of the histogram are counts of voxels on a logarithmic scale. All structures of the next fit are fitted at the level that is shown.",
		short(v), number(nearZero(sigma), 2), grouped(int(math.Round(volumeA))), rest, mass, l.reason, short(p.Min), short(p.Max))
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
