// SPDX-License-Identifier: BSD-3-Clause

package stage

import (
	"math"

	"difffit/app/view"
	"difffit/render"
)

// main returns the maps that show the one that was opened: what the menu says of
// the map, it says of them.
func (ms *seenMaps) main() []*view.Map {
	var list []*view.Map
	for i := range ms.seen.Maps {
		if m := &ms.seen.Maps[i]; m.Kind.IsOpened() && m.Level == nil {
			list = append(list, m)
		}
	}
	return list
}

// restyle draws them in another way.
func (ms *seenMaps) restyle(s render.MapStyle) {
	for _, m := range ms.main() {
		m.Restyle(s)
	}
	ms.show()
}

// Opacity returns that of the map, 0 to 1: of the first that is seen.
func (st *Stage) Opacity() float64 {
	for _, m := range st.maps.main() {
		if m.Visible {
			return float64(m.Color.A) / 255
		}
	}
	return 0
}

// SetOpacity changes that of the map.
func (st *Stage) SetOpacity(x float64) {
	for _, m := range st.maps.main() {
		m.Color.A = uint8(math.Round(255 * min(max(x, 0), 1)))
	}
	st.maps.changed()
	st.sh.Enable()
}
