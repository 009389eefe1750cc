// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"math"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/view"
	"difffit/render"
)

// A Preset is a way to look at a document that is chosen with one command. What
// it does not speak of stays.
type Preset struct {
	Name   string
	About  string // one line, for the status line
	set    func(l *Display)
	camera func(st *Stage, c render.Camera) render.Camera
}

// Residues of a preset: ångström, and heights of the picture.
const (
	residueHeight = 30.0 // that is seen, at most
	residueAround = 15.0 // of the centre, of map and molecules
	residueFollow = 0.25 // before the centre, as Coot clips
	frontFollow   = 0.75 // where all is seen this clips nothing
)

// Presets are all presets, in the order of the menu.
var Presets = []Preset{
	{
		"Fit", "Cartoons in shades of their structures, in a map that is seen through",
		func(l *Display) {
			l.Style, l.Colours, l.MapStyle = render.Cartoon, view.FirstColoring, render.Surface
			l.Light, l.Occlusion, l.Silhouettes, l.NoHaze, l.Ground = render.Headlight, true, false, false, view.ThemeGround
		}, wholeCamera,
	},
	{
		"Publication", "White ground, two lights, silhouettes and occlusion",
		func(l *Display) {
			l.Style, l.MapStyle = render.Cartoon, render.Surface
			l.Light, l.Occlusion, l.Silhouettes, l.NoHaze, l.Ground = render.TwoLights, true, true, false, view.WhiteGround
		}, wholeCamera,
	},
	{
		"Residues", "Sticks in a mesh about the centre; the front is clipped as you zoom",
		func(l *Display) {
			l.Style, l.Colours, l.MapStyle, l.Hydrogens = render.Sticks, render.ByHetero, render.Mesh, false
			l.Light, l.Occlusion, l.Silhouettes, l.NoHaze = render.Headlight, false, false, false
		}, (*Stage).residueCamera,
	},
}

// SetPreset shows the document in a way. The next one does not begin with it.
func (st *Stage) SetPreset(p Preset) {
	p.set(&st.display)
	st.maps.restyle(st.display.MapStyle)
	st.View.FlyTo(p.camera(st, st.View.Camera()))
	st.Show()
	st.sh.Say(p.About)
	st.sh.Enable()
}

// wholeCamera takes away what lets only a part be seen.
func wholeCamera(_ *Stage, c render.Camera) render.Camera {
	c.Follow, c.Around, c.Front, c.Back = 0, 0, 0, 0
	return c
}

// residueCamera goes near, to the atom of a visible molecule that is nearest to
// the centre of view: of the selected one, if there is one.
func (st *Stage) residueCamera(c render.Camera) render.Camera {
	c.Follow, c.Around, c.Front, c.Back = residueFollow, residueAround, 0, 0
	scene := st.View.Scene()
	best, target := math.Inf(1), c.Target
	for _, only := range []bool{true, false} {
		for i := range scene.Molecules {
			m := &scene.Molecules[i]
			if !m.Visible || m.Structure == nil || only && !m.Outlined {
				continue
			}
			for _, g := range m.Motions {
				at := g.Inverse().Apply(c.Target)
				for _, a := range m.Structure.Atoms {
					if d := r3.Norm(r3.Sub(a.Pos, at)); d < best {
						best, target = d, g.Apply(a.Pos)
					}
				}
			}
		}
		if !math.IsInf(best, 1) {
			break
		}
	}
	c.Target = target
	if h := c.Height(); h > residueHeight {
		c.Zoom(h / residueHeight)
	}
	return c
}

// ToggleFollow clips what is before the centre of view as the eye comes nearer,
// or nothing.
func (st *Stage) ToggleFollow() {
	c := st.View.Camera()
	if c.Follow > 0 {
		c.Follow = 0
	} else {
		c.Follow = frontFollow
	}
	st.View.SetClipping(c)
	st.sh.Enable()
}

// SetAround lets only what is so near to the centre of view be seen, in ångström;
// all with 0.
func (st *Stage) SetAround(radius float64) {
	c := st.View.Camera()
	c.Around = radius
	st.View.SetClipping(c)
	st.sh.Enable()
}
