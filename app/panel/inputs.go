// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// MapFacts are what is known of a map beyond its grid; they take a while to
// find, so they come later than the state.
type MapFacts struct {
	Profile    *volume.Profile
	Resolution volume.Resolution
}

// Inputs lists the map and the structures.
type Inputs struct {
	widget.BaseWidget

	// OnOpen is called to open files.
	OnOpen func()
	// OnRemove and OnFit are told the ID of a structure.
	OnRemove func(id int)
	OnFit    func(id int, fit bool)
	SeenDeeds

	state   document.State
	facts   *MapFacts
	mapText *widget.Label
	title   *widget.Label
	count   *widget.Label
	list    *widget.List
	empty   *widget.Label
	mute    bool
	busy    []int // structures that are being placed
	seen    Seen
	body    *fyne.Container
}

// NewInputs returns a panel without inputs.
func NewInputs() *Inputs {
	p := &Inputs{mapText: widget.NewLabel(""), title: Heading("Map"), count: Heading("Structures"), empty: hint("")}
	p.mapText.Wrapping = fyne.TextWrapWord
	p.mapText.Selectable = true
	p.title.Truncation = fyne.TextTruncateEllipsis
	p.list = widget.NewList(func() int { return len(p.state.Structures) }, p.newItem, p.updateItem)
	p.list.OnSelected = func(widget.ListItemID) { p.list.UnselectAll() }
	p.ExtendBaseWidget(p)
	p.show()
	return p
}

// CreateRenderer lays the panel out.
func (p *Inputs) CreateRenderer() fyne.WidgetRenderer {
	open := func() {
		if p.OnOpen != nil {
			p.OnOpen()
		}
	}
	top := container.NewVBox(
		container.NewBorder(nil, nil, nil, widget.NewButtonWithIcon("Open…", theme.FolderOpenIcon(), open), p.title),
		p.mapText,
		p.count,
	)
	p.body = container.NewBorder(top, nil, nil, nil, container.NewStack(p.list, container.NewVBox(p.empty)))
	return widget.NewSimpleRenderer(p.body)
}

// Resize lays out twice: how high the facts of the map are is known only when
// they have their width, for they wrap.
func (p *Inputs) Resize(size fyne.Size) {
	p.BaseWidget.Resize(size)
	if p.body != nil {
		p.body.Refresh()
	}
}

// SetState shows the inputs of s.
func (p *Inputs) SetState(s document.State) {
	if s.Map != p.state.Map {
		p.facts = nil
	}
	p.state = s
	p.show()
}

// SetBusy says which structures are being placed, by their IDs: they cannot be
// removed.
func (p *Inputs) SetBusy(ids []int) {
	if !slices.Equal(ids, p.busy) {
		p.busy = ids
		p.show()
	}
}

// SetSeen shows how structures are seen.
func (p *Inputs) SetSeen(s Seen) {
	p.seen = s
	p.show()
}

// SetFacts shows more about the map.
func (p *Inputs) SetFacts(f *MapFacts) {
	p.facts = f
	p.show()
}

func (p *Inputs) show() {
	p.title.SetText("Map")
	if m := p.state.Map; m != nil {
		p.title.SetText("Map  " + m.Name)
	}
	p.mapText.SetText(p.describe())
	p.count.SetText("Structures")
	p.empty.SetText("PDB, mmCIF or BinaryCIF files, also gzipped. Drop them on the window or press Ctrl+O.")
	if n := len(p.state.Structures); n > 0 {
		p.count.SetText(fmt.Sprintf("Structures  (%d of %d take part)", len(p.state.Fitted()), n))
		p.empty.SetText("")
	}
	p.empty.Hidden = len(p.state.Structures) > 0
	p.mute = true
	p.list.Refresh()
	p.mute = false
}

