// SPDX-License-Identifier: BSD-3-Clause

package app

import (
	"fmt"
	"math"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/mol"
	"difffit/render"
)

// A cloud shows placements as points at their centres, as figure 3(e) of the
// paper does: in the colours of a metric, with an opacity that falls
// exponentially with the distance from the best.
type cloud struct {
	view   panel.Cloud
	key    cloudKey
	made   []render.Molecule
	points [][]fitting.Placement // of each molecule, as its atoms
	of     int                   // structure
	span   *[2]float64
}

// cloudKey is what a cloud is made of.
type cloudKey struct {
	view     panel.Cloud
	selected document.ClusterID
	revision int
}

const (
	cloudSteps = 10 // of opacity: each is a molecule of its own
	// pointElement is what points are for the renderer: the largest sphere.
	pointElement = mol.Element(19)
	cloudID      = -100 // of molecules, less the number of the step: no structure has it
)

// setCloud changes what is shown as a cloud.
func (w *window) setCloud(v panel.Cloud) {
	w.compare.cloud.view = v
	w.showScene()
	w.enable()
}

// nextCloud goes through what can be shown as a cloud.
func (w *window) nextCloud() {
	v := w.compare.cloud.view
	v.Scope = (v.Scope + 1) % 3
	w.setCloud(v)
	s := w.doc.State()
	switch id := w.doc.Selected(); {
	case v.Scope == panel.NoCloud:
		w.say("No cloud")
	case id.IsZero():
		w.say("Select a placement to see its cloud")
	case v.Scope == panel.Members:
		n := len(s.Members(id))
		w.say(fmt.Sprintf("Cloud: %d distinct %s in the cluster", n, map[bool]string{true: "placement", false: "placements"}[n == 1]))
	default:
		w.say(fmt.Sprintf("Cloud: %d placements of %s", len(s.Fit(id).Result.Placements), s.Name(id.Structure)))
	}
}

// cloudMolecules returns the cloud as molecules whose atoms are the centres of
// placements.
func (w *window) cloudMolecules() []render.Molecule {
	c := &w.compare.cloud
	key := cloudKey{c.view, w.doc.Selected(), w.doc.Revision()}
	if key != c.key {
		c.key, c.made, c.points, c.span = key, nil, nil, nil
		w.makeCloud(c, key.selected)
		w.compare.panel.SetCloud(c.view, c.span)
	}
	return c.made
}

// makeCloud makes the molecules of a cloud about a cluster.
func (w *window) makeCloud(c *cloud, id document.ClusterID) {
	s := w.doc.State()
	f, t := s.Fit(id), s.Structure(id.Structure)
	if f == nil || t == nil || c.view.Scope == panel.NoCloud {
		return
	}
	placements, style := s.Members(id), render.Balls
	if c.view.Scope == panel.WholeFit {
		placements, style = f.Result.Placements, render.Spheres
	}
	atoms, _ := t.Model.Select(f.Options.Atoms)
	center := mol.Center(atoms)
	low, high := math.Inf(1), math.Inf(-1)
	for _, p := range placements {
		if v := panel.MetricOf(c.view.Metric, p); !math.IsNaN(v) {
			low, high = min(low, v), max(high, v)
		}
	}
	if len(placements) == 0 || low > high {
		return
	}
	c.span, c.of = &[2]float64{low, high}, id.Structure
	steps := make([][]fitting.Placement, cloudSteps+1)
	for _, p := range placements {
		n := int(math.Round(cloudSteps * opacity(panel.MetricOf(c.view.Metric, p), low, high, c.view.Contrast)))
		steps[n] = append(steps[n], p)
	}
	for n := cloudSteps; n >= 1; n-- { // those of the lowest step cannot be seen
		if len(steps[n]) == 0 {
			continue
		}
		m := render.Molecule{
			Structure: &mol.Structure{Name: "cloud"}, Motions: []geom.Rigid{geom.Identity()}, Style: style, Coloring: render.ByValue,
			Values: &render.Values{Low: low, High: math.Max(high, math.Nextafter(low, math.Inf(1))), Colors: panel.PointColours()},
			ID:     cloudID - len(c.made), Visible: true, Transparency: 1 - float64(n)/cloudSteps,
		}
		for _, p := range steps[n] {
			m.Structure.Atoms = append(m.Structure.Atoms, mol.Atom{Pos: p.Motion.Apply(center), Name: "K", Element: pointElement, Residue: "PNT", Chain: "A", Seq: len(m.Structure.Atoms) + 1})
			m.Values.Of = append(m.Values.Of, panel.MetricOf(c.view.Metric, p))
		}
		c.made, c.points = append(c.made, m), append(c.points, steps[n])
	}
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

// pickedCloud selects the cluster of a point that was clicked on, and tells
// whether it was one.
func (w *window) pickedCloud(hit render.Hit) bool {
	n := cloudID - hit.ID
	c := &w.compare.cloud
	if n < 0 || n >= len(c.points) || hit.Atom < 0 || hit.Atom >= len(c.points[n]) {
		return false
	}
	if id, ok := w.doc.State().At(c.of, c.points[n][hit.Atom].Motion); ok {
		w.selectSeen(id)
	}
	return true
}
