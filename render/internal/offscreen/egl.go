// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

// Package offscreen makes OpenGL contexts without any window system, through
// EGL on the surfaceless platform of Mesa. Only tests import it: the program
// itself must not depend on libEGL.
package offscreen

/*
#cgo LDFLAGS: -lEGL
#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <stdlib.h>

#ifndef EGL_PLATFORM_SURFACELESS_MESA
#define EGL_PLATFORM_SURFACELESS_MESA 0x31DD
#endif

// open returns 0, or the number of the step that failed.
static int openContext(EGLDisplay *display, EGLContext *context) {
	PFNEGLGETPLATFORMDISPLAYEXTPROC get =
		(PFNEGLGETPLATFORMDISPLAYEXTPROC)eglGetProcAddress("eglGetPlatformDisplayEXT");
	if (!get) return 1;
	*display = get(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	if (*display == EGL_NO_DISPLAY) return 2;
	if (!eglInitialize(*display, NULL, NULL)) return 3;
	if (!eglBindAPI(EGL_OPENGL_API)) return 4;
	EGLint want[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_NONE};
	EGLConfig config;
	EGLint n = 0;
	if (!eglChooseConfig(*display, want, &config, 1, &n) || n < 1) return 5;
	EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 4, EGL_CONTEXT_MINOR_VERSION, 1,
		EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
	*context = eglCreateContext(*display, config, EGL_NO_CONTEXT, version);
	return *context == EGL_NO_CONTEXT ? 6 : 0;
}

static int use(EGLDisplay display, EGLContext context) {
	return eglBindAPI(EGL_OPENGL_API) && eglMakeCurrent(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context);
}

static void *address(const char *name) { return (void *)eglGetProcAddress(name); }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

// steps names what openContext does, from 1.
var steps = [...]string{
	"", "no eglGetPlatformDisplayEXT", "no surfaceless platform", "eglInitialize failed",
	"no desktop OpenGL", "no configuration", "no OpenGL 4.1 core",
}

// A Context is an OpenGL context without a window; it has no frame buffer of
// its own.
type Context struct {
	display C.EGLDisplay
	context C.EGLContext
}

// New returns a new context. It is not current on any thread.
func New() (*Context, error) {
	var c Context
	if step := C.openContext(&c.display, &c.context); step != 0 {
		return nil, fmt.Errorf("offscreen: %s (EGL error 0x%04x)", steps[step], int(C.eglGetError()))
	}
	return &c, nil
}

// MakeCurrent makes the context that of the calling thread.
func (c *Context) MakeCurrent() error {
	if C.use(c.display, c.context) == 0 {
		return fmt.Errorf("offscreen: cannot use the context (EGL error 0x%04x)", int(C.eglGetError()))
	}
	return nil
}

// Release takes the context from the calling thread.
func (c *Context) Release() {
	C.eglMakeCurrent(c.display, C.EGLSurface(nil), C.EGLSurface(nil), C.EGLContext(nil))
}

// ProcAddress returns the address of a function of OpenGL.
func (c *Context) ProcAddress(name string) unsafe.Pointer {
	s := C.CString(name)
	defer C.free(unsafe.Pointer(s))
	return C.address(s)
}

// Close frees the context. It must not be current on any thread.
func (c *Context) Close() { C.eglDestroyContext(c.display, c.context) }
