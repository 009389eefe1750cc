// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"

	"difffit/render/internal/gl"
)

// A target is what is drawn into. What several maps in one picture need is
// made when it is first asked for.
type target struct {
	gl   *gl.API
	w, h int

	fb           uint32 // colour and depth
	color, depth uint32
	over         uint32 // the same colour with the depth of a hull, while the other depth is read

	entryFB           uint32 // where rays enter a hull
	entry, entryDepth uint32

	layerFB                  uint32 // several surfaces, one beside the other
	layerColors, layerDepths uint32 // array textures
	layerW, layerH, layerN   int
}

func newTarget(g *gl.API) *target {
	return &target{
		gl: g,
		fb: g.NewFramebuffer(), color: g.NewTexture(), depth: g.NewTexture(), over: g.NewFramebuffer(),
		entryFB: g.NewFramebuffer(), entry: g.NewTexture(), entryDepth: g.NewTexture(),
		layerFB: g.NewFramebuffer(), layerColors: g.NewTexture(), layerDepths: g.NewTexture(),
	}
}

func (t *target) close() {
	for _, fb := range []uint32{t.fb, t.over, t.entryFB, t.layerFB} {
		t.gl.DeleteFramebuffer(fb)
	}
	for _, id := range []uint32{t.color, t.depth, t.entry, t.entryDepth, t.layerColors, t.layerDepths} {
		t.gl.DeleteTexture(id)
	}
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
	t.plain(t.entry, gl.R32F, w, h, gl.Red, gl.Float)
	t.plain(t.entryDepth, gl.DepthComponent32F, w, h, gl.DepthComponent, gl.Float)
	g.BindFramebuffer(gl.Framebuffer, t.entryFB)
	g.FramebufferTexture2D(gl.Framebuffer, gl.ColorAttachment0, gl.Texture2D, t.entry, 0)
	g.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, t.entryDepth, 0)
	if err := t.complete("entry of rays"); err != nil {
		return err
	}
	g.BindFramebuffer(gl.Framebuffer, t.over)
	g.FramebufferTexture2D(gl.Framebuffer, gl.ColorAttachment0, gl.Texture2D, t.color, 0)
	g.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, t.entryDepth, 0)
	t.w, t.h = w, h
	return t.complete("surface")
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

// useAll draws into colour and depth, cleared.
func (t *target) useAll(background [3]float32) {
	t.gl.BindFramebuffer(gl.Framebuffer, t.fb)
	t.gl.Viewport(0, 0, int32(t.w), int32(t.h))
	t.gl.ClearColor(background[0], background[1], background[2], 1)
	t.gl.Clear(gl.ColorBuffer | gl.DepthBuffer)
}

// useOver draws over the colour as it is, with the depth of the hull.
func (t *target) useOver() { t.gl.BindFramebuffer(gl.Framebuffer, t.over) }

// noEntry is the depth where no ray enters; surface.frag.glsl knows it.
const noEntry = -1e30

// useEntry draws into the entry of rays, cleared.
func (t *target) useEntry() {
	t.gl.BindFramebuffer(gl.Framebuffer, t.entryFB)
	t.gl.ClearColor(noEntry, 0, 0, 0)
	t.gl.Clear(gl.ColorBuffer | gl.DepthBuffer)
}

// makeLayers makes room for n surfaces at least.
func (t *target) makeLayers(n int) error {
	if t.layerW == t.w && t.layerH == t.h && t.layerN >= n {
		return nil
	}
	g := t.gl
	for _, x := range []struct {
		id       uint32
		internal int32
		format   uint32
		kind     uint32
	}{{t.layerColors, gl.RGBA8, gl.RGBA, gl.UnsignedByte}, {t.layerDepths, gl.R32F, gl.Red, gl.Float}} {
		g.ActiveTexture(gl.Texture0)
		g.BindTexture(gl.Texture2DArray, x.id)
		g.TexImage3D(gl.Texture2DArray, x.internal, int32(t.w), int32(t.h), int32(n), x.format, x.kind)
		g.TexParameteri(gl.Texture2DArray, gl.MinFilter, gl.Nearest)
		g.TexParameteri(gl.Texture2DArray, gl.MagFilter, gl.Nearest)
	}
	t.layerW, t.layerH, t.layerN = t.w, t.h, n
	t.bindLayer(0)
	g.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, t.entryDepth, 0)
	g.DrawBuffers([]uint32{gl.ColorAttachment0, gl.ColorAttachment1})
	return t.complete("surfaces")
}

func (t *target) bindLayer(i int) {
	t.gl.BindFramebuffer(gl.Framebuffer, t.layerFB)
	t.gl.FramebufferTextureLayer(gl.Framebuffer, gl.ColorAttachment0, t.layerColors, 0, int32(i))
	t.gl.FramebufferTextureLayer(gl.Framebuffer, gl.ColorAttachment1, t.layerDepths, 0, int32(i))
}

// useLayer draws into the layer of a surface, cleared: depth 0, transparent.
func (t *target) useLayer(i int) {
	t.bindLayer(i)
	t.gl.ClearColor(0, 0, 0, 0)
	t.gl.Clear(gl.ColorBuffer)
}

// read copies the picture to pix. Pictures are drawn upside down, so that the
// first row read is the upper one.
func (t *target) read(pix []uint8) {
	t.gl.BindFramebuffer(gl.Framebuffer, t.fb)
	t.gl.PixelStorei(gl.PackAlignment, 4)
	t.gl.ReadPixels(int32(t.w), int32(t.h), pix)
}
