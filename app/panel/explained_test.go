// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/test"

	"difffit/fitting/volume"
)

// explainedIn returns the explained texts in an object.
func explainedIn(o fyne.CanvasObject) []*Explained {
	switch o := o.(type) {
	case *Explained:
		return []*Explained{o}
	case *fyne.Container:
		var all []*Explained
		for _, c := range o.Objects {
			all = append(all, explainedIn(c)...)
		}
		return all
	}
	return nil
}

// Words that need an explanation have one, over the panel that they are in.
func TestWordsAreExplained(t *testing.T) {
	test.NewTempApp(t)
	r, c := NewResults(), NewCompare()
	w := test.NewTempWindow(t, container.NewGridWithColumns(2, r, c))
	w.Resize(fyne.NewSize(1200, 600))
	for _, tt := range []struct {
		name string
		in   fyne.CanvasObject
		tip  *tip
		want string
	}{
		{"Merge within", r.tolerance.row, r.tip, "are one placement, and one row of the table"},
		{"Fade worse ones", c.cloud.box, c.tip, "opacity falls exponentially"},
	} {
		all := explainedIn(tt.in)
		if len(all) != 1 || all[0].text.Text != tt.name {
			t.Fatalf("%d explained texts, want %q", len(all), tt.name)
		}
		e := all[0]
		e.MouseIn(nil)
		waitForTip(t, tt.tip)
		if got := tt.tip.label.Text; !strings.Contains(got, tt.want) {
			t.Errorf("%s: the tooltip says %q, want %q", tt.name, got, tt.want)
		}
		if e.MouseOut(); tt.tip.label.Visible() {
			t.Errorf("%s: the tooltip stays", tt.name)
		}
	}
}

// The reason of the suggestion is in the tooltip, which lies over the window: the
// strip has no room for it.
func TestLevelTellsItsWholeReason(t *testing.T) {
	test.NewTempApp(t)
	l, tips := NewLevel(), NewTips()
	l.SetTips(tips)
	w := test.NewTempWindow(t, container.NewStack(container.NewBorder(nil, l, nil, nil), tips.Layer()))
	w.Resize(fyne.NewSize(500, 300))
	rule := "encloses 134 000 Å³, 3 × the volume of the largest of the 5 structures"
	l.SetState(LevelState{Profile: volume.NewProfile(ramp()), Whole: volume.NewProfile(ramp()), Value: 0.5, Suggested: volume.Level{Value: 0.25, Rule: rule}})
	l.meaning.MouseIn(nil)
	waitForTip(t, tips.tip)
	if got := tips.tip.label.Text; !strings.Contains(got, rule) || !strings.Contains(got, "The level of the next fit is in the tab Fit") {
		t.Errorf("the tooltip says %q, want the rule and what it is for", got)
	}
	if l.meaning.MouseOut(); tips.tip.label.Visible() {
		t.Error("the tooltip stays")
	}
	l.SetState(LevelState{})
	l.meaning.MouseIn(nil)
	if tips.tip.timer != nil {
		t.Error("without a map there is an explanation")
	}
}

// σ is that of the map as it was opened, also of what layers leave of it.
func TestSigmaIsThatOfTheWholeMap(t *testing.T) {
	test.NewTempApp(t)
	l := NewLevel()
	whole := ramp()
	rest := whole.Like()
	copy(rest.Data[:len(rest.Data)/2], whole.Data)
	p := volume.NewProfile(whole)
	s := LevelState{Profile: volume.NewProfile(rest), Whole: p, Value: p.Mean + 2*p.SD, Remaining: true}
	l.SetState(s)
	if got := l.meaning.Text; !strings.HasPrefix(got, "2.00 σ · ") || !strings.Contains(got, " remain") {
		t.Errorf("the level is %q, want 2.00 σ of the whole map", got)
	}
}
