// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// A choice is a value of an option with the words for it.
type choice struct{ value, words string }

var (
	methods = []choice{
		{string(fitting.Search), "Search (fast, stops when sure)"},
		{string(fitting.DiffFit), "DiffFit (as in the paper)"},
	}
	selections = []choice{
		{string(mol.AllAtoms), "All but water and hydrogens"},
		{string(mol.Backbone), "Backbone"},
	}
)

// A field is one option in the form.
type field struct {
	option string // as in JSON, which is how OptionError names it
	label  string
	unit   string
	empty  string // what an empty field stands for; "" if it may not be empty
	paper  bool   // for the method DiffFit alone
	blank  bool   // an empty field is passed on to write
	read   func(*fitting.Options) string
	write  func(*fitting.Options, string) error // of what is in the field
	name   *widget.Label
	edit   *entry
}

// mostWhole is the largest whole number that is read; what an option may be is
// less, as fitting.Options.Validate says.
const mostWhole = 1e9

// whole makes the functions of an option that is a whole number. A field that
// may be empty shows zero as nothing.
func whole(f field, at func(*fitting.Options) *int) field {
	f.read = func(o *fitting.Options) string {
		if v := *at(o); v != 0 || f.empty == "" {
			return strconv.Itoa(v)
		}
		return ""
	}
	f.write = func(o *fitting.Options, text string) error {
		v, err := f.number(text)
		if err != nil {
			return err
		}
		switch {
		case v != math.Trunc(v):
			return f.fault("is %g, want a whole number", v)
		case math.Abs(v) > mostWhole:
			return f.fault("is %g, want a whole number up to %d", v, int(mostWhole))
		}
		*at(o) = int(v)
		return nil
	}
	return f
}

// decimal makes the functions of an option that is a number.
func decimal(f field, at func(*fitting.Options) *float64) field {
	f.read = func(o *fitting.Options) string {
		if v := *at(o); v != 0 || f.empty == "" {
			return strconv.FormatFloat(v, 'g', -1, 64)
		}
		return ""
	}
	f.write = func(o *fitting.Options, text string) (err error) {
		*at(o), err = f.number(text)
		return err
	}
	return f
}

// seed is the field of the seed, every bit of which counts. It is written as on
// the command line, so that a fit can be repeated here and there.
func seed() field {
	f := field{option: "seed", label: "Random seed"}
	f.read = func(o *fitting.Options) string { return strconv.FormatUint(o.Seed, 10) }
	f.write = func(o *fitting.Options, text string) (err error) {
		if o.Seed, err = strconv.ParseUint(strings.TrimSpace(text), 0, 64); err != nil {
			return f.fault("is %q, want a whole number from 0 to %d", text, uint64(math.MaxUint64))
		}
		return nil
	}
	return f
}

// contour is the field of the contour level of the fit, in the units of the map.
func contour() field {
	f := field{option: "level", label: "Level", unit: "map", empty: "automatic", blank: true}
	f.read = func(o *fitting.Options) string {
		if o.Level == nil {
			return ""
		}
		return strconv.FormatFloat(*o.Level, 'g', -1, 64)
	}
	f.write = func(o *fitting.Options, text string) error {
		if strings.TrimSpace(text) == "" {
			o.Level = nil
			return nil
		}
		v, err := f.number(text)
		o.Level = &v
		return err
	}
	return f
}

// number reads a number from a field.
func (f *field) number(text string) (float64, error) {
	v, err := parse(text)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return 0, f.fault("is %q, want a number", text)
	}
	return v, nil
}

// fault says what is wrong with a field.
func (f *field) fault(format string, args ...any) error {
	return &fitting.OptionError{Option: f.option, Msg: fmt.Sprintf(format, args...)}
}

