// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"
	"image"
	"image/color"

	"difffit/render/internal/gl"
)

// A Renderer draws scenes in a context. All its methods must run on one
// thread (runtime.LockOSThread), that on which it was made.
type Renderer struct {
	ctx    Context
	gl     *gl.API
	target *target
	device string
	notes  []string
}

// New makes the context current on this thread and prepares to draw in it.
func New(ctx Context) (*Renderer, error) {
	if err := ctx.MakeCurrent(); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	api, err := gl.Load(ctx.ProcAddress)
	if err != nil {
		ctx.Release()
		return nil, fmt.Errorf("render: %w", err)
	}
	r := &Renderer{ctx: ctx, gl: api, target: newTarget(api), device: api.String(gl.RendererName)}
	if err := api.Err("prepare"); err != nil {
		r.Close()
		return nil, fmt.Errorf("render: %w", err)
	}
	return r, nil
}

// Close frees everything in the graphics memory and gives the context back.
func (r *Renderer) Close() {
	r.target.close()
	r.ctx.Release()
}

// Device returns what the driver calls the graphics device.
func (r *Renderer) Device() string { return r.device }

// Notes returns what a person should know of the last picture, as that a map
// is shown at half its resolution.
func (r *Renderer) Notes() []string { return r.notes }

// Draw returns a picture of w by h pixels, opaque, with rows from the top.
func (r *Renderer) Draw(s *Scene, c Camera, w, h int, q Quality) (*image.RGBA, error) {
	if limit := r.gl.Integer(gl.MaxTextureSize); w < 1 || h < 1 || w > limit || h > limit {
		return nil, fmt.Errorf("render: picture of %d×%d pixels, want 1 to %d", w, h, limit)
	}
	if err := r.target.resize(w, h); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	r.clear(s.Background)
	picture := buffer(q.Into, w, h)
	r.target.read(picture.Pix)
	if err := r.gl.Err("draw"); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return picture, nil
}

func (r *Renderer) clear(c color.NRGBA) {
	r.gl.BindFramebuffer(gl.Framebuffer, r.target.fb)
	r.gl.Viewport(0, 0, int32(r.target.w), int32(r.target.h))
	r.gl.ClearColor(float32(c.R)/255, float32(c.G)/255, float32(c.B)/255, 1)
	r.gl.Clear(gl.ColorBuffer | gl.DepthBuffer)
}

// buffer returns a picture in the memory of old, if that is large enough.
func buffer(old *image.RGBA, w, h int) *image.RGBA {
	if old == nil || cap(old.Pix) < 4*w*h {
		return image.NewRGBA(image.Rect(0, 0, w, h))
	}
	return &image.RGBA{Pix: old.Pix[:4*w*h], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}
