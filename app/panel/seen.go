// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/view/palette"
)

// A Seen tells how structures and their copies are seen in the picture: by it
// panels show a swatch and an eye beside each. The zero value has none of both.
type Seen struct {
	Colours *palette.Palette
	// Structures and Accepted are those that are hidden, by their IDs.
	Structures, Accepted map[int]bool
}

// SeenDeeds are what a person asks for with swatches and eyes.
type SeenDeeds struct {
	OnColor       func(structure int) // another colour for a structure
	OnSee         func(structure int) // show it with all that is placed of it, or hide it
	OnSeeAccepted func(accepted int)  // show an accepted placement, or hide it
}

func call(f func(int), id int) {
	if f != nil {
		f(id)
	}
}

// eyeIcon is an open eye, or one that is struck through.
func eyeIcon(hidden bool) fyne.Resource {
	if hidden {
		return theme.VisibilityOffIcon()
	}
	return theme.VisibilityIcon()
}

// An eye shows something, or hides it.
type eye struct{ widget.Button }

func newEye() *eye {
	e := &eye{}
	e.Importance = widget.LowImportance
	e.ExtendBaseWidget(e)
	return e
}

// show shows whether what the eye is of is hidden, and what a press does.
func (e *eye) show(hidden bool, do func()) {
	e.OnTapped = do
	e.SetIcon(eyeIcon(hidden))
}

// Measures of the swatch and the eye in a cell of the table, pixels.
const (
	cellSwatch = 11
	cellEye    = 15
	cellGap    = 5
)

// A cellSeen is the swatch and the eye of a cell.
type cellSeen struct {
	swatch *canvas.Rectangle
	eye    *canvas.Image
}

// seenWidth returns how much of a column they take.
func (t *table) seenWidth(c *column) float32 {
	if t.seen.Colours == nil || c.name != structureColumn {
		return 0
	}
	return cellSwatch + cellEye + 2*cellGap
}

// updateSeen shows before the name of a structure its swatch, and of an accepted
// placement the eye.
func (t *table) updateSeen(cell *tableCell, r *row, c *column) {
	width := t.seenWidth(c)
	if width == 0 {
		if cell.seen != nil {
			cell.seen.swatch.Hide()
			cell.seen.eye.Hide()
		}
		return
	}
	if cell.seen == nil {
		cell.seen = &cellSeen{canvas.NewRectangle(color.Transparent), canvas.NewImageFromResource(nil)}
		cell.seen.swatch.CornerRadius = 2
		cell.seen.eye.FillMode = canvas.ImageFillContain
		cell.parts.Objects = append(cell.parts.Objects, cell.seen.swatch, cell.seen.eye)
	}
	if !r.accepted {
		width -= cellEye + cellGap
	}
	x, height := cellPad+cell.room.left, cell.Size().Height
	put := func(o fyne.CanvasObject, size float32) {
		o.Move(fyne.NewPos(x, (height-size)/2))
		o.Resize(fyne.NewSize(size, size))
		o.Show()
		x += size + cellGap
	}
	s := cell.seen
	s.swatch.FillColor = t.colourOf(r)
	put(s.swatch, cellSwatch)
	put(s.eye, cellEye)
	s.eye.Resource = theme.NewColoredResource(eyeIcon(t.isHidden(r)), theme.ColorNamePlaceHolder)
	if s.eye.Hidden = !r.accepted; !s.eye.Hidden {
		s.eye.Refresh()
	}
	s.swatch.Refresh()
	cell.room.left += width
}

// colourOf returns the colour that a row has in the picture, or would have.
func (t *table) colourOf(r *row) color.NRGBA {
	return t.seen.Colours.Placement(r.id, r.Motion)
}

func (t *table) isHidden(r *row) bool {
	a := t.state.AcceptedFrom(r.id)
	return t.seen.Structures[r.id.Structure] || a != nil && t.seen.Accepted[a.ID]
}

// tapSeen does what the swatch or the eye of a row is for, if x, from the left of
// the cell, is on one of them.
func (t *table) tapSeen(r *row, c *column, x float32) bool {
	if t.seenWidth(c) == 0 {
		return false
	}
	x -= cellPad + t.foldRoom(r, c)
	switch {
	case x >= 0 && x < cellSwatch:
		call(t.deeds.OnColor, r.id.Structure)
	case r.accepted && x >= cellSwatch+cellGap-2 && x < cellSwatch+cellGap+cellEye+2:
		if a := t.state.AcceptedFrom(r.id); a != nil {
			call(t.deeds.OnSeeAccepted, a.ID)
		}
	default:
		return false
	}
	return true
}

// foldRoom returns how far the signs of what is folded move the name to the right.
func (t *table) foldRoom(r *row, c *column) float32 {
	switch {
	case !t.grouped || c != t.foldColumn():
		return 0
	case c.words && r.isBelow():
		return 2 * markWidth
	}
	return markWidth
}

// SetSeen shows how structures are seen, and what a press on that does.
func (r *Results) SetSeen(s Seen, deeds SeenDeeds) {
	r.table.seen, r.table.deeds = s, deeds
	r.table.fit()
	r.table.Refresh()
}

// tableState is what cells need of the document.
type tableState struct {
	state document.State
	seen  Seen
	deeds SeenDeeds
}

// updateSeen shows how a structure or a copy of it is seen.
func (p *Compose) updateSeen(r *nodeRow, n Node) {
	structure, colour, hidden, see := n.ID, color.NRGBA{}, p.seen.Structures[n.ID], func() { call(p.OnSee, n.ID) }
	has := p.seen.Colours != nil && n.Kind == StructureNode
	if has {
		colour = p.seen.Colours.Structure(n.ID)
	}
	if n.Kind == AcceptedNode && p.seen.Colours != nil {
		for _, a := range p.state.Accepted {
			if a.ID == n.ID {
				has, structure, colour = true, a.Structure, p.seen.Colours.Accepted(a)
				hidden, see = p.seen.Structures[a.Structure] || p.seen.Accepted[a.ID], func() { call(p.OnSeeAccepted, n.ID) }
			}
		}
	}
	if r.color.Hidden, r.see.Hidden = !has, !has; has {
		r.color.do = func() { call(p.OnColor, structure) }
		r.color.show(colour)
		r.see.show(hidden, see)
	}
}

// SetSeen shows how structures and their copies are seen.
func (p *Compose) SetSeen(s Seen) {
	p.seen = s
	p.tree.Refresh()
}
