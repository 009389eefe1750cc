// SPDX-License-Identifier: BSD-3-Clause

// Package assets has the files that are part of the program.
package assets

import "embed"

// Shaders has the programs for the graphics device, in the folder shaders.
//
//go:embed shaders/*.glsl
var Shaders embed.FS
