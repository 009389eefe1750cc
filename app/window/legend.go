// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/fitting/mol"
	"difffit/render"
)

// A legendKey is what the legend of molecules depends on, so that it is not
// made anew for each picture.
type legendKey struct {
	coloring   render.Coloring
	structures []*mol.Structure
	values     *render.Values
}

func legendKeyOf(s *render.Scene) legendKey {
	var k legendKey
	for _, m := range s.Molecules {
		if m.Visible && m.ID > 0 { // what has none is no structure
			k.coloring, k.structures = m.Coloring, append(k.structures, m.Structure)
			if m.Values != nil {
				k.values = m.Values
			}
		}
	}
	return k
}

// showLegend says what the colours of the picture tell.
func (w *window) showLegend(scene *render.Scene, s document.State) {
	if w.legend == nil {
		return
	}
	if w.app.Preferences().Bool(keyNoLegend) {
		w.legend.SetState()
		return
	}
	if k := legendKeyOf(scene); !k.same(w.legendOf) {
		w.legendOf, w.atomLegend = k, legendState(render.LegendOf(structuresOf(scene)))
		if k.coloring == render.ByPLDDT && slices.ContainsFunc(k.structures, func(m *mol.Structure) bool { return !m.HasConfidence() }) {
			w.atomLegend.Title = "B factors, no pLDDT?"
		}
	}
	var parts []panel.LegendState
	if w.evidence.paint != nil && w.looks.paint {
		parts = append(parts, w.paintLegend(s))
	}
	if len(w.atomLegend.Colors) > 0 {
		l := w.atomLegend
		if title := w.localTitle(s); title != "" {
			l.Title = title
		}
		parts = append(parts, l)
	}
	if c := &w.compare.cloud; len(c.made) > 0 && c.span != nil {
		parts = append(parts, cloudLegend(c), panel.LegendState{Title: c.words, Colors: []color.NRGBA{selectedColour}, Labels: []string{"halo: the representative"}})
	}
	if w.maps.Sees(view.Residual) && w.made.Residual != nil {
		parts = append(parts, w.residualLegend())
	}
	w.legend.SetState(parts...)
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

// structuresOf returns a scene with its structures alone.
func structuresOf(scene *render.Scene) *render.Scene {
	var s render.Scene
	for _, m := range scene.Molecules {
		if m.ID > 0 {
			s.Molecules = append(s.Molecules, m)
		}
	}
	return &s
}

func (k legendKey) same(l legendKey) bool {
	return k.coloring == l.coloring && k.values == l.values && slices.Equal(k.structures, l.structures)
}

// residualLegend says what the colours of the residual map are.
func (w *window) residualLegend() panel.LegendState {
	title, negative := "Residual map", view.LackingColor
	for i := range w.maps.Maps {
		if m := &w.maps.Maps[i]; m.Kind == view.Residual {
			if sd := w.made.ResidualSD; sd > 0 {
				title = fmt.Sprintf("Residual map at ±%.1f SD of the residual", w.levelOf(m)/sd)
			}
			positive := m.Color
			positive.A, negative.A = 255, 255
			return panel.LegendState{Title: title, Colors: []color.NRGBA{positive, negative}, Labels: []string{"density not explained", "placement without density"}}
		}
	}
	return panel.LegendState{}
}

// legendTitles say what colours tell, with units.
var legendTitles = map[render.Coloring]string{
	render.ByChain: "Chain", render.ByElement: "Element", render.ByBFactor: "B factor (Å²)",
	render.ByPLDDT: "pLDDT", render.ByValue: "Local correlation with the map",
}

// legendState writes a legend for its panel.
func legendState(l render.Legend) panel.LegendState {
	if len(l.Colors) == 0 {
		return panel.LegendState{}
	}
	s := panel.LegendState{Title: legendTitles[l.Coloring], Colors: l.Colors, Labels: l.Names, Ramp: len(l.Names) == 0}
	switch {
	case s.Ramp && l.Differ:
		s.Labels = []string{"5 % lowest", "5 % highest"}
	case s.Ramp:
		for _, x := range []float64{l.Low, (l.Low + l.High) / 2, l.High} {
			s.Labels = append(s.Labels, fmt.Sprintf("%.3g", x))
		}
	}
	return s
}

// paintLegend names the placements that explain the map.
func (w *window) paintLegend(s document.State) panel.LegendState {
	l := panel.LegendState{Title: "Map explained by"}
	for i := range s.Accepted {
		l.Colors = append(l.Colors, s.ColourOf(i, true))
		l.Labels = append(l.Labels, s.CopyName(i))
	}
	l.Colors, l.Labels = append(l.Colors, view.Unexplained), append(l.Labels, "none")
	return l
}

// localTitle says how well the selected placement fits on the whole, "" where
// that is not known.
func (w *window) localTitle(s document.State) string {
	id := w.doc.Selected()
	c, ok := s.Cluster(id)
	t := s.Structure(id.Structure)
	if w.looks.colours != render.ByValue || !ok || t == nil {
		return ""
	}
	e := w.localFit(s, t, c.Motion)
	if e.values == nil || math.IsNaN(e.mean) {
		return ""
	}
	return fmt.Sprintf("Local correlation, mean %.2f", e.mean)
}
