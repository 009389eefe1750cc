// SPDX-License-Identifier: BSD-3-Clause

package table

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view/palette"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A cloud shows placements as points at their centres, as figure 3(e) of the
// paper does: in the colours of a metric, with an opacity that falls
// exponentially with the distance from the best. The best shine through what
// is before them. A halo marks the placement that is selected, which represents
// its cluster and is seen through.
type cloud struct {
	tb     *Table
	view   panel.Cloud
	key    cloudKey
	made   []render.Molecule
	points [][]fitting.Placement // of each molecule after the halo, as its atoms
	of     int                   // structure
	span   *[2]float64
	words  string // how many starts came to how many places
}

// cloudKey is what a cloud is made of.
type cloudKey struct {
	view     panel.Cloud
	selected document.ClusterID
	revision int
}

const (
	cloudSteps = 20 // of opacity: each is a molecule of its own
	// pointElement is what points of a trail are for the renderer: the largest
	// sphere.
	pointElement = mol.Element(19)
	cloudID      = -100 // of molecules, less the number of the step: no structure has it
	haloID       = cloudID + 2
	haloRadius   = 1.9  // of that of points
	haloFade     = 0.45 // transparency of the halo
	ghostFade    = 0.7  // of the selected placement
	leastFade    = 0.02 // of the best: over the halo, which what is solid is not
)

// pointPart is the radius of a point as a part of the longest edge of the map,
// with which all of it fits into the picture: some nine pixels, and six where
// points lie close together.
var pointPart = map[panel.Scope]float64{panel.Members: 1. / 90, panel.WholeFit: 1. / 60}

// SetCloud changes what is shown as a cloud.
func (tb *Table) SetCloud(v panel.Cloud) {
	tb.compare.cloud.view = v
	tb.stage.Show()
	tb.sh.Enable()
}

// NextCloud goes through what can be shown as a cloud.
func (tb *Table) NextCloud() {
	v := tb.compare.cloud.view
	v.Scope = (v.Scope + 1) % 3
	tb.SetCloud(v)
	switch id := tb.sh.Doc.Selected(); {
	case v.Scope == panel.NoCloud:
		tb.sh.Say("No cloud")
	case id.IsZero():
		tb.sh.Say("Select a placement to see its cloud")
	default:
		tb.sh.Say("Cloud of " + tb.sh.Doc.State().Name(id.Structure) + ": " + tb.compare.cloud.words)
	}
}

// startsAt says how many starts came to how many places: a search merges those
// that end at one optimum, and counts them.
func startsAt(placements []fitting.Placement) string {
	starts := 0
	for _, p := range placements {
		starts += p.Hits
	}
	some := func(n int, noun string) string {
		if n != 1 {
			noun += "s"
		}
		return fmt.Sprintf("%d %s", n, noun)
	}
	return some(starts, "start") + " at " + some(len(placements), "distinct place")
}

// molecules returns the cloud as molecules whose atoms are the centres of
// placements.
func (c *cloud) molecules() []render.Molecule {
	key := cloudKey{c.view, c.tb.sh.Doc.Selected(), c.tb.sh.Doc.Revision()}
	if key != c.key {
		c.key, c.made, c.points, c.span, c.words = key, nil, nil, nil, ""
		c.make(key.selected)
		c.tb.compare.panel.SetCloud(c.view, c.span, c.words)
	}
	return c.made
}

