// SPDX-License-Identifier: BSD-3-Clause

package session

import (
	"fmt"
	"image/color"

	"difffit/app/document"
)

// toColor writes a colour as #rrggbb, "" if there is none.
func toColor(c color.NRGBA) string {
	if c.A == 0 {
		return ""
	}
	return fmt.Sprintf("#%02x%02x%02x", c.R, c.G, c.B)
}

// colorOf is the inverse of toColor.
func colorOf(s string) (color.NRGBA, error) {
	if s == "" {
		return color.NRGBA{}, nil
	}
	c := color.NRGBA{A: 255}
	if n, err := fmt.Sscanf(s, "#%02x%02x%02x", &c.R, &c.G, &c.B); n != 3 || err != nil || len(s) != 7 {
		return c, fmt.Errorf("color is %q, want #rrggbb", s)
	}
	return c, nil
}

// copyOf returns the number of the copy that an accepted placement is, and
// whether its structure was alone. Older programs kept neither: there the
// numbers are those of the order.
func (a *fileAccepted) copyOf(s *document.State) (number int, alone bool) {
	if a.Copy == 0 {
		return s.FreeCopy(a.Structure, 0), len(s.Structures) == 1
	}
	return a.Copy, a.Alone
}
