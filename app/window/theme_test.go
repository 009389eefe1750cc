// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// luminance is the relative luminance of a colour, and contrast the ratio of
// two, as in WCAG 2.2 (W3C Recommendation, 2023), "relative luminance" and
// "contrast ratio".
func luminance(c color.NRGBA) float64 {
	linear := func(x uint8) float64 {
		v := float64(x) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.R) + 0.7152*linear(c.G) + 0.0722*linear(c.B)
}

func contrast(a, b color.NRGBA) float64 {
	x, y := luminance(a), luminance(b)
	return (math.Max(x, y) + 0.05) / (math.Min(x, y) + 0.05)
}

// over blends a colour over an opaque one.
func over(c, ground color.NRGBA) color.NRGBA {
	mix := func(x, y uint8) uint8 {
		return uint8((int(x)*int(c.A) + int(y)*(255-int(c.A)) + 127) / 255)
	}
	return color.NRGBA{mix(c.R, ground.R), mix(c.G, ground.G), mix(c.B, ground.B), 255}
}

func TestContrastRatio(t *testing.T) {
	black, white, grey := color.NRGBA{A: 255}, color.NRGBA{255, 255, 255, 255}, color.NRGBA{0x76, 0x76, 0x76, 255}
	if c := contrast(black, white); math.Abs(c-21) > 1e-9 {
		t.Errorf("black on white has %g, want 21", c)
	}
	if c := contrast(grey, white); math.Abs(c-4.54) > 0.01 { // the usual example of a grey that just does
		t.Errorf("#767676 on white has %g, want 4.54", c)
	}
}

// Text has a contrast of 4.5 : 1 at least with what it may stand on (WCAG 2.2,
// 1.4.3); borders of fields and marks have 3 : 1 (1.4.11).
func TestContrastOfBothLooks(t *testing.T) {
	test.NewTempApp(t)
	type pair struct {
		text    fyne.ThemeColorName
		grounds []fyne.ThemeColorName
		least   float64
	}
	plain := []fyne.ThemeColorName{
		theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground,
		theme.ColorNameMenuBackground, theme.ColorNameButton, theme.ColorNameHeaderBackground, theme.ColorNameDisabledButton,
	}
	pairs := []pair{
		{theme.ColorNameForeground, append(plain, theme.ColorNameSelection, theme.ColorNameHover), 4.5},
		{theme.ColorNamePlaceHolder, plain, 4.5}, // hints and what a field stands for
		{theme.ColorNamePrimary, plain, 4.5},     // the tab that is open, headings of the help
		{theme.ColorNameError, plain, 4.5},
		{theme.ColorNameHyperlink, plain, 4.5},
		{theme.ColorNameDisabled, plain, 4.5}, // also that of quiet labels
		{theme.ColorNameForegroundOnPrimary, []fyne.ThemeColorName{theme.ColorNamePrimary}, 4.5},
		{theme.ColorNameForegroundOnWarning, []fyne.ThemeColorName{theme.ColorNameWarning}, 4.5},
		{theme.ColorNameForegroundOnError, []fyne.ThemeColorName{theme.ColorNameError}, 4.5},
		{theme.ColorNameForegroundOnSuccess, []fyne.ThemeColorName{theme.ColorNameSuccess}, 4.5},
		{theme.ColorNameInputBorder, []fyne.ThemeColorName{theme.ColorNameBackground, theme.ColorNameInputBackground, theme.ColorNameOverlayBackground}, 3},
		{theme.ColorNameSuccess, []fyne.ThemeColorName{theme.ColorNameInputBackground}, 3}, // the mark of the suggested level
		{theme.ColorNameFocus, []fyne.ThemeColorName{theme.ColorNameBackground}, 1.2},      // beside it the border changes
	}
	for name, v := range map[string]fyne.ThemeVariant{light: theme.VariantLight, dark: theme.VariantDark} {
		l := newLook(name)
		get := func(n fyne.ThemeColorName) color.NRGBA { return color.NRGBAModel.Convert(l.Color(n, v)).(color.NRGBA) }
		base := get(theme.ColorNameBackground)
		for _, p := range pairs {
			for _, g := range p.grounds {
				ground := over(get(g), base)
				text := over(get(p.text), ground)
				if c := contrast(text, ground); c < p.least {
					t.Errorf("%s: %s %v on %s %v has %.2f : 1, want %.1f", name, p.text, text, g, ground, c, p.least)
				}
			}
		}
	}
}
