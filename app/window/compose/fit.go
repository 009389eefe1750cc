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
	"difffit/app/window/shell"
	"difffit/fitting"
)

// FitOrCancel begins a fit, or ends the running one.
func (co *Composer) FitOrCancel() {
	if co.sh.Busy() {
		co.sh.Stop()
		return
	}
	co.Fit()
}

// Fit places the chosen structures in what is left of the map, one after
// another, and adds what it finds as a round. It tells whether it began.
func (co *Composer) Fit() bool {
	s := co.sh.Doc.State()
	return co.fitThese(s.Fitted(), s.Options)
}

// fitThese is fit of some structures with other options.
func (co *Composer) fitThese(structures []*document.Structure, o fitting.Options) bool {
	s := co.sh.Doc.State()
	s.Options = o
	if s.Map == nil || len(structures) == 0 {
		co.sh.Say("A fit needs a map and a structure: press Ctrl+O, or drop files on the window")
		return false
	}
	f := &fitRun{
		co: co, state: s, structures: structures, options: co.sh.Threaded(s.Options), engine: co.sh.Engine(), fits: make([]document.Fit, len(structures)),
	}
	began := time.Now().UTC().Truncate(time.Second)
	for i, t := range structures {
		f.fits[i] = document.Fit{
			Structure: t.ID, Options: s.Options, Result: &fitting.Result{},
			Layers: s.Active(), Program: co.sh.Program(), Began: began,
		}
	}
	name := "Fit of " + structures[0].Model.Name
	if n := len(structures); n > 1 {
		name = fmt.Sprintf("Fit of %d structures", n)
	}
	f.live = slices.Clone(f.fits)
	co.table.SetLive(slices.Clone(f.fits))
	if !co.sh.Run(&shell.Job{Name: name}, f.work) {
		co.table.SetLive(nil)
		return false
	}
	co.sh.Doc.Select(document.ClusterID{})
	return true
}

// A fitRun is one fit while it runs.
type fitRun struct {
	co         *Composer
	state      document.State
	structures []*document.Structure // that are fitted
	options    fitting.Options       // as the engine gets them
	engine     fitting.Engine
	fits       []document.Fit // in order of the structures; touched by the job alone
	faults     []error

	mu       sync.Mutex // guards what follows: reports come from the job, the window shows them
	live     []document.Fit
	progress fitting.Progress
	news     bool // live is newer than what is shown
	pending  bool // show will be called
	rest     time.Time
}

// work is the job. What is found before a cancel is kept.
func (f *fitRun) work(ctx context.Context) (func(), error) {
	began := time.Now()
	target, level := f.co.sh.Doc.Target(f.state), f.co.sh.Doc.Level(f.state) // what is seen is what is fitted
	f.options.Level = &level.Value
	for i, t := range f.structures {
		if ctx.Err() != nil {
			break
		}
		f.fits[i].Options.Level = &level.Value
		p := &fitting.Problem{Target: target, Structure: t.Model, Options: f.options}
		result, err := f.engine.Fit(ctx, p, func(p fitting.Progress) { f.report(i, t, p) })
		if result != nil {
			result.Level = level // with the rule that it was found by
			f.fits[i].Result = result
		}
		f.fits[i].Partial = err != nil
		if err != nil && ctx.Err() == nil {
			f.faults = append(f.faults, fmt.Errorf("%s: %w", t.Model.Name, err))
		}
	}
	f.assess(ctx, target)
	took := time.Since(began)
	kept := slices.DeleteFunc(f.fits, func(d document.Fit) bool {
		return d.Partial && len(d.Result.Clusters) == 0 || d.Result.Starts == 0 && len(d.Result.Clusters) == 0
	})
	cut := ctx.Err() != nil && len(kept) < len(f.structures) // some were not searched
	return func() { f.end(kept, took, cut) }, errors.Join(errors.Join(f.faults...), ctx.Err())
}

// assess finds what wrong placements of each of several structures look like,
// by which they are ranked together; a library is ranked without. Where there
// are too few wrong ones, it goes by significance.
func (f *fitRun) assess(ctx context.Context, target *fitting.Target) {
	if len(f.fits) < 2 || len(f.fits) >= fitting.LeastLibrary {
		return
	}
	for i, t := range f.structures {
		r := f.fits[i].Result
		if len(r.Clusters) == 0 || ctx.Err() != nil {
			continue
		}
		null, err := fitting.NullOf(ctx, f.engine, &fitting.Problem{Target: target, Structure: t.Model, Options: f.options})
		switch {
		case err == nil:
			r.Null = &null
		case ctx.Err() == nil && !errors.Is(err, fitting.ErrTooFew) && !errors.Is(err, fitting.ErrNoSamples):
			f.faults = append(f.faults, fmt.Errorf("%s: %w", t.Model.Name, err))
		}
	}
}

