// SPDX-License-Identifier: BSD-3-Clause

package fitting_test

import (
	"errors"
	"testing"

	"difffit/fitting"
)

func TestOptionsNameEveryFault(t *testing.T) {
	if err := fitting.DefaultOptions().Validate(); err != nil {
		t.Errorf("the defaults: %v", err)
	}
	var zero fitting.Options
	err := zero.Validate()
	for _, option := range []string{"method", "atoms", "iterations", "shift_rate", "rotation_rate"} {
		found := false
		for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
			var o *fitting.OptionError
			found = found || errors.As(e, &o) && o.Option == option
		}
		if !found {
			t.Errorf("the zero options: no fault of %s in: %v", option, err)
		}
	}
}
