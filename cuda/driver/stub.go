// SPDX-License-Identifier: BSD-3-Clause

//go:build !cuda || !(linux || windows)

// Package driver loads NVIDIA's driver library. In this build it is empty.
package driver
