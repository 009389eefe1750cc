// SPDX-License-Identifier: BSD-3-Clause

//go:build !cuda || !linux

// Package faketest commands a stand-in for NVIDIA's driver library. In this
// build it is empty.
package faketest
