// SPDX-License-Identifier: BSD-3-Clause

package command

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

	"difffit/app/document"
	"difffit/app/session"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/internal/testdata"
)

// counting is an engine that counts its fits.
type counting struct {
	fitting.Engine
	mu   sync.Mutex
	fits int
}

func (c *counting) Fit(ctx context.Context, p *fitting.Problem, report func(fitting.Progress)) (*fitting.Result, error) {
	c.mu.Lock()
	c.fits++
	c.mu.Unlock()
	return c.Engine.Fit(ctx, p, report)
}

// Refine is that of the engine, which a wrapper of an Engine does not have.
func (c *counting) Refine(ctx context.Context, p *fitting.Problem, at ...geom.Rigid) (*fitting.Result, error) {
	return c.Engine.(fitting.Refiner).Refine(ctx, p, at...)
}

// replaySession runs the command.
func replaySession(t *testing.T, program Program, path string) (int, replayReport) {
	t.Helper()
	var out, errs bytes.Buffer
	code := Main(t.Context(), []string{"replay", path, "--json", "-", "--quiet"}, strings.NewReader(""), &out, &errs, program)
	var r replayReport
	if err := json.Unmarshal(out.Bytes(), &r); err != nil {
		t.Fatalf("replay of %s: exit code %d, %s", path, code, errs.String())
	}
	return code, r
}

// verdicts lists by whom each fit was made, and how it came out again.
func (p *replayReport) verdicts() []string {
	var list []string
	for _, f := range p.Fits {
		list = append(list, fmt.Sprintf("%d %s %s: %s", f.Round, f.Proposed, f.Structure, f.Verdict))
	}
	return list
}

