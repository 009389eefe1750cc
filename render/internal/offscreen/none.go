// SPDX-License-Identifier: BSD-3-Clause

//go:build !linux

package offscreen

import (
	"errors"
	"unsafe"
)

// A Context cannot be had on this system.
type Context struct{}

// New returns an error: without a window there is no OpenGL here.
func New() (*Context, error) { return nil, errors.New("offscreen: only on Linux") }

// MakeCurrent is not reached.
func (c *Context) MakeCurrent() error { return errors.New("offscreen: only on Linux") }

// Release is not reached.
func (c *Context) Release() {}

// ProcAddress is not reached.
func (c *Context) ProcAddress(string) unsafe.Pointer { return nil }

// Close is not reached.
func (c *Context) Close() {}
