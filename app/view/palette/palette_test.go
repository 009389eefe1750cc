// SPDX-License-Identifier: BSD-3-Clause

package palette

import (
	"image/color"
	"testing"
)

// far tells how much two colours differ.
func far(a, b color.NRGBA) int {
	d := 0
	for _, x := range [3]int{int(a.R) - int(b.R), int(a.G) - int(b.G), int(a.B) - int(b.B)} {
		d += max(x, -x)
	}
	return d
}

// Structures are told apart by their colours, also from the selected
// placement (orange) and on white and black.
func TestColoursDiffer(t *testing.T) {
	all := []color.NRGBA{{230, 159, 0, 255}, {255, 255, 255, 255}, {0, 0, 0, 255}}
	for i := range Colours {
		c := Structure(i + 1)
		for _, other := range all {
			if far(c, other) < 70 {
				t.Errorf("structure %d has %v, too near to %v", i+1, c, other)
			}
		}
		all = append(all, c)
	}
	if Structure(Colours+1) != Colour(0) {
		t.Error("the colours do not begin again")
	}
}

// Colours of placements differ from each other and from that of what none explains.
func TestAcceptedsDiffer(t *testing.T) {
	unexplained := color.NRGBA{190, 190, 195, 255} // view.Unexplained
	for i := range 15 {
		c := Accepted(i)
		if d := far(c, unexplained); d < 90 {
			t.Errorf("placement %d has %v, %d from what is not explained", i+1, c, d)
		}
		for k := range i {
			if d := far(c, Accepted(k)); d < 30 {
				t.Errorf("placements %d and %d are %d apart", k+1, i+1, d)
			}
		}
	}
}
