// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"strconv"

	"fyne.io/fyne/v2"
)

// Rows returns what shows each structure that is in sight, by a name and its ID:
// "input.name:1".
func (p *Inputs) Rows() map[string]fyne.CanvasObject {
	out := map[string]fyne.CanvasObject{}
	for i := range p.shown {
		for _, r := range p.rows {
			if r.id != p.shown[i].ID || !r.Visible() {
				continue
			}
			id := strconv.Itoa(r.id)
			out["input.tick:"+id], out["input.name:"+id], out["input.show:"+id], out["input.remove:"+id] = r.check, r.name, r.show, r.remove
			if !r.see.Hidden {
				out["input.swatch:"+id], out["input.eye:"+id] = r.color, r.see
			}
		}
	}
	return out
}
