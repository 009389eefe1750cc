// SPDX-License-Identifier: BSD-3-Clause

package gl

import (
	"fmt"
	"strings"
	"unsafe"

	"github.com/go-gl/gl/v4.1-core/gl"
)

// String returns what the driver says about itself: VENDOR, RENDERER, VERSION.
func (g *API) String(name uint32) string {
	s := gl.GetString(name)
	g.check("GetString")
	if s == nil {
		return ""
	}
	return gl.GoStr(s)
}

// Integer returns a limit of the driver.
func (g *API) Integer(name uint32) int {
	var x int32
	gl.GetIntegerv(name, &x)
	g.check("GetIntegerv")
	return int(x)
}

// NewTexture returns a new texture name.
func (g *API) NewTexture() uint32 {
	var id uint32
	gl.GenTextures(1, &id)
	g.check("GenTextures")
	return id
}

// DeleteTexture frees a texture.
func (g *API) DeleteTexture(id uint32) {
	gl.DeleteTextures(1, &id)
	g.check("DeleteTextures")
}

// NewBuffer returns a new buffer name.
func (g *API) NewBuffer() uint32 {
	var id uint32
	gl.GenBuffers(1, &id)
	g.check("GenBuffers")
	return id
}

// DeleteBuffer frees a buffer.
func (g *API) DeleteBuffer(id uint32) {
	gl.DeleteBuffers(1, &id)
	g.check("DeleteBuffers")
}

// NewVertexArray returns a new vertex array name.
func (g *API) NewVertexArray() uint32 {
	var id uint32
	gl.GenVertexArrays(1, &id)
	g.check("GenVertexArrays")
	return id
}

// DeleteVertexArray frees a vertex array.
func (g *API) DeleteVertexArray(id uint32) {
	gl.DeleteVertexArrays(1, &id)
	g.check("DeleteVertexArrays")
}

// NewFramebuffer returns a new framebuffer name.
func (g *API) NewFramebuffer() uint32 {
	var id uint32
	gl.GenFramebuffers(1, &id)
	g.check("GenFramebuffers")
	return id
}

// DeleteFramebuffer frees a framebuffer.
func (g *API) DeleteFramebuffer(id uint32) {
	gl.DeleteFramebuffers(1, &id)
	g.check("DeleteFramebuffers")
}

// BufferData copies data to the bound buffer.
func BufferData[T any](g *API, target uint32, data []T) {
	var zero T
	var p unsafe.Pointer
	if len(data) > 0 {
		p = unsafe.Pointer(&data[0])
	}
	gl.BufferData(target, len(data)*int(unsafe.Sizeof(zero)), p, gl.STATIC_DRAW)
	g.check("BufferData")
}

// VertexAttrib says how an attribute lies in the bound buffer.
func (g *API) VertexAttrib(index uint32, size int32, kind uint32, normalized bool, stride int32, offset uintptr) {
	gl.VertexAttribPointerWithOffset(index, size, kind, normalized, stride, offset)
	g.check("VertexAttribPointer")
}

// TexImage2D makes room for a texture without giving it values.
func (g *API) TexImage2D(target uint32, internal int32, w, h int32, format, kind uint32) {
	gl.TexImage2D(target, 0, internal, w, h, 0, format, kind, nil)
	g.check("TexImage2D")
}

// TexImage3D makes room for a texture without giving it values.
func (g *API) TexImage3D(target uint32, internal int32, w, h, d int32, format, kind uint32) {
	gl.TexImage3D(target, 0, internal, w, h, d, 0, format, kind, nil)
	g.check("TexImage3D")
}

