// SPDX-License-Identifier: BSD-3-Clause

// Package render draws density maps together with molecules. A Scene, which is
// plain data, goes in; a picture comes out. The same code draws in the window,
// in tests and to image files. It knows OpenGL, but neither windows nor files.
package render

import (
	"image/color"

	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A Scene is everything in a picture but the point of view. It is never
// changed once a Renderer has seen it; what stays the same between two scenes
// (the same Grid, the same Structure) is not uploaded again.
type Scene struct {
	Volumes    []Volume
	Molecules  []Molecule
	Background color.NRGBA
}

// A Volume is a map drawn as an isosurface.
type Volume struct {
	Grid    *volume.Grid
	Level   float32     // contour level, in the units of the map
	Color   color.NRGBA // alpha is the opacity of the surface
	Visible bool
}

// A Style says how molecules are drawn.
type Style uint8

// Styles.
const (
	Spheres Style = iota // van der Waals spheres
	Balls                // small spheres at every atom
	Trace                // spheres at Cα and P only
)

// A Coloring says what the colours of atoms tell.
type Coloring uint8

// Colorings.
const (
	ByChain Coloring = iota
	ByElement
	Uniform // Molecule.Color
)

// A Molecule is a structure drawn at one or several placements.
type Molecule struct {
	Structure *mol.Structure
	Motions   []geom.Rigid // one copy is drawn for each
	Style     Style
	Coloring  Coloring
	Color     color.NRGBA // for Uniform
	ID        int         // given back by Pick
	Visible   bool
}