// make makes the molecules of a cloud about a cluster.
func (c *cloud) make(id document.ClusterID) {
	s := c.tb.sh.Doc.State()
	f, t := s.Fit(id), s.Structure(id.Structure)
	if f == nil || t == nil || c.view.Scope == panel.NoCloud {
		return
	}
	placements := s.Members(id)
	if c.view.Scope == panel.WholeFit {
		placements = f.Result.Placements
	}
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range placements {
		if v := panel.MetricOf(c.view.Metric, p); !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if len(placements) == 0 || low > high {
		return
	}
	c.span, c.of, c.words = &[2]float64{low, high}, id.Structure, startsAt(placements)
	points := pointMaker{center: t.Center(f.Options.Atoms), radius: 1}
	if s.Map != nil {
		e := s.Map.Grid.Extent()
		points.radius = pointPart[c.view.Scope] * max(e.X, e.Y, e.Z)
	}
	if best, ok := s.Cluster(id); ok {
		halo := points.molecule([]fitting.Placement{best.Placement}, haloID, haloFade)
		halo.Coloring, halo.Color = render.Uniform, palette.Highlight
		halo.Radius *= haloRadius
		c.made = append(c.made, halo)
	}
	steps := make([][]fitting.Placement, cloudSteps+1)
	for _, p := range placements {
		n := int(math.Round(cloudSteps * opacity(panel.MetricOf(c.view.Metric, p), low, high, c.view.Contrast)))
		steps[n] = append(steps[n], p)
	}
	for n := 1; n <= cloudSteps; n++ { // the best last, over the others; those of step 0 cannot be seen
		if len(steps[n]) == 0 {
			continue
		}
		m := points.molecule(steps[n], cloudID-len(c.points), max(leastFade, 1-float64(n)/cloudSteps))
		m.Coloring = render.ByValue
		m.Values = &render.Values{Low: math.Min(low, math.Nextafter(high, math.Inf(-1))), High: high, Colors: panel.PointColours()}
		for _, p := range steps[n] {
			m.Values.Of = append(m.Values.Of, panel.MetricOf(c.view.Metric, p))
		}
		c.made, c.points = append(c.made, m), append(c.points, steps[n])
	}
}

// A pointMaker makes molecules whose atoms are the centres of placements.
type pointMaker struct {
	center r3.Vec // of the structure in its own frame
	radius float64
}

func (k pointMaker) molecule(placements []fitting.Placement, id int, transparency float64) render.Molecule {
	m := render.Molecule{
		Structure: &mol.Structure{Name: "cloud"}, Motions: []geom.Rigid{geom.Identity()}, Style: render.Points, Radius: k.radius,
		ID: id, Visible: true, Transparency: transparency,
	}
	for i, p := range placements {
		m.Structure.Atoms = append(m.Structure.Atoms, mol.Atom{Pos: p.Motion.Apply(k.center), Name: "K", Element: pointElement, Residue: "PNT", Chain: "A", Seq: i + 1})
	}
	return m
}

// with returns the molecules of a scene with the cloud, if there is one,
// and the selected placement as a ghost in which it can be seen.
func (c *cloud) with(molecules []render.Molecule) []render.Molecule {
	points := c.molecules()
	if len(points) == 0 {
		return molecules
	}
	id := c.tb.sh.Doc.Selected()
	if best, ok := c.tb.sh.Doc.State().Cluster(id); ok {
		for i, m := range molecules {
			if m.ID == id.Structure && len(m.Motions) == 1 && m.Motions[0] == best.Motion {
				molecules[i].Transparency = ghostFade
			}
		}
	}
	return append(molecules, points...)
}

// opacity returns that of a point: 1 for the best, falling exponentially to
// e^−contrast for the worst.
func opacity(v, low, high, contrast float64) float64 {
	switch {
	case math.IsNaN(v):
		return 0
	case !(high > low):
		return 1
	}
	return math.Exp(contrast * ((v-low)/(high-low) - 1))
}

// picked selects the cluster of a point that was clicked on, and tells
// whether it was one.
func (c *cloud) picked(hit render.Hit) bool {
	n := cloudID - hit.ID
	if hit.ID == haloID { // of what is selected already
		return true
	}
	if n < 0 || n >= len(c.points) || hit.Atom < 0 || hit.Atom >= len(c.points[n]) {
		return false
	}
	if id, ok := c.tb.sh.Doc.State().At(c.of, c.points[n][hit.Atom].Motion); ok {
		c.tb.selectSeen(id)
	}
	return true
}

// legend tells what the colours of a cloud are, if there is one.
func (c *cloud) legend() []panel.LegendState {
	if len(c.made) == 0 || c.span == nil {
		return nil
	}
	return []panel.LegendState{cloudLegend(c), {Title: c.words, Colors: []color.NRGBA{palette.Highlight}, Labels: []string{"halo: the representative"}}}
}

// cloudLegend says what the colours of a cloud of placements tell.
func cloudLegend(c *cloud) panel.LegendState {
	names, titles := panel.Metrics()
	title := c.view.Metric
	if i := slices.Index(names, title); i >= 0 {
		title = titles[i]
	}
	l := panel.LegendState{Title: "Cloud: " + title, Colors: panel.PointColours(), Ramp: true}
	if l.Labels = []string{fmt.Sprintf("%.3g", c.span[0]), fmt.Sprintf("%.3g", c.span[1])}; c.span[0] == c.span[1] { // the best is at the end
		l.Labels[0] = ""
	}
	return l
}
