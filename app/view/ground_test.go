// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"image/color"
	"testing"

	"difffit/app/view/palette"
	"difffit/render"
)

func TestMapOnGrounds(t *testing.T) {
	own := color.NRGBA{10, 200, 30, 90}
	solid := palette.Map
	solid.A = 255
	for _, tt := range []struct {
		name string
		c    color.NRGBA
		dark bool
		want color.NRGBA
	}{
		{"nobody's on light", palette.Map, false, palette.Map},
		{"nobody's on dark", palette.Map, true, palette.DarkMap},
		{"back on light", palette.DarkMap, false, palette.Map},
		{"a colour that was chosen", own, true, own},
		{"an opacity that was chosen", solid, true, color.NRGBA{palette.DarkMap.R, palette.DarkMap.G, palette.DarkMap.B, 255}},
	} {
		if got := OnGround(tt.c, tt.dark); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestRestyle(t *testing.T) {
	m := Map{Color: own(9)}
	for _, tt := range []struct {
		style render.MapStyle
		want  uint8
	}{{render.Surface, palette.MapOpacity}, {render.Mesh, 255}, {render.Slices, 255}} {
		if m.Restyle(tt.style); m.Style != tt.style || m.Color.A != tt.want || m.Color.R != 9 {
			t.Errorf("style %d: %+v", tt.style, m.Color)
		}
	}
}

func own(r uint8) color.NRGBA { return color.NRGBA{R: r, A: 40} }

// Every kind has a word, an item and, but for what has none, a legend of its own.
func TestChoicesAreComplete(t *testing.T) {
	check := func(what, word, item string, seen map[string]bool) {
		if word == "" || item == "" || seen[what+word] || seen[what+item] {
			t.Errorf("%s: %q, %q: one is empty or there twice", what, word, item)
		}
		seen[what+word], seen[what+item] = true, true
	}
	seen := map[string]bool{}
	for _, c := range StyleChoices {
		check("style", c.Word, c.Item, seen)
	}
	for _, c := range ColoringChoices {
		check("coloring", c.Word, c.Item, seen)
	}
	for _, c := range LightChoices {
		check("light", c.Word, c.Item, seen)
	}
	for _, c := range GroundChoices {
		check("ground", c.Word, c.Item, seen)
	}
	for _, word := range []string{"chain", "element", "structure", "bfactor", "plddt", "value"} { // in sessions that there are
		if _, ok := colorings[word]; !ok {
			t.Errorf("colouring %q of older sessions is none", word)
		}
	}
	for _, word := range []string{"chain", "element", "structure", "bfactor", "plddt", "local-fit"} { // of the command render
		if _, ok := ColoringOptions[word]; !ok {
			t.Errorf("--color %s is none", word)
		}
	}
	if ColoringChoices[0].Kind != FirstColoring {
		t.Error("the first colouring is not that of a new document")
	}
}
