// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// A nodeRow shows one node: a switch, a text and two buttons.
type nodeRow struct {
	widget.BaseWidget
	on          *widget.Check
	text, facts *widget.Label
	less, more  *widget.Button
	zero        *widget.Button
	color       *swatch
	see         *eye
	arrangement *fyne.Container
	p           *Compose
	node        Node
}

// Tapped selects the node, which gets no click where its row does.
func (r *nodeRow) Tapped(*fyne.PointEvent) {
	r.p.Select(r.node)
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil {
		r.p.Focus(c)
	}
}

// TappedSecondary selects the node and asks for its menu.
func (r *nodeRow) TappedSecondary(e *fyne.PointEvent) {
	r.Tapped(e)
	if r.p.OnMenu != nil {
		r.p.OnMenu(r.node, e.AbsolutePosition)
	}
}

func newNodeRow() *nodeRow {
	small := func(text string, icon fyne.Resource) *widget.Button {
		b := widget.NewButtonWithIcon(text, icon, nil)
		b.Importance = widget.LowImportance
		return b
	}
	r := &nodeRow{
		on: widget.NewCheck("", nil), text: widget.NewLabel("node"), facts: widget.NewLabel(""),
		less: small("", theme.ContentRemoveIcon()), more: small("", theme.ContentAddIcon()), zero: small("Zero out", nil),
		color: newSwatch(nil), see: newEye(),
	}
	r.text.Truncation = fyne.TextTruncateEllipsis
	r.arrangement = container.NewBorder(nil, nil, container.NewHBox(r.on, r.color, r.see), container.NewHBox(r.facts, container.New(layout.NewCustomPaddedHBoxLayout(0), r.less, r.more, r.zero)), r.text)
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer shows the row.
func (r *nodeRow) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(r.arrangement)
}

// update shows a node in a row.
func (p *Compose) update(id widget.TreeNodeID, r *nodeRow) {
	n := nodeOf(id)
	for other, shown := range p.rows {
		if shown == r {
			delete(p.rows, other)
		}
	}
	p.rows[id] = r
	r.p, r.node = p, n
	r.text.Text, r.facts.Text = p.text(n)
	r.facts.Hidden = r.facts.Text == ""
	r.text.TextStyle.Bold = n.Kind == MapNode || n.Kind == RoundNode || n.Kind == ClashesNode || n.Kind == LooseNode
	r.text.Importance = widget.MediumImportance
	if v := p.survey; v != nil && (n.Kind == ClashNode || n.Kind == ClashesNode) && n.ID < v.TooNear() {
		r.text.Importance = widget.DangerImportance
	}
	r.facts.Importance = r.text.Importance
	r.text.Refresh()
	r.facts.Refresh()
	r.less.Hidden, r.more.Hidden = n.Kind != StructureNode, n.Kind != StructureNode
	r.less.OnTapped = func() { p.copies(n.ID, -1) }
	r.more.OnTapped = func() { p.copies(n.ID, 1) }
	r.zero.Hidden = n.Kind != AcceptedNode || p.state.LayerOf(n.ID) != nil
	r.zero.OnTapped = func() {
		if p.OnZero != nil {
			p.OnZero(n.ID)
		}
	}
	p.updateSeen(r, n)
	r.on.Hidden = n.Kind != LayerNode
	r.on.OnChanged = nil
	if l := p.layer(n); l != nil {
		r.on.SetChecked(l.On)
		r.on.OnChanged = func(on bool) {
			if p.OnSwitch != nil {
				p.OnSwitch(l.ID, on)
			}
		}
	}
	r.arrangement.Refresh()
}

// Rows returns what shows each node now, by the name of the node. Some may be
// out of sight.
func (p *Compose) Rows() map[string]fyne.CanvasObject {
	out := map[string]fyne.CanvasObject{}
	for id, r := range p.rows {
		out["node."+id] = r.text
		if !r.on.Hidden {
			out["switch."+id] = r.on
		}
		if !r.more.Hidden {
			out["more."+id] = r.more
			out["less."+id] = r.less
		}
		if !r.see.Hidden {
			out["swatch."+id], out["eye."+id] = r.color, r.see
		}
		if !r.zero.Hidden {
			out["zero."+id] = r.zero
		}
	}
	return out
}
