// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"difffit/fitting"
)

// fieldOf returns the field of an option.
func fieldOf(p *Options, option string) *field {
	return &p.fields[slices.IndexFunc(p.fields, func(f field) bool { return f.option == option })]
}

// What is no value of an option is marked when the field is left, on Return, and
// before a fit; the message names the field, the value and what is wanted.
func TestWrongOptionsAreMarked(t *testing.T) {
	leave := func(p *Options, e *entry) { e.FocusLost() }
	enter := func(p *Options, e *entry) { e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn}) }
	fit := func(p *Options, e *entry) { p.Wrong() }
	tests := []struct {
		name, option, text string
		end                func(*Options, *entry)
		want               string
	}{
		{"words", "starts", "abc", leave, `Starts is "abc", want a number`},
		{"negative", "starts", "-5", enter, "Starts is -5, want 1 to 10000000"},
		{"not a number", "starts", "NaN", fit, `Starts is "NaN", want a number`},
		{"huge", "starts", "1e99", leave, "Starts is 1e+99, want a whole number up to 1000000000"},
		{"huge dust", "min_island", "1e99", fit, "Ignore dust is 1e+99, want a whole number up to 1000000000"},
		{"words", "resolution", "abc", fit, `Resolution is "abc", want a number`},
		{"negative", "resolution", "-5", leave, "Resolution is -5 Å, want 0.5 to 100"},
		{"not a number", "resolution", "NaN", enter, `Resolution is "NaN", want a number`},
		{"huge", "resolution", "1e99", leave, "Resolution is 1e+99 Å, want 0.5 to 100"},
		{"infinite", "level", "1e999", leave, `Level is "1e999", want a number`},
		{"not a number", "level", "NaN", leave, `Level is "NaN", want a number`},
		{"negative", "seed", "-5", enter, `Random seed is "-5", want a whole number from 0`},
		{"negative", "threads", "-5", leave, "Threads is -5, want 1 to 4096"},
		{"not a number", "cluster_shift", "NaN", leave, `Merge shift is "NaN", want a number`},
		{"huge", "cluster_angle", "1e99", fit, "Merge angle is 1e+99, want 0 to 180"},
		{"a comma", "resolution", "7,5", leave, ""},
		{"a great number as a power", "starts", "1e3", enter, ""},
	}
	for _, tt := range tests {
		t.Run(tt.option+" "+tt.name, func(t *testing.T) {
			p := NewOptions()
			shown(t, p, 600, 400)
			said, changed := "", 0
			p.OnWrong = func(text string) { said = text }
			p.OnChange = func(o fitting.Options) { changed++; p.SetOptions(o) }
			f := fieldOf(p, tt.option)
			f.edit.SetText(tt.text)
			tt.end(p, f.edit)
			wrong := tt.want != ""
			if !strings.HasPrefix(said, tt.want) || p.fault.Text != said || p.fault.Visible() != wrong {
				t.Errorf("said %q, shows %q; want %q", said, p.fault.Text, tt.want)
			}
			if marked := f.edit.wrong != nil && f.name.Importance == widget.DangerImportance; marked != wrong || (changed > 0) == wrong {
				t.Errorf("marked %t, changed %d times", marked, changed)
			}
			if at, text := p.Wrong(); (at == fyne.Focusable(f.edit)) != wrong || text != said {
				t.Errorf("a fit is told %q", text)
			}
			if wrong && f.edit.Text != tt.text {
				t.Errorf("the field has %q", f.edit.Text)
			}
		})
	}
}

