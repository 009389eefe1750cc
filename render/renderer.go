// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"errors"
	"fmt"
	"image"
	"image/color"

	"difffit/render/internal/gl"
)

// A Renderer draws scenes in a context. All its methods must run on one
// thread (runtime.LockOSThread), that on which it was made.
type Renderer struct {
	ctx       Context
	gl        *gl.API
	target    *target
	molecules *molecules
	surfaces  *surfaces
	limit     int // of the edges of a picture
	device    string
	notes     []string
	now       int // counts pictures
}

// New makes the context current on this thread and prepares to draw in it.
func New(ctx Context) (*Renderer, error) {
	if err := ctx.MakeCurrent(); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	r := &Renderer{ctx: ctx}
	if err := r.prepare(); err != nil {
		r.Close()
		return nil, fmt.Errorf("render: %w", err)
	}
	return r, nil
}

func (r *Renderer) prepare() error {
	api, err := gl.Load(r.ctx.ProcAddress)
	if err != nil {
		return err
	}
	r.gl = api
	r.device = api.String(gl.RendererName)
	r.limit = api.Integer(gl.MaxTextureSize)
	r.target = newTarget(api)
	if r.molecules, err = newMolecules(api); err != nil {
		return err
	}
	if r.surfaces, err = newSurfaces(api); err != nil {
		return err
	}
	return api.Err("prepare")
}

// Close frees everything in the graphics memory and gives the context back.
func (r *Renderer) Close() {
	if r.surfaces != nil {
		r.surfaces.close()
	}
	if r.molecules != nil {
		r.molecules.close()
	}
	if r.target != nil {
		r.target.close()
	}
	r.ctx.Release()
}

// Device returns what the driver calls the graphics device.
func (r *Renderer) Device() string { return r.device }

// Notes returns what a person should know of the last picture, as that a map
// is shown at half its resolution.
func (r *Renderer) Notes() []string { return r.notes }

// Draw returns a picture of w by h pixels, opaque, with rows from the top.
func (r *Renderer) Draw(s *Scene, c Camera, w, h int, q Quality) (*image.RGBA, error) {
	if w < 1 || h < 1 || w > r.limit || h > r.limit {
		return nil, fmt.Errorf("render: picture of %d×%d pixels, want 1 to %d", w, h, r.limit)
	}
	r.now++
	err := r.draw(s, c, w, h, q)
	if glErr := r.gl.Err("draw"); err == nil {
		err = glErr
	}
	if errors.Is(err, errStopped) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	picture := buffer(q.Into, w, h)
	r.target.read(picture.Pix)
	r.surfaces.fields.tidy(r.now)
	r.molecules.tidy(r.now)
	if err := r.gl.Err("read"); err != nil {
		return nil, fmt.Errorf("render: %w", err)
	}
	return picture, nil
}

func (r *Renderer) draw(s *Scene, c Camera, w, h int, q Quality) error {
	if err := r.target.resize(w, h); err != nil {
		return err
	}
	sheets, notes, err := r.surfaces.sheetsOf(s, q.Draft, r.now)
	if err != nil {
		return err
	}
	r.notes = notes
	var boxes []box
	for _, sh := range sheets {
		boxes = append(boxes, sh.active)
	}
	balls := make([]*spheres, len(s.Molecules))
	for i, k := range r.molecules.looksOf(s.Molecules) {
		if !s.Molecules[i].Visible {
			continue
		}
		if balls[i] = r.molecules.load(k, r.now); balls[i] != nil {
			boxes = append(boxes, balls[i].boxes(s.Molecules[i].Motions)...)
		}
	}
	v := newView(c, w, h, boxes)
	background := channels(s.Background)
	g := r.gl
	g.Disable(gl.ScissorTest)
	g.Disable(gl.Blend)
	g.Disable(gl.Culling)
	g.Enable(gl.DepthTest)
	g.DepthFunc(gl.Less)
	r.target.useAll(background)
	for i, b := range balls {
		if b != nil {
			r.molecules.draw(b, s.Molecules[i].Motions, v, background)
		}
	}
	return r.surfaces.draw(sheets, v, r.target, background, q.Draft, q.Stop)
}

func channels(c color.NRGBA) [3]float32 {
	return [3]float32{float32(c.R) / 255, float32(c.G) / 255, float32(c.B) / 255}
}

// buffer returns a picture in the memory of old, if that is large enough.
func buffer(old *image.RGBA, w, h int) *image.RGBA {
	if old == nil || cap(old.Pix) < 4*w*h {
		return image.NewRGBA(image.Rect(0, 0, w, h))
	}
	return &image.RGBA{Pix: old.Pix[:4*w*h], Stride: 4 * w, Rect: image.Rect(0, 0, w, h)}
}
