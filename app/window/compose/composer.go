// SPDX-License-Identifier: BSD-3-Clause

// Package compose is how a composite is put together in the window: fits, the
// density that is zeroed for what was accepted, proposals, the survey of what is
// there, and the panels Fit and Compose. How placements are found it does not
// know, and how they are drawn neither.
package compose

import (
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/render"
)

// A Stage shows the composite.
type Stage interface {
	// Show shows the state of the document as it is now.
	Show()
	// HoldCamera keeps the point of view when something is added to the scene.
	HoldCamera()
	// FlyToAtoms sends the camera to some places.
	FlyToAtoms(places []r3.Vec)
	Camera() render.Camera
	// Viewport returns the picture of the window.
	Viewport() *viewport.Viewport
	// Still does something while the picture does not follow the selection.
	Still(do func())
	// Level returns the contour level that is shown, and whether there is one.
	Level() (level float64, ok bool)
}

// A Table shows what a fit finds, and has the selected placement.
type Table interface {
	// SetLive shows what a running fit has found so far; nil ends that.
	SetLive(fits []document.Fit)
	// Chosen returns what a person selected of it; no structure if nothing.
	Chosen() (structure int, motion geom.Rigid)
	// Selection returns the placements whose rows are selected.
	Selection() []document.ClusterID
	// Focus gives the table the keyboard.
	Focus()
	// IsHidden reports, and says, whether the filter hides a placement.
	IsHidden(id document.ClusterID) bool
	// IsTaken reports, and says, whether a copy was accepted in its place.
	IsTaken(id document.ClusterID) bool
	// SetTaken tells whose places are taken by what is accepted.
	SetTaken(ids []document.ClusterID)
}

// A Composer puts a composite together.
type Composer struct {
	Panel   *panel.Compose
	Options *panel.Options // of the next fit

	// LiveTime is how long a live fit may take to be one that follows.
	LiveTime time.Duration
	// OnFollowed is called when the table has followed a change.
	OnFollowed func()

	sh    *shell.Shell
	stage Stage
	table Table

	survey   shell.Latest[surveyKey, surveyed]
	preview  shell.Latest[work.LayerKey, previewed]
	choice   shell.Latest[togetherKey, choice] // what goes together
	surveyor work.Surveyor
	found    *work.Survey    // that is shown
	about    document.State  // that found is about
	erased   *volume.Layer   // whose voxels are shown
	sphere   *fitting.Sphere // that is shown
	live     follower
	regions  regions
	empty    leftKey // in which a fit found nothing to look in
}

// New makes the composer of a window. Connect must be called before it is used.
func New(sh *shell.Shell) *Composer {
	return &Composer{Panel: panel.NewCompose(), Options: panel.NewOptions(), OnFollowed: func() {}, LiveTime: liveTime, sh: sh}
}

// Connect ties the composer to the others, and its panels to the document.
func (co *Composer) Connect(st Stage, t Table) {
	co.stage, co.table = st, t
	co.Options.OnChange = co.ChangeOptions
	co.Options.OnWrong = co.sh.Say
	co.Panel.OnWrong = func(err error) { co.sh.Say(panel.Reason(err)) }
	co.Options.OnReset = func() {
		co.ChangeOptions(fitting.DefaultOptions())
	}
	co.connectPanel()
	co.connectLive()
	st.Viewport().OnBall = co.dragSphere
}

// Changed shows a state of which some parts have changed.
func (co *Composer) Changed(s document.State, what document.Change) {
	if what.Has(document.OptionsChanged) {
		co.Options.SetOptions(s.Options)
	}
	const composite = document.MapChanged | document.StructuresChanged | document.OptionsChanged | document.RoundsChanged |
		document.AcceptedChanged | document.LayersChanged | document.MarksChanged
	if what.Has(composite) {
		co.Panel.SetState(s)
		co.showProposals()
		co.choose(s)
	}
	if what.Has(composite &^ document.MarksChanged) {
		co.previewZeroing()
	}
	co.changedLive(s, what)
}

// Selected shows another placement as the selected one.
func (co *Composer) Selected(document.ClusterID) {
	co.showProposals()
	co.previewZeroing()
}

// Settled tells whether all that was asked for is shown.
func (co *Composer) Settled() bool {
	return co.survey.Settled() && co.preview.Settled() && co.choice.Settled() && co.live.fit.Settled()
}

// ZeroOptions returns how density is zeroed, as the panel says.
func (co *Composer) ZeroOptions() (volume.ZeroOptions, error) { return co.Panel.ZeroOptions() }

// SetZeroOptions changes how density is zeroed.
func (co *Composer) SetZeroOptions(o volume.ZeroOptions) { co.Panel.SetZeroOptions(o) }

// Seen is what is seen of a composite besides the document.
type Seen struct {
	Erased *volume.Layer   // whose voxels are shown, or nil
	Survey *work.Survey    // nil before there is one
	Sphere *fitting.Sphere // that is searched in, or nil
}

// Seen tells what is seen of the composite.
func (co *Composer) Seen() Seen { return Seen{co.erased, co.found, co.sphere} }
