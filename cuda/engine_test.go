// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"os"
	"testing"

	"difffit/cuda/faketest"
	"difffit/fitting/enginetest"
)

// open returns an engine on what there is: a card, or the stand-in.
func open(t testing.TB) *engine {
	t.Helper()
	e, err := newEngine()
	if err != nil {
		if os.Getenv("DIFFFIT_REQUIRE_GPU") != "" {
			t.Fatal(err)
		}
		t.Skip(err)
	}
	return e
}

func TestEngine(t *testing.T) {
	e := open(t)
	enginetest.Run(t, func() *engine { return e })
	if err := e.card.failure(); err != nil { // the contract was kept by the processors
		t.Errorf("the card failed: %v; %s", err, faketest.Fault())
	}
}
