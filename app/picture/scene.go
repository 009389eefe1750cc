// SPDX-License-Identifier: BSD-3-Clause

package picture

import (
	"context"
	"errors"
	"fmt"
	"image/color"
	"maps"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"difffit/app/batch"
	"difffit/app/document"
	"difffit/fitting/geom"
	"difffit/io/load"
	"difffit/render"
)

// The words of the options.
var (
	styles = map[string]render.Style{
		"cartoon": render.Cartoon, "tube": render.Tube, "sticks": render.Sticks, "ball-and-stick": render.BallAndStick,
		"spheres": render.Spheres, "balls": render.Balls, "trace": render.Trace,
	}
	colorings = map[string]render.Coloring{
		"chain": render.ByChain, "element": render.ByElement, "structure": render.Uniform,
		"bfactor": render.ByBFactor, "plddt": render.ByPLDDT,
	}
	mapStyles = map[string]render.MapStyle{
		"surface": render.Surface, "mesh": render.Mesh, "cloud": render.Cloud, "projection": render.Projection, "slices": render.Slices,
	}
	lights = map[string]render.Light{"head": render.Headlight, "two": render.TwoLights, "flat": render.Flat}
	plain  = map[string]color.NRGBA{"white": {255, 255, 255, 255}, "black": {0, 0, 0, 255}}
)

// names lists the words of an option for its help.
func names[T any](of string, words map[string]T) string {
	return of + ": " + strings.Join(slices.Sorted(maps.Keys(words)), ", ")
}

// look is what the words of the options stand for.
type look struct {
	style      render.Style
	coloring   render.Coloring
	mapStyle   render.MapStyle
	light      render.Light
	background color.NRGBA
}

func (l *look) read(o *options) error {
	var err error
	l.background, err = colour(o.background)
	return errors.Join(err, word("style", o.style, styles, &l.style), word("color", o.colors, colorings, &l.coloring),
		word("map-style", o.mapStyle, mapStyles, &l.mapStyle), word("light", o.light, lights, &l.light))
}

func word[T any](option, value string, words map[string]T, to *T) error {
	x, ok := words[value]
	if !ok {
		return fmt.Errorf("--%s is %q, want one of %s", option, value, strings.Join(slices.Sorted(maps.Keys(words)), ", "))
	}
	*to = x
	return nil
}

func colour(s string) (color.NRGBA, error) {
	if c, ok := plain[s]; ok {
		return c, nil
	}
	c := color.NRGBA{A: 255}
	if n, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B); n != 3 || err != nil || len(s) != 7 {
		return c, fmt.Errorf("--background is %q, want white, black or #rrggbb", s)
	}
	return c, nil
}

// state reads what is to be drawn.
func (o *options) state(ctx context.Context, inputs document.Reader) (document.State, error) {
	var s document.State
	files := o.structures
	switch {
	case strings.EqualFold(filepath.Ext(o.file), document.Ending):
		if len(files) > 0 {
			return s, batch.UsageError(errors.New("a session is drawn alone"))
		}
		s, err := document.Open(ctx, o.file, inputs)
		if err != nil {
			return s, batch.InputError(o.file, err)
		}
		return s, nil
	case load.IsStructure(o.file):
		files = append([]string{o.file}, files...)
	default:
		m, err := inputs.Map(ctx, o.file)
		if err != nil {
			return s, batch.InputError(o.file, err)
		}
		s.Map = m
	}
	for _, path := range files {
		list, err := inputs.Structures(ctx, path)
		if err != nil {
			return s, batch.InputError(path, err)
		}
		for _, t := range list {
			q := *t
			q.ID = len(s.Structures) + 1
			s.Structures = append(s.Structures, &q)
		}
	}
	return s, nil
}

// Colours of the map, and of structures when each has one of its own: those
// of M. Okabe and K. Ito, which the colour-blind can tell apart.
var (
	mapColour = color.NRGBA{140, 175, 215, 255}
	palette   = []color.NRGBA{
		{230, 159, 0, 255}, {0, 158, 115, 255}, {204, 121, 167, 255}, {86, 180, 233, 255}, {240, 228, 66, 255}, {213, 94, 0, 255},
	}
)

// scene returns what is seen of a state.
func (o *options) scene(s document.State) render.Scene {
	scene := render.Scene{
		Background: o.look.background,
		Look:       render.Look{Light: o.look.light, Occlusion: o.occlusion, Silhouettes: o.silhouettes},
	}
	if s.Map != nil {
		d := document.New()
		level := d.Target(document.State{Map: s.Map}).Level(s.Mass()).Value
		if s.Options.Level != nil {
			level = *s.Options.Level
		}
		if o.hasLevel {
			level = o.level
		}
		c := mapColour
		c.A = uint8(math.Round(255 * o.opacity))
		scene.Volumes = []render.Volume{{
			Grid: d.Target(s).Grid(), Level: float32(level), Color: c, Visible: true, Style: o.look.mapStyle,
		}}
	}
	for _, p := range placements(s) {
		if t := s.Structure(p.structure); t != nil {
			scene.Molecules = append(scene.Molecules, render.Molecule{
				Structure: t.Model, Motions: []geom.Rigid{p.motion}, Style: o.look.style, Coloring: o.look.coloring,
				Color: palette[(t.ID-1)%len(palette)], ID: t.ID, Visible: true,
			})
		}
	}
	return scene
}

// A placement is where a structure is drawn.
type placement struct {
	structure int // ID
	motion    geom.Rigid
}

// placements returns the accepted placements of a state; else the best of each
// structure in the last round; else the structures as they are in their files.
func placements(s document.State) []placement {
	var list []placement
	for _, a := range s.Accepted {
		list = append(list, placement{a.Structure, a.Placement.Motion})
	}
	if n := len(s.Rounds); len(list) == 0 && n > 0 {
		for _, f := range s.Rounds[n-1].Fits {
			if len(f.Result.Clusters) > 0 {
				list = append(list, placement{f.Structure, f.Result.Clusters[0].Motion})
			}
		}
	}
	if len(list) == 0 {
		for _, t := range s.Structures {
			list = append(list, placement{t.ID, geom.Identity()})
		}
	}
	return list
}

// camera returns the point of view.
func (o *options) camera(s *render.Scene) render.Camera {
	c := render.Fit(s)
	c.Ortho = o.ortho
	c.Orbit(o.turnY*math.Pi/180, o.turnX*math.Pi/180)
	if lo, hi, ok := render.Bounds(s); ok {
		c.Frame(lo, hi)
	}
	c.Zoom(o.zoom)
	c.Front, c.Back = o.slab/2, o.slab/2
	return c
}
