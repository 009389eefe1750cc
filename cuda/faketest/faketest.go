// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

// Package faketest commands the stand-in for NVIDIA's driver library that
// libcuda/build.sh makes: a device that interprets the PTX it is given, counts what
// lives, and fails when it is told to. It is for tests only.
package faketest

/*
#cgo LDFLAGS: -ldl
#include <dlfcn.h>
#include <stdlib.h>

static void *library;
static void open_fake(const char *path) {
	if (!library)
		library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
}
static void *find(const char *name) { return library ? dlsym(library, name) : NULL; }
static void fake_reset(void) { ((void (*)(void))find("fake_reset"))(); }
static void fake_memory(size_t n) { ((void (*)(size_t))find("fake_memory"))(n); }
static void fake_fail(const char *f, int after, int status) { ((void (*)(const char *, int, int))find("fake_fail"))(f, after, status); }
static int fake_calls(const char *f) { return ((int (*)(const char *))find("fake_calls"))(f); }
static unsigned long long fake_executed(void) { return ((unsigned long long (*)(void))find("fake_executed"))(); }
static void fake_fault(char *to, size_t n) { ((void (*)(char *, size_t))find("fake_fault"))(to, n); }
static void fake_live(int *count) { ((void (*)(int *))find("fake_live"))(count); }
*/
import "C"

import (
	"os"
	"testing"
	"unsafe"

	"difffit/cuda/driver"
)

// Errors of the driver that the stand-in can be told to have.
const (
	OutOfMemory     = 2
	InvalidPTX      = 218
	NoBinary        = 209
	UnsupportedPTX  = 222
	IllegalAddress  = 700
	LaunchResources = 701
	LaunchTimeout   = 702
	LaunchFailed    = 719
)

// Use skips the test if the driver is not the stand-in, and makes the stand-in
// as new, without faults, now and after the test.
func Use(t testing.TB) {
	t.Helper()
	if !Loaded() {
		t.Skip("the driver is not the stand-in: make test-cuda builds it")
	}
	C.fake_reset()
	t.Cleanup(func() { C.fake_reset() })
}

// Loaded reports whether the driver is the stand-in.
func Loaded() bool {
	path := C.CString(os.Getenv(driver.Variable))
	defer C.free(unsafe.Pointer(path))
	C.open_fake(path)
	name := C.CString("fake_live")
	defer C.free(unsafe.Pointer(name))
	return driver.Status() == nil && C.find(name) != nil
}

// Fail makes the call of a function of the driver fail, after some that
// succeed.
func Fail(function string, after, status int) {
	name := C.CString(function)
	defer C.free(unsafe.Pointer(name))
	C.fake_fail(name, C.int(after), C.int(status))
}

// Delay makes the call of a function of the driver slow, after some that are
// not.
func Delay(function string, after, milliseconds int) { Fail(function, after, -milliseconds) }

// Memory sets the memory of the device, in bytes.
func Memory(bytes int) { C.fake_memory(C.size_t(bytes)) }

// Calls counts the calls of a function of the driver.
func Calls(function string) int {
	name := C.CString(function)
	defer C.free(unsafe.Pointer(name))
	return int(C.fake_calls(name))
}

// Executed counts the instructions that all threads executed.
func Executed() uint64 { return uint64(C.fake_executed()) }

// Fault tells what a kernel or module did wrong, in words, if it is the
// stand-in that knows.
func Fault() string {
	if !Loaded() {
		return ""
	}
	var text [300]C.char
	C.fake_fault(&text[0], C.size_t(len(text)))
	return C.GoString(&text[0])
}

// A Live counts what was made and not given back.
type Live struct{ Contexts, Allocations, Modules, Streams int }

// Alive counts what lives.
func Alive() Live {
	var n [4]C.int
	C.fake_live(&n[0])
	return Live{int(n[0]), int(n[1]), int(n[2]), int(n[3])}
}
