// SPDX-License-Identifier: BSD-3-Clause

// Package cuda is the engine that runs on an NVIDIA card. It does the search of
// package search with sums that the card makes, and when the card fails it
// finishes on the processors. It needs the build tag cuda and, at run time,
// NVIDIA's driver; without them Find says what is missing.
package cuda
