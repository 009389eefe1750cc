// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// tooltips explain what lies in a panel: see Tips.
type tooltips = map[fyne.CanvasObject]string

// Tooltips explain the buttons of the panel.
func (r *Results) Tooltips() map[fyne.CanvasObject]string {
	return tooltips{
		r.gaps: r.gaps.help(), r.choose: "Choose the columns of the table", r.more: "Fold and unfold the placements of structures",
		r.filter.ActionItem: "Clear the filter", r.rounds: "The round that is shown", r.structure: "Show one structure alone",
	}
}

// Tooltips explain the buttons of the panel. Those of acts of the window are for
// it to explain: see Named.
func (p *Compose) Tooltips() map[fyne.CanvasObject]string {
	tips := tooltips{
		p.show: "Switch the selected zeroing on or off (Space in the tree)", p.up: "Move the selected zeroing up",
		p.down: "Move the selected zeroing down", p.remove: "Remove the selected zeroing, placement or round (Delete in the tree)",
		p.apply:   "Zero out the selected placement again, in the way that is set here",
		p.preview: "Show what would be zeroed before it is", p.mode: "How density is zeroed", p.radius: "Å about the centres of atoms",
		p.sphere: "Radius in Å of the sphere in which Fit here looks", p.symmetry: "Such as C4, D7, O, or H with rise and twist; empty: it is detected",
		p.confirm: "Accept this proposal", p.skip: "Reject this proposal", p.confirmAll: "Accept all proposals",
	}
	for _, r := range p.rows {
		if !r.text.Hidden && fyne.MeasureText(r.text.Text, theme.TextSize(), r.text.TextStyle).Width+2*theme.InnerPadding() > r.text.Size().Width {
			tips[r.text] = r.text.Text // which is shortened
		}
		tips[r.less], tips[r.more] = "One copy fewer is expected (−)", "One copy more is expected (+)"
		tips[r.zero], tips[r.on] = "Take its density out of the map", "Whether its density is taken out of the map"
	}
	return tips
}

// Tooltips explain what the rows have.
func (p *Maps) Tooltips() map[fyne.CanvasObject]string {
	tips := tooltips{
		p.detail.reset: "Make the transfer function follow level and colour again", p.detail.add: "Show another level of this map",
		p.detail.filter: "Smooth, invert or resample the map: a further map, this one stays",
		p.detail.remove: "Take this level away", p.detail.color: "Colour of the chosen point",
	}
	for _, l := range p.lines {
		tips[l.seen], tips[l.color], tips[l.name] = "Show or hide this map", "Choose its colour", "Show its level and colours below"
		tips[l.style], tips[l.opacity] = "How it is drawn", "How opaque it is"
	}
	return tips
}

// Tooltips explain what the rows have.
func (p *Inputs) Tooltips() map[fyne.CanvasObject]string {
	tips := tooltips{
		p.fit: "Fit the selected model in the map, from where it stands", p.move: "Move the selected model with mouse and keys; again: the point of view",
	}
	for _, r := range p.rows {
		tips[r.check], tips[r.remove], tips[r.show] = "Take part in fits", "Remove this structure", "Show where it stands"
		tips[r.copies], tips[r.stand] = "Copies that are placed, of those that are expected: click to change", r.says
		tips[r.name] = r.name.Text + ", " + r.facts.Text
	}
	return tips
}

// Tooltips explain the buttons of the panel.
func (l *Level) Tooltips() map[fyne.CanvasObject]string {
	return tooltips{l.use: "Go back to the level that is suggested", l.exact: "Level in the units of the map; Return takes it"}
}

// Tooltips explain the buttons of the panel.
func (c *Compare) Tooltips() map[fyne.CanvasObject]string {
	return tooltips{c.unpin: "Unpin all placements"}
}

// Tooltips explain the buttons of the panel.
func (p *Path) Tooltips() map[fyne.CanvasObject]string {
	return tooltips{p.play: "Play the steps, or stop", p.close: "Go back to the placement", p.slider: "Step of the search"}
}