// fields are those of the form, in order.
func fields() []field {
	type o = fitting.Options
	return []field{
		contour(),
		decimal(field{option: "resolution", label: "Resolution", unit: "Å", empty: "estimated"}, func(o *o) *float64 { return &o.Resolution }),
		whole(field{option: "starts", label: "Starts", unit: "at most", empty: "by method"}, func(o *o) *int { return &o.Starts }),
		seed(),
		whole(field{option: "threads", label: "Threads", empty: "all"}, func(o *o) *int { return &o.Threads }),
		whole(field{option: "min_island", label: "Ignore dust", unit: "voxels", empty: "by method"}, func(o *o) *int { return &o.MinIsland }),
		decimal(field{option: "cluster_shift", label: "Merge shift", unit: "Å"}, func(o *o) *float64 { return &o.ClusterShift }),
		decimal(field{option: "cluster_angle", label: "Merge angle", unit: "°"}, func(o *o) *float64 { return &o.ClusterAngle }),
		whole(field{option: "smoothings", label: "Smoothed copies", paper: true}, func(o *o) *int { return &o.Smoothings }),
		decimal(field{option: "outside", label: "Outside", unit: "max is 1", paper: true}, func(o *o) *float64 { return &o.Outside }),
		whole(field{option: "iterations", label: "Iterations", paper: true}, func(o *o) *int { return &o.Iterations }),
		decimal(field{option: "shift_rate", label: "Shift rate", unit: "boxes", paper: true}, func(o *o) *float64 { return &o.ShiftRate }),
		decimal(field{option: "rotation_rate", label: "Rotation rate", paper: true}, func(o *o) *float64 { return &o.RotationRate }),
	}
}

// Options is the form of the fit's options.
type Options struct {
	widget.BaseWidget

	// OnChange is told options that a person changed; they are valid.
	OnChange func(fitting.Options)
	// OnReset is called to go back to the default options.
	OnReset func()
	// OnWrong is told what is wrong with a field, when it is done.
	OnWrong func(text string)
	// OnLive is told whether the table is to follow the options.
	OnLive func(on bool)
	// OnLevel and OnResolution are told what is being dragged, the level in the
	// units of the map, the resolution in ångström, and whether it was let go.
	OnLevel, OnResolution func(v float64, done bool)

	options fitting.Options
	follow  *followFit
	method  *widget.Select
	atoms   *widget.Select
	expand  *widget.Check
	fields  []field
	paper   []fyne.CanvasObject // shown for the method DiffFit alone
	fault   *widget.Label
	level   *widget.Label // of the fit, in words
	body    *fyne.Container
	mute    bool
}

// NewOptions returns a form with default options.
func NewOptions() *Options {
	p := &Options{options: fitting.DefaultOptions(), fields: fields(), fault: widget.NewLabel(""), level: hint("")}
	p.level.Hide()
	p.fault.Wrapping = fyne.TextWrapWord
	p.fault.Importance = widget.DangerImportance
	p.method = p.choose(methods, func(o *fitting.Options, v string) { o.Method = fitting.Method(v) })
	p.atoms = p.choose(selections, func(o *fitting.Options, v string) { o.Atoms = mol.Selection(v) })
	p.expand = widget.NewCheck("Fill outside after all smoothings, not after each", func(on bool) {
		p.change(func(o *fitting.Options) { o.Expand = on })
	})
	p.build()
	p.ExtendBaseWidget(p)
	p.SetOptions(p.options)
	return p
}

func (p *Options) choose(choices []choice, set func(*fitting.Options, string)) *widget.Select {
	var words []string
	for _, c := range choices {
		words = append(words, c.words)
	}
	s := widget.NewSelect(words, nil)
	s.OnChanged = func(string) {
		if i := s.SelectedIndex(); i >= 0 {
			p.change(func(o *fitting.Options) { set(o, choices[i].value) })
		}
	}
	return s
}

