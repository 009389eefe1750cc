// SPDX-License-Identifier: BSD-3-Clause

//go:build linux

// Package offscreen makes OpenGL contexts without any window system, through
// EGL on the surfaceless platform of Mesa, or of the first device that EGL
// lists. The library is looked for when it is first needed: a program with
// this package runs also where there is no EGL.
package offscreen

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdint.h>
#include <stdlib.h>

// What is used of EGL 1.5 and its extensions EGL_EXT_platform_base,
// EGL_EXT_device_base and EGL_MESA_platform_surfaceless, so that no headers
// need be there. Numbers are those of the specifications.
typedef void *EGLDisplay, *EGLContext, *EGLConfig, *EGLSurface, *EGLDeviceEXT;
typedef unsigned int EGLBoolean, EGLenum;
typedef int32_t EGLint;
typedef EGLDisplay (*PFNEGLGETPLATFORMDISPLAYEXTPROC)(EGLenum, void *, const EGLint *);
typedef EGLBoolean (*PFNEGLQUERYDEVICESEXTPROC)(EGLint, EGLDeviceEXT *, EGLint *);
enum {
	EGL_NONE = 0x3038, EGL_SURFACE_TYPE = 0x3033, EGL_RENDERABLE_TYPE = 0x3040,
	EGL_PBUFFER_BIT = 1, EGL_OPENGL_BIT = 8, EGL_OPENGL_API = 0x30A2,
	EGL_CONTEXT_MAJOR_VERSION = 0x3098, EGL_CONTEXT_MINOR_VERSION = 0x30FB,
	EGL_CONTEXT_OPENGL_PROFILE_MASK = 0x30FD, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT = 1,
	EGL_PLATFORM_DEVICE_EXT = 0x313F, EGL_PLATFORM_SURFACELESS_MESA = 0x31DD,
};
#define EGL_NO_DISPLAY NULL
#define EGL_NO_CONTEXT NULL
#define EGL_NO_SURFACE NULL
#define EGL_DEFAULT_DISPLAY NULL

typedef void *(*addressFunc)(const char *);

static addressFunc getAddress;

// The functions of EGL that are used; each is what eglGetProcAddress returns,
// or what the library has under its name.
static void *library;

static void *find(const char *name) {
	void *f = dlsym(library, name);
	return f || !getAddress ? f : getAddress(name);
}

#define EGL(name, type) ((type)find(name))

// openContext returns 0, or the number of the step that failed.
static int openContext(EGLDisplay *display, EGLContext *context) {
	if (!library) library = dlopen("libEGL.so.1", RTLD_NOW | RTLD_LOCAL);
	if (!library) library = dlopen("libEGL.so", RTLD_NOW | RTLD_LOCAL);
	if (!library) return 1;
	getAddress = (addressFunc)dlsym(library, "eglGetProcAddress");
	if (!getAddress) return 2;
	PFNEGLGETPLATFORMDISPLAYEXTPROC get = EGL("eglGetPlatformDisplayEXT", PFNEGLGETPLATFORMDISPLAYEXTPROC);
	if (!get) return 2;
	*display = get(EGL_PLATFORM_SURFACELESS_MESA, EGL_DEFAULT_DISPLAY, NULL);
	PFNEGLQUERYDEVICESEXTPROC devices = EGL("eglQueryDevicesEXT", PFNEGLQUERYDEVICESEXTPROC);
	EGLDeviceEXT device;
	EGLint found = 0;
	if (*display == EGL_NO_DISPLAY && devices && devices(1, &device, &found) && found > 0)
		*display = get(EGL_PLATFORM_DEVICE_EXT, device, NULL);
	if (*display == EGL_NO_DISPLAY) return 3;
	if (!EGL("eglInitialize", EGLBoolean (*)(EGLDisplay, EGLint *, EGLint *))(*display, NULL, NULL)) return 4;
	if (!EGL("eglBindAPI", EGLBoolean (*)(EGLenum))(EGL_OPENGL_API)) return 5;
	EGLint want[] = {EGL_RENDERABLE_TYPE, EGL_OPENGL_BIT, EGL_SURFACE_TYPE, EGL_PBUFFER_BIT, EGL_NONE};
	EGLConfig config;
	EGLint n = 0;
	if (!EGL("eglChooseConfig", EGLBoolean (*)(EGLDisplay, const EGLint *, EGLConfig *, EGLint, EGLint *))
		(*display, want, &config, 1, &n) || n < 1) return 6;
	EGLint version[] = {EGL_CONTEXT_MAJOR_VERSION, 4, EGL_CONTEXT_MINOR_VERSION, 1,
		EGL_CONTEXT_OPENGL_PROFILE_MASK, EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT, EGL_NONE};
	*context = EGL("eglCreateContext", EGLContext (*)(EGLDisplay, EGLConfig, EGLContext, const EGLint *))
		(*display, config, EGL_NO_CONTEXT, version);
	return *context == EGL_NO_CONTEXT ? 7 : 0;
}

static int use(EGLDisplay display, EGLContext context) {
	return EGL("eglBindAPI", EGLBoolean (*)(EGLenum))(EGL_OPENGL_API) &&
		EGL("eglMakeCurrent", EGLBoolean (*)(EGLDisplay, EGLSurface, EGLSurface, EGLContext))
		(display, EGL_NO_SURFACE, EGL_NO_SURFACE, context);
}

static void destroy(EGLDisplay display, EGLContext context) {
	EGL("eglDestroyContext", EGLBoolean (*)(EGLDisplay, EGLContext))(display, context);
}

static int lastError(void) { return library && getAddress ? EGL("eglGetError", EGLint (*)(void))() : 0; }

static void *address(const char *name) { return getAddress(name); }
*/
import "C"

import (
	"fmt"
	"unsafe"
)

// steps names what openContext does, from 1.
var steps = [...]string{
	"", "no libEGL", "no eglGetPlatformDisplayEXT", "no surfaceless platform", "eglInitialize failed",
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
		return nil, fmt.Errorf("offscreen: %s (EGL error 0x%04x)", steps[step], int(C.lastError()))
	}
	return &c, nil
}

// MakeCurrent makes the context that of the calling thread.
func (c *Context) MakeCurrent() error {
	if C.use(c.display, c.context) == 0 {
		return fmt.Errorf("offscreen: cannot use the context (EGL error 0x%04x)", int(C.lastError()))
	}
	return nil
}

// Release takes the context from the calling thread.
func (c *Context) Release() { C.use(c.display, C.EGLContext(nil)) }

// ProcAddress returns the address of a function of OpenGL.
func (c *Context) ProcAddress(name string) unsafe.Pointer {
	s := C.CString(name)
	defer C.free(unsafe.Pointer(s))
	return C.address(s)
}

// Close frees the context. It must not be current on any thread.
func (c *Context) Close() { C.destroy(c.display, c.context) }
