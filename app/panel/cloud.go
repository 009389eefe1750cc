// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
)

// A Scope says which placements a cloud is of.
type Scope int

// Scopes.
const (
	NoCloud  Scope = iota
	Members        // of the selected cluster
	WholeFit       // all that the fit found for the structure
)

var scopeWords = []string{"No cloud", "Starts that came to the selected one", "All starts of the fit"}

// A Cloud is how placements are shown as points at their centres: in the
// colours of a metric, with an opacity that falls exponentially from the best.
type Cloud struct {
	Scope    Scope
	Metric   string  // name of a column
	Contrast float64 // the worst has the opacity e^−Contrast of the best
}

// FirstCloud returns no cloud, and what it would be like.
func FirstCloud() Cloud { return Cloud{Metric: "correlation_about_mean", Contrast: 1} }

// mostContrast is where the slider ends.
const mostContrast = 10

// Metrics returns the names of what clouds can have the colours of, and their
// titles.
func Metrics() (names, titles []string) {
	for _, c := range columns {
		if c.metric != nil {
			names, titles = append(names, c.name), append(titles, c.title)
		}
	}
	return names, titles
}

// MetricOf returns a metric of a placement, as it is shown, by its name; NaN if
// that is none of Metrics.
func MetricOf(name string, p fitting.Placement) float64 {
	c := columnOf(name)
	if c == nil || c.metric == nil {
		return math.NaN()
	}
	return c.metric(p)
}

// cloudForm says how a cloud is shown, and what its colours mean.
type cloudForm struct {
	box      *fyne.Container
	scope    *widget.Select
	metric   *widget.Select
	contrast *widget.Slider
	low      *widget.Label
	high     *widget.Label
	words    *widget.Label // how many starts at how many places
	legend   *fyne.Container
	fade     *fyne.Container // the line of all that is about points
	value    Cloud
	mute     bool
	onChange func(Cloud)
}

func newCloudForm(explain *tip) *cloudForm {
	f := &cloudForm{value: FirstCloud(), contrast: widget.NewSlider(0, mostContrast), low: widget.NewLabel(""), high: widget.NewLabel(""), words: widget.NewLabel("")}
	names, titles := Metrics()
	change := func(edit func(*Cloud)) {
		if f.mute {
			return
		}
		edit(&f.value)
		if f.onChange != nil {
			f.onChange(f.value)
		}
	}
	f.scope = widget.NewSelect(scopeWords, func(string) {
		change(func(c *Cloud) { c.Scope = Scope(max(0, f.scope.SelectedIndex())) })
	})
	f.metric = widget.NewSelect(titles, func(string) {
		change(func(c *Cloud) { c.Metric = names[max(0, f.metric.SelectedIndex())] })
	})
	f.contrast.Step = 0.5
	f.contrast.OnChanged = func(v float64) { change(func(c *Cloud) { c.Contrast = v }) }
	colours := container.NewGridWithColumns(5)
	for i := range 5 {
		patch := canvas.NewRectangle(pointColour(float64(i) / 4))
		patch.SetMinSize(fyne.NewSize(12, 12))
		colours.Add(patch)
	}
	f.legend = container.NewHBox(f.low, container.NewCenter(colours), f.high)
	f.fade = container.NewBorder(nil, nil, explain.caption("Fade worse ones", "How much fainter than the best the others are drawn: opacity falls exponentially with the metric. At the left all are equal."), container.NewHBox(f.words, f.legend), f.contrast)
	f.words.Importance = widget.LowImportance
	f.box = container.NewVBox(container.NewGridWithColumns(2, f.scope, f.metric), f.fade)
	f.set(f.value, nil, "")
	return f
}

// set shows a cloud, and the least and greatest value in it if there are any.
func (f *cloudForm) set(c Cloud, span *[2]float64, words string) {
	f.mute = true
	f.value = c
	f.scope.SetSelectedIndex(int(c.Scope))
	if q := columnOf(c.Metric); q != nil {
		f.metric.SetSelected(q.title)
	}
	f.contrast.SetValue(c.Contrast)
	f.mute = false
	f.fade.Hidden, f.legend.Hidden = c.Scope == NoCloud, span == nil
	f.words.SetText(words)
	if q := columnOf(c.Metric); span != nil && q != nil && q.metric != nil {
		f.low.SetText(q.brief(span[0]))
		f.high.SetText(q.brief(span[1]))
	}
	f.box.Refresh()
}

// SetCloud shows how the cloud is shown; span has the least and the greatest
// value in it, and is nil if there is none; words say how many there are.
func (c *Compare) SetCloud(v Cloud, span *[2]float64, words string) { c.cloud.set(v, span, words) }
