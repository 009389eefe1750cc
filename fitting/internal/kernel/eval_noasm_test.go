// SPDX-License-Identifier: BSD-3-Clause

//go:build !amd64 || noasm

package kernel

import "testing"

// eachLoop runs a test with the one loop that there is.
func eachLoop(t *testing.T, test func(t *testing.T)) { test(t) }
