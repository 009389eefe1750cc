// SPDX-License-Identifier: BSD-3-Clause

package view

import "difffit/render"

// A MapStyle is a style of maps as a person is offered it: what it is called,
// and what can be set of a map in it.
type MapStyle struct {
	Style   render.MapStyle
	Word    string // in sessions, preferences and options of commands: never changed
	Label   string // in the panel of maps
	Item    string // in the menu
	Opacity bool   // the alpha of the colour is the opacity; else the transfer function says it
	Planes  bool   // has planes that can be moved
}

// HasCurve tells whether a transfer function can be set; else a level can.
func (s MapStyle) HasCurve() bool { return !s.Style.IsIsosurface() }

// MapStyles are all styles of maps, in the order in which they are offered.
var MapStyles = []MapStyle{
	{Style: render.Surface, Word: "surface", Label: "Surface", Item: "Surface", Opacity: true},
	{Style: render.Mesh, Word: "mesh", Label: "Mesh", Item: "Mesh", Opacity: true},
	{Style: render.Cloud, Word: "cloud", Label: "Cloud", Item: "Cloud"},
	{Style: render.Projection, Word: "projection", Label: "Projection", Item: "Maximum along the line of sight"},
	{Style: render.Slices, Word: "slices", Label: "Slices", Item: "Slice through the middle", Opacity: true, Planes: true},
}

// MapStyleWords are the words of MapStyles.
var MapStyleWords = mapStyleWords()

func mapStyleWords() map[string]render.MapStyle {
	words := map[string]render.MapStyle{}
	for _, s := range MapStyles {
		words[s.Word] = s.Style
	}
	return words
}
