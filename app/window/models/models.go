// SPDX-License-Identifier: BSD-3-Clause

// Package models is what the window does with structures where they stand: it
// shows them, says how good they are there, moves them by mouse and keys, and
// fits them into the map from there (docs/adr/0023-models.md). How placements are
// found and how scenes are drawn it does not know.
package models

import (
	"fmt"
	"image/color"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/view/palette"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A Stage shows models.
type Stage interface {
	// Show shows the state of the document as it is now.
	Show()
	// Molecule returns a structure at a place, drawn as all are.
	Molecule(t *document.Structure, motion geom.Rigid, c color.NRGBA) render.Molecule
	// Hidden returns what is not seen.
	Hidden() view.Hidden
	// Viewport returns the picture of the window.
	Viewport() *viewport.Viewport
	// HoldCamera keeps the point of view when something is added to the scene.
	HoldCamera()
}

// A Table has what was found.
type Table interface {
	// IsLive tells whether the rows are those of a running fit.
	IsLive() bool
	// Focus gives the table the keyboard.
	Focus()
}

// mostShown is how many structures a document has whose models are shown and
// measured though nobody selected them: those of a library come from anywhere.
const mostShown = 24

// ghost is how transparent models that were not fitted are beside what was found
// for others.
const ghost = 0.4

// Models are the structures of a document where they stand.
type Models struct {
	sh     *shell.Shell
	stage  Stage
	table  Table
	inputs *panel.Inputs

	hidden   bool                // those that nobody selected
	moved    []document.Standing // where a movement that is not ended has them; nil without one
	scores   shell.Latest[scoresKey, bool]
	measured map[standKey]panel.Stand
	outside  map[outsideKey]float64
	told     map[toldKey]bool // that lie outside
	resting  *resting         // until a movement rests
}

// New makes the models of a window. Connect must be called before they are used.
func New(sh *shell.Shell) *Models {
	return &Models{sh: sh, measured: map[standKey]panel.Stand{}, outside: map[outsideKey]float64{}, told: map[toldKey]bool{}}
}

// Connect ties the models to the others, and the panel of inputs to them.
func (m *Models) Connect(st Stage, t Table, p *panel.Inputs) {
	m.stage, m.table, m.inputs = st, t, p
	p.OnSelect, p.OnShow, p.OnFitInMap, p.OnMoveMode = m.chosen, m.frame, m.FitInMap, m.ToggleMoving
	v := st.Viewport()
	v.Mover = mover{m}
}

// Changed shows a state of which some parts have changed.
func (m *Models) Changed(s document.State, what document.Change) {
	const about = document.MapChanged | document.StructuresChanged | document.OptionsChanged
	if what.Has(about) {
		m.moved = nil // undone, or removed
		m.measure(s)
	}
	m.showMode()
}

// Selected shows another placement as the selected one: that is what is moved and
// fitted then, and no structure of the list.
func (m *Models) Selected(id document.ClusterID) {
	if !id.IsZero() {
		m.inputs.Select()
	}
	m.showMode()
}

// Settled tells whether all that was asked for is shown.
func (m *Models) Settled() bool { return m.scores.Settled() }

// chosen shows the structures that a person selected in the list.
func (m *Models) chosen() {
	m.measure(m.sh.Doc.State())
	m.stage.HoldCamera()
	m.stage.Show()
	m.sh.Enable()
	m.showMode()
}

// active returns the models that are moved and fitted: what was selected last, of
// structures in the list and of placements in the table; the only structure if
// there is one alone.
func (m *Models) active() []document.Standing {
	s := m.sh.Doc.State()
	var list []document.Standing
	for _, id := range m.inputs.Selected() {
		if t := s.Structure(id); t != nil {
			list = append(list, document.Standing{Structure: id, Motion: t.Stands()})
		}
	}
	id := m.sh.Doc.Selected()
	switch c, ok := s.Cluster(id); {
	case len(list) > 0:
	case ok && s.Structure(id.Structure) != nil:
		list = append(list, document.Standing{Structure: id.Structure, Motion: c.Motion})
	case len(s.Structures) == 1:
		t := s.Structures[0]
		list = append(list, document.Standing{Structure: t.ID, Motion: t.Stands()})
	}
	return list
}

// Any tells whether there is a model to be moved and fitted.
func (m *Models) Any() bool { return len(m.active()) > 0 }

// names names models in a few words.
func (m *Models) names(models []document.Standing) string {
	if len(models) == 1 {
		return m.sh.Doc.State().Name(models[0].Structure)
	}
	return panel.Plural(len(models), "structure")
}

// standing returns the models that are shown where they stand, and whether a
// person asked for them: those that are selected in the list, those that are
// being moved; and of a document with a few structures those that nothing was
// found for by a search and of which no copy is accepted or selected.
func (m *Models) standing(s document.State) (list []document.Standing, asked []bool) {
	wanted := m.inputs.Selected()
	for _, t := range s.Structures {
		at := document.Standing{Structure: t.ID, Motion: t.Stands()}
		moving := false
		for _, d := range m.moved {
			if d.Structure == t.ID {
				at, moving = d, true
			}
		}
		ask := moving || slices.Contains(wanted, t.ID)
		if ask || !m.hidden && len(s.Structures) <= mostShown && !m.isPlaced(s, t.ID) {
			list, asked = append(list, at), append(asked, ask)
		}
	}
	return list, asked
}

// isPlaced tells whether a structure is seen elsewhere, or was looked for
// everywhere: where it began says nothing then.
func (m *Models) isPlaced(s document.State, id int) bool {
	if m.sh.Doc.Selected().Structure == id || s.Placed(id) > 0 {
		return true
	}
	return slices.ContainsFunc(s.Rounds, func(r *document.Round) bool {
		return slices.ContainsFunc(r.Fits, func(f document.Fit) bool {
			return f.Structure == id && f.Start == nil && len(f.Result.Clusters) > 0
		})
	})
}

// isFitted tells whether anything was found for a structure.
func isFitted(s document.State, id int) bool {
	return slices.ContainsFunc(s.Rounds, func(r *document.Round) bool {
		return slices.ContainsFunc(r.Fits, func(f document.Fit) bool { return f.Structure == id && len(f.Result.Clusters) > 0 })
	})
}

// AddTo adds to a scene the models that are shown where they stand.
func (m *Models) AddTo(scene *render.Scene, s document.State) {
	models, asked := m.standing(s)
	colours, hidden := palette.Of(s), m.stage.Hidden()
	for i, at := range models {
		t := s.Structure(at.Structure)
		// Coloured by how it fits where it stands, not at each place on the way.
		q := m.stage.Molecule(t, t.Stands(), colours.Structure(t.ID))
		q.Motions = []geom.Rigid{at.Motion}
		q.Outlined, q.Visible = asked[i], !slices.Contains(hidden.Structures, t.ID)
		q.Aside = m.isOutside(s, t, at.Motion)
		if len(s.Rounds) > 0 && !asked[i] && !isFitted(s, t.ID) {
			q.Transparency = ghost
		}
		scene.Molecules = append(scene.Molecules, q)
	}
}

// An outsideKey is what it depends on whether a structure lies outside the map.
type outsideKey struct {
	density *document.Map
	model   *mol.Structure
	motion  geom.Rigid
}

// mostKept is how much of what was found out about models is kept.
const mostKept = 4000

// isOutside tells whether all of a structure lies outside the map.
func (m *Models) isOutside(s document.State, t *document.Structure, at geom.Rigid) bool {
	if s.Map == nil {
		return false
	}
	key := outsideKey{s.Map, t.Model, at}
	out, ok := m.outside[key]
	if !ok {
		if len(m.outside) >= mostKept {
			clear(m.outside)
		}
		out = work.Outside(s.Map.Grid, t.Model, at)
		m.outside[key] = out
	}
	return out > 0
}

// SelectPicked selects in the list the structure that was clicked on in a
// picture, where it stands; it tells whether it was one of those.
func (m *Models) SelectPicked(scene render.Scene, hit render.Hit) bool {
	if hit.Molecule < 0 || hit.Molecule >= len(scene.Molecules) {
		return false
	}
	q := scene.Molecules[hit.Molecule]
	models, _ := m.standing(m.sh.Doc.State())
	for _, at := range models {
		if at.Structure == q.ID && len(q.Motions) == 1 && q.Motions[0] == at.Motion {
			m.inputs.Select(at.Structure)
			m.chosen()
			return true
		}
	}
	return false
}

// frame flies to a structure where it stands.
func (m *Models) frame(id int) {
	t := m.sh.Doc.State().Structure(id)
	if t == nil {
		return
	}
	if !slices.Contains(m.inputs.Selected(), id) {
		m.inputs.Select(id)
		m.chosen()
	}
	move := t.Stands().Mover()
	var atoms []mol.Atom
	for _, a := range t.Model.Atoms {
		atoms = append(atoms, mol.Atom{Pos: move(a.Pos)})
	}
	lo, hi := mol.Bounds(atoms)
	margin := r3.Vec{X: frameMargin, Y: frameMargin, Z: frameMargin}
	v := m.stage.Viewport()
	c := v.Camera()
	c.Frame(r3.Sub(lo, margin), r3.Add(hi, margin))
	v.FlyTo(c)
}

// frameMargin is how much is seen about a model that is flown to, ångström.
const frameMargin = 4

// FrameActive flies to the first of the models that are selected.
func (m *Models) FrameActive() {
	if models := m.active(); len(models) > 0 {
		m.frame(models[0].Structure)
	}
}

// Hidden tells whether models that nobody selected are hidden.
func (m *Models) Hidden() bool { return m.hidden }

// ToggleHidden shows models that nobody selected, or hides them.
func (m *Models) ToggleHidden() {
	m.hidden = !m.hidden
	m.stage.HoldCamera()
	m.stage.Show()
	m.sh.Enable()
}

// PutBack puts the models that are selected back to where their files have them.
func (m *Models) PutBack() {
	models := m.active()
	if m.sh.MustWait("Back to where it was opened") {
		return
	}
	for i := range models {
		models[i].Motion = geom.Identity()
	}
	before := m.sh.Doc.Revision()
	m.sh.Edit("It was not moved", func() error { return m.sh.Doc.Move(models...) })
	if m.sh.Doc.Revision() == before {
		m.sh.Say(m.names(models) + " stands where it was opened")
	}
	m.choose(models)
}

// choose selects structures in the list, in place of a placement in the table.
func (m *Models) choose(models []document.Standing) {
	m.sh.Doc.Select(document.ClusterID{})
	m.inputs.Select(ids(models)...)
	m.chosen()
}

// ids returns the IDs of structures.
func ids(models []document.Standing) []int {
	var list []int
	for _, at := range models {
		list = append(list, at.Structure)
	}
	return list
}

// Split replaces the structures that are selected by their chains.
func (m *Models) Split() {
	models := m.active()
	if m.sh.MustWait("Split into chains") {
		return
	}
	name := m.names(models)
	chains, left, err := m.sh.Doc.Split(ids(models)...)
	if err != nil {
		m.sh.Fail("Nothing was split", err)
		return
	}
	text := fmt.Sprintf("%s split into %s", name, panel.Plural(len(chains), "chain"))
	if len(left) > 0 {
		text += fmt.Sprintf("; left out, since nothing of them can be fitted: %s", panel.Plural(len(left), "chain"))
	}
	m.inputs.Select(chains...)
	m.chosen()
	m.sh.Say(text)
}
