// SPDX-License-Identifier: BSD-3-Clause

// Package stage is the picture of the window: the scene, the maps that are seen
// and those that are made of placements, the contour level, the legend, how
// things are drawn, and the point of view. What a composite or a comparison adds
// to the scene it does not know: it asks them.
package stage

import (
	"time"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting"
	"difffit/fitting/volume"
	"difffit/render"
)

// A Comparison shows placements together: in the one picture, or side by side.
type Comparison interface {
	// ShowScene shows a scene in all pictures, with what is compared in it.
	ShowScene(scene render.Scene)
	// Pictures returns those that are seen.
	Pictures() []*viewport.Viewport
	// Turned gives all pictures the point of view of one.
	Turned(from *viewport.Viewport, c render.Camera)
	// PickedCloud selects the placement of a point that was clicked on, and
	// tells whether it was one.
	PickedCloud(hit render.Hit) bool
	// SelectPicked selects the placement that was clicked on.
	SelectPicked(scene render.Scene, hit render.Hit)
	// Legend tells what the colours of what is compared are.
	Legend() []panel.LegendState
	// ShowInside is called when another contour level is shown.
	ShowInside()
}

// A Composite is put together of placements whose density is zeroed.
type Composite interface {
	// AddTo adds to a scene what is shown of the composite.
	AddTo(scene *render.Scene, s document.State)
	// Survey looks at the composite again: the map or its level is another one.
	Survey(s document.State)
	ZeroOptions() (volume.ZeroOptions, error)
	SetZeroOptions(o volume.ZeroOptions)
}

// Models are structures where they stand.
type Models interface {
	// AddTo adds to a scene those that are shown.
	AddTo(scene *render.Scene, s document.State)
	// SelectPicked selects the one that was clicked on, and tells whether it was
	// one.
	SelectPicked(scene render.Scene, hit render.Hit) bool
}

// An Inspector is what residues are looked at with.
type Inspector interface {
	// AddTo adds to a scene what shows which residues are selected.
	AddTo(scene *render.Scene)
	// Shown is called when the pictures show other scenes.
	Shown()
	// Picked is told what was clicked on, and tells whether that was for it alone.
	Picked(v *viewport.Viewport, hit render.Hit, ok bool) bool
	// PickedWith is told what was clicked on with keys held.
	PickedWith(v *viewport.Viewport, hit render.Hit, ok bool, held fyne.KeyModifier)
	// Zone returns what of molecules is near the selected residues, nil if none is.
	Zone(molecules []render.Molecule, radius float64) *render.Zone
	// Saved returns which residues are selected and what was measured; nil for nothing.
	Saved() *view.Residues
	// Take selects and measures what was so when a session was saved.
	Take(r *view.Residues, s document.State)
}

// A Stage is the picture and the panels that belong to it.
type Stage struct {
	View       *viewport.Viewport
	LevelPanel *panel.Level
	MapsPanel  *panel.Maps
	Legend     *panel.Legend

	// NewView makes a further picture, for placements side by side.
	NewView func() *viewport.Viewport
	// OnMenu asks for the context menu of a place in a picture.
	OnMenu func(v *viewport.Viewport, hit render.Hit, ok bool, at fyne.Position)
	// OnMap is called when a map that was opened is shown.
	OnMap func(m *document.Map)
	// OnSeen is called when something else is hidden.
	OnSeen func()

	sh         *shell.Shell
	table      Comparison
	compose    Composite
	models     Models
	inspect    Inspector
	companions []*viewport.Viewport

	derived  derived
	revealed *document.Map // of derived, when it is shown
	levels   levels
	deriving shell.Latest[derivedKey, derived]
	dust     dustless
	display  Display
	hidden   hidden
	maps     seenMaps
	camera   *render.Camera // of a session that is being opened
	local    localFits
	paint    shell.Latest[string, *render.Paint]
	atoms    atomLegend
	drawn    drawn
	wheel    *time.Timer // until the level chosen by the wheel counts
	follows  follows
}

// New makes the stage of a window. Connect must be called before it is used.
func New(sh *shell.Shell, v *viewport.Viewport) *Stage {
	st := &Stage{
		View: v, LevelPanel: panel.NewLevel(), MapsPanel: panel.NewMaps(panelStyles()), Legend: panel.NewLegend(),
		NewView: func() *viewport.Viewport { return viewport.NewFrom(nil) }, OnMap: func(*document.Map) {}, OnSeen: func() {},
		OnMenu: func(*viewport.Viewport, render.Hit, bool, fyne.Position) {},
		sh:     sh, display: firstDisplay(sh.App.Preferences()),
	}
	st.maps = seenMaps{st: st, seen: firstMaps(st.display), instead: map[view.Kind]view.Kind{}}
	return st
}

