// SPDX-License-Identifier: BSD-3-Clause

// Package view has how a person wants a document to be seen: point of view,
// styles, light and maps, as sessions keep it, and the maps that are made of
// placements. It knows neither windows nor OpenGL's functions.
package view

import (
	"image/color"
	"slices"
	"strconv"
	"strings"

	"difffit/fitting/volume"
	"difffit/render"
)

// A View is how a document is seen.
type View struct {
	Camera   render.Camera
	Style    render.Style    // of molecules
	Coloring render.Coloring // of molecules
	Look     render.Look
	Maps     Maps
	Hidden   Hidden
	Setting  *Setting  // nil where an older program saved the view
	Selected *Selected // placement; nil if none is
	Residues *Residues // nil if none is selected and nothing was measured
}

// A Selected placement, as the table names it.
type Selected struct {
	Round     int `json:"round"`
	Structure int `json:"structure"` // ID
	Rank      int `json:"rank"`      // among those of its structure
}

// A Setting is what else a person chose about the picture, and how density is
// to be zeroed out, which a preview in it shows.
type Setting struct {
	Ground  Ground
	Painted bool // the map has the colours of the accepted placements that explain it
	Dust    bool // islands of the map that are too small to be anything are seen
	Zero    volume.ZeroOptions
	// Hydrogens are drawn too, where bonds are.
	Hydrogens bool
}

// Hidden are the structures, with all that is placed of them, and the accepted
// placements that are not seen, by their IDs.
type Hidden struct{ Structures, Accepted []int }

// Has tells whether a placement is not seen: that of an accepted one, with its
// ID, or one that is not accepted, with 0.
func (h Hidden) Has(structure, accepted int) bool {
	return slices.Contains(h.Structures, structure) || slices.Contains(h.Accepted, accepted)
}

// A Ground is what is behind everything.
type Ground int

// Grounds.
const (
	ThemeGround Ground = iota // the colour of the window
	WhiteGround
	BlackGround
)

// Color returns the colour of a ground; without alpha it is that of the window.
func (g Ground) Color() color.NRGBA {
	switch g {
	case WhiteGround:
		return color.NRGBA{255, 255, 255, 255}
	case BlackGround:
		return color.NRGBA{0, 0, 0, 255}
	}
	return color.NRGBA{}
}

// A Kind says which map is meant.
type Kind string

// Kinds.
const (
	Remaining Kind = "remaining" // what is left of the map: what is fitted into
	Whole     Kind = "whole"     // the map as it was opened
	Simulated Kind = "simulated" // of the accepted and the selected placements
	Residual  Kind = "residual"  // the whole map less the simulated one
)

// IsOpened tells whether a map is the one that is fitted into, or what is left of
// it: these are seen at one level.
func (k Kind) IsOpened() bool { return k == Remaining || k == Whole }

// otherKind begins the kinds of maps beside the one that is fitted into.
const otherKind = "other:"

// OtherKind returns the kind of a map beside the one that is fitted into, by its
// ID in the document.
func OtherKind(id int) Kind { return Kind(otherKind + strconv.Itoa(id)) }

// Other returns the ID of the other map that is meant, and whether one is.
func (k Kind) Other() (id int, ok bool) {
	number, ok := strings.CutPrefix(string(k), otherKind)
	if !ok {
		return 0, false
	}
	id, err := strconv.Atoi(number)
	return id, err == nil && id > 0
}

// A Map is how a map is seen.
type Map struct {
	Kind     Kind
	Visible  bool
	Style    render.MapStyle
	Color    color.NRGBA   // alpha is the opacity
	Level    *float64      // its own; nil is the one of all maps, or what suits one that is made of placements
	Transfer []render.Stop // nil follows level and colour
	Slices   render.SlicePlanes
}

// Maps are all maps in a picture, and the zone around the selected placement
// outside of which nothing is shown.
type Maps struct {
	Maps      []Map
	Contour   *volume.Level // at which the map is seen, all of it and what remains; nil before it was
	Near      bool
	Radius    float64 // of the zone, ångström
	Molecules bool    // the zone is for them too
}

// Opened returns the first of the maps that are seen and were opened, or are left
// of one that was; else the first of those that are not seen; nil if there is none.
func (m *Maps) Opened() *Map {
	var first *Map
	for i := range m.Maps {
		switch x := &m.Maps[i]; {
		case x.Kind.IsOpened() && x.Visible:
			return x
		case x.Kind.IsOpened() && first == nil:
			first = x
		}
	}
	return first
}

// MostMaps is how many maps there can be in a picture.
const MostMaps = 12
