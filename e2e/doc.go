// SPDX-License-Identifier: BSD-3-Clause

// Package e2e works the real window as a person does, with mouse and keys,
// on a virtual screen of its own. It has tests only. It knows the program from
// outside: the files that it reads and writes, and the state that it tells (see
// app/probe), for which it is built with the tag e2e.
package e2e
