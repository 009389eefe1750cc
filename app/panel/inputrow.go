// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"errors"
	"fmt"
	"image/color"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"difffit/app/document"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
)

// A Stand is what a row says of a structure where it stands.
type Stand struct {
	work.Stand
	Err   error // why that is not known
	Moved bool  // it stands elsewhere than its file says
}

// brief is text in so few words that there is room for it in a row.
func (s Stand) brief() string {
	if s.Err != nil || s.Outside > 0 {
		return s.text()
	}
	return fmt.Sprintf("%s: score %s, %s", s.where(), number(s.Score, 3), s.Verdict(s.Resolution.Value))
}

func (s Stand) where() string {
	if s.Moved {
		return "as moved"
	}
	return "as opened"
}

// text tells how good a structure is where it stands.
func (s Stand) text() string {
	where := s.where()
	switch {
	case errors.Is(s.Err, fitting.ErrEmpty):
		return where + ": no score: the map has nothing above the level"
	case s.Err != nil:
		return fmt.Sprintf("%s: no score: %s", where, Reason(s.Err))
	case s.Outside > 0:
		return fmt.Sprintf("%s: %s Å outside the map", where, number(math.Ceil(s.Outside), 0))
	}
	return where + ": " + Judged(s.Placement, s.Resolution.Value)
}

// placedText tells how good the best accepted placement of a structure is, and how
// many there are; "" where there is none, or a person has moved it: then it is
// asked how it stands. Where the file of a structure that is placed has it says
// nothing any more.
func placedText(s document.State, t *document.Structure) string {
	n := s.Placed(t.ID)
	if n == 0 || t.IsMoved() {
		return ""
	}
	var best fitting.Placement
	for _, a := range s.Accepted {
		if a.Structure == t.ID && (best.Motion == geom.Rigid{} || a.Placement.InWhole().Score > best.InWhole().Score) {
			best = a.Placement
		}
	}
	text := "placed: "
	if n > 1 {
		text = "placed, the best: "
	}
	return text + Quality(best)
}

// doubt returns in words why it is not believable, "" if it is.
func (s Stand) doubt() string { return s.Doubt(s.Resolution.Value) }

// colour says what the text is shown in: a right one green, one outside of the
// map orange, the others quietly.
func (s Stand) colour() widget.Importance {
	switch {
	case s.Err != nil || s.Outside > 0:
		return widget.WarningImportance
	case s.doubt() == "":
		return widget.SuccessImportance
	}
	return widget.LowImportance
}

// An inputRow is what the list of structures has of one of them.
type inputRow struct {
	widget.BaseWidget
	panel        *Inputs
	id           int // of the structure
	held         fyne.KeyModifier
	back         *canvas.Rectangle
	check        *widget.Check
	name, facts  *widget.Label
	says         string // of the structure where it stands, in full
	stand        *widget.Label
	copies       *copyCounter
	color        *swatch
	see          *eye
	show, remove *widget.Button
	body         fyne.CanvasObject
}

var (
	_ desktop.Mouseable      = (*inputRow)(nil)
	_ fyne.Tappable          = (*inputRow)(nil)
	_ fyne.SecondaryTappable = (*inputRow)(nil)
)

// captionGap takes away some of the room between the two lines of a row.
const captionGap = -8

func newInputRow(p *Inputs) *inputRow {
	r := &inputRow{panel: p, back: canvas.NewRectangle(color.Transparent), check: widget.NewCheck("", nil)}
	r.name, r.facts, r.stand = widget.NewLabel("name"), widget.NewLabel("0 atoms"), widget.NewLabel("as opened")
	r.name.Truncation, r.stand.Truncation = fyne.TextTruncateEllipsis, fyne.TextTruncateEllipsis
	r.facts.SizeName, r.stand.SizeName = theme.SizeNameCaptionText, theme.SizeNameCaptionText
	r.facts.Importance = widget.LowImportance
	button := func(icon fyne.Resource, do func()) *widget.Button {
		b := widget.NewButtonWithIcon("", icon, do)
		b.Importance = widget.LowImportance
		return b
	}
	r.show = button(theme.ZoomFitIcon(), func() { r.panel.act(r.panel.OnShow, r.id) })
	r.remove = button(theme.CancelIcon(), func() {
		if p.OnRemove != nil {
			p.OnRemove([]int{r.id})
		}
	})
	r.copies, r.color, r.see = newCopyCounter(), newSwatch(nil), newEye()
	tight := func(o ...fyne.CanvasObject) fyne.CanvasObject {
		return container.New(layout.NewCustomPaddedHBoxLayout(0), o...)
	}
	first := container.NewBorder(nil, nil, tight(r.check, r.color, r.see), tight(r.copies, r.show, r.remove), container.New(nameLayout{r.name, r.facts}, r.name, r.facts))
	indent := canvas.NewRectangle(color.Transparent)
	indent.SetMinSize(fyne.NewSize(r.check.MinSize().Width, 0))
	second := container.NewBorder(nil, nil, indent, nil, r.stand)
	r.body = container.NewStack(r.back, container.New(layout.NewCustomPaddedVBoxLayout(captionGap), first, second))
	r.ExtendBaseWidget(r)
	p.rows = append(p.rows, r) // the list has few, and uses them again
	return r
}

