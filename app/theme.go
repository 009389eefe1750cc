// SPDX-License-Identifier: BSD-3-Clause

package app

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
	switch {
	case name == theme.ColorNameForeground:
		// Fyne 2.7 makes the colour of shortcuts in menus of the low bytes of
		// this one: with these two they can be read.
		if v == theme.VariantLight {
			return color.NRGBA{0, 0, 0, 240}
		}
		return color.NRGBA{255, 255, 255, 240}
	case name == theme.ColorNamePlaceHolder && v == theme.VariantLight:
		return color.NRGBA{90, 90, 90, 255} // Fyne's grey is below 4.5 : 1
	case name == theme.ColorNamePlaceHolder:
		return color.NRGBA{170, 170, 175, 255}
	case name == theme.ColorNameDisabled && v == theme.VariantLight:
		return color.NRGBA{112, 112, 118, 255}
	case name == theme.ColorNameDisabled:
		return color.NRGBA{138, 138, 145, 255}
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
