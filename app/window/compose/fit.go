// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// Fit places the chosen structures in what is left of the map, and adds what it
// finds as a round. It tells whether it began.
func (co *Composer) Fit() bool {
	if co.refused("Fit") {
		return false
	}
	return co.fitAnew(co.sh.Doc.State().Fitted())
}

// fitThese is fit of some structures with other options.
func (co *Composer) fitThese(structures []*document.Structure, o fitting.Options) bool {
	s := co.sh.Doc.State()
	s.Options = o
	if s.Map == nil || len(structures) == 0 {
		co.sh.Say("A fit needs a map and a structure: press Ctrl+O, or drop files on the window")
		return false
	}
	if co.sh.Busy() { // what it shows stays
		co.sh.Say("Fit: wait until this is done, or cancel it with Escape: " + co.sh.JobName())
		return false
	}
	f := &fitRun{co: co, live: make([]document.Fit, len(structures))}
	f.round = work.Round{
		State: s, Structures: structures, Targets: &co.sh.Targets, Engine: co.sh.Engine(), Threads: co.sh.Threaded(o).Threads, Program: co.sh.Program(), Report: f.report,
		Say: func(text string) { co.sh.Do(func() { co.sh.Note(text) }) },
	}
	for i, t := range structures {
		atoms, _ := t.Model.Count(o.Atoms) // by which a library is ranked
		f.live[i] = document.Fit{Structure: t.ID, Options: s.Options, Layers: s.Active(), Result: &fitting.Result{AtomsUsed: atoms}}
	}
	f.setting = sync.OnceValues(func() (volume.Level, volume.Resolution) { return co.sh.Targets.Level(s), co.sh.Targets.Resolution(s) })
	name := "Fit of " + structures[0].Model.Name
	if n := len(structures); n > 1 {
		name = fmt.Sprintf("Fit of %d structures", n)
	}
	if co.sh.MustWait(name) {
		return false
	}
	co.rest()
	co.table.SetLive(slices.Clone(f.live))
	co.sh.Run(&shell.Job{Name: name, Structures: idsOf(structures)}, f.work)
	co.sh.Doc.Select(document.ClusterID{})
	return true
}

// idsOf returns the IDs of structures.
func idsOf(structures []*document.Structure) []int {
	var ids []int
	for _, t := range structures {
		ids = append(ids, t.ID)
	}
	return ids
}

// A fitRun is one fit while it runs.
type fitRun struct {
	co    *Composer
	round work.Round
	ended bool
	// setting has the level and the resolution of the fit, on which verdicts depend.
	setting func() (volume.Level, volume.Resolution)

	mu       sync.Mutex     // guards what follows: reports come from the job, the window shows them
	live     []document.Fit // what was found so far, in order of the structures
	progress fitting.Progress
	news     bool // live is newer than what is shown
	pending  bool // show will be called
	rest     time.Time
}

// work is the job. What is found before a cancel is kept.
func (f *fitRun) work(ctx context.Context) (func(), error) {
	began := time.Now()
	o, faults, err := f.round.Make(ctx)
	took := time.Since(began)
	if err == nil && f.isExhausted(faults) {
		return f.exhausted, nil
	}
	cut := err != nil // some were not searched, or not in all passes
	return func() { f.end(o, took, cut) }, errors.Join(errors.Join(faults...), err)
}

// isExhausted tells whether all that is wrong is that zeroing left nothing of the
// map: that is an end, and no failure.
func (f *fitRun) isExhausted(faults []error) bool {
	return f.round.State.IsZeroed() && f.round.State.Options.Sphere.IsZero() && len(faults) == len(f.round.Structures) &&
		!slices.ContainsFunc(faults, func(err error) bool { return !errors.Is(err, fitting.ErrEmpty) })
}

// exhausted ends a fit that had nothing to fit into.
func (f *fitRun) exhausted() {
	f.ended = true
	f.co.table.SetLive(nil)
	f.co.empty = leftOf(f.round.State, f.co.sh.Targets.Level(f.round.State).Value)
	f.co.sh.Say("Nothing is left of the map above the level of the fit to look in")
}

