// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

// Package driver loads NVIDIA's driver library when it is first used, so that
// one program runs with and without it. It defines the cu* functions that
// gorgonia.org/cu links against and forwards them to libcuda.so.1 or
// nvcuda.dll. It knows nothing of kernels.
//
// gorgonia.org/cu calls cuInit when the program starts, and ends it when that
// fails. So cuInit here always succeeds, and the driver's own is called by the
// first other function; what that answers, all functions answer.
package driver

//go:generate go run gen.go

/*
#cgo CFLAGS: -I${SRCDIR}/include
#cgo linux LDFLAGS: -ldl -lpthread
#include "load.h"
*/
import "C"

import "errors"

// Variable is the environment variable that names another library to load in
// place of NVIDIA's, or that is "off".
const Variable = "DIFFFIT_LIBCUDA"

// Status returns nil if there is a driver and it has started, or why not.
func Status() error {
	var why [512]C.char
	if C.difffit_status(&why[0], C.size_t(len(why))) == C.CUDA_SUCCESS {
		return nil
	}
	return errors.New(C.GoString(&why[0]))
}

// Describe returns an error of the driver in its words, with its number.
func Describe(number int) string {
	var words [300]C.char
	C.difffit_describe(C.int(number), &words[0], C.size_t(len(words)))
	return C.GoString(&words[0])
}
