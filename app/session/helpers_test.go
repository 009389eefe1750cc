// SPDX-License-Identifier: BSD-3-Clause

package session_test

import "difffit/app/document/documenttest"

var (
	noise     = documenttest.Noise
	stick     = documenttest.Stick
	placement = documenttest.Placement
	found     = documenttest.Found
	worked    = documenttest.Worked
	composed  = documenttest.Composed
	addRound  = documenttest.AddRound
	propose   = documenttest.Propose
	must      = documenttest.Must
	inMemory  = documenttest.InMemory
	alike     = documenttest.Alike
)
