// SPDX-License-Identifier: BSD-3-Clause

package render

import (
	"fmt"

	"difffit/render/internal/gl"
)

// A target is what is drawn into: first what is solid, then translucent layers
// that read its depths, then the picture of all. Depths are kept as they are,
// in ångström before the eye, beside those of the device.
type target struct {
	gl   *gl.API
	w, h int

	fb                    uint32 // what is solid
	color, linear, device uint32 // its colours and depths (arrays of one layer), and the device's depths
	mergeFB               uint32 // the same colours and depths without the device's
	overFB                uint32 // the same colours with the depths of a hull

	entryFB           uint32 // where rays enter a hull
	entry, entryDepth uint32

	layerFB          uint32
	layers           *layers // that are drawn into: one of the following
	passing, staying *layers // of pictures that come and go; of the last with every pixel once

	outFB, out uint32 // the picture

	maskFB, mask uint32 // where there is something to be outlined
}

// Layers are pictures of translucent things with their depths: array textures.
type layers struct {
	colors, depths uint32
	w, h, n        int
	holds          []laid // what is in the first of them, and need not be drawn again
}

// nothing is the depth where there is nothing; compose.frag.glsl knows it.
const nothing = 1e30

// noEntry is the depth where no ray enters; surface.frag.glsl knows it.
const noEntry = -1e30

func newTarget(g *gl.API) *target {
	some := func() *layers { return &layers{colors: g.NewTexture(), depths: g.NewTexture()} }
	return &target{
		gl: g, passing: some(), staying: some(),
		fb: g.NewFramebuffer(), color: g.NewTexture(), linear: g.NewTexture(), device: g.NewTexture(), mergeFB: g.NewFramebuffer(), overFB: g.NewFramebuffer(),
		entryFB: g.NewFramebuffer(), entry: g.NewTexture(), entryDepth: g.NewTexture(),
		layerFB: g.NewFramebuffer(),
		outFB:   g.NewFramebuffer(), out: g.NewTexture(),
		maskFB: g.NewFramebuffer(), mask: g.NewTexture(),
	}
}

func (t *target) close() {
	for _, fb := range []uint32{t.fb, t.mergeFB, t.overFB, t.entryFB, t.layerFB, t.outFB, t.maskFB} {
		t.gl.DeleteFramebuffer(fb)
	}
	for _, id := range []uint32{t.color, t.linear, t.device, t.entry, t.entryDepth, t.passing.colors, t.passing.depths, t.staying.colors, t.staying.depths, t.out, t.mask} {
		t.gl.DeleteTexture(id)
	}
}

