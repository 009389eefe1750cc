// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"context"
	"fmt"
	"strings"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/view"
)

// simulatedMaps are the maps that are made of placements while they are seen:
// what the placements would look like at the resolution of the map, and what of
// the map that does not explain.
type simulatedMaps struct {
	view.SimulatedMaps
	fault string // why they could not be made
}

// make makes the simulated and the residual map if they are seen and not
// there yet, and maps without their dust.
func (ms *seenMaps) make() {
	s := ms.st.sh.Doc.State()
	ms.st.sweep(s)
	residual := ms.seen.Sees(view.Residual)
	need := residual || ms.seen.Sees(view.Simulated)
	placed := ms.placed(s)
	if !need || ms.st.derived.base == nil || s.Map != ms.st.derived.base || len(placed) == 0 {
		ms.forget(need)
		return
	}
	whole := ms.st.sh.Targets.Whole(s.Map)
	ms.simulated.Make(ms.st.sh, mapsKey(s, placed, residual), func(ctx context.Context) simulatedMaps {
		m, err := view.Simulate(ctx, whole, placed, s.Options.Resolution, residual)
		if err != nil {
			return simulatedMaps{fault: panel.Reason(err)}
		}
		return simulatedMaps{SimulatedMaps: m}
	}, func(m simulatedMaps) {
		if m.fault != "" {
			ms.st.sh.Note("simulated map: " + m.fault)
		}
		ms.show()
		ms.st.Show()
	})
}

// forget lets go of what is not seen.
func (ms *seenMaps) forget(need bool) {
	had := ms.simulated.Value.Simulated != nil || !ms.simulated.Settled() || need
	ms.simulated.Forget()
	if had {
		ms.show()
	}
}

// placed returns the accepted placements and the selected one.
func (ms *seenMaps) placed(s document.State) []view.Placed {
	var list []view.Placed
	for _, a := range s.Accepted {
		if t := s.Structure(a.Structure); t != nil {
			list = append(list, view.Placed{Model: t.Model, Motion: a.Placement.Motion})
		}
	}
	selected := ms.st.sh.Doc.Selected()
	if c, ok := s.Cluster(selected); ok && s.AcceptedFrom(selected) == nil {
		if t := s.Structure(selected.Structure); t != nil {
			list = append(list, view.Placed{Model: t.Model, Motion: c.Motion})
		}
	}
	return list
}

func mapsKey(s document.State, placed []view.Placed, residual bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%p %g %t", s.Map, s.Options.Resolution, residual)
	for _, p := range placed {
		fmt.Fprintf(&b, " %p %v", p.Model, p.Motion)
	}
	return b.String()
}
