// SPDX-License-Identifier: BSD-3-Clause

package assets

import _ "embed"

// icon is icons/difffit.svg, drawn with 512 by 512 pixels.
//
//go:embed icons/difffit.png
var icon []byte

// Icon returns the icon of the program, a PNG. The caller must not change the
// bytes.
func Icon() []byte { return icon }
