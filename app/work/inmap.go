// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/fitting/search"
	"difffit/fitting/volume"
)

// errNowhere is wrapped where a structure stands where the map has no density.
var errNowhere = errors.New("there is no density where it stands")

// InMap is a "Fit in map": each structure goes to the optimum that is nearest
// to where it stands, or to where it is said to stand. It is done in the map as
// it was opened, as by the command refine with the same options: a copy that was
// placed and whose density was zeroed can be fitted again.
type InMap struct {
	State   document.State // its map and options count
	Models  []document.Standing
	Targets *Targets
	Engine  fitting.Engine
	Threads int    // processors to use: see Fit
	Program string // that makes it, with its version
	Say     func(string)
}

// Make computes the fits. What is wrong with single structures is in faults.
// When ctx is done, it returns soon what is finished so far, which may be
// nothing, and an error that wraps ctx.Err().
func (w InMap) Make(ctx context.Context) (o document.Outcome, faults []error, err error) {
	began := time.Now()
	level := w.Targets.Level(w.State)
	var structures []*document.Structure
	var all []Found
	for _, m := range w.Models {
		t := w.State.Structure(m.Structure)
		if t == nil {
			return o, nil, fmt.Errorf("work: fit in map: there is no structure %d", m.Structure)
		}
		f := Fit{
			Engine: w.Engine, Target: w.Targets.Whole(w.State.Map), Options: w.State.Options, Threads: w.Threads,
			Start: &m.Motion, Placements: true, Say: w.Say,
		}
		f.Options.Sphere = fitting.Sphere{} // that is of searches
		if f.Options.Level == nil {
			f.Level = &level
		}
		if out := Outside(w.State.Map.Grid, t.Model, m.Motion); out > 0 {
			faults = append(faults, fmt.Errorf("%s: %w: it lies %.0f Å outside the map", t.Model.Name, errNowhere, math.Ceil(out)))
			continue
		}
		var found []Found
		if found, err = f.Run(ctx, []Subject{Held(t.Model)}); err != nil {
			break
		}
		if fault := found[0].localFault(); fault != nil {
			faults = append(faults, fmt.Errorf("%s: %w", t.Model.Name, fault))
			continue
		}
		structures, all = append(structures, t), append(all, found[0])
	}
	whole := w.State
	whole.Layers = nil
	o = Collect(whole, structures, all, w.Program, began)
	o.From = w.State
	return o, faults, err
}

// localFault tells what is wrong with a local fit, nil if nothing is.
func (f *Found) localFault() error {
	switch {
	case f.Err != nil:
		return f.Err
	case len(f.Result.Clusters) == 0 && f.Result.Note != "": // nothing is above the level
		return errors.New(f.Result.Note)
	case len(f.Result.Clusters) == 0 || f.Result.Clusters[0].Density == 0 && f.Result.Clusters[0].Inside == 0:
		return errNowhere
	}
	return nil
}

// A Stand is how good a structure is where it stands.
type Stand struct {
	fitting.Placement
	Level      volume.Level      // by which Inside is
	Resolution volume.Resolution // of the map
	Outside    float64           // how far all of it lies outside the map's box, Å; 0 if any of it is inside: see Outside
}

// Measure returns how good a structure is where it stands, in the map as it was
// opened. Of one that lies outside the map only that is known.
func Measure(ctx context.Context, m *document.Map, target *fitting.Target, o fitting.Options, level volume.Level, t *document.Structure, at geom.Rigid) (Stand, error) {
	s := Stand{Level: level, Resolution: target.Resolution()}
	if o.Resolution > 0 {
		s.Resolution = volume.StatedResolution(o.Resolution)
	}
	s.Motion = at
	if s.Outside = Outside(m.Grid, t.Model, at); s.Outside > 0 {
		return s, nil
	}
	if left := taking(t.Model, o.Atoms); left != nil {
		return s, left
	}
	o.Level, o.Sphere = &level.Value, fitting.Sphere{}
	found, err := search.Measure(ctx, &fitting.Problem{Target: target, Structure: t.Model, Options: o}, at)
	if err != nil {
		return s, err
	}
	s.Placement = found[0]
	return s, nil
}

// Outside returns how far all atoms of a structure lie from the box of a map, in
// ångström: 0 if any is inside. It is infinite without atoms.
func Outside(g *volume.Grid, s *mol.Structure, at geom.Rigid) float64 {
	last := r3.Vec{X: float64(g.Size[0] - 1), Y: float64(g.Size[1] - 1), Z: float64(g.Size[2] - 1)}
	hi := r3.Add(g.Origin, r3.Vec{X: g.Step.X * last.X, Y: g.Step.Y * last.Y, Z: g.Step.Z * last.Z})
	beyond := func(x, lo, hi float64) float64 { return max(lo-x, x-hi, 0) }
	nearest, move := math.Inf(1), at.Mover()
	for _, a := range s.Atoms {
		p := move(a.Pos)
		d := r3.Vec{X: beyond(p.X, g.Origin.X, hi.X), Y: beyond(p.Y, g.Origin.Y, hi.Y), Z: beyond(p.Z, g.Origin.Z, hi.Z)}
		if nearest = min(nearest, r3.Norm(d)); nearest == 0 {
			break
		}
	}
	return nearest
}
