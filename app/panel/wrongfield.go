// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"errors"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
)

// mark shows that what is written is wrong, nil that it is not. Escape then takes
// back what was valid before.
func (e *entry) mark(wrong error) {
	if wrong == nil {
		e.valid = e.Text
		if e.wrong == nil {
			return
		}
	}
	e.wrong = wrong
	e.AlwaysShowValidationError = true // else the error is not taken
	e.SetValidationError(wrong)
	e.AlwaysShowValidationError = wrong != nil // a valid field has no sign
	e.Refresh()
}

// write takes over what a person wrote into a field, and tells of it if it is
// valid. If it is not, it is marked and said; the options stay.
func (p *Options) write(f *field, text string) {
	if p.mute {
		return
	}
	o := p.options
	err := f.put(&o, text)
	if err == nil {
		err = o.Validate()
	}
	f.edit.mark(err)
	p.blame()
	switch {
	case err != nil:
		if p.OnWrong != nil {
			p.OnWrong(f.wrong())
		}
	case o == p.options: // written in another way
		f.edit.settle(f.read(&o))
	case p.OnChange != nil:
		p.OnChange(o)
	}
}

// Refuse marks the field of an option as wrong, for a reason that the form does
// not know, and says so.
func (p *Options) Refuse(err *fitting.OptionError) {
	for i := range p.fields {
		if f := &p.fields[i]; f.option == err.Option {
			f.edit.mark(err)
			p.blame()
			if p.OnWrong != nil {
				p.OnWrong(f.wrong())
			}
		}
	}
}

// Wrong ends the writing of all fields that are shown, and returns the first
// that is not valid and what is wrong with it; nil and "" if all are.
func (p *Options) Wrong() (field fyne.Focusable, text string) {
	for i := range p.fields {
		f := &p.fields[i]
		if !p.isUsed(f) {
			continue
		}
		f.edit.done()
		if f.edit.wrong != nil { // by now it may be right: of another map
			p.write(f, f.edit.Text)
		}
		if f.edit.wrong != nil && field == nil {
			field, text = f.edit, f.wrong()
		}
	}
	return field, text
}

// isUsed tells whether the method that is chosen has the option of a field.
func (p *Options) isUsed(f *field) bool { return !f.paper || p.options.Method == fitting.DiffFit }

// forget shows the options where something else is written.
func (p *Options) forget() {
	for i := range p.fields {
		p.fields[i].edit.settle(p.fields[i].read(&p.options))
	}
	p.blame()
}

// isOpen tells whether something is written that is no value of the option.
func (f *field) isOpen() bool { return f.edit.wrong != nil || f.edit.Pending() }

// wrong says what is wrong with what is written, in the words of the form; "" if
// nothing is.
func (f *field) wrong() string {
	if f.edit.wrong == nil {
		return ""
	}
	if msg := message(f.edit.wrong, f.option); msg != "" {
		return f.label + " " + msg
	}
	return f.label + ": " + f.edit.wrong.Error()
}

// blame marks the names of the fields that are wrong, and shows why.
func (p *Options) blame() {
	var lines []string
	for i := range p.fields {
		f := &p.fields[i]
		is := widget.MediumImportance
		if text := f.wrong(); text != "" && p.isUsed(f) {
			lines = append(lines, text)
			is = widget.DangerImportance
		}
		if f.name.Importance != is {
			f.name.Importance = is
			f.name.Refresh()
		}
	}
	p.fault.SetText(strings.Join(lines, "\n"))
	p.fault.Hidden = len(lines) == 0
	p.fault.Refresh()
}

// message finds what err says of an option.
func message(err error, option string) string {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range joined.Unwrap() {
			if m := message(e, option); m != "" {
				return m
			}
		}
		return ""
	}
	var e *fitting.OptionError
	if errors.As(err, &e) && e.Option == option {
		return e.Msg
	}
	return ""
}

// judge marks a field as wrong, and says so, or as valid. It tells whether it is.
func (p *Compose) judge(e *entry, err error) bool {
	e.mark(err)
	if err != nil && p.OnWrong != nil {
		p.OnWrong(err)
	}
	return err == nil
}

// placed tells that the sphere was written, unless a part of it is wrong.
func (p *Compose) placed() {
	if p.sphere.wrong == nil && p.center.wrong == nil {
		act(p.OnSphere)
	}
}

// Wrong returns the field whose value is used and not valid; nil if all are.
// zeroing is of those that zero density out, else those of the sphere are meant.
func (p *Compose) Wrong(zeroing bool) fyne.Focusable {
	fields := []*entry{p.sphere, p.center}
	if zeroing {
		fields = []*entry{p.radius}
	}
	for _, e := range fields {
		e.done()
		if e.wrong != nil && !e.Disabled() {
			return e
		}
	}
	return nil
}