// Connect ties the stage to the others, and its panels to the document.
func (st *Stage) Connect(t Comparison, c Composite, m Models, in Inspector) {
	st.table, st.compose, st.models, st.inspect = t, c, m, in
	p := st.LevelPanel
	p.OnMove = st.previewLevel
	p.OnDone = func(v float64) { st.SetLevel(&v) }
	p.OnSuggested = func() { st.SetLevel(nil) }
	p.OnError = st.refuse
	st.maps.connect()
	v := st.View
	v.OnLevelWheel, v.OnKey, v.Describe = st.turnLevel, st.sh.TypedKey, st.Describe
	v.OnPick = func(hit render.Hit, ok bool) { st.picked(v, hit, ok) }
	v.OnPickWith = func(hit render.Hit, ok bool, held fyne.KeyModifier) { st.inspect.PickedWith(v, hit, ok, held) }
	v.OnMenu = func(hit render.Hit, ok bool, at fyne.Position) { st.OnMenu(v, hit, ok, at) }
	v.OnCamera = func(c render.Camera) { st.table.Turned(v, c) }
	v.OnError = func(err error) { st.sh.Note("graphics: " + err.Error()) }
	v.OnInfo = func(i viewport.Info) {
		st.follows.measure(i)
		st.drawn.add(i)
		if note := st.drawn.news(); note != "" {
			st.sh.Say(note)
		}
	}
	st.ReadView()
}

// Changed shows a state of which some parts have changed.
func (st *Stage) Changed(s document.State, what document.Change) {
	const scene = document.StructuresChanged | document.RoundsChanged | document.AcceptedChanged
	if what.Has(document.MapChanged | document.StructuresChanged | document.AcceptedChanged | document.OptionsChanged) {
		st.offerLevel(s)
	}
	if what.Has(document.OthersChanged) {
		st.maps.keepOthers(s)
		if what == document.OthersChanged {
			st.maps.changed()
			return
		}
	}
	switch {
	case what.Has(document.MapChanged | document.LayersChanged):
		st.derive(s) // and shows all when it is there
	case !what.Has(scene | document.OptionsChanged):
		return
	case st.deriving.Settled() && st.revealed == st.derived.base:
		st.showDerived(s)
	}
}

// Selected shows another placement as the selected one.
func (st *Stage) Selected(id document.ClusterID) {
	st.maps.make()
	st.Show()
	st.follow(id)
}

// Stop ends the drawing.
func (st *Stage) Stop() {
	st.View.Stop()
	for _, v := range st.companions {
		v.Stop()
	}
}

// Viewport returns the picture of the window.
func (st *Stage) Viewport() *viewport.Viewport { return st.View }

// Camera returns the point of view.
func (st *Stage) Camera() render.Camera { return st.View.Camera() }

// Level returns the contour level that is shown, and whether there is one.
func (st *Stage) Level() (level float64, ok bool) {
	return st.derived.level, st.derived.base != nil && st.revealed == st.derived.base
}

// Target returns the map that is fitted next, as it is shown; nil without one.
func (st *Stage) Target() *fitting.Target { return st.derived.target }

// Display returns how things are drawn.
func (st *Stage) Display() Display { return st.display }

// Maps returns the maps that may be seen, and how.
func (st *Stage) Maps() view.Maps { return st.maps.seen }

// MapRow returns what the panel Maps shows of a map; nth tells levels of one map
// apart.
func (st *Stage) MapRow(m *view.Map, nth int) panel.MapRow { return st.maps.row(m, nth) }

// Sees tells whether a map of a kind is seen.
func (st *Stage) Sees(k view.Kind) bool { return st.maps.seen.Sees(k) }

// Graphics tells what the last picture was made with.
func (st *Stage) Graphics() viewport.Info { return st.drawn.info }

// Pictures returns how many pictures were shown so far.
func (st *Stage) Pictures() int { return st.drawn.pictures }

// SelectionTime returns the median time from a selection to its picture, of the
// latest ones, and whether that picture is still to come.
func (st *Stage) SelectionTime() (median time.Duration, waiting bool) {
	return st.follows.median(), !st.follows.asked.IsZero()
}

// ColoringTitle tells what the colours of atoms say, "" if those of structures.
func (st *Stage) ColoringTitle() string { return view.LegendOf(st.display.Colours) }
