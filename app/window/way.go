// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"fmt"
	"image/color"
	"math"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A pathView shows how starts came to the selected placement.
type pathView struct {
	panel  *panel.Path
	tab    *container.TabItem
	of     document.ClusterID
	end    geom.Rigid // of the cluster then
	ways   []fitting.Way
	way    int
	step   int
	trail  *render.Molecule
	player *fyne.Animation
}

// How long a way plays, and how many ways are looked for.
const (
	playStep  = 70 * time.Millisecond
	playLeast = 2 * time.Second
	playMost  = 7 * time.Second
	mostWays  = 12
)

var trailColour = color.NRGBA{120, 120, 120, 255}

// connectPath ties the panel to the window.
func (w *window) connectPath() {
	p := &w.ways
	p.panel.OnAsk = w.askWays
	p.panel.OnWay = func(i int) { w.showWay(i, 0) }
	p.panel.OnStep = func(i int) {
		w.stopPlaying()
		w.showStep(i)
	}
	p.panel.OnPlay = w.playOrStop
	p.panel.OnClose = w.closeWays
	w.doc.WatchSelection(func(id document.ClusterID) {
		if id != p.of {
			w.closeWays()
		}
		p.panel.Enable(!id.IsZero() && w.job == nil)
	})
	p.panel.Enable(false)
}

// toggleWays looks for the ways to the selected placement, or goes back to it.
func (w *window) toggleWays() {
	if w.ways.ways != nil {
		w.closeWays()
		return
	}
	w.askWays()
}

// tracer returns an engine that can follow starts, nil if none can.
func (w *window) tracer() fitting.Tracer {
	for _, e := range append([]fitting.Engine{w.engine()}, w.config.Engines...) {
		if t, ok := e.(fitting.Tracer); ok {
			return t
		}
	}
	return nil
}

// askWays follows the starts that came to the selected placement once more.
func (w *window) askWays() {
	s, id := w.doc.State(), w.doc.Selected()
	c, ok := s.Cluster(id)
	f, t := s.Fit(id), s.Structure(id.Structure)
	if !ok || f == nil || t == nil {
		w.say("Select a placement to see how it was found")
		return
	}
	engine := w.tracer()
	if engine == nil {
		w.say("None of the engines can follow starts")
		return
	}
	name := s.Name(id.Structure)
	w.run(&job{name: "Path to " + name}, func(ctx context.Context) (func(), error) {
		target := w.doc.Target(document.State{Map: s.Map, Layers: f.Layers})
		ways, err := engine.Trace(ctx, &fitting.Problem{Target: target, Structure: t.Model, Options: f.Options}, c.Motion, f.Result.Starts, mostWays)
		if err != nil {
			return nil, err
		}
		return func() { w.foundWays(id, c, ways) }, nil
	})
}

func (w *window) foundWays(id document.ClusterID, c fitting.Cluster, ways []fitting.Way) {
	name := w.doc.State().Name(id.Structure)
	if len(ways) == 0 {
		w.say(fmt.Sprintf("No start of this fit ends at this placement of %s: it may have come from another device or version", name))
		return
	}
	if w.doc.Selected() != id {
		return
	}
	p := &w.ways
	p.of, p.end, p.ways = id, c.Motion, ways
	w.tabs.Select(p.tab)
	w.showWay(0, 0)
	w.playOrStop()
	w.say(fmt.Sprintf("%d starts came to %s; start %d takes %d steps", len(ways), w.doc.State().PlaceName(id), ways[0].Start, len(ways[0].Steps)-1))
}

// closeWays shows the placement again.
func (w *window) closeWays() {
	p := &w.ways
	if p.ways == nil {
		return
	}
	w.stopPlaying()
	p.of, p.ways, p.trail = document.ClusterID{}, nil, nil
	p.panel.SetWays(nil, 0, 0)
	w.showScene()
	w.enable()
}

// showWay shows one of the ways at a step.
func (w *window) showWay(way, step int) {
	p := &w.ways
	if way < 0 || way >= len(p.ways) {
		return
	}
	w.stopPlaying()
	p.way, p.step = way, step
	p.trail = w.trailOf(p.ways[way])
	p.panel.SetWays(p.ways, way, step)
	w.showScene()
	w.tell()
}

// showStep shows a step of the way.
func (w *window) showStep(step int) {
	p := &w.ways
	if p.ways == nil {
		return
	}
	p.step = min(max(step, 0), len(p.ways[p.way].Steps)-1)
	p.panel.SetStep(p.step)
	w.showScene()
	w.tell()
}

// playOrStop plays the way from where it stands, or stops that.
func (w *window) playOrStop() {
	p := &w.ways
	if p.ways == nil {
		return
	}
	if p.player != nil {
		w.stopPlaying()
		return
	}
	last := len(p.ways[p.way].Steps) - 1
	from := p.step
	if from >= last {
		from = 0
	}
	long := min(max(time.Duration(last)*playStep, playLeast), playMost)
	p.player = fyne.NewAnimation(long*time.Duration(last-from+1)/time.Duration(last+1), func(part float32) {
		if step := from + int(math.Round(float64(part)*float64(last-from))); step != p.step {
			w.showStep(step)
		}
		if part == 1 {
			w.stopPlaying()
		}
	})
	p.player.Curve = fyne.AnimationLinear
	p.panel.SetPlaying(true)
	p.player.Start()
}

func (w *window) stopPlaying() {
	p := &w.ways
	if p.player != nil {
		p.player.Stop()
		p.player = nil
	}
	p.panel.SetPlaying(false)
}

// trailOf returns the places of the centre at all steps, in the colours of the
// score.
func (w *window) trailOf(way fitting.Way) *render.Molecule {
	s := w.doc.State()
	t, f := s.Structure(w.ways.of.Structure), s.Fit(w.ways.of)
	if t == nil || f == nil {
		return nil
	}
	atoms, _ := t.Model.Select(f.Options.Atoms)
	center := mol.Center(atoms)
	low, high := math.Inf(1), math.Inf(-1)
	m := &render.Molecule{
		Structure: &mol.Structure{Name: "trail"}, Motions: []geom.Rigid{geom.Identity()}, Style: render.Balls, Coloring: render.ByValue,
		Color: trailColour, ID: cloudID + 1, Visible: true,
	}
	values := &render.Values{Colors: panel.PointColours()}
	for i, step := range way.Steps {
		m.Structure.Atoms = append(m.Structure.Atoms, mol.Atom{Pos: step.Motion.Apply(center), Name: "K", Element: pointElement, Residue: "PNT", Chain: "A", Seq: i + 1})
		values.Of = append(values.Of, step.Score)
		low, high = min(low, step.Score), max(high, step.Score)
	}
	values.Low, values.High = low, math.Max(high, math.Nextafter(low, math.Inf(1)))
	m.Values = values
	return m
}

// onItsWay returns the molecules of a scene with the selected placement where
// it is at the step that is shown.
func (w *window) onItsWay(molecules []render.Molecule) []render.Molecule {
	p := &w.ways
	if p.ways == nil {
		return molecules
	}
	for i, m := range molecules {
		if m.ID == p.of.Structure && len(m.Motions) == 1 && m.Motions[0] == p.end {
			molecules[i].Motions = []geom.Rigid{p.ways[p.way].Steps[p.step].Motion}
		}
	}
	if p.trail != nil {
		molecules = append(molecules, *p.trail)
	}
	return molecules
}