// A nameLayout has a name, and behind it the facts where there is room for both:
// a name that cannot be read says nothing.
type nameLayout struct{ name, facts *widget.Label }

// Layout puts both into a line.
func (l nameLayout) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	name := fyne.MeasureText(l.name.Text, theme.TextSize(), l.name.TextStyle).Width + 2*theme.InnerPadding()
	facts := l.facts.MinSize()
	if l.facts.Hidden = size.Width < name+facts.Width; l.facts.Hidden {
		facts.Width = 0
	}
	l.facts.Move(fyne.NewPos(size.Width-facts.Width, (size.Height-facts.Height)/2))
	l.facts.Resize(facts)
	l.name.Resize(fyne.NewSize(size.Width-facts.Width, size.Height))
}

// MinSize is that of the name.
func (l nameLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.name.MinSize() }

// CreateRenderer lays the parts out.
func (r *inputRow) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(r.body) }

// set shows a structure.
func (r *inputRow) set(t *document.Structure) {
	p := r.panel
	r.id = t.ID
	r.name.SetText(t.Model.Name)
	r.check.OnChanged = nil
	r.check.SetChecked(t.Fit)
	r.check.OnChanged = func(fit bool) {
		if !p.mute && p.OnFit != nil {
			p.OnFit([]int{t.ID}, fit)
		}
	}
	r.facts.SetText(structureFacts(t.Model))
	text, importance := "", widget.LowImportance
	r.says = ""
	if placed := placedText(p.state, t); placed != "" {
		text, importance, r.says = placed, widget.SuccessImportance, placed
	} else if s, ok := p.stands[t.ID]; ok {
		text, importance, r.says = s.brief(), s.colour(), s.text()
	}
	r.stand.Importance = importance
	r.stand.SetText(text)
	if r.color.Hidden, r.see.Hidden = p.seen.Colours == nil, p.seen.Colours == nil; !r.see.Hidden {
		r.color.do = func() { call(p.OnColor, t.ID) }
		r.color.show(p.seen.Colours.Structure(t.ID))
		r.see.show(p.seen.Structures[t.ID], func() { call(p.OnSee, t.ID) })
	}
	r.copies.set(p.state, t.ID, func(copies int) {
		if p.OnCopies != nil {
			p.OnCopies(t.ID, copies)
		}
	})
	if r.remove.Enable(); slices.Contains(p.busy, t.ID) {
		r.remove.Disable()
	}
	r.back.FillColor = color.Transparent
	if slices.Contains(p.selected, t.ID) {
		r.back.FillColor = theme.Color(theme.ColorNameSelection)
	}
	r.back.Refresh()
}

// MouseDown notes which keys are held: clicks with Ctrl or Shift select more.
func (r *inputRow) MouseDown(e *desktop.MouseEvent) { r.held = e.Modifier }

// MouseUp does nothing.
func (r *inputRow) MouseUp(*desktop.MouseEvent) {}

// Tapped selects the structure. Keys are not for the field any more that had
// them.
func (r *inputRow) Tapped(*fyne.PointEvent) {
	if c := fyne.CurrentApp().Driver().CanvasForObject(r); c != nil && c.Focused() == r.panel.tools.search {
		c.Unfocus()
	}
	r.panel.clicked(r.id, r.held)
}

// TappedSecondary asks for what can be done with the selected structures; one that
// is not among them is selected before.
func (r *inputRow) TappedSecondary(e *fyne.PointEvent) {
	p := r.panel
	if !slices.Contains(p.selected, r.id) {
		p.clicked(r.id, 0)
	}
	if p.OnMenu != nil {
		p.OnMenu(r.id, e.AbsolutePosition)
	}
}
