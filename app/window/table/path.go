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
	panel  *panel.Path
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

// connectPaths ties the panel to the window.
func (tb *Table) connectPaths() {
	p := &tb.paths
	p.panel.OnAsk = tb.AskPaths
	p.panel.OnWay = func(i int) { tb.showPath(i, 0) }
	p.panel.OnStep = func(i int) {
		tb.StopPlaying()
		tb.showStep(i)
	}
	p.panel.OnPlay = tb.playOrStop
	p.panel.OnClose = tb.closePaths
	p.panel.Enable(false)
}

// TogglePaths looks for the ways to the selected placement, or goes back to it.
func (tb *Table) TogglePaths() {
	if tb.paths.ways != nil {
		tb.closePaths()
		return
	}
	tb.AskPaths()
}

// tracer returns an engine that can follow starts, nil if none can.
func (tb *Table) tracer() fitting.Tracer {
	for _, e := range append([]fitting.Engine{tb.sh.Engine()}, tb.sh.Engines...) {
		if t, ok := e.(fitting.Tracer); ok {
			return t
		}
	}
	return nil
}

// AskPaths follows the starts that came to the selected placement once more.
func (tb *Table) AskPaths() {
	s, id := tb.sh.Doc.State(), tb.sh.Doc.Selected()
	c, ok := s.Cluster(id)
	f, t := s.Fit(id), s.Structure(id.Structure)
	if !ok || f == nil || t == nil {
		tb.sh.Say("Select a placement to see how it was found")
		return
	}
	if f.LayersGone > 0 {
		tb.sh.Say("This fit cannot be followed: a structure whose density was zeroed for it has been removed")
		return
	}
	engine := tb.tracer()
	if engine == nil {
		tb.sh.Say("None of the engines can follow starts")
		return
	}
	name := s.Name(id.Structure)
	tb.sh.Run(&shell.Job{Name: "Path to " + name}, func(ctx context.Context) (func(), error) {
		target := tb.sh.Targets.Of(document.State{Map: s.Map, Layers: f.Layers})
		ways, err := engine.Trace(ctx, &fitting.Problem{Target: target, Structure: t.Model, Options: f.Options}, c.Motion, f.Result.Starts, mostWays)
		if err != nil {
			return nil, err
		}
		return func() { tb.foundPaths(id, c, ways) }, nil
	})
}

func (tb *Table) foundPaths(id document.ClusterID, c fitting.Cluster, ways []fitting.Way) {
	name := tb.sh.Doc.State().Name(id.Structure)
	if len(ways) == 0 {
		tb.sh.Say(fmt.Sprintf("No start of this fit ends at this placement of %s: it may have come from another device or version", name))
		return
	}
	if tb.sh.Doc.Selected() != id {
		return
	}
	p := &tb.paths
	p.of, p.end, p.ways = id, c.Motion, ways
	tb.sh.ShowTab(p.panel)
	tb.showPath(0, 0)
	tb.playOrStop()
	tb.sh.Say(fmt.Sprintf("%d starts came to %s; start %d takes %d steps", len(ways), tb.sh.Doc.State().PlaceName(id), ways[0].Start, len(ways[0].Steps)-1))
}

// closePaths shows the placement again.
func (tb *Table) closePaths() {
	p := &tb.paths
	if p.ways == nil {
		return
	}
	tb.StopPlaying()
	p.of, p.ways, p.trail = document.ClusterID{}, nil, nil
	p.panel.SetWays(nil, 0, 0)
	tb.stage.Show()
	tb.sh.Enable()
}

// showPath shows one of the ways at a step.
func (tb *Table) showPath(way, step int) {
	p := &tb.paths
	if way < 0 || way >= len(p.ways) {
		return
	}
	tb.StopPlaying()
	p.way, p.step = way, step
	p.trail = tb.trailOf(p.ways[way])
	p.panel.SetWays(p.ways, way, step)
	tb.stage.Show()
	tb.sh.Tell()
}

// showStep shows a step of the way.
func (tb *Table) showStep(step int) {
	p := &tb.paths
	if p.ways == nil {
		return
	}
	p.step = min(max(step, 0), len(p.ways[p.way].Steps)-1)
	p.panel.SetStep(p.step)
	tb.stage.Show()
	tb.sh.Tell()
}

// playOrStop plays the way from where it stands, or stops that.
func (tb *Table) playOrStop() {
	p := &tb.paths
	if p.ways == nil {
		return
	}
	if p.player != nil {
		tb.StopPlaying()
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
			tb.showStep(step)
		}
		if part == 1 {
			tb.StopPlaying()
		}
	})
	p.player.Curve = fyne.AnimationLinear
	p.panel.SetPlaying(true)
	p.player.Start()
}

func (tb *Table) StopPlaying() {
	p := &tb.paths
	if p.player != nil {
		p.player.Stop()
		p.player = nil
	}
	p.panel.SetPlaying(false)
}

// trailOf returns the places of the centre at all steps, in the colours of the
// score.
func (tb *Table) trailOf(way fitting.Way) *render.Molecule {
	s := tb.sh.Doc.State()
	t, f := s.Structure(tb.paths.of.Structure), s.Fit(tb.paths.of)
	if t == nil || f == nil {
		return nil
	}
	center := t.Model.Centroid(f.Options.Atoms)
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
func (tb *Table) onItsWay(molecules []render.Molecule) []render.Molecule {
	p := &tb.paths
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
