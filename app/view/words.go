// SPDX-License-Identifier: BSD-3-Clause

package view

import "difffit/render"

// A Choice is one of several kinds as files name it and as a person is offered
// it.
type Choice[T comparable] struct {
	Kind T
	Word string // in sessions, preferences and options of commands: never changed
	Item string // in menus
}

// What there is to choose, in the order of menus.
var (
	StyleChoices = []Choice[render.Style]{
		{render.Cartoon, "cartoon", "Cartoon"},
		{render.Tube, "tube", "Tube"},
		{render.Sticks, "sticks", "Sticks"},
		{render.BallAndStick, "ball-and-stick", "Balls and sticks"},
		{render.Spheres, "spheres", "Van der Waals spheres"},
		{render.Balls, "balls", "Small spheres"},
		{render.Trace, "trace", "One sphere per residue"},
		{render.Skin, "surface", "Molecular surface"},
	}
	LightChoices = []Choice[render.Light]{
		{render.Headlight, "head", "Headlight"},
		{render.TwoLights, "two", "Two lights"},
		{render.Flat, "flat", "Flat"},
	}
	GroundChoices = []Choice[Ground]{
		{ThemeGround, "window", "As the window"},
		{WhiteGround, "white", "White"},
		{BlackGround, "black", "Black"},
	}
)

// A ColoringChoice is what colours of atoms can tell.
type ColoringChoice struct {
	Choice[render.Coloring]
	Option string // of commands, where it is not the Word
	Legend string // the title of the legend, with units; "" for none
}

// ColoringChoices are all colourings, in the order of menus; the first is what a
// new document has.
var ColoringChoices = []ColoringChoice{
	{Choice[render.Coloring]{render.ByCopy, "copy", "By copy, in shades of the structure"}, "", ""},
	{Choice[render.Coloring]{render.Uniform, "structure", "By structure"}, "", ""},
	{Choice[render.Coloring]{render.ByChain, "chain", "By chain"}, "", "Chain"},
	{Choice[render.Coloring]{render.ByRainbow, "rainbow", "Rainbow from N to C terminus"}, "", "Residues of each chain"},
	{Choice[render.Coloring]{render.BySecondary, "secondary", "By secondary structure"}, "", "Secondary structure"},
	{Choice[render.Coloring]{render.ByElement, "element", "By element"}, "", "Element"},
	{Choice[render.Coloring]{render.ByHetero, "heteroatom", "Carbon by copy, the rest by element"}, "", "Element"},
	{Choice[render.Coloring]{render.ByPLDDT, "plddt", "By pLDDT"}, "", "pLDDT"},
	{Choice[render.Coloring]{render.ByBFactor, "bfactor", "By B factor"}, "", "B factor (Å²)"},
	{Choice[render.Coloring]{render.ByValue, "value", "By local fit"}, "local-fit", "Local correlation with the map"},
}

// FirstColoring is what a new document has.
const FirstColoring = render.ByCopy

// drawsAtoms has the styles in which each atom is drawn where it is.
var drawsAtoms = map[render.Style]bool{render.Sticks: true, render.BallAndStick: true, render.Balls: true, render.Spheres: true}

// InStyle returns what colours of atoms tell in a style where c was chosen. Where
// atoms are drawn, and colours tell no more than which copy or structure it is,
// that of carbon alone does, and other elements have their own.
func InStyle(c render.Coloring, s render.Style) render.Coloring {
	if drawsAtoms[s] && (c == render.ByCopy || c == render.Uniform) {
		return render.ByHetero
	}
	return c
}

// LegendOf returns the title of the legend of a colouring, "" if it has none.
func LegendOf(c render.Coloring) string {
	for _, x := range ColoringChoices {
		if x.Kind == c {
			return x.Legend
		}
	}
	return ""
}

// Words for kinds, in sessions and in preferences, and in options of commands;
// those for styles of maps are MapStyleWords.
var (
	Styles          = wordsOf(StyleChoices)
	colorings       = coloringWords(func(c ColoringChoice) string { return c.Word })
	ColoringOptions = coloringWords(func(c ColoringChoice) string {
		if c.Option != "" {
			return c.Option
		}
		return c.Word
	})
	Grounds = wordsOf(GroundChoices)
	Lights  = wordsOf(LightChoices)
)

func wordsOf[T comparable](list []Choice[T]) map[string]T {
	words := map[string]T{}
	for _, c := range list {
		words[c.Word] = c.Kind
	}
	return words
}

func coloringWords(word func(ColoringChoice) string) map[string]render.Coloring {
	words := map[string]render.Coloring{}
	for _, c := range ColoringChoices {
		words[word(c)] = c.Kind
	}
	return words
}