// describe tells the facts of the map in a few lines.
func (p *Inputs) describe() string {
	m := p.state.Map
	if m == nil {
		return "MRC, MAP or CCP4 file, also gzipped. Drop it on the window or press Ctrl+O."
	}
	g := m.Grid
	step := fmt.Sprintf("%s Å", number(g.Step.X, 3))
	if math.Abs(g.Step.X-g.Step.Y)+math.Abs(g.Step.Y-g.Step.Z) > 1e-4 {
		step = fmt.Sprintf("%s × %s × %s Å", number(g.Step.X, 3), number(g.Step.Y, 3), number(g.Step.Z, 3))
	}
	lines := []string{
		fmt.Sprintf("%d × %d × %d voxels of %s, origin (%s, %s, %s) Å", g.Size[0], g.Size[1], g.Size[2], step,
			number(g.Origin.X, 2), number(g.Origin.Y, 2), number(g.Origin.Z, 2)),
	}
	if f := p.facts; f != nil {
		lines = append(lines,
			fmt.Sprintf("density %s to %s, mean %s, SD %s", short(f.Profile.Min), short(f.Profile.Max), short(f.Profile.Mean), short(f.Profile.SD)),
			fmt.Sprintf("resolution %s Å (%s)", number(f.Resolution.Value, 1), f.Resolution.Rule))
	}
	lines = append(lines, m.Notes...)
	return strings.Join(lines, "\n")
}

func (p *Inputs) newItem() fyne.CanvasObject {
	check := widget.NewCheck("", nil)
	name := widget.NewLabel("name")
	name.Truncation = fyne.TextTruncateEllipsis
	facts := widget.NewLabel("0 atoms")
	remove := widget.NewButtonWithIcon("", theme.CancelIcon(), nil)
	remove.Importance = widget.LowImportance
	left := container.NewHBox(check, newSwatch(nil), newEye())
	return container.NewBorder(nil, nil, left, container.NewHBox(facts, remove), name)
}

func (p *Inputs) updateItem(i widget.ListItemID, o fyne.CanvasObject) {
	if i < 0 || i >= len(p.state.Structures) {
		return
	}
	t := p.state.Structures[i]
	parts := o.(*fyne.Container).Objects // as NewBorder orders them: centre, left, right
	name, left, right := parts[0].(*widget.Label), parts[1].(*fyne.Container), parts[2].(*fyne.Container)
	check, colour, see := left.Objects[0].(*widget.Check), left.Objects[1].(*swatch), left.Objects[2].(*eye)
	if colour.Hidden, see.Hidden = p.seen.Colours == nil, p.seen.Colours == nil; !see.Hidden {
		colour.do = func() { call(p.OnColor, t.ID) }
		colour.show(p.seen.Colours.Structure(t.ID))
		see.show(p.seen.Structures[t.ID], func() { call(p.OnSee, t.ID) })
	}
	name.SetText(t.Model.Name)
	check.OnChanged = nil
	check.SetChecked(t.Fit)
	check.OnChanged = func(fit bool) {
		if !p.mute && p.OnFit != nil {
			p.OnFit(t.ID, fit)
		}
	}
	right.Objects[0].(*widget.Label).SetText(structureFacts(t.Model))
	remove := right.Objects[1].(*widget.Button)
	remove.OnTapped = func() {
		if p.OnRemove != nil {
			p.OnRemove(t.ID)
		}
	}
	if remove.Enable(); slices.Contains(p.busy, t.ID) {
		remove.Disable()
	}
}

// structureFacts tells what a structure is; its water takes no part in a fit.
func structureFacts(s *mol.Structure) string {
	_, left := s.Count(mol.AllAtoms)
	water := ""
	if left.Water > 0 {
		water = fmt.Sprintf(" (%s of water)", grouped(left.Water))
	}
	return fmt.Sprintf("%s%s, %s, %s kDa", Plural(len(s.Atoms), "atom"), water, Plural(len(s.Chains()), "chain"), number(s.Mass(mol.AllAtoms)/1000, 1))
}
