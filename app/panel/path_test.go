// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image"
	"math"
	"strings"
	"testing"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
)

func aTrajectory(n int) fitting.Trajectory {
	w := fitting.Trajectory{Start: 7}
	for i := range n {
		s := fitting.Step{Placement: fitting.Placement{Motion: geom.Identity()}, Stage: "128 atoms", RMSD: 30 * math.Exp(-float64(i)/8)}
		s.Score = 1 - s.RMSD/30
		if i >= n/2 {
			s.Stage = "all atoms, refined"
		}
		w.Steps = append(w.Steps, s)
	}
	return w
}

func TestPathShowsCurveAndStep(t *testing.T) {
	p := NewPath()
	shown(t, p, 560, 240)
	if !p.empty.Visible() || p.raster.Visible() {
		t.Error("without a trajectory nothing says what to do")
	}
	list := []fitting.Trajectory{aTrajectory(40), aTrajectory(20)}
	p.SetTrajectories(list, 0, 0)
	told := -1
	p.OnStep = func(i int) { told = i }
	p.slider.SetValue(12)
	if told != 12 {
		t.Errorf("told step %d, want 12", told)
	}
	p.SetStep(39)
	if told != 12 || !strings.Contains(p.words.Text, "Step 39 of 39, all atoms, refined: score 0.99") {
		t.Errorf("told %d; says %q", told, p.words.Text)
	}
	// Where the mark is tells that the step lies on the axis: first at the left
	// edge of the data, last at the right.
	at := func(step int) int {
		p.SetStep(step)
		img := p.draw(500, 170).(*image.RGBA)
		plain := p.curve.picture
		for x := range 500 {
			if img.At(x, p.curve.top+3) != img.ColorModel().Convert(plain.At(x, p.curve.top+3)) {
				return x
			}
		}
		return -1
	}
	first, last := at(0), at(39)
	if first != p.curve.x(0) || last != p.curve.x(39) || last-first < 300 || p.curve.bottom-p.curve.top < 80 {
		t.Errorf("marks at %d and %d, data from %d to %d", first, last, p.curve.top, p.curve.bottom)
	}
	colours := map[[3]uint32]bool{}
	for x := range 500 {
		for y := range 170 {
			r, g, b, _ := p.curve.picture.At(x, y).RGBA()
			colours[[3]uint32{r >> 8, g >> 8, b >> 8}] = true
		}
	}
	for name, c := range map[string][3]uint32{"score": {0, 158, 115}, "RMSD": {213, 94, 0}} {
		if !colours[c] {
			t.Errorf("no line in the colour of the %s", name)
		}
	}
	p.SetTrajectories([]fitting.Trajectory{aTrajectory(1)}, 0, 0) // nothing moved: no division by nothing
	p.draw(500, 170)
	p.SetTrajectories(nil, 0, 0)
	p.draw(500, 170)
}

func TestReadOutOfDifferences(t *testing.T) {
	c := NewCompare()
	shown(t, c, 900, 260)
	pin := func(score float64, d document.Difference, ref bool) Pin {
		return Pin{Name: "alpha placement 1", Placement: fitting.Placement{Metrics: fitting.Metrics{Score: score, Inside: 0.5}}, Inside: 0.5, Difference: d, Reference: ref, Selected: ref}
	}
	c.SetPins([]Pin{pin(0.5, document.Difference{}, true), pin(0.375, document.Difference{Shift: 1.234, Angle: 45.67, RMSD: 9.876}, false)}, 0.5, SideBySide, true)
	got := strings.Join(texts(c.read), "|")
	for _, want := range []string{"Shift Å|Angle °|RMSD Å|Score", "alpha placement 1|reference|–||–||–||0.500||", "alpha placement 1|difference|1.23||45.7||9.88||0.375|−0.125|", "50 %|0|"} {
		if !strings.Contains(got, want) {
			t.Errorf("the read-out lacks %q: %s", want, got)
		}
	}
	if c.mode.Selected != "Side by side" || c.pin.Text != "Unpin" || c.unpin.Disabled() {
		t.Errorf("mode %q, button %q", c.mode.Selected, c.pin.Text)
	}
	var mode Mode
	c.OnMode = func(m Mode) { mode = m }
	c.mode.SetSelectedIndex(1)
	if mode != InOneView {
		t.Errorf("told mode %d", mode)
	}
	var cloud Cloud
	c.OnCloud = func(v Cloud) { cloud = v }
	c.cloud.scope.SetSelectedIndex(2)
	c.cloud.metric.SetSelected("Score")
	if cloud.Scope != WholeFit || cloud.Metric != "score" {
		t.Errorf("told %+v", cloud)
	}
	c.SetCloud(cloud, &[2]float64{0.125, 0.5}, "12 hits at 3 distinct places")
	if c.cloud.low.Text != "0.125" || c.cloud.high.Text != "0.500" || c.cloud.legend.Hidden {
		t.Errorf("legend %q to %q", c.cloud.low.Text, c.cloud.high.Text)
	}
	c.SetPins(nil, 0, OneAtATime, false)
	if !c.empty.Visible() || !c.unpin.Disabled() {
		t.Error("without pins nothing says what to do")
	}
}
