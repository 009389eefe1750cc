// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting/volume"
)

var modes = []choice{
	{string(volume.ZeroContour), "to the contour: no crust is left"},
	{string(volume.ZeroDistance), "within a radius of atoms"},
	{string(volume.ZeroOwn), "own: spares neighbours and what is outside its contour"},
	{string(volume.ZeroMass), "95 % of the mass of a simulated map"},
	{string(volume.ZeroSoft), "soft: less where the model is dense"},
	{string(volume.ZeroSubtract), "subtract a simulated map"},
}

// The radius of zeroing that the slider has.
const leastRadius, largestRadius = 0.5, 8

// Compose is where a composite is put together: structures with their copies,
// rounds, accepted placements and the layers that zero their density, as a
// tree; what is to be placed next; how density is zeroed, and what that would
// erase; proposals to confirm.
type Compose struct {
	widget.BaseWidget
	SeenDeeds

	// OnSwitch and OnMove are told the ID of a layer, OnChange that of one that
	// is to be made again in the present way.
	OnSwitch func(layer int, on bool)
	OnMove   func(layer, steps int)
	OnChange func(layer int)
	// OnZero is told the ID of an accepted placement.
	OnZero   func(accepted int)
	OnRemove func(Node)
	OnCopies func(structure, copies int)
	// OnMenu asks for the context menu of a node, at a place of the window.
	OnMenu func(n Node, at fyne.Position)
	// OnSelect is told the node that a person chose.
	OnSelect func(Node)
	// OnZeroing is called when the way of zeroing, or whether to preview it,
	// changed; OnSphere when the sphere, or whether it is shown, did.
	OnZeroing func()
	OnSphere  func()
	// OnWrong is told what is wrong with a field, when it is done.
	OnWrong func(error)
	// The buttons.
	OnNext, OnHere, OnComplete, OnSymmetry func()
	OnConfirm, OnSkip, OnConfirmAll        func()

	state    document.State
	seen     Seen
	survey   *work.Survey
	selected Node
	children map[widget.TreeNodeID][]widget.TreeNodeID
	tree     *tree
	empty    *widget.Label
	rows     map[widget.TreeNodeID]*nodeRow // what shows a node now

	mode           *widget.Select
	radius         *entry
	slider         *widget.Slider
	preview        *widget.Check
	says           *widget.Label
	apply          *widget.Button
	ball           *widget.Check // the sphere is shown in the picture
	center, sphere *entry        // of the sphere; its radius
	symmetry       *entry
	zero           volume.ZeroOptions
	mute           bool

	next, here, complete, propose *widget.Button
	proposals                     *fyne.Container
	proposed                      *widget.Label
	confirm, skip, confirmAll     *widget.Button
	show, up, down, remove        *widget.Button
	busy                          bool
}

// NewCompose returns an empty panel with the default way of zeroing.
func NewCompose() *Compose {
	p := &Compose{zero: volume.DefaultZeroOptions(), rows: map[widget.TreeNodeID]*nodeRow{}}
	p.empty = hint("Accepted placements are listed here. Zero out takes their density from the map, so that the next fit looks elsewhere; it can always be switched back on.")
	p.buildZeroing()
	p.buildTree()
	p.buildActions()
	p.ExtendBaseWidget(p)
	p.enable()
	return p
}

// buildZeroing makes the choice of how density is zeroed.
func (p *Compose) buildZeroing() {
	var words []string
	for _, m := range modes {
		words = append(words, m.words)
	}
	p.mode = widget.NewSelect(words, func(string) {
		p.zero.Mode = volume.ZeroMode(modes[max(0, p.mode.SelectedIndex())].value)
		p.enable()
		p.zeroing()
	})
	p.radius = newEntry()
	p.slider = widget.NewSlider(leastRadius, largestRadius)
	p.slider.Step = 0.1
	p.slider.OnChanged = func(v float64) {
		if !p.mute {
			p.setRadius(v)
		}
	}
	p.radius.OnDone = func(text string) {
		v, err := radius(text)
		if !p.judge(p.radius, err) {
			p.zeroing() // there is nothing to preview
			return
		}
		p.setRadius(v)
	}
	p.preview = widget.NewCheck("Preview", func(bool) { p.zeroing() })
	p.says = widget.NewLabel("")
	p.says.Wrapping = fyne.TextWrapWord
	p.apply = widget.NewButton("Change zeroing", func() {
		if p.selected.Kind == LayerNode && p.OnChange != nil {
			p.OnChange(p.selected.ID)
		}
	})
	p.showRadius(p.zero.Radius)
	p.mode.SetSelectedIndex(0)
}