// A leftKey tells what is left of a map above a level, in its units.
type leftKey struct {
	base   *document.Map
	layers any // list of those that are on
	level  float64
}

func leftOf(s document.State, level float64) leftKey {
	return leftKey{s.Map, work.ListKey(s.Active()), level}
}

// liveRows is about how many rows are shown while a fit runs: each report
// makes them anew.
const liveRows = 10_000

// report notes how far the fit is and what was found, and sees to it that the
// window shows it soon: not more often than the window can.
func (f *fitRun) report(q work.Progress) {
	n := len(f.live)
	p := fitting.Progress{Phase: q.Phase, Fraction: q.Fraction, Left: q.Left}
	if n > 1 {
		p.Phase = fitting.Phase(fmt.Sprintf("%d of %d,", min(q.Done+1, q.All), q.All))
	}
	level, resolution := f.setting()
	f.mu.Lock()
	defer f.mu.Unlock()
	f.progress = p
	if len(q.Clusters) > 0 {
		few := q.Clusters[:min(len(q.Clusters), max(3, liveRows/n))]
		was := &f.live[q.Subject].Result
		*was = &fitting.Result{AtomsUsed: (*was).AtomsUsed, Clusters: few, Level: level, Resolution: resolution}
		f.news = true
	}
	if !f.pending {
		f.pending = true
		time.AfterFunc(time.Until(f.rest), func() { f.co.sh.Do(f.show) })
	}
}

// pause is the least time from one showing to the next: what the window draws is
// taken from the fit where pictures are drawn by software, and of a library nobody
// reads ten states a second.
func (f *fitRun) pause() time.Duration {
	if work.Screens(len(f.live), f.round.State.Options) {
		return time.Second
	}
	return 50 * time.Millisecond
}

// show shows the latest report, and then rests for several times as long as
// that took.
func (f *fitRun) show() {
	f.mu.Lock()
	p, live, news := f.progress, slices.Clone(f.live), f.news
	f.pending, f.news = false, false
	f.mu.Unlock()
	if f.ended { // it came late: another fit may run by now
		return
	}
	began := time.Now()
	f.co.sh.ShowProgress(p)
	if news {
		f.co.table.SetLive(live)
	}
	f.mu.Lock()
	f.rest = time.Now().Add(max(f.pause(), 8*time.Since(began)))
	f.mu.Unlock()
}

// end adds the round, selects the best placement, and says how good it is.
func (f *fitRun) end(o document.Outcome, took time.Duration, cut bool) {
	f.ended = true
	sh := f.co.sh
	structure, motion := f.co.table.Chosen()
	f.co.table.SetLive(nil)
	f.co.endSphere()
	if len(o.Found.Fits) == 0 {
		return
	}
	f.co.pressed(f.round.Structures, took)
	made := document.MadeBy(o.Found.Fits)
	if sh.Auto != nil {
		sh.Note("engine " + made.String())
	}
	added, err := sh.Doc.Apply(o)
	if err != nil {
		sh.Fail("The round was not added", err)
		return
	}
	s := sh.Doc.State()
	ids := document.Order(added.Round, s.Round(added.Round).Fits)
	sh.Say(summary(s, added.Round, ids, took, cut) + leftOut(added))
	sh.Note(details(s, s.Round(added.Round), ids)) // at once: each change of the log lays it out
	if len(ids) > 0 {
		best := toSelect(s, added.Round)
		if id, ok := s.At(structure, motion); ok && id.Round == added.Round { // what a person is looking at stays
			best = id
		}
		sh.Doc.Select(best)
		f.co.table.Focus()
	}
}

// toSelect returns the placement of a round that is looked at first: the best, but
// none where others are accepted and even the best is wrong. It would stand in
// their way, as if something had been found.
func toSelect(s document.State, number int) document.ClusterID {
	ids := document.Order(number, s.Round(number).Fits)
	if len(ids) == 0 {
		return document.ClusterID{}
	}
	best, _ := s.Cluster(ids[0])
	if len(s.Accepted) > 0 && best.Verdict(s.Fit(ids[0]).Result.Resolution.Value) == fitting.VerdictNo {
		return document.ClusterID{}
	}
	return ids[0]
}