// A session as the window makes it, of a tetramer: one chain is fitted and
// accepted, one is found beside it as a composite, and the others by symmetry.
func TestReplayOfProposals(t *testing.T) {
	folder := testdata.Shared(t, "emd0093_6gyn_hcn4")
	engine := &counting{Engine: testProgram().Engines[0]}
	program := Program{Name: "difffit", Engines: []fitting.Engine{engine}}
	d := document.New()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	m, err := program.Inputs.Map(t.Context(), filepath.Join(folder, "emd_0093_masked.mrc.gz"))
	must(err)
	must(d.SetMap(m))
	chains, err := program.Inputs.Structures(t.Context(), filepath.Join(folder, "start_A.pdb.gz"))
	must(err)
	must(d.AddStructures(chains...))
	o := d.State().Options
	o.Resolution, o.Seed = 3.4, 7
	var targets work.Targets
	target := targets.Of(d.State())
	level := targets.Level(d.State())
	o.Level = &level.Value
	must(d.SetOptions("options", o))
	must(d.SetCopies(1, 2))
	r, err := engine.Fit(t.Context(), &fitting.Problem{Target: target, Structure: chains[0].Model, Options: o}, nil)
	must(err)
	_, err = d.Apply(document.Outcome{From: d.State(), Found: &document.Found{Fits: []document.Fit{{Structure: 1, Options: o, Result: r}}}})
	must(err)
	must(d.Accept(document.ClusterID{Round: 1, Structure: 1, Rank: 1}))

	add := func(from *document.Basis) {
		t.Helper()
		p, err := work.Proposer{State: d.State(), Target: target, Engine: engine}.Make(t.Context(), from)
		must(err)
		_, err = d.Apply(document.Outcome{From: d.State(), Found: &document.Found{Fits: p.Fits, Proposed: p.By, Basis: from}})
		must(err)
		must(d.AcceptAll(d.State().Proposals()))
	}
	zero := volume.DefaultZeroOptions()
	zero.Radius = 2.5
	add(work.CompositeBasis(d.State(), zero))
	p, err := work.Proposer{State: d.State(), Target: target, Engine: engine}.Make(t.Context(), work.SymmetryBasis(d.State(), "c4"))
	must(err)
	if want := "has 4 copies; 2 expected in the panel Inputs"; len(p.Fits) != 1 || !strings.Contains(p.Reason, want) {
		t.Errorf("of two expected copies, two accepted: %d fits, %q; want a word of %q", len(p.Fits), p.Reason, want)
	}
	p, err = work.Proposer{State: d.State(), Target: target, Engine: engine}.Make(t.Context(), work.SymmetryBasis(d.State(), ""))
	must(err)
	if want := "no copy that is expected is missing; 2 more would make more copies than are expected"; len(p.Fits) != 0 || p.Reason != want {
		t.Errorf("nobody having written the symmetry: %d fits, %q; want %q", len(p.Fits), p.Reason, want)
	}
	must(d.SetCopies(1, 4))
	add(work.SymmetryBasis(d.State(), "c4"))
	if n := len(d.State().Accepted); n != 4 {
		t.Fatalf("%d placements are accepted, want the four of the channel", n)
	}
	path := filepath.Join(t.TempDir(), "channel.difffit")
	must(session.Save(path, d.State(), "test"))

	code, report := replaySession(t, program, path)
	name := chains[0].Model.Name
	want := []string{"1  " + name + ": identical", "2 composite " + name + ": identical", "3 symmetry C4 " + name + ": identical"}
	if got := report.verdicts(); code != exitDone || !slices.Equal(got, want) {
		t.Errorf("exit code %d, %q, want %q", code, got, want)
	}

	s := d.State()
	lost := *s.Rounds[2] // a symmetry of placements that have none
	from := *lost.Basis
	from.Accepted, from.Symmetry = slices.Clone(from.Accepted), &document.SymmetryBasis{}
	from.Accepted[0].Motion.Shift.X += 40
	lost.Basis = &from
	s.Rounds = []*document.Round{s.Rounds[0], s.Rounds[1], &lost}
	must(session.Save(path, s, "test"))
	code, report = replaySession(t, program, path)
	if got := report.verdicts(); code != exitFailed || len(got) != 3 || got[1] != want[1] || got[2] != "3 symmetry C4 "+name+": differs" {
		t.Errorf("with another basis: exit code %d, %q", code, got)
	}
	if gone := report.Fits[2].Differences; len(gone) == 0 {
		t.Error("it does not say what differs")
	}

	half := *s.Rounds[1] // a structure of the basis was removed
	half.Basis = &document.Basis{Options: o, Composite: &document.CompositeBasis{Wanted: []document.Wanted{{}, {Structure: 1}}}}
	s.Rounds, s.Accepted = []*document.Round{&half}, nil
	must(session.Save(path, s, "test"))
	code, report = replaySession(t, program, path)
	if code != exitNothing || len(report.Fits) != 1 || !slices.Equal(report.Fits[0].Differences, []string{"a structure that took part was removed from the session since"}) {
		t.Errorf("without a structure: exit code %d, %+v", code, report.Fits)
	}
}

// What a composite began with is a round of its session too, and is not
// searched for twice.
func TestReplaySearchesOnce(t *testing.T) {
	density, paths, _ := demoFiles(t)
	out := filepath.Join(t.TempDir(), "out")
	args := []string{density, "--resolution", "6", "--out", out}
	for _, p := range paths {
		args = append(args, p+"=1")
	}
	if code, _, errs := runComposite(t, t.Context(), testProgram(), args...); code != exitDone {
		t.Fatalf("exit code %d: %s", code, errs)
	}
	engine := &counting{Engine: testProgram().Engines[0]}
	code, report := replaySession(t, Program{Name: "difffit", Engines: []fitting.Engine{engine}}, filepath.Join(out, "session.difffit"))
	if code != exitDone || report.count(work.Identical) != 10 || len(report.Fits) != 10 {
		t.Errorf("exit code %d, %q, want five fits and five placements, all identical", code, report.verdicts())
	}
	if engine.fits != 5 {
		t.Errorf("%d searches, want 5: one of each chain", engine.fits)
	}
}
