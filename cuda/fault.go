// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"errors"
	"fmt"
	"reflect"

	"difffit/cuda/driver"
	"gorgonia.org/cu"
)

// A driverError is a call of the driver that failed.
type driverError struct {
	what string
	err  error
}

func (e *driverError) Error() string { return "cuda: " + e.what + ": " + words(e.err) }
func (e *driverError) Unwrap() error { return e.err }

// memory tells whether there was not enough memory: another fit may have it.
func (e *driverError) memory() bool { return errors.Is(e.err, cu.OutOfMemory) }

// wantsMemory tells whether err is that there was not enough memory.
func wantsMemory(err error) bool {
	var d *driverError
	return errors.As(err, &d) && d.memory()
}

// failed wraps the error of a call of the driver.
func failed(err error, what string, args ...any) error {
	if err == nil {
		return nil
	}
	return &driverError{fmt.Sprintf(what, args...), err}
}

// words returns an error of gorgonia.org/cu in the words of the driver: its own
// are names, and it knows those of older drivers alone.
func words(err error) string {
	if v := reflect.ValueOf(err); v.Kind() == reflect.Int {
		return driver.Describe(int(v.Int()))
	}
	return err.Error()
}
