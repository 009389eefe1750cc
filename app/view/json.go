// SPDX-License-Identifier: BSD-3-Clause

package view

import (
	"encoding/json"
	"errors"
	"fmt"
	"image/color"
	"maps"
	"math"
	"slices"
	"strings"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/render"
)

// The form of a view in a session. Colours are #rrggbbaa.
type (
	fileView struct {
		Camera    fileCamera    `json:"camera"`
		Molecules fileMolecules `json:"molecules"`
		Light     fileLight     `json:"light"`
		Maps      []fileMap     `json:"maps"`
		Zone      fileZone      `json:"near_selected"`
		Setting   *fileSetting  `json:"setting,omitempty"`
		Contour   *volume.Level `json:"contour,omitempty"` // document.State.SeenLevel reads it too
		Selected  *Selected     `json:"selected,omitempty"`
		Residues  *fileResidues `json:"residues,omitempty"`
	}
	fileCamera struct {
		Target       [3]float64 `json:"target"`     // ångström
		Quaternion   [4]float64 `json:"quaternion"` // w, x, y, z: from the camera's axes to those of the map
		Distance     float64    `json:"distance"`   // ångström
		FieldOfView  float64    `json:"field_of_view"`
		Orthographic bool       `json:"orthographic"`
		Front        float64    `json:"front"` // of the slab, ångström; both 0: none
		Back         float64    `json:"back"`
		Follow       float64    `json:"follow,omitempty"` // heights of the picture
		Around       float64    `json:"around,omitempty"` // ångström
	}
	fileMolecules struct {
		Style string `json:"style"`
		Color string `json:"color"`
		// IDs of what is not seen.
		HiddenStructures []int `json:"hidden_structures,omitempty"`
		HiddenAccepted   []int `json:"hidden_accepted,omitempty"`
	}
	fileLight struct {
		From        string  `json:"from"`
		NoDepthCue  bool    `json:"no_depth_cue"`
		Occlusion   float64 `json:"occlusion"`
		Silhouettes float64 `json:"silhouettes"`
	}
	fileMap struct {
		Map      Kind       `json:"map"`
		Visible  bool       `json:"visible"`
		Style    string     `json:"style"`
		Color    string     `json:"color"`
		Level    *float64   `json:"level,omitempty"`
		Transfer []fileStop `json:"transfer,omitempty"`
		Slices   [3]bool    `json:"slices"`
		At       [3]float64 `json:"slices_at"` // ångström
	}
	fileStop struct {
		Density float32 `json:"density"`
		Color   string  `json:"color"`
	}
	fileSetting struct {
		Background string             `json:"background"`
		Painted    bool               `json:"map_by_placement"`
		Dust       bool               `json:"dust,omitempty"`
		Zero       volume.ZeroOptions `json:"zero_out"`
		Hydrogens  bool               `json:"hydrogens,omitempty"`
	}
	fileZone struct {
		On        bool    `json:"on"`
		Radius    float64 `json:"radius"` // ångström
		Molecules bool    `json:"molecules"`
	}
)

// Encode returns a view as it is kept in sessions.
func (v View) Encode() (json.RawMessage, error) {
	c, q := v.Camera, v.Camera.Rotation
	f := fileView{
		Camera: fileCamera{
			[3]float64{c.Target.X, c.Target.Y, c.Target.Z},
			[4]float64{q.Real, q.Imag, q.Jmag, q.Kmag},
			c.Distance, c.FovY, c.Ortho, c.Front, c.Back, c.Follow, c.Around,
		},
		Molecules: fileMolecules{WordOf(Styles, v.Style), WordOf(colorings, v.Coloring), v.Hidden.Structures, v.Hidden.Accepted},
		Light:     fileLight{WordOf(Lights, v.Look.Light), v.Look.NoHaze, v.Look.Occlusion, v.Look.Silhouettes},
		Zone:      fileZone{v.Maps.Near, v.Maps.Radius, v.Maps.Molecules},
		Contour:   v.Maps.Contour,
		Selected:  v.Selected,
		Residues:  v.Residues.file(),
	}
	if s := v.Setting; s != nil {
		f.Setting = &fileSetting{WordOf(Grounds, s.Ground), s.Painted, s.Dust, s.Zero, s.Hydrogens}
	}
	for _, m := range v.Maps.Maps {
		g := fileMap{m.Kind, m.Visible, WordOf(MapStyleWords, m.Style), hex(m.Color), m.Level, nil, m.Slices.Show, m.Slices.At}
		for _, s := range m.Transfer {
			g.Transfer = append(g.Transfer, fileStop{s.Density, hex(s.Color)})
		}
		f.Maps = append(f.Maps, g)
	}
	return json.Marshal(f)
}

