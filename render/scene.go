// SPDX-License-Identifier: BSD-3-Clause

// Package render draws density maps together with molecules. A Scene, which is
// plain data, goes in; a picture comes out. The same code draws in the window,
// in tests and to image files. It knows OpenGL, but neither windows nor files.
package render

import (
	"image/color"

	"gonum.org/v1/gonum/spatial/r3"

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
	Look       Look
}

// A MapStyle says how a map is drawn.
type MapStyle uint8

// Map styles.
const (
	Surface    MapStyle = iota // the isosurface at Level
	Mesh                       // lines on the isosurface, where it cuts planes of the grid
	Cloud                      // densities shine and hide along the line of sight (direct volume rendering)
	Projection                 // the maximum of the density along the line of sight
	Slices                     // planes across the axes, coloured by density
)

// IsIsosurface tells whether the style draws the place where a map has its
// level, with zones and paints; the others draw what densities look like by a
// transfer function.
func (s MapStyle) IsIsosurface() bool { return s == Surface || s == Mesh }

// A Volume is a map in a scene. The same Grid may be there several times, at
// several levels or in several styles.
type Volume struct {
	Grid    *volume.Grid
	Level   float32     // contour level, in the units of the map
	Color   color.NRGBA // alpha is the opacity of the surface
	Visible bool
	Style   MapStyle
	// Transfer says which colours and opacities densities have in a Cloud, a
	// Projection and Slices, in growing order, linear between; nil follows
	// Level and Color.
	Transfer []Stop
	// Slices are the planes of that style; all zero stands for one across z,
	// in the middle.
	Slices SlicePlanes
	Paint  *Paint // nil: Color everywhere
	Zone   *Zone  // nil: all of the map; else only what is near
}

// isDrawn tells whether anything of a map can be seen.
func (v *Volume) isDrawn() bool { return v.Visible && v.Grid != nil && v.Color.A != 0 }

// isSolid tells whether nothing behind what is drawn of a map is seen.
func (v *Volume) isSolid() bool {
	return v.Color.A == 255 && (v.Style == Surface || v.Style == Slices)
}

// A Stop is a point of a transfer function. The alpha of its colour is the
// opacity that a 50th of the longest edge of the map has in a Cloud, and that
// of the pixel in a Projection.
type Stop struct {
	Density float32
	Color   color.NRGBA
}

// SlicePlanes are planes across the axes of a map.
type SlicePlanes struct {
	Show [3]bool    // across x, y, z
	At   [3]float64 // ångström
}

// A Zone is what is near some places: only the part of a Surface or Mesh, or
// the atoms of a molecule, there are drawn. It is never changed once a Renderer has seen it.
type Zone struct {
	Places []r3.Vec // ångström, as of atoms
	Radius float64  // ångström
}

// A Style says how molecules are drawn.
type Style uint8

// Styles.
const (
	Spheres      Style = iota // van der Waals spheres
	Balls                     // small spheres at every atom
	Trace                     // spheres at Cα and P only
	BallAndStick              // small spheres and bonds
	Sticks                    // bonds
	Tube                      // a tube through Cα and P
	Cartoon                   // helices, strands and coils; what is no polymer in sticks
	Skin                      // the molecular (solvent-excluded) surface
	// Points are spheres of Molecule.Radius at every atom. Translucent ones
	// shine through each other: they are mixed in the order of the scene, over
	// other translucent molecules.
	Points
)

// A Coloring says what the colours of atoms tell.
type Coloring uint8

// Colorings.
const (
	ByChain     Coloring = iota
	ByElement            // in Tube and Cartoon as Uniform
	Uniform              // Molecule.Color
	ByBFactor            // blue, white, red from the 5th to the 95th percentile
	ByPLDDT              // the four classes of AlphaFold DB, from the B factors
	ByValue              // Molecule.Values
	ByRainbow            // each chain from its first residue, blue, to its last, red
	BySecondary          // helix, strand, coil, and nucleotides
	ByHetero             // as ByElement, but carbon has Molecule.Color
	ByCopy               // Molecule.Color, which whoever makes the scene gives each copy: as Uniform
)

// isOne tells whether a molecule has one colour, Molecule.Color.
func (c Coloring) isOne() bool { return c == Uniform || c == ByCopy }

// A Molecule is a structure drawn at one or several placements.
type Molecule struct {
	Structure    *mol.Structure
	Motions      []geom.Rigid // one copy is drawn for each
	Style        Style
	Radius       float64 // of Points, ångström
	Coloring     Coloring
	Color        color.NRGBA // for Uniform and ByCopy
	Values       *Values     // for ByValue; without it as Uniform
	Transparency float64     // 0 is solid; above, a ghost that does not hide the map, 1 is invisible
	Aside        bool        // far from what is worked on: see Bounds
	Outlined     bool        // with a line around it that is seen through all before it
	Marked       bool        // it is not drawn itself: only a line, of another colour, around what of it is in its Zone
	Part         []int       // of a part of a structure: the atoms that Pick tells of in place of its own; nil for its own
	Hydrogens    bool        // bonds to hydrogens are drawn too, where bonds are
	ID           int         // given back by Pick
	Visible      bool
	Zone         *Zone // nil: all of it; else only what is near
}

// Values are numbers of atoms that colours tell. They are never changed once
// a Renderer has seen them.
type Values struct {
	Of        []float64 // one for each atom of the structure
	Low, High float64   // of the first and last colour
	Colors    []color.NRGBA
}

// A Light says where light comes from.
type Light uint8

// Lights.
const (
	Headlight Light = iota // beside the eye
	TwoLights              // from upper left, with a weaker one from the right
	Flat                   // colours as they are
)

// A Look says how the things of a scene are told apart. The zero value has a
// headlight and depth cueing.
type Look struct {
	Light       Light
	NoHaze      bool    // what is far does not fade into the background
	Occlusion   float64 // how much darker hollows are, 0 to 1
	Silhouettes float64 // width of the dark lines around things, pixels; 0 for none
}