// build lays the form out: pairs of label and field.
func (p *Options) build() {
	common, paper := container.NewVBox(), container.NewVBox()
	for i := range p.fields {
		f := &p.fields[i]
		f.edit = newNumber()
		f.edit.PlaceHolder = f.empty
		f.edit.OnDone = func(text string) { p.write(f, text) }
		label := f.label
		if f.unit != "" {
			label += "  (" + f.unit + ")"
		}
		f.name = widget.NewLabel(label)
		cell := container.New(layout.NewFormLayout(), besideField(f.name), f.edit)
		if f.paper {
			paper.Add(cell)
		} else {
			common.Add(cell)
		}
	}
	p.paper = []fyne.CanvasObject{widget.NewSeparator(), paper, p.expand}
	reset := widget.NewButton("Defaults", func() {
		p.forget()
		if p.OnReset != nil {
			p.OnReset()
		}
	})
	choices := container.New(layout.NewFormLayout(), labelOf("Method"), container.NewBorder(nil, nil, nil, reset, p.method), labelOf("Atoms"), p.atoms)
	p.follow = newFollowFit()
	p.connectFollow()
	p.body = container.NewVBox(p.follow.box, choices, common, p.level)
	for _, o := range p.paper {
		p.body.Add(o)
	}
	p.body.Add(p.fault)
}

// labelWidth makes the fields of the form stand in columns.
const labelWidth = 142

func labelOf(text string) fyne.CanvasObject { return besideField(widget.NewLabel(text)) }

// besideField puts a label where those of fields stand.
func besideField(l *widget.Label) fyne.CanvasObject {
	l.Truncation = fyne.TextTruncateEllipsis
	beside := widget.NewEntry().MinSize().Height
	return container.NewGridWrap(fyne.NewSize(labelWidth, beside), container.NewVBox(layout.NewSpacer(), l, layout.NewSpacer()))
}

// Resolution returns the field of the resolution.
func (p *Options) Resolution() fyne.Focusable { return p.fieldOf("resolution") }

// Level returns the field of the contour level of the fit.
func (p *Options) Level() fyne.Focusable { return p.fieldOf("level") }

// fieldOf returns the field of an option, which must be one.
func (p *Options) fieldOf(option string) fyne.Focusable {
	i := slices.IndexFunc(p.fields, func(f field) bool { return f.option == option })
	return p.fields[i].edit
}

// put reads what was written into an option.
func (f *field) put(o *fitting.Options, text string) error {
	if strings.TrimSpace(text) == "" && f.empty != "" && !f.blank {
		text = "0"
	}
	return f.write(o, text)
}

// CreateRenderer lays the panel out.
func (p *Options) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(scrolled(p.body))
}

// SetOptions shows o. A field in which something else is written, wrong or not
// done, stays as it is unless its option changed.
func (p *Options) SetOptions(o fitting.Options) {
	p.mute = true
	defer func() { p.mute = false }()
	old := p.options
	p.options = o
	show := func(s *widget.Select, choices []choice, value string) {
		for i, c := range choices {
			if c.value == value && s.SelectedIndex() != i {
				s.SetSelectedIndex(i)
			}
		}
	}
	show(p.method, methods, string(o.Method))
	show(p.atoms, selections, string(o.Atoms))
	p.expand.SetChecked(o.Expand)
	for i := range p.fields {
		f := &p.fields[i]
		if is := f.read(&o); !f.isOpen() || is != f.read(&old) {
			f.edit.settle(is)
		}
	}
	for _, part := range p.paper {
		if o.Method == fitting.DiffFit {
			part.Show()
		} else {
			part.Hide()
		}
	}
	p.blame()
	p.body.Refresh()
}

// SetLevel tells the contour level of the next fit, in words, and which σ of the
// map as it was opened that is; a nil map hides it.
func (p *Options) SetLevel(l volume.Level, whole *volume.Profile) {
	if whole == nil {
		p.level.Hide()
		return
	}
	how := "automatic: " + l.Rule
	if l.IsStated() {
		how = "as written above; clear the field for the automatic one"
	}
	p.level.SetText(fmt.Sprintf("All structures are fitted at level %s (%s σ), %s. It is low on purpose, so that weak parts count; the picture has another.", short(l.Value), number(nearZero(whole.Sigmas(l.Value)), 2), how))
	p.level.Show()
}

// change applies a choice of a person, and tells of it.
func (p *Options) change(edit func(*fitting.Options)) {
	if p.mute {
		return
	}
	o := p.options
	edit(&o)
	if o != p.options && p.OnChange != nil {
		p.OnChange(o)
	}
}