// leftOut tells what of a result was not taken in, since it is gone.
func leftOut(a document.Applied) string {
	if len(a.Gone) == 0 {
		return ""
	}
	return "; left out, for it was removed meanwhile: " + strings.Join(a.Gone, ", ")
}

// summary is one line about a round, whose placements are ids, the best first.
// cut: some structures were not searched.
func summary(s document.State, number int, ids []document.ClusterID, took time.Duration, cut bool) string {
	r := s.Round(number)
	partial := cut || slices.ContainsFunc(r.Fits, func(f document.Fit) bool { return f.Partial })
	agreed := true // about the best
	var b strings.Builder
	fmt.Fprintf(&b, "Round %d: ", number)
	switch significant := r.HasBelievable(); {
	case len(ids) > 0 && !significant:
		best, _ := s.Cluster(ids[0])
		fmt.Fprintf(&b, "no placement looks right (best: %s, %s)", s.Name(ids[0].Structure), panel.Judged(best.Placement, s.Fit(ids[0]).Result.Resolution.Value))
	default:
		fmt.Fprintf(&b, "%s at %.3g Å and level %.4g in %s", panel.Plural(len(ids), "placement"), r.Fits[0].Result.Resolution.Value, r.Fits[0].Result.Level.Value, seconds(took))
		if significant {
			best, _ := s.Cluster(ids[0])
			agreed = s.Fit(ids[0]).Result.RoundsAgreed
			fmt.Fprintf(&b, "; best: %s, %s", s.Name(ids[0].Structure), panel.Quality(best.Placement))
		}
	}
	switch {
	case partial:
		b.WriteString(" (cancelled: not all was searched)")
	case !agreed && r.Fits[0].Options.Method == fitting.Search:
		b.WriteString(" (not confirmed by independent rounds: look closely, or allow more starts)")
	}
	return b.String()
}

// detailed is of how many structures of a round, the best, the log has details.
const detailed = 20

// details are the lines of the log about a round.
func details(s document.State, r *document.Round, ids []document.ClusterID) string {
	var lines []string
	told := map[int]bool{}
	tell := func(f document.Fit) {
		told[f.Structure] = true
		lines = append(lines, "  "+detail(s, f))
		if f.Result.Note != "" {
			lines = append(lines, "  "+f.Result.Note)
		}
	}
	if len(r.Fits) <= detailed {
		for _, f := range r.Fits {
			tell(f)
		}
		return strings.Join(lines, "\n")
	}
	for _, id := range ids {
		if !told[id.Structure] && len(told) < detailed {
			tell(*s.Fit(id))
		}
	}
	return strings.Join(lines, "\n") + fmt.Sprintf("\n  and %d more", len(r.Fits)-len(told))
}

// detail is one line of the log about a fit.
func detail(s document.State, f document.Fit) string {
	r := f.Result
	out := ""
	if left := r.Excluded.String(); left != "" {
		out = " (left out: " + left + ")"
	}
	return fmt.Sprintf("%s: level %.4g (%s), resolution %.1f Å (%s), %s%s, %s, prepare %s, search %s, score %s",
		s.Name(f.Structure), r.Level.Value, r.Level.Rule, r.Resolution.Value, r.Resolution.Rule, panel.Plural(r.AtomsUsed, "atom"), out, panel.Plural(r.Starts, "start"),
		seconds(time.Duration(r.Seconds.Prepare*1e9)), seconds(time.Duration(r.Seconds.Search*1e9)), seconds(time.Duration(r.Seconds.Score*1e9)))
}

// seconds writes a time so that three digits count at most.
func seconds(d time.Duration) string {
	switch {
	case d < time.Second:
		return fmt.Sprintf("%d ms", d.Milliseconds())
	case d < 10*time.Second:
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}
