// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// A FollowState is how the table follows the options of the fit.
type FollowState struct {
	On   bool
	Why  string // it cannot be on; "" if it can
	Said string // about the latest fit that followed, or why it was switched off
	// Level and Resolution are what the next fit has; without a Level above 0 they
	// are not shown.
	Level, Resolution Knob
}

// A Knob is a positive number that can be dragged between two others.
type Knob struct{ Least, Most, Value float64 }

// followFit is the part of the form by which a fit is live.
type followFit struct {
	live              *widget.Check
	said              *widget.Label
	level, resolution *knob
	box               *fyne.Container
	mute              bool
}

// A knob is a slider on a logarithmic scale.
type knob struct {
	*widget.Slider
	value *widget.Label
	unit  string
	row   fyne.CanvasObject
	ends  Knob
	held  bool // a person drags it
	mute  bool
	tell  func(v float64, done bool)
}

// knobSteps is how many steps a knob has from end to end.
const knobSteps = 200

func newKnob(title, unit string) *knob {
	k := &knob{Slider: widget.NewSlider(0, knobSteps), value: widget.NewLabel(""), unit: unit}
	k.OnChanged = func(v float64) { k.change(v, false) }
	k.OnChangeEnded = func(v float64) { k.change(v, true) }
	right := container.NewGridWrap(fyne.NewSize(90, k.value.MinSize().Height), k.value)
	k.row = container.NewBorder(nil, nil, labelOf(title), right, k.Slider)
	return k
}

// change tells of a new place of the slider.
func (k *knob) change(at float64, done bool) {
	if k.mute {
		return
	}
	k.held = !done
	v := rounded(k.ends.Least * math.Pow(k.ends.Most/k.ends.Least, at/knobSteps))
	k.write(v)
	if k.tell != nil {
		k.tell(v, done)
	}
}

// rounded returns a number with the three digits that count.
func rounded(v float64) float64 {
	r, _ := strconv.ParseFloat(strconv.FormatFloat(v, 'g', 3, 64), 64)
	return r
}

func (k *knob) write(v float64) { k.value.SetText(short(v) + k.unit) }

// set shows a value, unless a person has the knob in hand.
func (k *knob) set(r Knob) {
	if k.held || r == k.ends {
		return
	}
	k.ends, k.mute = r, true
	k.SetValue(knobSteps * math.Log(r.Value/r.Least) / math.Log(r.Most/r.Least))
	k.mute = false
	k.write(rounded(r.Value))
}

func newFollowFit() *followFit {
	f := &followFit{live: widget.NewCheck("Live: fit while this is dragged, and when ticks change", nil), said: hint("")}
	f.level, f.resolution = newKnob("Level of the fit", ""), newKnob("Resolution", " Å")
	f.box = container.NewVBox(f.live, f.level.row, f.resolution.row, f.said)
	f.set(FollowState{})
	return f
}

// set shows a state.
func (f *followFit) set(s FollowState) {
	f.mute = true
	f.live.SetChecked(s.On)
	f.mute = false
	if s.Why != "" && !s.On {
		f.live.Disable()
	} else {
		f.live.Enable()
	}
	text := s.Said
	if s.Why != "" {
		text = "Not live: " + s.Why
	}
	if f.said.Text != text {
		f.said.SetText(text)
	}
	f.said.Hidden = text == ""
	shown := s.Level.Value > 0 && s.Resolution.Value > 0
	f.level.row.(*fyne.Container).Hidden, f.resolution.row.(*fyne.Container).Hidden = !shown, !shown
	if shown {
		f.level.set(s.Level)
		f.resolution.set(s.Resolution)
	}
	f.box.Refresh()
}

// SetFollow shows how the table follows the options of the fit.
func (p *Options) SetFollow(s FollowState) { p.follow.set(s) }

// Named returns the parts of the form by name, for tests.
func (p *Options) Named() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"fit.live": p.follow.live, "fit.level": p.follow.level.Slider, "fit.resolution": p.follow.resolution.Slider,
		"options.resolution": p.Resolution().(fyne.CanvasObject),
	}
}

// connectFollow raises the callbacks.
func (p *Options) connectFollow() {
	p.follow.live.OnChanged = func(on bool) {
		if !p.follow.mute && p.OnLive != nil {
			p.OnLive(on)
		}
	}
	p.follow.level.tell = func(v float64, done bool) {
		if p.OnLevel != nil {
			p.OnLevel(v, done)
		}
	}
	p.follow.resolution.tell = func(v float64, done bool) {
		if p.OnResolution != nil {
			p.OnResolution(v, done)
		}
	}
}
