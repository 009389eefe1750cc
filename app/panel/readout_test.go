// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"

	"difffit/app/document"
	"difffit/fitting"
)

// somePins returns pinned placements with long names and large numbers.
func somePins(n int) []Pin {
	var pins []Pin
	for i := range n {
		m := fitting.Metrics{
			Score: 0.616, SignificanceZ: 104, Density: 0.4471 + float64(i), Overlap: -0.2149, Correlation: 0.988, CorrelationAboutMean: -0.705,
			Inside: 1, MapCorrelation: -0.57 + float64(i)/10,
		}
		d := document.Difference{Shift: 123.45, Angle: 179.9, RMSD: 234.56}
		if i == 1 {
			d.Angle, d.RMSD = math.NaN(), math.NaN()
		}
		pins = append(pins, Pin{
			ID: document.ClusterID{Round: 1, Structure: 1, Rank: i + 1}, Name: fmt.Sprintf("7cfn_R_receptor_with_more_words #%d (round 12)", i+1),
			Placement: fitting.Placement{Metrics: m}, Difference: d, Reference: i == 0, Selected: i == 0,
		})
	}
	return pins
}

// All of two to eight pins can be read where the window is 1440 and where it is
// 1024 wide: no text is cut, none is beyond the edge, none lies over another.
func TestReadOutIsWhole(t *testing.T) {
	for _, width := range []float32{580, 640, 830, 1400} {
		for n := 2; n <= 8; n++ {
			c := NewCompare()
			w := shown(t, c, width, 900) // high enough to see all of them
			pins := somePins(n)
			c.SetPins(pins, 0.5, SideBySide, true)
			w.Resize(fyne.NewSize(width, 900))
			d, all := fyne.CurrentApp().Driver(), map[string]int{}
			type box struct {
				text     string
				from, to fyne.Position
			}
			var boxes []box
			visit(c.read, func(o fyne.CanvasObject) {
				if x, ok := o.(*canvas.Text); ok && x.Text != "" && visibleIn(c.read, x) {
					all[x.Text]++
					at, needs := d.AbsolutePositionForObject(x), x.MinSize()
					if needs.Width > x.Size().Width+0.01 {
						t.Errorf("%g wide, %d pins: %q has %g, needs %g", width, n, x.Text, x.Size().Width, needs.Width)
					}
					from := at
					if x.Alignment == fyne.TextAlignTrailing {
						from.X += x.Size().Width - needs.Width
					}
					boxes = append(boxes, box{x.Text, from, from.Add(needs)})
				}
			})
			for i, a := range boxes {
				if a.to.X > width {
					t.Errorf("%g wide, %d pins: %q ends at %g", width, n, a.text, a.to.X)
				}
				for _, b := range boxes[:i] {
					if a.from.X < b.to.X-0.01 && b.from.X < a.to.X-0.01 && a.from.Y < b.to.Y-0.01 && b.from.Y < a.to.Y-0.01 {
						t.Errorf("%g wide, %d pins: %q lies over %q", width, n, a.text, b.text)
					}
				}
			}
			for text, want := range map[string]int{"Map": 1, "CC": 3, "atoms": 1, "mean": 1, "123.45": n - 1, "reference": 1, "104.0": n, "+1.000": 1} {
				if all[text] != want {
					t.Errorf("%g wide, %d pins: %q is there %d times, want %d", width, n, text, all[text], want)
				}
			}
		}
	}
}

// Differences are written with the digits of their column, but without a unit.
func TestDifferencesAreWritten(t *testing.T) {
	tests := []struct {
		column string
		d      float64
		want   string
	}{
		{"score", 0.1234, "+0.123"},
		{"significance_z", -2.34, "−2.3"},
		{"inside", 12.4, "+12"},
		{"density", 0.98765, "+0.988"},
		{"overlap", -12345.6, "−1.235e+04"},
		{"map_correlation", -0.0004, "0.000"},
		{"correlation_about_mean", math.NaN(), ""},
	}
	for _, tt := range tests {
		if got := signed(columnOf(tt.column), tt.d); got != tt.want {
			t.Errorf("%s: a difference of %g is written %q, want %q", tt.column, tt.d, got, tt.want)
		}
	}
}

// A placement alone has metrics, and nothing that only its fit knows.
func TestMetricsOfAPlacement(t *testing.T) {
	p := fitting.Placement{Hits: 7, Metrics: fitting.Metrics{Score: 0.5, Inside: 0.25}}
	tests := []struct {
		name string
		want float64
	}{
		{"score", 0.5},
		{"inside", 25},
		{"hits", 7},
		{"null_z", math.NaN()},
		{"library_z", math.NaN()},
		{"order", math.NaN()},
		{"note", math.NaN()},
		{"nonsense", math.NaN()},
	}
	names, _ := Metrics()
	for _, tt := range tests {
		if got := MetricOf(tt.name, p); got != tt.want && !(math.IsNaN(got) && math.IsNaN(tt.want)) {
			t.Errorf("%s is %g, want %g", tt.name, got, tt.want)
		}
		if offered := slices.Contains(names, tt.name); offered == math.IsNaN(tt.want) {
			t.Errorf("%s is offered for clouds: %t", tt.name, offered)
		}
	}
	for _, c := range readColumns(0.5) {
		if c.title == "Starts" || c.title == "Null z" {
			t.Errorf("pinned placements, which may be of different fits, are compared by %s", c.title)
		}
	}
}

// visibleIn tells whether an object and all that it is in are visible.
func visibleIn(root, object fyne.CanvasObject) bool {
	found := false
	var walk func(o fyne.CanvasObject)
	walk = func(o fyne.CanvasObject) {
		if !o.Visible() || found {
			return
		}
		if o == object {
			found = true
			return
		}
		switch x := o.(type) {
		case *fyne.Container:
			for _, c := range x.Objects {
				walk(c)
			}
		case fyne.Widget:
			for _, c := range test.WidgetRenderer(x).Objects() {
				walk(c)
			}
		}
	}
	walk(root)
	return found
}

func TestShorten(t *testing.T) {
	test.NewTempApp(t)
	const size = 13
	long := "7cfn_R_receptor_with_more_words #1 (round 12)"
	for _, width := range []float32{20, 60, 100, 200, 290} {
		got := Shorten(long, width, size, fyne.TextStyle{})
		if w := fyne.MeasureText(got, size, fyne.TextStyle{}).Width; w > width || strings.Count(got, "…") != 1 {
			t.Errorf("%g: %q is %g wide", width, got, w)
		}
		head, tail, _ := strings.Cut(got, "…")
		if !strings.HasPrefix(long, head) || !strings.HasSuffix(long, tail) || len(head)-len(tail) > 1 || len(head) < len(tail) {
			t.Errorf("%g: %q", width, got)
		}
	}
	if got := Shorten("short", 200, size, fyne.TextStyle{}); got != "short" {
		t.Errorf("%q", got)
	}
}
