// SPDX-License-Identifier: BSD-3-Clause

package gl

import "github.com/go-gl/gl/v4.1-core/gl"

// Names of the specification that render uses.
const (
	Vendor           = gl.VENDOR
	RendererName     = gl.RENDERER
	VersionName      = gl.VERSION
	Max3DTextureSize = gl.MAX_3D_TEXTURE_SIZE
	MaxTextureSize   = gl.MAX_TEXTURE_SIZE

	ColorBuffer = gl.COLOR_BUFFER_BIT
	DepthBuffer = gl.DEPTH_BUFFER_BIT

	DepthTest   = gl.DEPTH_TEST
	ScissorTest = gl.SCISSOR_TEST
	Culling     = gl.CULL_FACE
	Blend       = gl.BLEND
	Less        = gl.LESS
	Always      = gl.ALWAYS
	Greater     = gl.GREATER
	Front       = gl.FRONT
	Back        = gl.BACK

	One              = gl.ONE
	OneMinusSrcAlpha = gl.ONE_MINUS_SRC_ALPHA

	ArrayBuffer        = gl.ARRAY_BUFFER
	ElementArrayBuffer = gl.ELEMENT_ARRAY_BUFFER

	Framebuffer         = gl.FRAMEBUFFER
	FramebufferComplete = gl.FRAMEBUFFER_COMPLETE
	ColorAttachment0    = gl.COLOR_ATTACHMENT0
	ColorAttachment1    = gl.COLOR_ATTACHMENT1
	DepthAttachment     = gl.DEPTH_ATTACHMENT

	Texture2D      = gl.TEXTURE_2D
	Texture2DArray = gl.TEXTURE_2D_ARRAY
	Texture3D      = gl.TEXTURE_3D
	Texture0       = gl.TEXTURE0

	MinFilter       = gl.TEXTURE_MIN_FILTER
	MagFilter       = gl.TEXTURE_MAG_FILTER
	WrapS           = gl.TEXTURE_WRAP_S
	WrapT           = gl.TEXTURE_WRAP_T
	WrapR           = gl.TEXTURE_WRAP_R
	ClampToEdge     = gl.CLAMP_TO_EDGE
	Nearest         = gl.NEAREST
	Linear          = gl.LINEAR
	UnpackAlignment = gl.UNPACK_ALIGNMENT
	PackAlignment   = gl.PACK_ALIGNMENT

	RGBA              = gl.RGBA
	Red               = gl.RED
	RedInteger        = gl.RED_INTEGER
	DepthComponent    = gl.DEPTH_COMPONENT
	RGBA8             = gl.RGBA8
	R8UI              = gl.R8UI
	R16               = gl.R16
	R8                = gl.R8
	R32F              = gl.R32F
	RGBA32F           = gl.RGBA32F
	DepthComponent32F = gl.DEPTH_COMPONENT32F

	UnsignedByte  = gl.UNSIGNED_BYTE
	UnsignedShort = gl.UNSIGNED_SHORT
	UnsignedInt   = gl.UNSIGNED_INT
	Short         = gl.SHORT
	Float         = gl.FLOAT

	Triangles     = gl.TRIANGLES
	TriangleStrip = gl.TRIANGLE_STRIP
)
