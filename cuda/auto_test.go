// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"difffit/cuda/faketest"
	"difffit/fitting"
)

// The chooser asks about large work alone, and says what it chose and why. Fit is not
// called: the work would take the stand-in minutes.
func TestChooses(t *testing.T) {
	faketest.Use(t)
	e := open(t)
	defer e.Close()
	a := newChooser(e)
	before := a.Info()
	if before.Name != "auto" || !strings.Contains(before.Device, "stand-in") || before.Why == "" {
		t.Errorf("before any fit: %+v, want auto with both devices", before)
	}
	ctx := context.Background()
	chosen := func(what string, p *fitting.Problem, card bool, why string) {
		t.Helper()
		got, words := a.choose(ctx, p)
		if (got == fitting.Engine(e)) != card || !strings.Contains(words, why) {
			t.Errorf("%s: on the card: %t, because %q; want %t, because %q", what, got == fitting.Engine(e), words, card, why)
		}
	}
	little, much := problem(t, 200), problem(t, 200)
	much.Options.Method, much.Options.Starts = fitting.DiffFit, 1000000
	chosen("little work", little, false, "too little for the card")
	if n := faketest.Calls("cuCtxCreate_v2"); n != 0 {
		t.Errorf("little work woke the card: %d contexts", n)
	}
	chosen("much work, a card that is slower", much, false, "s on the card expected")
	a.seen.card, a.seen.upload = 1e12, 1 // a second for each voxel
	chosen("a card that takes long to have the field", much, false, "s on the card expected")
	a.seen.upload = 0
	chosen("much work, a card that is faster", much, true, "s on the card expected")
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	a.seen = nil
	if got, _ := a.choose(stopped, much); got == fitting.Engine(e) || a.seen != nil {
		t.Error("a choice that was stopped counts")
	}
	faketest.Fail("cuLaunchKernel", 0, faketest.LaunchFailed)
	chosen("a card that fails", much, false, "could not be measured")
	chosen("a card that has failed", much, false, "the card has failed")
	if e.card.failure() == nil {
		t.Error("the card has not failed")
	}
	r := fit(t, a, small(t, fitting.Search))
	if len(r.Clusters) == 0 || r.Engine.Name != "cpu" || !strings.Contains(r.Engine.Why, "the card has failed") {
		t.Errorf("%d clusters, made by %+v; want some, by cpu, for the card has failed", len(r.Clusters), r.Engine)
	}
}

// Several fits at once share the card.
func TestFitsAtOnce(t *testing.T) {
	e := open(t)
	defer e.Close()
	p := small(t, fitting.Search)
	want := fit(t, e, p)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			r, err := e.Fit(context.Background(), p, nil)
			if err != nil || r.Note != "" || r.Clusters[0].Motion != want.Clusters[0].Motion {
				t.Errorf("%v, note %q", err, r.Note)
			}
		})
	}
	wg.Wait()
}

// An engine may be closed while fits run: the processors finish them.
func TestCloseWhileFitting(t *testing.T) {
	faketest.Use(t)
	e := open(t)
	p := small(t, fitting.Search)
	want := fit(t, e, p)
	var wg sync.WaitGroup
	for range 3 {
		wg.Go(func() {
			r, err := e.Fit(context.Background(), p, nil)
			if err != nil || len(r.Clusters) == 0 || r.Clusters[0].Score < want.Clusters[0].Score-0.01 {
				t.Errorf("%v", err)
			}
		})
	}
	closed(t, e)
	wg.Wait()
	if err := e.Close(); err != nil {
		t.Error(err)
	}
}

// A fit that is stopped while the card wakes up does not wait for that.
func TestStopWhileWaking(t *testing.T) {
	faketest.Use(t)
	e := open(t)
	p := small(t, fitting.Search)
	faketest.Delay("cuCtxCreate_v2", 0, 3000)
	ctx, cancel := context.WithTimeout(context.Background(), 300*time.Millisecond) // the fields are made in a tenth of that
	defer cancel()
	began := time.Now()
	_, err := e.Fit(ctx, p, nil)
	if took := time.Since(began); !errors.Is(err, context.DeadlineExceeded) || took > 2500*time.Millisecond {
		t.Errorf("the fit ended after %v with %v", took, err)
	}
	closed(t, e)
}
