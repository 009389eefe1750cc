// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"difffit/fitting"
)

// A usageError is a fault in the words of the command line.
type usageError struct{ err error }

func (e *usageError) Error() string { return e.err.Error() }
func (e *usageError) Unwrap() error { return e.err }

func usagef(format string, args ...any) error {
	return &usageError{fmt.Errorf(format, args...)}
}

// An inputError is a file that could not be read; its message names the file.
type inputError struct {
	path string
	err  error
}

func (e *inputError) Error() string {
	err := e.err
	var system *fs.PathError // its message would name the file once more
	if errors.As(err, &system) && system.Path == e.path {
		err = system.Err
	}
	if msg := err.Error(); strings.HasPrefix(msg, e.path+":") {
		return msg
	}
	return fmt.Sprintf("%s: %v", e.path, err)
}

func (e *inputError) Unwrap() error { return e.err }

// UsageError returns err as a fault in the words of the command line, for
// commands of other packages.
func UsageError(err error) error { return &usageError{err} }

// InputError returns err as that of a file that could not be read, for
// commands of other packages.
func InputError(path string, err error) error { return &inputError{path, err} }

// An interruptedError ends a command that was told to stop and has reported
// what it had finished by then.
type interruptedError struct{ err error }

func (e *interruptedError) Error() string { return "interrupted; what was finished by then is above" }
func (e *interruptedError) Unwrap() error { return e.err }

// said returns the words for an error that ends the program with a code. Those
// of an interruption would be the language's, not the person's.
func said(err error, code int) string {
	var told *interruptedError
	if code == exitInterrupted && !errors.As(err, &told) {
		return "interrupted; nothing was written"
	}
	return err.Error()
}

// errNothing says that a fit ended well but found no place.
var errNothing = errors.New("nothing found: no placement was kept (a lower --level or more --starts may help)")

// errOutside says that a local optimum was asked for where there is no map.
var errOutside = errors.New("nothing found: the structure is not where the map is (fit searches everywhere)")

// exitCode is the one place that turns errors into exit codes.
func exitCode(ctx context.Context, err error) int {
	var usage *usageError
	var option *fitting.OptionError
	var input *inputError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &usage), errors.As(err, &option):
		return exitUsage
	case errors.As(err, &input):
		return exitInput
	case errors.Is(err, errNothing), errors.Is(err, errOutside), errors.Is(err, errNoDensity), errors.Is(err, errNoReplay):
		return exitNothing
	case ctx.Err() != nil && errors.Is(err, ctx.Err()):
		return exitInterrupted
	}
	return exitFailed
}

// flagErrors returns err with option names as the command line has them.
func flagErrors(err error) error {
	if err == nil {
		return nil
	}
	joined, ok := err.(interface{ Unwrap() []error })
	if !ok {
		var o *fitting.OptionError
		if errors.As(err, &o) {
			return usagef("--%s %s", strings.ReplaceAll(o.Option, "_", "-"), o.Msg)
		}
		return &usageError{err}
	}
	var all []string
	for _, e := range joined.Unwrap() {
		all = append(all, flagErrors(e).Error())
	}
	return usagef("%s", strings.Join(all, "; "))
}

// namedFlags returns faults of options whose names are those of flags, in the
// words of the command line: without what stands before the name.
func namedFlags(before string, err error) error {
	if err == nil {
		return nil
	}
	var all []string
	for line := range strings.Lines(err.Error()) {
		all = append(all, "--"+strings.TrimPrefix(strings.TrimSpace(line), before))
	}
	return usagef("%s", strings.Join(all, "; "))
}

// wrongFlag returns a fault of a flag in the words of this program.
func wrongFlag(_ *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if !errors.As(err, &value) {
		return &usageError{err}
	}
	want := map[string]string{
		"float64": "a number", "int": "a whole number", "uint64": "a whole number, 0 or more", "bool": "true or false",
	}[value.GetFlag().Value.Type()]
	return usagef("--%s is %q, want %s", value.GetFlag().Name, value.GetValue(), want)
}
