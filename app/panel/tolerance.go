// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"
)

// Ranges of the sliders; the form of the options takes any value.
const (
	leastShift, mostShift, shiftStep = 0.5, 20, 0.5 // ångström
	leastAngle, mostAngle, angleStep = 1, 60, 1     // degrees
)

// tolerance has two sliders for what counts as one cluster.
type tolerance struct {
	shift, angle *widget.Slider
	words        [2]*widget.Label // beside each
	row          fyne.CanvasObject
	mute         bool
	values       [2]float64
	onChange     func(shift, angle float64, done bool)
}

func newTolerance(explain *tip) *tolerance {
	t := &tolerance{shift: widget.NewSlider(leastShift, mostShift), angle: widget.NewSlider(leastAngle, mostAngle)}
	t.shift.Step, t.angle.Step = shiftStep, angleStep
	for i, s := range []*widget.Slider{t.shift, t.angle} {
		change := func(v float64, done bool) {
			if t.mute {
				return
			}
			t.values[i] = v
			t.tell()
			if t.onChange != nil {
				t.onChange(t.values[0], t.values[1], done)
			}
		}
		s.OnChanged = func(v float64) { change(v, false) }
		s.OnChangeEnded = func(v float64) { change(v, true) }
	}
	caption := explain.caption("Merge within", "Placements of a structure whose centres are nearer than this shift, and whose orientations differ by less than this angle, "+
		"are one placement, and one row of the table. Drag, and see rows join and part.")
	var sides [2]fyne.CanvasObject
	for i, s := range []*widget.Slider{t.shift, t.angle} {
		t.words[i] = widget.NewLabel([]string{"00.0 Å", "00°"}[i]) // the widest
		t.words[i].Alignment = fyne.TextAlignTrailing
		words := container.NewGridWrap(t.words[i].MinSize(), t.words[i])
		sides[i] = container.NewBorder(nil, nil, nil, words, s)
	}
	t.row = container.NewBorder(nil, nil, caption, nil, container.NewGridWithColumns(2, sides[0], sides[1]))
	t.tell()
	return t
}

func (t *tolerance) tell() {
	t.words[0].SetText(number(t.values[0], 1) + " Å")
	t.words[1].SetText(number(t.values[1], 0) + "°")
}

// set shows values without telling of them.
func (t *tolerance) set(shift, angle float64) {
	if t.values == [2]float64{shift, angle} {
		return
	}
	t.mute = true
	t.values = [2]float64{shift, angle}
	t.shift.SetValue(shift)
	t.angle.SetValue(angle)
	t.mute = false
	t.tell()
}
