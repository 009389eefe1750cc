// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"errors"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestPreferencesForm(t *testing.T) {
	test.NewTempApp(t)
	p := NewPreferences([]string{"a", "b"}, []string{"c", "d"}, []string{"e", "f", "g"}, "/cache")
	var got []PreferencesState
	var fault error
	p.OnChange = func(s PreferencesState) error { got = append(got, s); return fault }
	test.NewTempWindow(t, p)
	p.SetState(PreferencesState{Wheel: 2, Fly: true})
	if len(got) != 0 {
		t.Fatalf("showing a state tells %d changes", len(got))
	}
	p.mouse.SetSelectedIndex(1)
	p.threads.OnDone("4")
	p.memory.OnDone("1,5")
	p.fly.SetChecked(false)
	want := PreferencesState{Mouse: 1, Wheel: 2, Threads: 4, Memory: 1.5}
	if len(got) != 4 || got[3] != want {
		t.Fatalf("told %+v, want %+v at last", got, want)
	}
	tests := []struct {
		name, text, want string
		write            func(string)
	}{
		{"half a thread", "1.5", "threads: \"1.5\"", p.threads.OnDone},
		{"no thread", "0", "threads: \"0\"", p.threads.OnDone},
		{"words", "much", "memory limit: \"much\"", p.memory.OnDone},
		{"too little", "0.1", "memory limit: \"0.1\"", p.memory.OnDone},
	}
	for _, tt := range tests {
		tt.write(tt.text)
		if !strings.HasPrefix(p.fault.Text, tt.want) || len(got) != 4 || p.threads.Text != "4" || p.memory.Text != "1.5" {
			t.Errorf("%s: fault %q, %d changes, fields %q %q", tt.name, p.fault.Text, len(got), p.threads.Text, p.memory.Text)
		}
	}
	fault = errors.New("cache folder: cannot be")
	p.cache.OnDone("/somewhere")
	if p.fault.Text != fault.Error() || p.state.Cache != "" || p.cache.Text != "" {
		t.Errorf("a change that is refused stays: %q, %+v", p.fault.Text, p.state)
	}
	fault = nil
	p.threads.OnDone("")
	if got[len(got)-1].Threads != 0 || p.fault.Text != "" {
		t.Errorf("an empty field: %+v, fault %q", got[len(got)-1], p.fault.Text)
	}
}

// Escape in a field in which nothing was written closes the dialog; what else
// has the focus is not asked (see the window's keyboard).
func TestEscapeLeavesPreferences(t *testing.T) {
	p := NewPreferences([]string{"a", "b"}, []string{"c", "d"}, []string{"e", "f", "g"}, "/cache")
	shown(t, p, 620, 400)
	escapes := 0
	p.OnEscape = func() { escapes++ }
	for i, f := range []fyne.Focusable{p.threads, p.memory, p.cache, p.chimerax} {
		f.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
		if escapes != i+1 {
			t.Errorf("Escape in %T is not told", f)
		}
	}
	p.fly.TypedRune(' ')
	if !p.fly.Checked {
		t.Error("a space does not tick")
	}
}
