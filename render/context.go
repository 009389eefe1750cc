// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"
	"image"
	"runtime"
	"unsafe"

	"difffit/render/internal/gl"
)

// A Context is an OpenGL context, version 4.1 core or later, of a hidden
// window or of none.
type Context interface {
	// MakeCurrent makes the context that of the calling thread.
	MakeCurrent() error
	// Release undoes MakeCurrent, on the same thread.
	Release()
	// ProcAddress returns the address of a function of OpenGL, nil if there is none.
	ProcAddress(name string) unsafe.Pointer
}

// Device returns what the driver of a context that no other thread uses calls
// the graphics device.
func Device(ctx Context) (string, error) {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	if err := ctx.MakeCurrent(); err != nil {
		return "", fmt.Errorf("render: %w", err)
	}
	defer ctx.Release()
	api, err := gl.Load(ctx.ProcAddress)
	if err != nil {
		return "", fmt.Errorf("render: %w", err)
	}
	return api.String(gl.RendererName), nil
}

// A Quality says how much work goes into a picture. The zero value is the best.
type Quality struct {
	Draft bool        // longer steps: faster, and thin walls may be missed
	Stop  func() bool // asked now and then; if it returns true, Draw gives up
	Into  *image.RGBA // its memory is used for the picture if it is large enough; may be nil

	// Samples is how many pictures, each a part of a pixel beside the others,
	// are averaged: more make smoother edges. 0 is one.
	Samples int
	// Transparent leaves the background transparent.
	Transparent bool

	without struct{ hull, bricks bool } // to measure what they are good for
}

// MostSamples is the largest number of Quality.Samples.
const MostSamples = 64

// Image draws one picture in a context that no other thread uses.
func Image(ctx Context, s *Scene, c Camera, w, h int, q Quality) (m *image.RGBA, err error) {
	err = Images(ctx, s, []Camera{c}, w, h, q, func(_ int, picture *image.RGBA) error { m = picture; return nil })
	return m, err
}

// Images draws a scene from several points of view, in a context that no
// other thread uses, and hands out each picture. It ends early if that returns
// an error.
func Images(ctx Context, s *Scene, cameras []Camera, w, h int, q Quality, each func(i int, m *image.RGBA) error) error {
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	r, err := New(ctx)
	if err != nil {
		return err
	}
	defer r.Close()
	for i, c := range cameras {
		m, err := r.Draw(s, c, w, h, q)
		if err != nil {
			return err
		}
		if err := each(i, m); err != nil {
			return err
		}
	}
	return nil
}
