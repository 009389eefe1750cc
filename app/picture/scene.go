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

	"difffit/app/command"
	"difffit/app/document"
	"difffit/app/session"
	"difffit/app/view"
	"difffit/app/view/palette"
	"difffit/app/view/residues"
	"difffit/app/work"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/io/load"
	"difffit/render"
)

// Words of the options; the others are those of package view.
var plain = map[string]color.NRGBA{"white": {255, 255, 255, 255}, "black": {0, 0, 0, 255}}

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
	return errors.Join(err, word("style", o.style, view.Styles, &l.style), word("color", o.colors, view.ColoringOptions, &l.coloring),
		word("map-style", o.mapStyle, view.MapStyleWords, &l.mapStyle), word("light", o.light, view.Lights, &l.light))
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
func (o *options) state(ctx context.Context, inputs session.Files) (document.State, error) {
	var s document.State
	files := o.structures
	switch {
	case strings.EqualFold(filepath.Ext(o.file), session.Ending):
		if len(files) > 0 {
			return s, command.UsageError(errors.New("a session is drawn alone"))
		}
		s, _, err := session.OpenFrom(ctx, o.file, inputs, o.folders)
		if err != nil {
			return s, command.InputError(o.file, err)
		}
		return s, nil
	case load.KindOf(o.file) == load.AtomicStructure:
		files = append([]string{o.file}, files...)
	default:
		m, err := inputs.Map(ctx, o.file)
		if err != nil {
			return s, command.InputError(o.file, err)
		}
		s.Map = m
	}
	for _, path := range files {
		list, err := inputs.Structures(ctx, path)
		if err != nil {
			return s, command.InputError(path, err)
		}
		for _, t := range list {
			q := *t
			q.ID = len(s.Structures) + 1
			s.Structures = append(s.Structures, &q)
		}
	}
	return s, nil
}

// view returns how a state is to be seen: as its session says, else as the
// options do; options that were given count in any case.
func (o *options) view(s document.State) (v view.View, saved bool, err error) {
	c := palette.Map
	c.A = uint8(math.Round(255 * o.opacity))
	plain := view.View{
		Style: o.look.style, Coloring: o.look.coloring,
		Look: render.Look{Light: o.look.light, Occlusion: o.occlusion, Silhouettes: o.silhouettes},
		Maps: view.Maps{Maps: []view.Map{{Kind: view.Whole, Visible: true, Style: o.look.mapStyle, Color: c}}},
	}
	if v = plain; s.View != nil {
		if v, err = view.Decode(s.View); err != nil {
			return v, false, command.InputError(o.file, err)
		}
		saved = true
	}
	if v.Maps.Opened() == nil {
		v.Maps.Maps = append(v.Maps.Maps, plain.Maps.Maps...)
	}
	m := v.Maps.Opened()
	for flag, set := range map[string]func(){
		"style":       func() { v.Style = plain.Style },
		"color":       func() { v.Coloring = plain.Coloring },
		"light":       func() { v.Look.Light = plain.Look.Light },
		"occlusion":   func() { v.Look.Occlusion = plain.Look.Occlusion },
		"silhouettes": func() { v.Look.Silhouettes = plain.Look.Silhouettes },
		"map-style":   func() { m.Style, m.Transfer, m.Visible = o.look.mapStyle, nil, true },
		"opacity":     func() { m.Color.A = c.A },
		"level":       func() { m.Level = &o.level },
		"near":        func() { v.Maps.Near, v.Maps.Radius = o.near > 0, o.near },
	} {
		if o.given(flag) {
			set()
		}
	}
	return v, saved, nil
}

// scene returns what is seen of a state.
func (o *options) scene(ctx context.Context, s document.State, v view.View) (render.Scene, error) {
	scene := render.Scene{Background: o.look.background, Look: v.Look}
	if v.Setting != nil && v.Setting.Ground != view.ThemeGround && !o.given("background") { // a picture has no theme
		scene.Background = v.Setting.Ground.Color()
	}
	placed := placements(s, v)
	var zone *render.Zone
	if v.Maps.Near && len(placed) > 0 {
		zone = &render.Zone{Radius: v.Maps.Radius}
	}
	whole := new(work.Targets).Whole(s.Map) // nil without a map
	for _, p := range placed {
		t := s.Structure(p.structure)
		if t == nil {
			continue
		}
		m := render.Molecule{
			Structure: t.Model, Motions: []geom.Rigid{p.motion}, Style: v.Style, Coloring: view.InStyle(v.Coloring, v.Style),
			Color: p.color, ID: t.ID, Visible: !v.Hidden.Has(t.ID, p.accepted), Hydrogens: v.Setting != nil && v.Setting.Hydrogens,
		}
		if m.Coloring == render.ByValue && whole != nil {
			var err error
			if m.Values, _, err = view.Local(ctx, whole, t.Model, p.motion, s.Options.Resolution); err != nil {
				return scene, err
			}
		}
		if zone != nil {
			move := p.motion.Mover()
			for _, a := range t.Model.Atoms {
				zone.Places = append(zone.Places, move(a.Pos))
			}
		}
		scene.Molecules = append(scene.Molecules, m)
	}
	o.addResidues(&scene, s, v.Residues)
	if s.Map == nil {
		beside, err := others(ctx, &work.Targets{}, s, 0)
		source := view.Source{Others: beside, Zone: zone}
		scene.Volumes = shown(source.Volumes(v.Maps.Maps))
		return scene, err
	}
	var err error
	scene.Volumes, err = o.volumes(ctx, s, v, placed, zone, scene.Background)
	return scene, err
}