// buildActions makes the buttons.
func (p *Compose) buildActions() {
	b := func(text string, icon fyne.Resource, f *func()) *widget.Button {
		return widget.NewButtonWithIcon(text, icon, func() { act(*f) })
	}
	p.next = b("Next", theme.MediaSkipNextIcon(), &p.OnNext)
	p.here = b("Fit here", theme.SearchIcon(), &p.OnHere)
	p.complete = b("Complete", theme.MediaFastForwardIcon(), &p.OnComplete)
	p.propose = b("Symmetry", theme.ViewRefreshIcon(), &p.OnSymmetry)
	p.confirm = b("Accept", theme.ConfirmIcon(), &p.OnConfirm)
	p.confirm.Importance = widget.HighImportance
	p.skip = b("Reject", theme.CancelIcon(), &p.OnSkip)
	p.confirmAll = b("Accept all", theme.ConfirmIcon(), &p.OnConfirmAll)
	p.symmetry = newEntry()
	p.symmetry.PlaceHolder = "detect"
	p.buildSphere()
	p.symmetry.OnSubmitted = func(string) { act(p.OnSymmetry) }
	p.proposed = widget.NewLabel("")
	p.proposed.Wrapping = fyne.TextWrapWord
	p.proposals = container.NewVBox(p.proposed, container.NewHBox(p.confirm, p.skip, p.confirmAll))
	p.proposals.Hide()

	icon := func(i fyne.Resource, f func()) *widget.Button {
		b := widget.NewButtonWithIcon("", i, f)
		b.Importance = widget.LowImportance
		return b
	}
	p.show = icon(theme.VisibilityIcon(), func() { p.toggle() })
	p.up = icon(theme.MoveUpIcon(), func() { p.move(-1) })
	p.down = icon(theme.MoveDownIcon(), func() { p.move(1) })
	p.remove = icon(theme.DeleteIcon(), func() { p.drop() })
}

func act(f func()) {
	if f != nil {
		f()
	}
}

// CreateRenderer lays the panel out.
func (p *Compose) CreateRenderer() fyne.WidgetRenderer {
	narrow := func(o fyne.CanvasObject, width float32) fyne.CanvasObject {
		return container.NewGridWrap(fyne.NewSize(width, o.MinSize().Height), o)
	}
	fits := container.NewVBox(
		container.NewHBox(p.next, p.here),
		container.NewHBox(p.complete, p.propose, narrow(p.symmetry, 78)))
	size := container.NewBorder(nil, nil, nil, container.NewHBox(narrow(p.radius, 52), widget.NewLabel("Å"), p.preview), p.slider)
	zeroing := container.NewVBox(container.NewBorder(nil, nil, widget.NewLabel("Zero out"), nil, p.mode), size)
	says := container.NewBorder(nil, nil, nil, container.NewVBox(p.apply), p.says)
	side := container.NewVBox(p.show, p.up, p.down, p.remove)
	body := container.NewBorder(nil, nil, nil, side, container.NewStack(p.tree, container.NewVBox(p.empty)))
	top := container.NewVBox(fits, p.sphereRow(), zeroing, says, p.proposals)
	return widget.NewSimpleRenderer(scrolled(container.NewBorder(top, nil, nil, nil, body))) // where it is low
}

// zeroing tells that the way of zeroing changed.
func (p *Compose) zeroing() {
	if !p.mute {
		act(p.OnZeroing)
	}
}

func (p *Compose) setRadius(v float64) {
	p.zero.Radius = v
	p.showRadius(v)
	p.zeroing()
}

// showRadius shows a radius in the field and, as far as it goes, on the slider.
func (p *Compose) showRadius(v float64) {
	p.mute = true
	p.radius.settle(strconv.FormatFloat(v, 'g', 4, 64))
	p.slider.SetValue(max(leastRadius, min(largestRadius, v)))
	p.mute = false
}

func radius(text string) (float64, error) {
	v, err := parse(text)
	if err != nil || !(v > 0 && v <= 50) {
		return 0, fmt.Errorf("zero-out radius is %q, want a number above 0 and up to 50 Å", text)
	}
	return v, nil
}

// ZeroOptions returns how the next zeroing is to be done.
func (p *Compose) ZeroOptions() (volume.ZeroOptions, error) {
	o := p.zero
	if p.usesRadius() {
		v, err := radius(p.radius.Text)
		if err != nil {
			return o, err
		}
		o.Radius = v
	}
	return o, o.Validate()
}

