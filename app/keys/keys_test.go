// SPDX-License-Identifier: BSD-3-Clause

package keys

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

func TestKeysActAsTheHelpSays(t *testing.T) {
	var did string
	m := Map[string]{
		{Names: []fyne.KeyName{fyne.KeyLeft, fyne.KeyPageUp}, What: "back", Do: func(of string) { did = of + " back" }},
		{Names: []fyne.KeyName{fyne.KeyLeft}, Shift: true, What: "far back", Do: func(of string) { did = of + " far back" }},
		{Runes: "+=", What: "more", Do: func(of string) { did = of + " more" }},
		{Runes: "o", What: "other", Do: func(of string) { did = of + " other" }},
	}
	tests := []struct {
		name string
		act  func() bool
		want string
	}{
		{"key", func() bool { return m.Key("it", fyne.KeyPageUp, 0) }, "it back"},
		{"key with Shift", func() bool { return m.Key("it", fyne.KeyLeft, fyne.KeyModifierShift) }, "it far back"},
		{"key with Shift that has none", func() bool { return m.Key("it", fyne.KeyPageUp, fyne.KeyModifierShift) }, ""},
		{"unknown key", func() bool { return m.Key("it", fyne.KeyF2, 0) }, ""},
		{"character", func() bool { return m.Rune("it", '=') }, "it more"},
		{"upper case", func() bool { return m.Rune("it", 'O') }, "it other"},
		{"unknown character", func() bool { return m.Rune("it", 'ß') }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			did = ""
			if ok := tt.act(); ok != (tt.want != "") || did != tt.want {
				t.Errorf("%t, %q, want %q", ok, did, tt.want)
			}
		})
	}
	want := [][2]string{{"←  Page Up", "back"}, {"Shift + ←", "far back"}, {"+  =", "more"}, {"O", "other"}}
	for i, row := range m.Help() {
		if row != want[i] {
			t.Errorf("row %d of the help is %q, want %q", i, row, want[i])
		}
	}
}

func TestShortcutsAreWritten(t *testing.T) {
	tests := []struct {
		shortcut fyne.Shortcut
		want     string
	}{
		{&desktop.CustomShortcut{KeyName: fyne.KeyS, Modifier: fyne.KeyModifierControl | fyne.KeyModifierShift}, "Ctrl+Shift+S"},
		{&desktop.CustomShortcut{KeyName: fyne.KeyF1}, "F1"},
		{nil, ""},
	}
	for _, tt := range tests {
		if got := Shortcut(tt.shortcut); got != tt.want {
			t.Errorf("%v is written %q, want %q", tt.shortcut, got, tt.want)
		}
	}
}
