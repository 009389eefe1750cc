// SPDX-License-Identifier: BSD-3-Clause

package export

import (
	"fmt"
	"image/color"
	"io"
	"slices"

	"difffit/app/document"
	"difffit/app/report"
	"difffit/app/view/palette"
	"difffit/app/work"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/io/mrc"
	"difffit/io/script"
)

// A Look says how a scene is to look. Start from DefaultLook.
type Look struct {
	Level      *float64    // contour level of the map, in its units; nil is that at which it is first seen
	Map        color.NRGBA // alpha is how opaque it is
	Background color.NRGBA // without alpha it is left as it is
	Coloring   script.Coloring
	Copies     bool // placements have the colours of their copies, else of their structures
	Dust       bool // islands of the map that are too small to be anything are seen
	Camera     *script.Camera
	Taken      []int // numbers of models that are open already where the scene is opened
}

// DefaultLook is that of the window when it is opened, on white.
func DefaultLook() Look {
	return Look{Map: palette.Map, Copies: true, Background: color.NRGBA{255, 255, 255, 255}}
}

// scene writes the scene: the whole map, and what is placed by the coordinates
// of its files.
func (w *writer) scene() error {
	l := w.o.Look
	scene := script.Scene{Folder: w.folder.Path(), Background: l.Background, Camera: l.Camera, Taken: l.Taken}
	if err := w.sceneMap(&scene); err != nil {
		return err
	}
	if !slices.Contains(w.o.Items, Structures) {
		if err := w.structures(); err != nil {
			return err
		}
	}
	colours := palette.Of(w.s)
	for i, p := range w.placed {
		t := w.s.Structure(p.Structure)
		scene.Placed = append(scene.Placed, script.Placed{
			Path: w.path(fitName(i, t.Model.Name) + ".cif"), Name: fmt.Sprintf("%s %d", FileName(t.Model.Name), i+1),
			Motion: geom.Identity(), Color: w.colorOf(colours, p), Coloring: l.Coloring,
		})
	}
	if scene.Map == "" && len(scene.Placed) == 0 {
		return nil
	}
	return w.add(SceneFile, func(f io.Writer) error { return script.ChimeraX(f, scene) })
}

// colorOf returns the colour of a placement: with Painted, or where copies have
// their own, that of its copy.
func (w *writer) colorOf(colours *palette.Palette, p report.Place) color.NRGBA {
	if a := w.s.AcceptedFrom(p.Cluster); a != nil && w.o.Look.Copies {
		return colours.Accepted(a)
	}
	return colours.Structure(p.Structure)
}

// SceneFile is the name of the ChimeraX scene.
const SceneFile = "open.cxc"

// sceneMap puts the map as it was opened into a scene.
func (w *writer) sceneMap(scene *script.Scene) error {
	m, l := w.s.Map, w.o.Look
	if m == nil {
		return nil
	}
	path, err := w.original(m.Path, m.Name, ".mrc", func(f io.Writer) error {
		return mrc.Encode(f, m.Grid, RemainingOptions(new(work.Targets), document.State{Map: m}))
	})
	if err != nil {
		return err
	}
	targets := new(work.Targets)
	scene.Map, scene.Color = path, l.Map
	if l.Level != nil {
		scene.Level = *l.Level
	} else {
		level, err := targets.DisplayLevel(w.ctx, w.s)
		if err != nil {
			return err
		}
		scene.Level = level.Value
	}
	if !l.Dust {
		scene.Dust = volume.DustVolume(m.Grid, targets.Resolution(w.s).Value)
	}
	return nil
}