func (p *Compose) usesRadius() bool {
	return p.zero.Mode == volume.ZeroContour || p.zero.Mode == volume.ZeroDistance || p.zero.Mode == volume.ZeroOwn
}

// SetZeroOptions shows how a layer was made, to begin a change with.
func (p *Compose) SetZeroOptions(o volume.ZeroOptions) {
	p.mute = true
	p.zero.Mode, p.zero.Radius = o.Mode, o.Radius
	for i, m := range modes {
		if m.value == string(o.Mode) {
			p.mode.SetSelectedIndex(i)
		}
	}
	p.mute = false
	p.showRadius(o.Radius)
	p.enable()
}

// Preview tells whether what would be erased is to be shown.
func (p *Compose) Preview() bool { return p.preview.Checked }

// SetPreview switches the preview on or off.
func (p *Compose) SetPreview(on bool) { p.preview.SetChecked(on) }

// Say shows a line about what would be erased, or is.
func (p *Compose) Say(text string) {
	hidden := text == "" && p.apply.Hidden
	if p.says.Text == text && p.says.Hidden == hidden {
		return
	}
	p.says.SetText(text)
	p.says.Hidden = hidden
	p.Refresh()
}

// Said returns that line.
func (p *Compose) Said() string { return p.says.Text }

// Sphere returns the radius of the sphere that a fit here is done in, 0 for
// the program's own.
func (p *Compose) Sphere() (float64, error) {
	if p.sphere.Text == "" {
		return 0, nil
	}
	v, err := parse(p.sphere.Text)
	if err != nil || !(v > 0 && v <= 1000) {
		return 0, fmt.Errorf("the radius of the sphere is %q, want a number above 0 and up to 1000 Å, or nothing for the program's own", p.sphere.Text)
	}
	return v, nil
}

// Symmetry returns the symmetry that was written, "" to detect it.
func (p *Compose) Symmetry() string { return p.symmetry.Text }

// SetProposals shows what is to be confirmed; without text there is nothing.
func (p *Compose) SetProposals(text string) {
	if p.proposed.Text == text {
		return
	}
	p.proposed.SetText(text)
	if text == "" {
		p.proposals.Hide()
	} else {
		p.proposals.Show()
	}
	p.Refresh()
}

// SetBusy switches the buttons off while a job runs. What keys ask for is told
// all the same, for whoever listens to say that it has to wait.
func (p *Compose) SetBusy(busy bool) {
	if busy != p.busy {
		p.busy = busy
		p.enable()
	}
}

// enable switches what can be done on, and the rest off.
func (p *Compose) enable() {
	if p.remove == nil {
		return // not built yet
	}
	on := func(o fyne.Disableable, on bool) {
		if on && !p.busy {
			o.Enable()
		} else {
			o.Disable()
		}
	}
	fits := p.state.Map != nil && len(p.state.Fitted()) > 0
	on(p.next, fits && len(p.state.Open()) > 0)
	on(p.here, fits)
	on(p.complete, fits && len(p.state.Open()) > 0)
	on(p.propose, p.state.Map != nil && (len(p.state.Accepted) > 0 || len(p.state.Significant()) > 0))
	on(p.confirm, true)
	on(p.skip, true)
	on(p.confirmAll, true)
	if p.usesRadius() {
		p.radius.Enable()
		p.slider.Enable()
	} else {
		p.radius.Disable()
		p.slider.Disable()
	}
	i := p.layerIndex()
	on(p.up, i > 0)
	on(p.down, i >= 0 && i < len(p.state.Layers)-1)
	on(p.show, i >= 0 || p.selected.Kind == AcceptedNode)
	on(p.remove, p.canRemove())
	on(p.apply, i >= 0)
	p.apply.Hidden = i < 0
}

// Named returns what is worked with, by name.
func (p *Compose) Named() map[string]fyne.CanvasObject {
	return map[string]fyne.CanvasObject{
		"compose.next": p.next, "compose.here": p.here, "compose.complete": p.complete, "compose.propose": p.propose,
		"compose.confirm": p.confirm, "compose.skip": p.skip, "compose.all": p.confirmAll,
		"compose.up": p.up, "compose.down": p.down, "compose.remove": p.remove, "compose.show": p.show, "compose.apply": p.apply,
		"compose.mode": p.mode, "compose.radius": p.radius, "compose.slider": p.slider, "compose.preview": p.preview,
		"compose.sphere": p.sphere, "compose.center": p.center, "compose.ball": p.ball, "compose.symmetry": p.symmetry, "compose.tree": p.tree,
	}
}
