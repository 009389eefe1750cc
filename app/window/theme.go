// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Appearances, as they are kept in the preferences.
const (
	bySystem = "system"
	light    = "light"
	dark     = "dark"
)

// firstAppearance is that of a person who chose none: maps and ribbons are told
// apart best on white, as in print.
const firstAppearance = light

// colours are those that differ from Fyne's, of the light look and of the dark
// one: with them text has a contrast of 4.5 : 1 at least, and the borders of
// fields have 3 : 1, as WCAG 2.2 asks for; Fyne's own have less. Fyne 2.7 makes
// the colour of shortcuts in menus of the low bytes of the foreground, hence
// its alpha: with it they can be read.
var colours = map[bool]map[fyne.ThemeColorName]color.NRGBA{
	true: {
		theme.ColorNameForeground:          {0, 0, 0, 240},
		theme.ColorNamePlaceHolder:         {90, 90, 90, 255},
		theme.ColorNameDisabled:            {102, 102, 108, 255},
		theme.ColorNamePrimary:             {18, 84, 204, 255},
		theme.ColorNameHyperlink:           {18, 84, 204, 255},
		theme.ColorNameForegroundOnPrimary: {255, 255, 255, 255},
		theme.ColorNameError:               {186, 26, 26, 255},
		theme.ColorNameForegroundOnError:   {255, 255, 255, 255},
		theme.ColorNameWarning:             {146, 78, 0, 255},
		theme.ColorNameForegroundOnWarning: {255, 255, 255, 255},
		theme.ColorNameSuccess:             {20, 115, 45, 255},
		theme.ColorNameForegroundOnSuccess: {255, 255, 255, 255},
		theme.ColorNameInputBorder:         {128, 128, 134, 255},
	},
	false: {
		theme.ColorNameForeground:          {255, 255, 255, 240},
		theme.ColorNamePlaceHolder:         {170, 170, 175, 255},
		theme.ColorNameDisabled:            {152, 152, 159, 255},
		theme.ColorNamePrimary:             {110, 165, 255, 255},
		theme.ColorNameHyperlink:           {110, 165, 255, 255},
		theme.ColorNameForegroundOnPrimary: {12, 18, 30, 255},
		theme.ColorNameFocus:               {110, 165, 255, 80},
		theme.ColorNameError:               {255, 125, 115, 255},
		theme.ColorNameForegroundOnError:   {12, 18, 30, 255},
		theme.ColorNameInputBorder:         {118, 118, 126, 255},
	},
}

// look is Fyne's theme, tighter, and light or dark on request.
type look struct {
	fyne.Theme
	appearance string
}

func newLook(appearance string) fyne.Theme { return look{theme.DefaultTheme(), appearance} }

func (l look) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	switch l.appearance {
	case light:
		v = theme.VariantLight
	case dark:
		v = theme.VariantDark
	}
	if c, ok := colours[v == theme.VariantLight][name]; ok {
		return c
	}
	return l.Theme.Color(name, v)
}

func (l look) Size(name fyne.ThemeSizeName) float32 {
	switch name {
	case theme.SizeNameText:
		return 13
	case theme.SizeNamePadding:
		return 3
	case theme.SizeNameInnerPadding:
		return 5
	}
	return l.Theme.Size(name)
}
