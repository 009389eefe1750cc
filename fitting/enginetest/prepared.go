// SPDX-License-Identifier: BSD-3-Clause

package enginetest

import (
	"context"
	"testing"

	"difffit/fitting"
	"difffit/fitting/internal/prepare"
)

// A Prepared is a problem as search has it: for tests of devices, which compare
// what becomes of one field on each.
type Prepared = prepare.Problem

// A FieldKind says which field is meant.
type FieldKind = prepare.FieldKind

// Kinds of fields.
const (
	Smoothed   = prepare.Smoothed
	Normalized = prepare.Normalized
	Paper      = prepare.Paper
)

// Prepare prepares a problem.
func Prepare(t testing.TB, p *fitting.Problem) *Prepared {
	t.Helper()
	q, err := prepare.New(context.Background(), p)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
