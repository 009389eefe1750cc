// SPDX-License-Identifier: BSD-3-Clause

//go:build !e2e

package window

// watch does nothing: only a program that is built with the tag e2e can be
// watched from outside (see app/probe).
func (w *window) watch() {}