// liveRows is about how many rows are shown while a fit runs: each report
// makes them anew.
const liveRows = 1000

// report notes how far structure i is and what was found for it, and sees to
// it that the window shows it soon: not more often than the window can.
func (f *fitRun) report(i int, t *document.Structure, p fitting.Progress) {
	n := len(f.fits)
	p.Fraction = (float64(i) + p.Fraction) / float64(n)
	if n > 1 {
		p.Phase = fitting.Phase(fmt.Sprintf("%s (%d of %d): %s", t.Model.Name, i+1, n, p.Phase))
		p.Left = 0 // of this structure alone
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.progress = p
	if len(p.Clusters) > 0 {
		few := p.Clusters[:min(len(p.Clusters), max(3, liveRows/n))]
		f.live[i].Result = &fitting.Result{Clusters: few}
		f.news = true
	}
	if !f.pending {
		f.pending = true
		time.AfterFunc(time.Until(f.rest), func() { f.co.sh.Do(f.show) })
	}
}

// show shows the latest report, and then rests for several times as long as
// that took.
func (f *fitRun) show() {
	f.mu.Lock()
	p, live, news := f.progress, slices.Clone(f.live), f.news
	f.pending, f.news = false, false
	f.mu.Unlock()
	if !f.co.sh.Busy() || !f.co.table.IsLive() {
		return // it came late
	}
	began := time.Now()
	f.co.sh.ShowProgress(p)
	if news {
		f.co.table.SetLive(live)
		f.co.sh.Tell()
	}
	f.mu.Lock()
	f.rest = time.Now().Add(max(50*time.Millisecond, 8*time.Since(began)))
	f.mu.Unlock()
}

// end adds the round, selects the best placement, and says how good it is.
func (f *fitRun) end(fits []document.Fit, took time.Duration, cut bool) {
	f.co.table.SetLive(nil)
	f.co.sphere = nil
	if len(fits) == 0 {
		return
	}
	f.co.sh.ShowEngine(f.engine)
	if i := f.engine.Info(); f.co.sh.Auto != nil {
		f.co.sh.Note("engine " + i.String())
	}
	number, err := f.co.sh.Doc.AddRound(f.engine.Info(), fits)
	if err != nil {
		f.co.sh.Fail("The round was not added", err)
		return
	}
	f.co.sh.Say(summary(f.co.sh.Doc.State(), number, took, cut))
	var details []string
	for _, d := range fits {
		details = append(details, "  "+detail(f.co.sh.Doc.State(), d))
		if d.Result.Note != "" {
			details = append(details, "  "+d.Result.Note)
		}
	}
	f.co.sh.Note(strings.Join(details, "\n")) // at once: each change of the log lays it out
	if ids := document.Order(number, fits); len(ids) > 0 {
		f.co.sh.Doc.Select(ids[0])
		f.co.table.Focus()
	}
}

// summary is one line about a round. cut: some structures were not searched.
func summary(s document.State, number int, took time.Duration, cut bool) string {
	r := s.Round(number)
	partial := cut || slices.ContainsFunc(r.Fits, func(f document.Fit) bool { return f.Partial })
	ids := document.Order(number, r.Fits)
	agreed := true // about the best
	var b strings.Builder
	fmt.Fprintf(&b, "Round %d: ", number)
	switch significant := shell.HasSignificant(r); {
	case len(ids) > 0 && !significant:
		best, _ := s.Cluster(ids[0])
		fmt.Fprintf(&b, "no significant placement (best: %s, score %.3f)", s.Name(ids[0].Structure), best.Score)
	default:
		fmt.Fprintf(&b, "%d placements at level %.4g in %s", len(ids), r.Fits[0].Result.Level.Value, seconds(took))
		if significant {
			best, _ := s.Cluster(ids[0])
			agreed = s.Fit(ids[0]).Result.RoundsAgreed
			fmt.Fprintf(&b, "; best: %s, score %.3f, z %.1f, inside %.0f %%", s.Name(ids[0].Structure), best.Score, best.SignificanceZ, 100*best.Inside)
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

// detail is one line of the log about a fit.
func detail(s document.State, f document.Fit) string {
	r := f.Result
	out := ""
	if left := r.Left.String(); left != "" {
		out = " (left out: " + left + ")"
	}
	return fmt.Sprintf("%s: level %.4g (%s), resolution %.1f Å (%s), %d atoms%s, %d starts, prepare %s, search %s, score %s",
		s.Name(f.Structure), r.Level.Value, r.Level.Rule, r.Resolution.Value, r.Resolution.Rule, r.AtomsUsed, out, r.Starts,
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
