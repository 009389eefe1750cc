// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2/test"

	"difffit/app/viewport"
	"difffit/app/window/shell"
	"difffit/fitting"
)

// named is a planned engine with a name, which notes its fits.
type named struct {
	planned
	name string
	note string
	why  string
	fits int
}

func (e *named) Info() fitting.Info {
	return fitting.Info{Name: e.name, Device: "device of " + e.name, Why: e.why}
}

func (e *named) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	e.fits++
	r, err := e.planned.Fit(ctx, p, report)
	r.Note = e.note
	return r, err
}

func TestEngineIsChosen(t *testing.T) {
	cpu, cuda := &named{name: "cpu"}, &named{name: "cuda", note: "the card has failed"}
	auto := &named{name: "auto", why: "2 s expected here, 3 s on the card, which is what was measured"}
	b := &bench{t: t, calls: make(chan func(), 1000), data: t.TempDir()}
	c := Config{Engines: []fitting.Engine{cpu, cuda}, Auto: auto, Missing: []string{"abacus: not found"}}
	b.window = newWindow(test.NewTempApp(t), c, viewport.NewFrom(nil), func(f func()) { b.calls <- f }, filepath.Join(b.data, "autosave"))
	t.Cleanup(b.end)
	b.write()
	b.opened()
	fit := func(e *named) {
		t.Helper()
		before := e.fits
		test.Tap(b.tools.fit)
		b.idle()
		if e.fits == before {
			t.Errorf("the fit did not run on %s", e.name)
		}
		b.help.ShowSystem()
		if said := b.said(); !strings.Contains(said, "Next fit: "+e.name) || !strings.Contains(said, e.why) || !strings.Contains(said, "No engine: abacus: not found") {
			t.Errorf("Help, System says %q, want the engine %s and why", said, e.name)
		}
		b.Escape()
	}
	fit(auto)
	b.menus.engines["cuda"].Action()
	if !b.menus.engines["cuda"].Checked || b.menus.engines[""].Checked {
		t.Error("the menu does not mark the engine that was chosen")
	}
	fit(cuda)
	b.menus.engines["cpu"].Action()
	b.App.Preferences().SetInt(shell.KeyThreads, 2)
	fit(cpu)
	b.menus.engines["cuda"].Action()
	if log := b.Log.Text(); !strings.Contains(log, "the card has failed") {
		t.Errorf("the log does not say what a person should know: %q", log)
	}
	b.menus.engines[""].Action()
	b.setOption(func(o *fitting.Options) { o.Seed++ }) // else nothing would have changed
	fit(auto)
}

func TestSummaryOfARoundWithoutHope(t *testing.T) {
	b := newBench(t, &planned{weak: 0.75})
	b.fitted()
	if want := "Round 1: no placement looks right (best: alpha, score 0.150, Map CC 0.000: no, score 0.150 is below 0.2)"; b.Status.Text != want {
		t.Errorf("the status line says %q, want %q", b.Status.Text, want)
	}
}
