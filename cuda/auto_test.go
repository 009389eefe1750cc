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
	if i := a.Info(); i.Name != "cpu" {
		t.Errorf("before any fit: %+v", i)
	}
	ctx := context.Background()
	little, much := problem(t, 200), problem(t, 200)
	much.Options.Method, much.Options.Starts = fitting.DiffFit, 1000000
	if a.choose(ctx, little) || !strings.Contains(a.Info().Why, "too little for the card") || faketest.Calls("cuCtxCreate_v2") != 0 {
		t.Errorf("little work: %+v, %d contexts", a.Info(), faketest.Calls("cuCtxCreate_v2"))
	}
	if a.choose(ctx, much) || !strings.Contains(a.Info().Why, "s on the card expected") || a.seen == nil {
		t.Errorf("much work, a card that is slower: %+v", a.Info())
	}
	a.seen.card, a.seen.upload = 1e12, 1 // a second for each voxel
	if a.choose(ctx, much) {
		t.Errorf("a card that takes long to have the field: %+v", a.Info())
	}
	a.seen.upload = 0
	if !a.choose(ctx, much) || a.Info().Name != "cuda" || a.Info().Device != "stand-in" || !strings.Contains(a.Info().Why, "s on the card expected") {
		t.Errorf("much work, a card that is faster: %+v", a.Info())
	}
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	a.seen = nil
	if a.choose(stopped, much) || a.seen != nil {
		t.Error("a choice that was stopped counts")
	}
	faketest.Fail("cuLaunchKernel", 0, faketest.LaunchFailed)
	if a.choose(ctx, much) || e.card.failure() == nil || a.choose(ctx, much) || !strings.Contains(a.Info().Why, "the card has failed") {
		t.Errorf("a card that fails: %+v", a.Info())
	}
	r := fit(t, a, small(t, fitting.Search))
	if len(r.Clusters) == 0 {
		t.Error("no fit")
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
