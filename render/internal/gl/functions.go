// SPDX-License-Identifier: BSD-3-Clause

package gl

import "github.com/go-gl/gl/v4.1-core/gl"

// The functions of this file are those of the same name in the specification
// of OpenGL 4.1, section by section documented there.

// ActiveTexture is glActiveTexture.
func (g *API) ActiveTexture(unit uint32) {
	gl.ActiveTexture(unit)
	g.check("ActiveTexture")
}

// AttachShader is glAttachShader.
func (g *API) AttachShader(program, shader uint32) {
	gl.AttachShader(program, shader)
	g.check("AttachShader")
}

// BindBuffer is glBindBuffer.
func (g *API) BindBuffer(target, buffer uint32) {
	gl.BindBuffer(target, buffer)
	g.check("BindBuffer")
}

// BindFramebuffer is glBindFramebuffer.
func (g *API) BindFramebuffer(target, fb uint32) {
	gl.BindFramebuffer(target, fb)
	g.check("BindFramebuffer")
}

// BindTexture is glBindTexture.
func (g *API) BindTexture(target, texture uint32) {
	gl.BindTexture(target, texture)
	g.check("BindTexture")
}

// BindVertexArray is glBindVertexArray.
func (g *API) BindVertexArray(array uint32) {
	gl.BindVertexArray(array)
	g.check("BindVertexArray")
}

// BlendFunc is glBlendFunc.
func (g *API) BlendFunc(src, dst uint32) {
	gl.BlendFunc(src, dst)
	g.check("BlendFunc")
}

// CheckFramebufferStatus is glCheckFramebufferStatus.
func (g *API) CheckFramebufferStatus(target uint32) uint32 {
	x := gl.CheckFramebufferStatus(target)
	g.check("CheckFramebufferStatus")
	return x
}

// Clear is glClear.
func (g *API) Clear(mask uint32) {
	gl.Clear(mask)
	g.check("Clear")
}

// ClearColor is glClearColor.
func (g *API) ClearColor(red, green, blue, alpha float32) {
	gl.ClearColor(red, green, blue, alpha)
	g.check("ClearColor")
}

// CompileShader is glCompileShader.
func (g *API) CompileShader(shader uint32) {
	gl.CompileShader(shader)
	g.check("CompileShader")
}

// CreateProgram is glCreateProgram.
func (g *API) CreateProgram() uint32 {
	x := gl.CreateProgram()
	g.check("CreateProgram")
	return x
}

// CreateShader is glCreateShader.
func (g *API) CreateShader(kind uint32) uint32 {
	x := gl.CreateShader(kind)
	g.check("CreateShader")
	return x
}

// CullFace is glCullFace.
func (g *API) CullFace(mode uint32) {
	gl.CullFace(mode)
	g.check("CullFace")
}

// DeleteProgram is glDeleteProgram.
func (g *API) DeleteProgram(program uint32) {
	gl.DeleteProgram(program)
	g.check("DeleteProgram")
}

// DeleteShader is glDeleteShader.
func (g *API) DeleteShader(shader uint32) {
	gl.DeleteShader(shader)
	g.check("DeleteShader")
}

// DepthFunc is glDepthFunc.
func (g *API) DepthFunc(f uint32) {
	gl.DepthFunc(f)
	g.check("DepthFunc")
}

// Disable is glDisable.
func (g *API) Disable(capability uint32) {
	gl.Disable(capability)
	g.check("Disable")
}

// Disablei is glDisablei.
func (g *API) Disablei(capability, index uint32) {
	gl.Disablei(capability, index)
	g.check("Disablei")
}

// DrawArrays is glDrawArrays.
func (g *API) DrawArrays(mode uint32, first, count int32) {
	gl.DrawArrays(mode, first, count)
	g.check("DrawArrays")
}

// DrawArraysInstanced is glDrawArraysInstanced.
func (g *API) DrawArraysInstanced(mode uint32, first, count, copies int32) {
	gl.DrawArraysInstanced(mode, first, count, copies)
	g.check("DrawArraysInstanced")
}

// DrawBuffers is glDrawBuffers.
func (g *API) DrawBuffers(attachments []uint32) {
	gl.DrawBuffers(int32(len(attachments)), &attachments[0])
	g.check("DrawBuffers")
}