// What becomes of wrong fields when something else happens.
func TestWrongOptionsStayUntilMended(t *testing.T) {
	write := func(p *Options, option, text string) {
		e := fieldOf(p, option).edit
		e.SetText(text)
		e.done()
	}
	tests := []struct {
		name             string
		do               func(p *Options)
		starts, shift    string // in the fields
		wrongs, startsIs int
	}{
		{"a valid entry elsewhere", func(p *Options) { write(p, "resolution", "7") }, "abc", "-5", 2, 0},
		{"another method", func(p *Options) { p.method.SetSelectedIndex(1) }, "abc", "-5", 2, 0},
		{"one is mended", func(p *Options) { write(p, "starts", "70") }, "70", "-5", 1, 70},
		{"one is emptied", func(p *Options) { write(p, "starts", "") }, "", "-5", 1, 0},
		{"Escape", func(p *Options) { fieldOf(p, "starts").edit.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}) }, "", "-5", 1, 0},
		{"its option changes", func(p *Options) { o := p.options; o.Starts = 90; p.SetOptions(o) }, "90", "-5", 1, 90},
		{"defaults", func(p *Options) { p.forget() }, "", "6", 0, 0},
		{"refused by the map", func(p *Options) {
			p.Refuse(&fitting.OptionError{Option: "level", Msg: "99 is above all densities"})
		}, "abc", "-5", 3, 0},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := NewOptions()
			shown(t, p, 600, 400)
			o := p.options
			o.ClusterShift = 6
			p.SetOptions(o)
			p.OnChange = p.SetOptions
			write(p, "starts", "abc")
			write(p, "cluster_shift", "-5")
			tt.do(p)
			if a, b := fieldOf(p, "starts").edit.Text, fieldOf(p, "cluster_shift").edit.Text; a != tt.starts || b != tt.shift {
				t.Errorf("fields have %q and %q, want %q and %q", a, b, tt.starts, tt.shift)
			}
			lines := strings.FieldsFunc(p.fault.Text, func(r rune) bool { return r == '\n' })
			if len(lines) != tt.wrongs || p.options.Starts != tt.startsIs || p.options.ClusterShift != 6 {
				t.Errorf("says %q, starts %d", lines, p.options.Starts)
			}
		})
	}
}

// Fields of a method that is not chosen keep nothing from running.
func TestWrongOptionsOfTheOtherMethodDoNotCount(t *testing.T) {
	p := NewOptions()
	shown(t, p, 600, 400)
	p.OnChange = p.SetOptions
	p.method.SetSelectedIndex(1)
	fieldOf(p, "iterations").edit.SetText("-5")
	if at, text := p.Wrong(); at == nil || text != "Iterations is -5, want 1 to 100000" {
		t.Errorf("says %q", text)
	}
	p.method.SetSelectedIndex(0)
	if _, text := p.Wrong(); text != "" || p.fault.Visible() {
		t.Errorf("says %q and shows %q", text, p.fault.Text)
	}
}

// The fields of the panel Compose are marked as well.
func TestWrongNumbersOfComposeAreMarked(t *testing.T) {
	tests := []struct {
		name, text string
		field      func(*Compose) *entry
		zeroing    bool
		want       string
	}{
		{"radius", "-9", func(p *Compose) *entry { return p.radius }, true, `zero-out radius is "-9", want a number above 0 and up to 50 Å`},
		{"radius", "NaN", func(p *Compose) *entry { return p.radius }, true, `zero-out radius is "NaN", want`},
		{"radius", "1e99", func(p *Compose) *entry { return p.radius }, true, `zero-out radius is "1e99", want`},
		{"radius", "4", func(p *Compose) *entry { return p.radius }, true, ""},
		{"sphere", "abc", func(p *Compose) *entry { return p.sphere }, false, `the radius of the sphere is "abc", want`},
		{"sphere", "20", func(p *Compose) *entry { return p.sphere }, false, ""},
		{"centre", "1, 2", func(p *Compose) *entry { return p.center }, false, `the centre of the sphere is "1, 2", want`},
	}
	for _, tt := range tests {
		t.Run(tt.name+" "+tt.text, func(t *testing.T) {
			p := NewCompose()
			shown(t, p, 620, 320)
			p.ball.SetChecked(true)
			said := ""
			p.OnWrong = func(err error) { said = err.Error() }
			e := tt.field(p)
			was := e.Text
			e.SetText(tt.text)
			e.FocusLost()
			wrong := tt.want != ""
			if !strings.HasPrefix(said, tt.want) || (said != "") != wrong || (e.wrong != nil) != wrong || (p.Wrong(tt.zeroing) != nil) != wrong {
				t.Errorf("says %q, marked %v; want %q", said, e.wrong, tt.want)
			}
			if e.Text != tt.text {
				t.Errorf("the field has %q", e.Text)
			}
			if e.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape}); wrong && (e.Text != was || e.wrong != nil) {
				t.Errorf("after Escape the field has %q, marked %v", e.Text, e.wrong)
			}
		})
	}
}
