// SPDX-License-Identifier: BSD-3-Clause

package picture

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"

	"difffit/render"
)

// MostFrames is the largest number of pictures of a turntable.
const MostFrames = 9999

// Turntable returns n points of view, from c on, that turn the scene once
// about the vertical axis of the picture: played in a circle, it turns for
// ever, for the n-th is one step before the first.
func Turntable(c render.Camera, n int) []render.Camera {
	views := make([]render.Camera, n)
	for i := range views {
		views[i] = c
		views[i].Orbit(2*math.Pi*float64(i)/float64(n), 0)
	}
	return views
}

// Frames returns the names of n pictures of a movie: path with a number before
// its ending, from 0001 on.
func Frames(path string, n int) []string {
	ext := filepath.Ext(path)
	names := make([]string, n)
	for i := range names {
		names[i] = fmt.Sprintf("%s_%04d%s", strings.TrimSuffix(path, ext), i+1, ext)
	}
	return names
}