// Decode reads a view. Nothing is taken from one that is wrong.
func Decode(data json.RawMessage) (View, error) {
	var f fileView
	if err := json.Unmarshal(data, &f); err != nil {
		return View{}, fmt.Errorf("view: %w", err)
	}
	v := View{
		Hidden:   Hidden{f.Molecules.HiddenStructures, f.Molecules.HiddenAccepted},
		Maps:     Maps{Contour: f.Contour, Near: f.Zone.On, Radius: f.Zone.Radius, Molecules: f.Zone.Molecules},
		Selected: f.Selected,
		Look:     render.Look{NoHaze: f.Light.NoDepthCue, Occlusion: f.Light.Occlusion, Silhouettes: f.Light.Silhouettes},
	}
	errs := []error{
		f.Camera.check(), meaning("molecules: style", f.Molecules.Style, Styles, &v.Style),
		meaning("molecules: color", f.Molecules.Color, colorings, &v.Coloring), meaning("light", f.Light.From, Lights, &v.Look.Light),
		between("occlusion", f.Light.Occlusion, 0, 1), between("silhouettes", f.Light.Silhouettes, 0, 20),
		between("near_selected: radius", f.Zone.Radius, 0, 1e4),
	}
	if s := f.Setting; s != nil {
		v.Setting = &Setting{Painted: s.Painted, Dust: s.Dust, Zero: s.Zero, Hydrogens: s.Hydrogens}
		errs = append(errs, meaning("setting: background", s.Background, Grounds, &v.Setting.Ground), s.Zero.Validate())
	}
	var err error
	if v.Residues, err = f.Residues.read(); err != nil {
		errs = append(errs, err)
	}
	if len(f.Maps) > MostMaps {
		errs = append(errs, fmt.Errorf("%d maps, want at most %d", len(f.Maps), MostMaps))
	}
	for i, g := range f.Maps {
		m, err := g.read()
		if err != nil {
			errs = append(errs, fmt.Errorf("map %d: %w", i+1, err))
		}
		v.Maps.Maps = append(v.Maps.Maps, m)
	}
	if err := errors.Join(errs...); err != nil {
		return View{}, fmt.Errorf("view: %w", err)
	}
	v.Camera = f.Camera.camera()
	return v, nil
}

func (c fileCamera) camera() render.Camera {
	q := c.Quaternion
	return render.Camera{
		Target: r3.Vec{X: c.Target[0], Y: c.Target[1], Z: c.Target[2]}, Distance: c.Distance, FovY: c.FieldOfView,
		Rotation: geom.Unit(quat.Number{Real: q[0], Imag: q[1], Jmag: q[2], Kmag: q[3]}),
		Ortho:    c.Orthographic, Front: c.Front, Back: c.Back, Follow: c.Follow, Around: c.Around,
	}
}

func (c fileCamera) check() error {
	n := 0.0
	for _, x := range c.Quaternion {
		n += x * x
	}
	errs := []error{
		between("camera: length of the quaternion", math.Sqrt(n), 0.9, 1.1), between("camera: distance", c.Distance, 1e-3, 1e7),
		between("camera: field_of_view", c.FieldOfView, 1e-3, 3), between("camera: front", c.Front, -1e7, 1e7), between("camera: back", c.Back, -1e7, 1e7),
		between("camera: follow", c.Follow, 0, 100), between("camera: around", c.Around, 0, 1e7),
	}
	for _, x := range c.Target {
		errs = append(errs, between("camera: target", x, -1e7, 1e7))
	}
	return errors.Join(errs...)
}

func (g fileMap) read() (Map, error) {
	m := Map{Kind: g.Map, Visible: g.Visible, Level: g.Level, Slices: render.SlicePlanes{Show: g.Slices, At: g.At}}
	var errs []error
	if _, other := g.Map.Other(); !other && !slices.Contains([]Kind{Remaining, Whole, Simulated, Residual}, g.Map) {
		errs = append(errs, fmt.Errorf("there is none called %q", g.Map))
	}
	var err error
	if m.Color, err = colorOf(g.Color); err != nil {
		errs = append(errs, err)
	}
	if g.Level != nil && (math.IsNaN(*g.Level) || math.IsInf(*g.Level, 0)) {
		errs = append(errs, fmt.Errorf("level %g", *g.Level))
	}
	for i, s := range g.Transfer {
		c, err := colorOf(s.Color)
		if err != nil {
			errs = append(errs, err)
		}
		if i > 0 && s.Density < g.Transfer[i-1].Density {
			errs = append(errs, fmt.Errorf("transfer: density %g after %g, want them growing", s.Density, g.Transfer[i-1].Density))
		}
		m.Transfer = append(m.Transfer, render.Stop{Density: s.Density, Color: c})
	}
	return m, errors.Join(append(errs, meaning("style", g.Style, MapStyleWords, &m.Style))...)
}

// WordOf returns the word that stands for x, "" if none does.
func WordOf[T comparable](words map[string]T, x T) string {
	for w, y := range words {
		if x == y {
			return w
		}
	}
	return ""
}

func meaning[T any](what, word string, words map[string]T, to *T) error {
	x, ok := words[word]
	if !ok {
		return fmt.Errorf("%s is %q, want one of %s", what, word, strings.Join(slices.Sorted(maps.Keys(words)), ", "))
	}
	*to = x
	return nil
}

func between(what string, x, low, high float64) error {
	if !(x >= low && x <= high) {
		return fmt.Errorf("%s is %g, want %g to %g", what, x, low, high)
	}
	return nil
}

func hex(c color.NRGBA) string { return fmt.Sprintf("#%02x%02x%02x%02x", c.R, c.G, c.B, c.A) }

func colorOf(s string) (color.NRGBA, error) {
	var c color.NRGBA
	if n, err := fmt.Sscanf(s, "#%02x%02x%02x%02x", &c.R, &c.G, &c.B, &c.A); n != 4 || err != nil || len(s) != 9 {
		return c, fmt.Errorf("color is %q, want #rrggbbaa", s)
	}
	return c, nil
}