// resize makes room for pictures of w by h.
func (t *target) resize(w, h int) error {
	if w == t.w && h == t.h {
		return nil
	}
	t.w, t.h = 0, 0 // nothing is sure if the following fails
	t.array(t.color, gl.RGBA8, w, h, 1, gl.RGBA, gl.UnsignedByte)
	t.array(t.linear, gl.R32F, w, h, 1, gl.Red, gl.Float)
	t.plain(t.device, gl.DepthComponent32F, w, h, gl.DepthComponent, gl.Float)
	t.plain(t.entry, gl.R32F, w, h, gl.Red, gl.Float)
	t.plain(t.entryDepth, gl.DepthComponent32F, w, h, gl.DepthComponent, gl.Float)
	t.plain(t.out, gl.RGBA8, w, h, gl.RGBA, gl.UnsignedByte)
	t.plain(t.mask, gl.RGBA8, w, h, gl.RGBA, gl.UnsignedByte)
	g := t.gl
	for _, f := range []struct {
		name   string
		fb     uint32
		device uint32
	}{{"solid", t.fb, t.device}, {"merging", t.mergeFB, 0}} {
		g.BindFramebuffer(gl.Framebuffer, f.fb)
		g.FramebufferTextureLayer(gl.Framebuffer, gl.ColorAttachment0, t.color, 0, 0)
		g.FramebufferTextureLayer(gl.Framebuffer, gl.ColorAttachment1, t.linear, 0, 0)
		g.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, f.device, 0)
		g.DrawBuffers([]uint32{gl.ColorAttachment0, gl.ColorAttachment1})
		if err := t.complete(f.name); err != nil {
			return err
		}
	}
	g.BindFramebuffer(gl.Framebuffer, t.entryFB)
	g.FramebufferTexture2D(gl.Framebuffer, gl.ColorAttachment0, gl.Texture2D, t.entry, 0)
	g.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, t.entryDepth, 0)
	if err := t.complete("entry of rays"); err != nil {
		return err
	}
	g.BindFramebuffer(gl.Framebuffer, t.overFB)
	g.FramebufferTextureLayer(gl.Framebuffer, gl.ColorAttachment0, t.color, 0, 0)
	g.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, t.entryDepth, 0)
	if err := t.complete("blending"); err != nil {
		return err
	}
	g.BindFramebuffer(gl.Framebuffer, t.outFB)
	g.FramebufferTexture2D(gl.Framebuffer, gl.ColorAttachment0, gl.Texture2D, t.out, 0)
	if err := t.complete("picture"); err != nil {
		return err
	}
	g.BindFramebuffer(gl.Framebuffer, t.maskFB)
	g.FramebufferTexture2D(gl.Framebuffer, gl.ColorAttachment0, gl.Texture2D, t.mask, 0)
	if err := t.complete("mask"); err != nil {
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

func (t *target) array(id uint32, internal int32, w, h, n int, format, kind uint32) {
	g := t.gl
	g.ActiveTexture(gl.Texture0)
	g.BindTexture(gl.Texture2DArray, id)
	g.TexImage3D(gl.Texture2DArray, internal, int32(w), int32(h), int32(n), format, kind)
	g.TexParameteri(gl.Texture2DArray, gl.MinFilter, gl.Nearest)
	g.TexParameteri(gl.Texture2DArray, gl.MagFilter, gl.Nearest)
}

func (t *target) complete(name string) error {
	if status := t.gl.CheckFramebufferStatus(gl.Framebuffer); status != gl.FramebufferComplete {
		return fmt.Errorf("framebuffer for the %s: status 0x%04x", name, status)
	}
	return nil
}

// useSolid draws what is solid before something of a colour.
func (t *target) useSolid(behind [4]float32) {
	t.gl.BindFramebuffer(gl.Framebuffer, t.fb)
	t.gl.Viewport(0, 0, int32(t.w), int32(t.h))
	t.gl.ClearBuffer(0, behind)
	t.gl.ClearBuffer(1, [4]float32{nothing})
	t.gl.Clear(gl.DepthBuffer)
}

// useOver blends over what is solid, with the depths of a hull.
func (t *target) useOver() { t.gl.BindFramebuffer(gl.Framebuffer, t.overFB) }

// useMerge draws over what is solid, with no test of depths.
func (t *target) useMerge() { t.gl.BindFramebuffer(gl.Framebuffer, t.mergeFB) }

// useEntry draws into the entry of rays, cleared.
func (t *target) useEntry() {
	t.gl.BindFramebuffer(gl.Framebuffer, t.entryFB)
	t.gl.ClearColor(noEntry, 0, 0, 0)
	t.gl.Clear(gl.ColorBuffer | gl.DepthBuffer)
}

// useOut draws the picture.
func (t *target) useOut() { t.gl.BindFramebuffer(gl.Framebuffer, t.outFB) }

// useMask draws into the mask, cleared.
func (t *target) useMask() {
	t.gl.BindFramebuffer(gl.Framebuffer, t.maskFB)
	t.gl.ClearBuffer(0, [4]float32{})
}

// useShown draws over the picture; direct, it is what was drawn as solid.
func (t *target) useShown(direct bool) {
	fb := t.outFB
	if direct {
		fb = t.overFB
	}
	t.gl.BindFramebuffer(gl.Framebuffer, fb)
}

// makeLayers makes room for n layers at least, which stay until the next ones that
// are to stay, or pass.
func (t *target) makeLayers(n int, stay bool) error {
	l := t.passing
	if stay {
		l = t.staying
	}
	t.layers = l
	if n == 0 || l.w == t.w && l.h == t.h && l.n >= n {
		return nil
	}
	t.array(l.colors, gl.RGBA8, t.w, t.h, n, gl.RGBA, gl.UnsignedByte)
	t.array(l.depths, gl.R32F, t.w, t.h, n, gl.Red, gl.Float)
	l.w, l.h, l.n, l.holds = t.w, t.h, n, nil
	t.bindLayer(0)
	t.gl.FramebufferTexture2D(gl.Framebuffer, gl.DepthAttachment, gl.Texture2D, t.entryDepth, 0)
	t.gl.DrawBuffers([]uint32{gl.ColorAttachment0, gl.ColorAttachment1})
	return t.complete("layers")
}

func (t *target) bindLayer(i int) {
	t.gl.BindFramebuffer(gl.Framebuffer, t.layerFB)
	t.gl.FramebufferTextureLayer(gl.Framebuffer, gl.ColorAttachment0, t.layers.colors, 0, int32(i))
	t.gl.FramebufferTextureLayer(gl.Framebuffer, gl.ColorAttachment1, t.layers.depths, 0, int32(i))
}

// useLayer draws into a layer, cleared: transparent, with nothing in it.
func (t *target) useLayer(i int) {
	t.bindLayer(i)
	t.gl.ClearBuffer(0, [4]float32{})
	t.gl.ClearBuffer(1, [4]float32{nothing})
}

// useGhosts draws molecules into a layer, cleared, with depths.
func (t *target) useGhosts(i int) {
	t.useLayer(i)
	t.gl.Clear(gl.DepthBuffer)
}

// read copies the picture to pix; direct, it is what was drawn as solid.
// Pictures are drawn upside down, so that the first row read is the upper one.
func (t *target) read(pix []uint8, direct bool) {
	fb := t.outFB
	if direct {
		fb = t.overFB
	}
	t.gl.BindFramebuffer(gl.Framebuffer, fb)
	t.gl.PixelStorei(gl.PackAlignment, 4)
	t.gl.ReadPixels(int32(t.w), int32(t.h), pix)
}
