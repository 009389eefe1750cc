// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"context"
	"fmt"
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A pathView shows how starts came to the selected placement.
type pathView struct {
	tb     *Table
	panel  *panel.Path
	of     document.ClusterID
	end    geom.Rigid // of the cluster then
	paths  []fitting.Trajectory
	path   int
	step   int
	trail  *render.Molecule
	player *fyne.Animation
}

// How long a trajectory plays, and how many are looked for.
const (
	playStep  = 70 * time.Millisecond
	playLeast = 2 * time.Second
	playMost  = 7 * time.Second
	mostPaths = 12
)

var trailColour = color.NRGBA{120, 120, 120, 255}

// connect ties the panel to the window.
func (p *pathView) connect() {
	p.panel.OnAsk = p.ask
	p.panel.OnTrajectory = func(i int) { p.choose(i, 0) }
	p.panel.OnStep = func(i int) {
		p.stop()
		p.showStep(i)
	}
	p.panel.OnPlay = p.playOrStop
	p.panel.OnClose = p.close
	p.panel.Enable(false)
}

// toggle looks for the trajectories to the selected placement, or goes back to it.
func (p *pathView) toggle() {
	if p.paths != nil {
		p.close()
		return
	}
	p.ask()
}

// tracer returns an engine that can follow starts, nil if none can.
func (p *pathView) tracer() fitting.Tracer {
	for _, e := range append([]fitting.Engine{p.tb.sh.Engine()}, p.tb.sh.Engines...) {
		if t, ok := e.(fitting.Tracer); ok {
			return t
		}
	}
	return nil
}

// ask follows the starts that came to the selected placement once more.
func (p *pathView) ask() {
	s, id := p.tb.sh.Doc.State(), p.tb.sh.Doc.Selected()
	c, ok := s.Cluster(id)
	f, t := s.Fit(id), s.Structure(id.Structure)
	if !ok || f == nil || t == nil {
		p.tb.sh.Say("Select a placement to see how it was found")
		return
	}
	if f.LayersGone > 0 {
		p.tb.sh.Say("This fit cannot be followed: a structure whose density was zeroed for it has been removed")
		return
	}
	engine := p.tracer()
	if engine == nil {
		p.tb.sh.Say("None of the engines can follow starts")
		return
	}
	name := s.Name(id.Structure)
	p.tb.sh.Run(&shell.Job{Name: "Path to " + name}, func(ctx context.Context) (func(), error) {
		target := p.tb.sh.Targets.Of(document.State{Map: s.Map, Layers: f.Layers})
		found, err := engine.Trace(ctx, &fitting.Problem{Target: target, Structure: t.Model, Options: f.Options}, c.Motion, f.Result.Starts, mostPaths)
		if err != nil {
			return nil, err
		}
		return func() { p.show(id, c, found) }, nil
	})
}

// show shows the paths that were found to a placement.
func (p *pathView) show(id document.ClusterID, c fitting.Cluster, found []fitting.Trajectory) {
	name := p.tb.sh.Doc.State().Name(id.Structure)
	if len(found) == 0 {
		p.tb.sh.Say(fmt.Sprintf("No start of this fit ends at this placement of %s: it may have come from another device or version", name))
		return
	}
	if p.tb.sh.Doc.Selected() != id {
		return
	}
	p.of, p.end, p.paths = id, c.Motion, found
	p.tb.sh.ShowTab(p.panel)
	p.choose(0, 0)
	p.playOrStop()
	p.tb.sh.Say(fmt.Sprintf("%s came to %s; start %d takes %s", panel.Plural(len(found), "start"), p.tb.sh.Doc.State().PlaceName(id), found[0].Start, panel.Plural(len(found[0].Steps)-1, "step")))
}

// close shows the placement again.
func (p *pathView) close() {
	if p.paths == nil {
		return
	}
	p.stop()
	p.of, p.paths, p.trail = document.ClusterID{}, nil, nil
	p.panel.SetTrajectories(nil, 0, 0)
	p.tb.stage.Show()
	p.tb.sh.Enable()
}

// choose shows one of the trajectories at a step.
func (p *pathView) choose(i, step int) {
	if i < 0 || i >= len(p.paths) {
		return
	}
	p.stop()
	p.path, p.step = i, step
	p.trail = p.trailOf(p.paths[i])
	p.panel.SetTrajectories(p.paths, i, step)
	p.tb.stage.Show()
}

// showStep shows a step of the trajectory.
func (p *pathView) showStep(step int) {
	if p.paths == nil {
		return
	}
	p.step = min(max(step, 0), len(p.paths[p.path].Steps)-1)
	p.panel.SetStep(p.step)
	p.tb.stage.Show()
}

// playOrStop plays the trajectory from where it stands, or stops that.
func (p *pathView) playOrStop() {
	if p.paths == nil {
		return
	}
	if p.player != nil {
		p.stop()
		return
	}
	last := len(p.paths[p.path].Steps) - 1
	from := p.step
	if from >= last {
		from = 0
	}
	long := min(max(time.Duration(last)*playStep, playLeast), playMost)
	p.player = fyne.NewAnimation(long*time.Duration(last-from+1)/time.Duration(last+1), func(part float32) {
		if step := from + int(math.Round(float64(part)*float64(last-from))); step != p.step {
			p.showStep(step)
		}
		if part == 1 {
			p.stop()
		}
	})
	p.player.Curve = fyne.AnimationLinear
	p.panel.SetPlaying(true)
	p.player.Start()
}

// stop ends the playing.
func (p *pathView) stop() {
	if p.player != nil {
		p.player.Stop()
		p.player = nil
	}
	p.panel.SetPlaying(false)
}

// trailOf returns the places of the centre at all steps, in the colours of the
// score.
func (p *pathView) trailOf(q fitting.Trajectory) *render.Molecule {
	s := p.tb.sh.Doc.State()
	t, f := s.Structure(p.of.Structure), s.Fit(p.of)
	if t == nil || f == nil {
		return nil
	}
	center := t.Center(f.Options.Atoms)
	low, high := math.Inf(1), math.Inf(-1)
	m := &render.Molecule{
		Structure: &mol.Structure{Name: "trail"}, Motions: []geom.Rigid{geom.Identity()}, Style: render.Balls, Coloring: render.ByValue,
		Color: trailColour, ID: cloudID + 1, Visible: true,
	}
	values := &render.Values{Colors: panel.PointColours()}
	for i, step := range q.Steps {
		m.Structure.Atoms = append(m.Structure.Atoms, mol.Atom{Pos: step.Motion.Apply(center), Name: "K", Element: pointElement, Residue: "PNT", Chain: "A", Seq: i + 1})
		values.Of = append(values.Of, step.Score)
		low, high = min(low, step.Score), max(high, step.Score)
	}
	values.Low, values.High = low, math.Max(high, math.Nextafter(low, math.Inf(1)))
	m.Values = values
	return m
}

// onTrajectory returns the molecules of a scene with the selected placement where
// it is at the step that is shown.
func (p *pathView) onTrajectory(molecules []render.Molecule) []render.Molecule {
	if p.paths == nil {
		return molecules
	}
	for i, m := range molecules {
		if m.ID == p.of.Structure && len(m.Motions) == 1 && m.Motions[0] == p.end {
			molecules[i].Motions = []geom.Rigid{p.paths[p.path].Steps[p.step].Motion}
		}
	}
	if p.trail != nil {
		molecules = append(molecules, *p.trail)
	}
	return molecules
}