// TexSubImage3D gives values to the layers z to z+d of the bound texture of
// w by h.
func TexSubImage3D[T uint8 | uint16](g *API, target uint32, z, w, h, d int32, format, kind uint32, data []T) {
	channels := 1
	if format == RGBA {
		channels = 4
	}
	if len(data) != channels*int(w)*int(h)*int(d) {
		panic(fmt.Sprintf("gl: %d values for %d×%d×%d", len(data), w, h, d))
	}
	gl.TexSubImage3D(target, 0, 0, 0, z, w, h, d, format, kind, unsafe.Pointer(&data[0]))
	g.check("TexSubImage3D")
}

// TexSubImage2D gives values, RGBA, to the bound texture of w by h.
func (g *API) TexSubImage2D(target uint32, w, h int32, data []float32) {
	if len(data) != 4*int(w)*int(h) {
		panic(fmt.Sprintf("gl: %d values for %d×%d colours", len(data), w, h))
	}
	gl.TexSubImage2D(target, 0, 0, 0, w, h, gl.RGBA, gl.FLOAT, unsafe.Pointer(&data[0]))
	g.check("TexSubImage2D")
}

// ReadPixels reads RGBA bytes of the lower left w by h of the bound framebuffer.
func (g *API) ReadPixels(w, h int32, pix []uint8) {
	if len(pix) < int(w)*int(h)*4 {
		panic(fmt.Sprintf("gl: %d bytes for a picture of %d×%d", len(pix), w, h))
	}
	gl.ReadPixels(0, 0, w, h, gl.RGBA, gl.UNSIGNED_BYTE, unsafe.Pointer(&pix[0]))
	g.check("ReadPixels")
}

// UniformLocation returns where a uniform variable is, -1 if it is not used.
func (g *API) UniformLocation(program uint32, name string) int32 {
	at := gl.GetUniformLocation(program, gl.Str(name+"\x00"))
	g.check("GetUniformLocation")
	return at
}

// UniformMatrix4 sets a matrix given column by column.
func (g *API) UniformMatrix4(at int32, m *[16]float32) {
	gl.UniformMatrix4fv(at, 1, false, &m[0])
	g.check("UniformMatrix4fv")
}

// UniformMatrix3 sets a matrix given column by column.
func (g *API) UniformMatrix3(at int32, m *[9]float32) {
	gl.UniformMatrix3fv(at, 1, false, &m[0])
	g.check("UniformMatrix3fv")
}

// Compile compiles and links a program. The error has the driver's log.
func (g *API) Compile(name, vertex, fragment string) (uint32, error) {
	program := g.CreateProgram()
	for _, part := range []struct {
		kind uint32
		text string
	}{{gl.VERTEX_SHADER, vertex}, {gl.FRAGMENT_SHADER, fragment}} {
		shader := g.CreateShader(part.kind)
		source, free := gl.Strs(part.text + "\x00")
		gl.ShaderSource(shader, 1, source, nil)
		free()
		g.CompileShader(shader)
		var ok, size int32
		gl.GetShaderiv(shader, gl.COMPILE_STATUS, &ok)
		if ok == 0 {
			gl.GetShaderiv(shader, gl.INFO_LOG_LENGTH, &size)
			log := make([]byte, size+1)
			gl.GetShaderInfoLog(shader, size, nil, &log[0])
			g.DeleteShader(shader)
			g.DeleteProgram(program)
			return 0, fmt.Errorf("gl: compile %s: %s", name, text(log))
		}
		g.AttachShader(program, shader)
		g.DeleteShader(shader) // when the program is
	}
	g.LinkProgram(program)
	var ok, size int32
	gl.GetProgramiv(program, gl.LINK_STATUS, &ok)
	if ok == 0 {
		gl.GetProgramiv(program, gl.INFO_LOG_LENGTH, &size)
		log := make([]byte, size+1)
		gl.GetProgramInfoLog(program, size, nil, &log[0])
		g.DeleteProgram(program)
		return 0, fmt.Errorf("gl: link %s: %s", name, text(log))
	}
	return program, nil
}

func text(log []byte) string { return strings.TrimSpace(strings.TrimRight(string(log), "\x00")) }
