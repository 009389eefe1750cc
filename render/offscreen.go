// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"

	"difffit/render/internal/offscreen"
)

// Offscreen returns a context without a window or a display, and what frees
// it. On Linux it is had through EGL if that is installed; elsewhere it is an
// error, and a hidden window is the way.
func Offscreen() (ctx Context, free func(), err error) {
	c, err := offscreen.New()
	if err != nil {
		return nil, nil, fmt.Errorf("render: %w", err)
	}
	return c, c.Close, nil
}
