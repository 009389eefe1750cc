// SPDX-License-Identifier: BSD-3-Clause

package assets

import "embed"

// icon is icons/difffit.svg, drawn with 512 by 512 pixels.
//
//go:embed icons/difffit.png
var icon []byte

// Icon returns the icon of the program, a PNG. The caller must not change the
// bytes.
func Icon() []byte { return icon }

//go:embed icons/*.svg
var drawings embed.FS

// Drawing returns a drawing of the folder icons by its name without ending, an
// SVG; nil if there is none. Those of buttons are black, for a theme to colour.
func Drawing(name string) []byte {
	data, err := drawings.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return nil
	}
	return data
}
