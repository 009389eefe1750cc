// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"fmt"
	"image/color"
	"math"
	"slices"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
	"difffit/app/view/palette"
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

// An atomLegend tells what the colours of atoms are.
type atomLegend struct {
	of legendKey
	is panel.LegendState
}

func legendKeyOf(s *render.Scene) legendKey {
	var k legendKey
	for _, m := range s.Molecules {
		if m.Visible && m.ID > 0 && m.Part == nil { // what has none is no structure
			k.coloring, k.structures = m.Coloring, append(k.structures, m.Structure)
			if m.Values != nil {
				k.values = m.Values
			}
		}
	}
	return k
}

// showLegend says what the colours of the picture tell.
func (st *Stage) showLegend(scene *render.Scene, s document.State) {
	if st.Legend == nil {
		return
	}
	if st.sh.App.Preferences().Bool(keyNoLegend) {
		st.Legend.SetState()
		return
	}
	if k := legendKeyOf(scene); !k.same(st.atoms.of) {
		st.atoms.of, st.atoms.is = k, legendState(render.LegendOf(structuresOf(scene)))
		if k.coloring == render.ByPLDDT && slices.ContainsFunc(k.structures, func(m *mol.Structure) bool { return !m.HasConfidence() }) {
			st.atoms.is.Title = "B factors, no pLDDT?"
		}
	}
	var parts []panel.LegendState
	if st.paint.Value != nil && st.display.Paint {
		parts = append(parts, st.paintLegend(s))
	}
	if len(st.atoms.is.Colors) > 0 && view.LegendOf(st.display.Colours) != "" { // what everyone knows of elements needs none
		l := st.atoms.is
		if title := st.localTitle(s); title != "" {
			l.Title = title
		}
		parts = append(parts, l)
	}
	parts = append(parts, st.table.Legend()...)
	if st.maps.seen.Sees(view.Residual) && st.maps.simulated.Value.Residual != nil {
		parts = append(parts, st.maps.residualLegend())
	}
	st.Legend.SetState(parts...)
}

// HasLegend tells whether the legend is wanted.
func (st *Stage) HasLegend() bool { return !st.sh.App.Preferences().Bool(keyNoLegend) }

// ToggleLegend shows the legend, or hides it.
func (st *Stage) ToggleLegend() {
	st.sh.App.Preferences().SetBool(keyNoLegend, st.HasLegend())
	st.atoms.of = legendKey{}
	st.Show()
	st.sh.Enable()
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
func (ms *seenMaps) residualLegend() panel.LegendState {
	title, negative := "Residual map", view.LackingColor
	for i := range ms.seen.Maps {
		if m := &ms.seen.Maps[i]; m.Kind == view.Residual {
			if sd := ms.simulated.Value.ResidualSD; sd > 0 {
				title = fmt.Sprintf("Residual map at ±%.1f SD of the residual", ms.levelOf(m)/sd)
			}
			positive := m.Color
			positive.A, negative.A = 255, 255
			return panel.LegendState{Title: title, Colors: []color.NRGBA{positive, negative}, Labels: []string{"density not explained", "placement without density"}}
		}
	}
	return panel.LegendState{}
}

// legendState writes a legend for its panel.
func legendState(l render.Legend) panel.LegendState {
	if len(l.Colors) == 0 {
		return panel.LegendState{}
	}
	s := panel.LegendState{Title: view.LegendOf(l.Coloring), Colors: l.Colors, Labels: l.Names, Ramp: len(l.Names) == 0}
	switch {
	case l.Coloring == render.ByRainbow:
		s.Labels = []string{"first", "last"}
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
func (st *Stage) paintLegend(s document.State) panel.LegendState {
	l := panel.LegendState{Title: "Map explained by"}
	colours := palette.Of(s)
	for i, a := range s.Accepted {
		l.Colors = append(l.Colors, colours.Accepted(a))
		l.Labels = append(l.Labels, s.CopyName(i))
	}
	l.Colors, l.Labels = append(l.Colors, view.Unexplained), append(l.Labels, "none")
	return l
}

// localTitle says how well the selected placement fits on the whole, "" where
// that is not known.
func (st *Stage) localTitle(s document.State) string {
	id := st.sh.Doc.Selected()
	c, ok := s.Cluster(id)
	t := s.Structure(id.Structure)
	if st.display.Colours != render.ByValue || !ok || t == nil {
		return ""
	}
	e := st.localFit(s, t, c.Motion)
	if e.values == nil || math.IsNaN(e.mean) {
		return ""
	}
	return fmt.Sprintf("Local correlation, mean %.2f", e.mean)
}
