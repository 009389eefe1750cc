// SPDX-License-Identifier: BSD-3-Clause

// Package gl has the functions of OpenGL 4.1 core that render uses, and no
// others, behind one type. With debugging on, every call is followed by
// glGetError, so that an error is reported with the call that made it. The
// package knows nothing of what is drawn.
//
// All methods must run on the thread on which the context is current.
package gl

import (
	"errors"
	"fmt"
	"os"
	"unsafe"

	"github.com/go-gl/gl/v4.1-core/gl"
)

// An API calls OpenGL. Make one with Load.
type API struct {
	debug bool
	err   error // the first since the last call of Err
}

// Load finds the functions through proc, which asks the window system for an
// address. The context must be current on this thread. The environment
// variable DIFFFIT_GLDEBUG=1 turns debugging on.
func Load(proc func(name string) unsafe.Pointer) (*API, error) {
	if err := gl.InitWithProcAddrFunc(proc); err != nil {
		return nil, fmt.Errorf("gl: the driver lacks functions of OpenGL 4.1: %w", err)
	}
	return &API{debug: os.Getenv("DIFFFIT_GLDEBUG") == "1"}, nil
}

// SetDebug turns the check after every call on or off.
func (g *API) SetDebug(on bool) { g.debug = on }

// check notes the error of a call in debug mode.
func (g *API) check(call string) {
	if g.debug {
		g.note(call)
	}
}

func (g *API) note(call string) {
	for range 8 { // a lost context reports errors for ever
		code := gl.GetError()
		if code == gl.NO_ERROR {
			return
		}
		if g.err == nil {
			g.err = &Error{Call: call, Code: code}
		}
	}
}

// Err returns the first error since the last call of Err, or nil. The place
// is that of the caller; with debugging on, it is the call that failed.
func (g *API) Err(place string) error {
	g.note(place)
	err := g.err
	g.err = nil
	return err
}

// An Error is an error of OpenGL.
type Error struct {
	Call string // the function that failed, or a place before which one did
	Code uint32 // as of glGetError
}

func (e *Error) Error() string {
	name := map[uint32]string{
		gl.INVALID_ENUM: "invalid enum", gl.INVALID_VALUE: "invalid value", gl.INVALID_OPERATION: "invalid operation",
		gl.INVALID_FRAMEBUFFER_OPERATION: "invalid framebuffer operation", gl.OUT_OF_MEMORY: "out of memory",
	}[e.Code]
	return fmt.Sprintf("gl: %s: error 0x%04x %s", e.Call, e.Code, name)
}

// IsOutOfMemory reports whether err says that the graphics memory is used up.
func IsOutOfMemory(err error) bool {
	var e *Error
	return errors.As(err, &e) && e.Code == gl.OUT_OF_MEMORY
}
