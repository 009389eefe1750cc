// SPDX-License-Identifier: BSD-3-Clause

package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
)

// atOptimum is how far, in ångström RMSD, a placement may go in a local fit that
// is said to have changed nothing: it began where one had ended.
const atOptimum = 0.02

// sameOptimum is how near to an accepted placement, in ångström RMSD, a local fit
// ends that went back to it: they begin elsewhere, and end at the optimum as well as
// it is determined.
const sameOptimum = 0.1

// FitInMap takes the models that are selected to the optima next to where they
// stand, and adds what is found as a round.
func (m *Models) FitInMap() {
	s, models := m.sh.Doc.State(), m.active()
	switch {
	case s.Map == nil || len(s.Structures) == 0:
		m.sh.Say("Fit in map needs a map and a structure: press Ctrl+O, or drop files on the window")
		return
	case len(models) == 0:
		m.sh.Say("Fit in map: select structures in the panel Inputs, or a placement in the table")
		return
	}
	name := "Fit " + m.names(models) + " in map"
	if m.sh.MustWait(name) {
		return
	}
	engine, err := work.Refining(m.sh.Engine(), m.sh.Engines)
	if err != nil {
		m.sh.Fail("Cannot fit in map", err)
		return
	}
	w := work.InMap{
		State: s, Models: models, Targets: &m.sh.Targets, Engine: engine, Threads: m.sh.Threaded(s.Options).Threads, Program: m.sh.Program(),
		Say: func(text string) { m.sh.Do(func() { m.sh.Note(text) }) },
	}
	m.sh.Run(&shell.Job{Name: name, Structures: ids(models)}, func(ctx context.Context) (func(), error) {
		began := time.Now()
		o, faults, err := w.Make(ctx)
		took := time.Since(began)
		return func() { m.end(o, took) }, errors.Join(errors.Join(faults...), err)
	})
}

// end adds the round, selects its best placement, and says how far each structure
// went and how good it is there.
func (m *Models) end(o document.Outcome, took time.Duration) {
	if o.Found == nil || len(o.Found.Fits) == 0 {
		return
	}
	if text := unchanged(o); text != "" {
		m.sh.Say(text)
		return
	}
	if back := wentBack(m.sh.Doc.State(), o); back != nil {
		m.putBack(back)
		return
	}
	applied, err := m.sh.Doc.Apply(o)
	if err != nil {
		m.sh.Fail("The round was not added", err)
		return
	}
	s := m.sh.Doc.State()
	var lines []string
	for _, f := range s.Round(applied.Round).Fits {
		lines = append(lines, toldOf(s, f))
	}
	text := fmt.Sprintf("Round %d, Fit in map: %s", applied.Round, lines[0])
	if n := len(lines); n > 1 {
		text = fmt.Sprintf("Round %d, Fit in map: %s in %d ms", applied.Round, panel.Plural(n, "structure"), took.Milliseconds())
		m.sh.Note("  " + strings.Join(lines, "\n  "))
	}
	if len(applied.Gone) > 0 {
		text += "; left out, for it was removed meanwhile: " + strings.Join(applied.Gone, ", ")
	}
	best := document.Order(applied.Round, s.Round(applied.Round).Fits)
	if len(best) > 0 {
		text += replacing(s, best[0])
	}
	m.sh.Say(text)
	m.inputs.Select()
	if len(best) > 0 {
		m.sh.Doc.Select(best[0])
	}
}

// replacing tells what accepting a placement does to one that is accepted in its
// place; "" if there is none.
func replacing(s document.State, id document.ClusterID) string {
	a := s.Replaced(id)
	if a == nil {
		return ""
	}
	return fmt.Sprintf(". It is in the place of %s: Accept moves that copy here, and makes none more", s.NameOf(a))
}

// wentBack returns the accepted placements to which all structures of an outcome
// went back, nil if one did not.
func wentBack(s document.State, o document.Outcome) []*document.Accepted {
	var back []*document.Accepted
	for _, f := range o.Found.Fits {
		t := s.Structure(f.Structure)
		if t == nil || len(f.Result.Clusters) == 0 {
			return nil
		}
		motion := f.Result.Clusters[0].Motion
		a := s.InPlaceOf(f.Structure, motion)
		if a == nil || t.Apart(a.Placement.Motion, motion) > sameOptimum {
			return nil
		}
		back = append(back, a)
	}
	return back
}

// putBack lets models stand where accepted placements are, to which they went
// back: a row more would be the same place twice.
func (m *Models) putBack(back []*document.Accepted) {
	var to []document.Standing
	for _, a := range back {
		to = append(to, document.Standing{Structure: a.Structure, Motion: a.Placement.Motion})
	}
	s := m.sh.Doc.State()
	if err := m.sh.Doc.Move(to...); err != nil {
		m.sh.Fail("It was not moved", err)
		return
	}
	m.sh.Say(fmt.Sprintf("Fit in map: %s went back to where it is accepted; no row is added", s.NameOf(back[0])))
	m.inputs.Select()
	m.sh.Doc.Select(back[0].Cluster)
}

// toldOf tells how far a structure went in a local fit, and how good it is there.
func toldOf(s document.State, f document.Fit) string {
	c := f.Result.Clusters[0]
	shift, angle := between(s.Structure(f.Structure), *f.Start, c.Motion)
	return fmt.Sprintf("%s went %.1f Å and %.0f°; %s", s.Name(f.Structure), shift, angle, panel.Judged(c.Placement, f.Result.Resolution.Value))
}

// between returns how far apart two places of a structure are: of its centroid, in
// ångström, and in degrees.
func between(t *document.Structure, a, b geom.Rigid) (shift, angle float64) {
	c := t.Center(mol.AllAtoms)
	return r3.Norm(r3.Sub(a.Apply(c), b.Apply(c))), geom.Angle(a.Rotation, b.Rotation)
}

// unchanged tells that all structures began where a local fit or a search had
// ended, and ended there; "" if not.
func unchanged(o document.Outcome) string {
	for _, f := range o.Found.Fits {
		t := o.From.Structure(f.Structure)
		if _, there := o.From.At(f.Structure, *f.Start); !there || t == nil || len(f.Result.Clusters) == 0 {
			return ""
		}
		if t.Apart(*f.Start, f.Result.Clusters[0].Motion) > atOptimum {
			return ""
		}
	}
	return fmt.Sprintf("Fit in map: nothing changed, %s is at its optimum already", o.From.PlaceName(placeOf(o)))
}

// placeOf returns the placement that the first fit of an outcome began at.
func placeOf(o document.Outcome) document.ClusterID {
	f := o.Found.Fits[0]
	id, _ := o.From.At(f.Structure, *f.Start)
	return id
}
