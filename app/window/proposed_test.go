// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"

	"difffit/app/command"
	"difffit/app/panel"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// replayed runs the command replay and returns its exit code and, for each fit,
// the round, by whom it was made, the structure and the verdict.
func (b *bench) replayed(path string, engine fitting.Engine) (int, []string) {
	b.t.Helper()
	var out, errs bytes.Buffer
	program := command.Program{Name: "difffit", Engines: []fitting.Engine{engine}}
	code := command.Main(b.t.Context(), []string{"replay", path, "--json", "-", "--quiet"}, strings.NewReader(""), &out, &errs, program)
	var r struct {
		Fits []struct {
			Round                        int
			Proposed, Structure, Verdict string
			Differences                  []string
		}
	}
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		b.t.Fatalf("replay: exit code %d, %v: %s", code, err, errs.String())
	}
	var list []string
	for _, f := range r.Fits {
		list = append(list, strings.Join(append([]string{fmt.Sprint(f.Round), f.Proposed, f.Structure, f.Verdict}, f.Differences...), "|"))
	}
	return code, list
}

// What the window proposes is computed again from its session, whatever a
// person decided since.
func TestProposalsOfTheWindowAreReplayed(t *testing.T) {
	e := &planned{}
	b := newBench(t, e)
	b.opened()
	b.compose.Panel.SetZeroOptions(volume.ZeroOptions{Mode: volume.ZeroOwn, Radius: 3})
	b.press("compose.complete")
	s := b.Doc.State()
	if len(s.Rounds) != 1 || s.Rounds[0].Proposed != "composite" || s.Rounds[0].Basis.Composite.Zero.Radius != 3 {
		t.Fatalf("%d rounds; status %q, says %q", len(s.Rounds), b.Status.Text, b.said())
	}
	b.press("compose.all")
	b.compose.Panel.Named()["compose.symmetry"].(interface{ SetText(string) }).SetText("c4")
	b.press("compose.propose")
	b.press("compose.skip")
	b.press("compose.confirm")
	b.undo()
	b.idle()
	b.press("compose.confirm")
	test.Tap(b.tools.fit)
	b.idle()
	b.compose.Panel.Select(panel.Node{Kind: panel.AcceptedNode, ID: 1})
	b.press("compose.remove") // what was accepted then, and is no more
	file := filepath.Join(b.data, "proposed.difffit")
	b.files.SaveTo(file, nil)
	b.idle()

	var want []string
	for _, r := range b.Doc.State().Rounds {
		for _, f := range r.Fits {
			want = append(want, fmt.Sprintf("%d|%s|%s|identical", r.Number, r.Proposed, b.Doc.State().Name(f.Structure)))
		}
	}
	if code, got := b.replayed(file, e); code != 0 || !slices.Equal(got, want) || len(b.Doc.State().Rounds) != 3 {
		t.Errorf("exit code %d, %q, want %q", code, got, want)
	}
	if code, got := b.replayed(file, &planned{many: 2}); code != 1 || !strings.Contains(strings.Join(got, "\n"), "differs") {
		t.Errorf("of an engine that finds other places: exit code %d, %q", code, got)
	}
}

// slowing is an engine that finds what it was told in one target, and in any
// other looks until it is stopped.
type slowing struct {
	planned
	mu    sync.Mutex
	first *fitting.Target
	later chan struct{} // gets one for each search in another target
}

func (e *slowing) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	e.mu.Lock()
	if e.first == nil {
		e.first = p.Target
	}
	first := p.Target == e.first
	e.mu.Unlock()
	if first {
		return e.planned.Fit(ctx, p, report)
	}
	e.later <- struct{}{}
	<-ctx.Done()
	return &fitting.Result{}, ctx.Err()
}

// A composite that a person stops depends on the moment.
func TestCancelledProposalsAreNotCompared(t *testing.T) {
	e := &slowing{later: make(chan struct{}, 9)}
	b := newBench(t, e)
	b.opened()
	test.Tap(b.compose.Panel.Named()["compose.complete"].(*widget.Button))
	<-e.later
	b.Stop()
	b.idle()
	s := b.Doc.State()
	if len(s.Rounds) != 1 || !s.Rounds[0].Fits[0].Partial {
		t.Fatalf("%d rounds, want one that is not whole; status %q", len(s.Rounds), b.Status.Text)
	}
	file := filepath.Join(b.data, "cancelled.difffit")
	b.files.SaveTo(file, nil)
	b.idle()
	if code, got := b.replayed(file, &planned{}); code != 4 || len(got) == 0 || !strings.Contains(got[0], "not compared|it was cancelled") {
		t.Errorf("exit code %d, %q", code, got)
	}
}
