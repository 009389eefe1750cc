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
	"difffit/fitting"
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
	// OnRemove and OnFit are told the IDs of structures.
	OnRemove func(ids []int)
	OnFit    func(ids []int, fit bool)
	// OnCopies is told how many copies of a structure are expected.
	OnCopies func(id, copies int)
	// OnRemoveMap is told the ID of a map beside the one that is fitted into.
	OnRemoveMap func(id int)
	// OnSelect is called when a person selected other structures.
	OnSelect func()
	// OnShow is told the ID of a structure that is to be seen.
	OnShow func(id int)
	// OnFitInMap and OnMoveMode are about the models that are selected.
	OnFitInMap, OnMoveMode func()
	SeenDeeds

	// OnMenu asks for the context menu of a structure, at a place of the window.
	OnMenu func(id int, at fyne.Position)

	state   document.State
	facts   *MapFacts
	mapText *widget.Label
	others  *fyne.Container // maps beside it
	title   *widget.Label
	count   *widget.Label
	list    *widget.List
	empty   *widget.Label
	mute    bool
	busy    []int       // structures that are being placed
	rows    []*inputRow // that the list uses
	seen    Seen
	body    *fyne.Container

	tools     inputTools
	fit, move *widget.Button
	actions   fyne.CanvasObject
	shown     []*document.Structure // in their order
	selected  []int                 // IDs
	anchor    int                   // ID of the one that was clicked on last
	stands    map[int]Stand
}

// NewInputs returns a panel without inputs.
func NewInputs() *Inputs {
	p := &Inputs{mapText: widget.NewLabel(""), title: Heading("Map"), count: Heading("Structures"), empty: hint(""), others: container.NewVBox()}
	p.mapText.Wrapping = fyne.TextWrapWord
	p.mapText.Selectable = true
	p.title.Truncation, p.count.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	p.list = widget.NewList(func() int { return len(p.shown) }, func() fyne.CanvasObject { return newInputRow(p) }, p.updateRow)
	p.list.OnSelected = func(i widget.ListItemID) { // by a key
		p.list.UnselectAll()
		if i >= 0 && i < len(p.shown) {
			p.clicked(p.shown[i].ID, 0)
		}
	}
	p.tools, p.actions = p.newTools(), p.newActions()
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
		p.others,
		container.NewBorder(nil, nil, nil, p.actions, p.count),
		p.tools.box,
	)
	p.body = container.NewBorder(top, nil, nil, nil, container.NewStack(p.list, container.NewVBox(p.empty)))
	return widget.NewSimpleRenderer(scrolled(p.body)) // where it is low
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
	other := !slices.Equal(s.Others, p.state.Others)
	p.state = s
	if other {
		p.showOthers()
	}
	p.show()
}

// showOthers lists the maps beside the one that is fitted into.
func (p *Inputs) showOthers() {
	p.others.RemoveAll()
	for _, o := range p.state.Others {
		use, g := string(o.Use), o.Map.Grid
		name := widget.NewLabel(capital(use) + "  " + o.Map.Name)
		name.Truncation = fyne.TextTruncateEllipsis
		facts := widget.NewLabel(fmt.Sprintf("%d × %d × %d voxels of %s Å", g.Size[0], g.Size[1], g.Size[2], number(g.Step.X, 3)))
		remove := widget.NewButtonWithIcon("", theme.CancelIcon(), func() {
			if p.OnRemoveMap != nil {
				p.OnRemoveMap(o.ID)
			}
		})
		remove.Importance = widget.LowImportance
		p.others.Add(container.NewBorder(nil, nil, nil, container.NewHBox(facts, remove), name))
	}
	p.Refresh()
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
	p.arrange()
	p.count.SetText(p.counted())
	p.empty.SetText("PDB, mmCIF or BinaryCIF files, also gzipped. Drop them on the window or press Ctrl+O.")
	p.empty.Hidden = len(p.state.Structures) > 0
	p.actions.(*fyne.Container).Hidden = len(p.state.Structures) == 0
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
			p.resolution(f.Resolution))
	}
	lines = append(lines, m.Notes...)
	return strings.Join(lines, "\n")
}

// resolution tells that of the next fit: what is stated, else the estimate.
func (p *Inputs) resolution(estimate volume.Resolution) string {
	if r := p.state.Options.Resolution; r > 0 {
		return fmt.Sprintf("resolution %s Å, stated (estimated: %s Å)", number(r, 1), number(estimate.Value, 1))
	}
	return fmt.Sprintf("resolution %s Å (%s)", number(estimate.Value, 1), estimate.Rule)
}

// IsOfOther tells whether other options would be told otherwise.
func (p *Inputs) IsOfOther(o fitting.Options) bool { return o.Resolution != p.state.Options.Resolution }

// updateRow shows a structure in a row of the list.
func (p *Inputs) updateRow(i widget.ListItemID, o fyne.CanvasObject) {
	if i >= 0 && i < len(p.shown) {
		o.(*inputRow).set(p.shown[i])
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
