// SPDX-License-Identifier: BSD-3-Clause

//go:build !linux

package kernel

// largePages is a hint that this system does not take.
func largePages([]cell) {}
