// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"

	"difffit/render/internal/gl"
)

// A target is what is drawn into: a picture with depth.
type target struct {
	gl           *gl.API
	w, h         int
	fb           uint32 // colour and depth
	color, depth uint32
}

func newTarget(g *gl.API) *target {
	return &target{gl: g, fb: g.NewFramebuffer(), color: g.NewTexture(), depth: g.NewTexture()}
}

func (t *target) close() {
	t.gl.DeleteFramebuffer(t.fb)
	t.gl.DeleteTexture(t.color)
	t.gl.DeleteTexture(t.depth)
}

// resize makes room for pictures of w by h.
func (t *target) resize(w, h int) error {
	if w == t.w && h == t.h {
		return nil
	}
	g := t.gl
	t.plain(t.color, gl.RGBA8, w, h, gl.RGBA, gl.UnsignedByte)
	t.plain(t.depth, gl.DepthComponent32F, w, h, gl.DepthComponent, gl.Float)
	g.BindFramebuffer(gl.Framebuffer, t.fb)
	g.FramebufferTexture2D(gl.Framebuffer, gl.ColorAttachment0, gl.Texture2D, t.color, 0)
	g.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, t.depth, 0)
	if err := t.complete("picture"); err != nil {
		return err
	}
	t.w, t.h = w, h
	return nil
}

func (t *target) plain(id uint32, internal int32, w, h int, format, kind uint32) {
	g := t.gl
	g.ActiveTexture(gl.Texture0)
	g.BindTexture(gl.Texture2D, id)
	g.TexImage2D(gl.Texture2D, internal, int32(w), int32(h), format, kind)
	g.TexParameteri(gl.Texture2D, gl.MinFilter, gl.Nearest)
	g.TexParameteri(gl.Texture2D, gl.MagFilter, gl.Nearest)
}

func (t *target) complete(name string) error {
	if status := t.gl.CheckFramebufferStatus(gl.Framebuffer); status != gl.FramebufferComplete {
		return fmt.Errorf("framebuffer for the %s: status 0x%04x", name, status)
	}
	return nil
}

// read copies the picture to pix. Pictures are drawn upside down, so that the
// first row read is the upper one.
func (t *target) read(pix []uint8) {
	t.gl.BindFramebuffer(gl.Framebuffer, t.fb)
	t.gl.PixelStorei(gl.PackAlignment, 4)
	t.gl.ReadPixels(int32(t.w), int32(t.h), pix)
}