// addResidues adds what shows which residues are selected in a view, and what was
// measured.
func (o *options) addResidues(scene *render.Scene, s document.State, r *view.Residues) {
	if r == nil {
		return
	}
	var lists residues.Lists
	selection, measures := residues.Open(r, s, &lists)
	o.marks = residues.Marks(measures, scene.Molecules)
	if r.Labels {
		o.marks = append(o.marks, selection.Labels(scene.Molecules, &lists)...)
	}
	selection.AddTo(scene, &lists, r.Sides)
}

// volumes returns what is seen of the map.
func (o *options) volumes(ctx context.Context, s document.State, v view.View, placed []placement, zone *render.Zone, ground color.NRGBA) ([]render.Volume, error) {
	var targets work.Targets
	whole := targets.Whole(s.Map)
	var where []view.Placed
	for _, p := range placed {
		if t := s.Structure(p.structure); t != nil {
			where = append(where, view.Placed{Model: t.Model, Motion: p.motion})
		}
	}
	var paint *render.Paint
	if v.Setting != nil && v.Setting.Painted && len(s.Accepted) > 0 {
		var colors []color.NRGBA
		for _, p := range placed {
			colors = append(colors, p.color)
		}
		paint = view.Paint(where, colors)
	}
	var made view.SimulatedMaps
	if (v.Maps.Sees(view.Simulated) || v.Maps.Sees(view.Residual)) && len(placed) > 0 {
		var err error
		if made, err = view.Simulate(ctx, whole, where, s.Options.Resolution, v.Maps.Sees(view.Residual)); err != nil {
			return nil, err
		}
	}
	level, err := targets.DisplayLevel(ctx, s)
	if err != nil {
		return nil, err
	}
	source := view.Source{
		Remaining: targets.Of(s).Grid(), Whole: s.Map.Grid, Level: level.Value, SimulatedMaps: made, Paint: paint, Zone: zone,
	}
	if source.Others, err = others(ctx, &targets, s, level.Value); err != nil {
		return nil, err
	}
	if dust := o.dust || !o.given("dust") && v.Setting != nil && v.Setting.Dust; !dust {
		resolution := targets.Resolution(s).Value
		source.Swept = func(g *volume.Grid) *volume.Grid {
			clean, err := volume.WithoutDust(ctx, g, volume.DustVolume(g, resolution))
			if err != nil {
				return g // the picture is stopped
			}
			return clean
		}
	}
	return shown(source.Volumes(v.Maps.Maps)), nil
}

// shown returns the volumes that are seen.
func shown(list []render.Volume) []render.Volume {
	return slices.DeleteFunc(list, func(v render.Volume) bool { return !v.Visible })
}

// others returns the maps beside the one that is fitted into, which is shown at a
// level.
func others(ctx context.Context, targets *work.Targets, s document.State, level float64) (map[view.Kind]view.Other, error) {
	known := map[*document.Map]view.Beside{}
	for _, o := range s.Others {
		b := view.Beside{Profile: targets.Whole(o.Map).Profile()}
		first, own, err := targets.LevelBeside(ctx, s, o)
		if err != nil {
			return nil, err
		}
		if own {
			b.Level = &first.Value
		}
		known[o.Map] = b
	}
	var whole *volume.Profile
	if s.Map != nil {
		whole = targets.Whole(s.Map).Profile()
	}
	return view.OthersOf(s.Others, known, whole, level), nil
}

// A placement is where a structure is drawn.
type placement struct {
	structure int // ID
	accepted  int // ID, 0 if it is not
	motion    geom.Rigid
	color     color.NRGBA
}

// placements returns the accepted placements of a state; else the best of each
// structure in the last round; else the structures as they are in their files.
func placements(s document.State, v view.View) []placement {
	var list []placement
	colours := palette.Of(s)
	for _, a := range s.Accepted {
		c := view.ColorOf(colours, a, v.Coloring, v.Setting != nil && v.Setting.Painted)
		list = append(list, placement{a.Structure, a.ID, a.Placement.Motion, c})
	}
	if n := len(s.Rounds); len(list) == 0 && n > 0 {
		for _, f := range s.Rounds[n-1].Fits {
			if len(f.Result.Clusters) > 0 {
				list = append(list, placement{f.Structure, 0, f.Result.Clusters[0].Motion, colours.Structure(f.Structure)})
			}
		}
	}
	if len(list) == 0 {
		for _, t := range s.Structures {
			list = append(list, placement{t.ID, 0, t.Stands(), colours.Structure(t.ID)})
		}
	}
	return list
}

// camera returns the point of view: that of the session, else one from which
// all is seen; options turn and zoom it.
func (o *options) camera(s *render.Scene, saved *render.Camera) render.Camera {
	c := render.Fit(s)
	if saved != nil {
		c = *saved
	}
	if o.given("orthographic") {
		c.Ortho = o.ortho
	}
	c.Orbit(o.turnY*math.Pi/180, o.turnX*math.Pi/180)
	if lo, hi, ok := render.Bounds(s); ok && saved == nil {
		c.Frame(lo, hi)
	}
	c.Zoom(o.zoom)
	if o.given("slab") {
		c.Front, c.Back = o.slab/2, o.slab/2
	}
	return c
}