// DrawElements is glDrawElements from the first of the bound indices on.
func (g *API) DrawElements(mode uint32, count int32, kind uint32) {
	gl.DrawElementsWithOffset(mode, count, kind, 0)
	g.check("DrawElements")
}

// Enable is glEnable.
func (g *API) Enable(capability uint32) {
	gl.Enable(capability)
	g.check("Enable")
}

// Enablei is glEnablei.
func (g *API) Enablei(capability, index uint32) {
	gl.Enablei(capability, index)
	g.check("Enablei")
}

// EnableVertexAttribArray is glEnableVertexAttribArray.
func (g *API) EnableVertexAttribArray(index uint32) {
	gl.EnableVertexAttribArray(index)
	g.check("EnableVertexAttribArray")
}

// Finish is glFinish.
func (g *API) Finish() {
	gl.Finish()
	g.check("Finish")
}

// FramebufferTexture2D is glFramebufferTexture2D.
func (g *API) FramebufferTexture2D(target, attachment, kind, texture uint32, level int32) {
	gl.FramebufferTexture2D(target, attachment, kind, texture, level)
	g.check("FramebufferTexture2D")
}

// FramebufferTextureLayer is glFramebufferTextureLayer.
func (g *API) FramebufferTextureLayer(target, attachment, texture uint32, level, layer int32) {
	gl.FramebufferTextureLayer(target, attachment, texture, level, layer)
	g.check("FramebufferTextureLayer")
}

// LinkProgram is glLinkProgram.
func (g *API) LinkProgram(program uint32) {
	gl.LinkProgram(program)
	g.check("LinkProgram")
}

// PixelStorei is glPixelStorei.
func (g *API) PixelStorei(name uint32, value int32) {
	gl.PixelStorei(name, value)
	g.check("PixelStorei")
}

// ReadBuffer is glReadBuffer.
func (g *API) ReadBuffer(source uint32) {
	gl.ReadBuffer(source)
	g.check("ReadBuffer")
}

// Scissor is glScissor.
func (g *API) Scissor(x, y, w, h int32) {
	gl.Scissor(x, y, w, h)
	g.check("Scissor")
}

// TexParameteri is glTexParameteri.
func (g *API) TexParameteri(target, name uint32, value int32) {
	gl.TexParameteri(target, name, value)
	g.check("TexParameteri")
}

// Uniform1f is glUniform1f.
func (g *API) Uniform1f(at int32, x float32) {
	gl.Uniform1f(at, x)
	g.check("Uniform1f")
}

// Uniform1i is glUniform1i.
func (g *API) Uniform1i(at, x int32) {
	gl.Uniform1i(at, x)
	g.check("Uniform1i")
}

// Uniform2f is glUniform2f.
func (g *API) Uniform2f(at int32, x, y float32) {
	gl.Uniform2f(at, x, y)
	g.check("Uniform2f")
}

// Uniform3f is glUniform3f.
func (g *API) Uniform3f(at int32, x, y, z float32) {
	gl.Uniform3f(at, x, y, z)
	g.check("Uniform3f")
}

// Uniform4f is glUniform4f.
func (g *API) Uniform4f(at int32, x, y, z, w float32) {
	gl.Uniform4f(at, x, y, z, w)
	g.check("Uniform4f")
}

// UseProgram is glUseProgram.
func (g *API) UseProgram(program uint32) {
	gl.UseProgram(program)
	g.check("UseProgram")
}

// VertexAttribDivisor is glVertexAttribDivisor.
func (g *API) VertexAttribDivisor(index, divisor uint32) {
	gl.VertexAttribDivisor(index, divisor)
	g.check("VertexAttribDivisor")
}

// Viewport is glViewport.
func (g *API) Viewport(x, y, w, h int32) {
	gl.Viewport(x, y, w, h)
	g.check("Viewport")
}

// DepthMask is glDepthMask.
func (g *API) DepthMask(on bool) {
	gl.DepthMask(on)
	g.check("DepthMask")
}

// ClearBuffer is glClearBufferfv for a colour attachment, as of DrawBuffers.
func (g *API) ClearBuffer(attachment int32, value [4]float32) {
	gl.ClearBufferfv(gl.COLOR, attachment, &value[0])
	g.check("ClearBufferfv")
}

// Uniform2i is glUniform2i.
func (g *API) Uniform2i(at, x, y int32) {
	gl.Uniform2i(at, x, y)
	g.check("Uniform2i")
}
