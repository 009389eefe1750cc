// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/compose"
)

// fitOrCancel begins a fit, or ends the running one.
func (w *window) fitOrCancel() {
	if w.job != nil {
		w.stop()
		return
	}
	w.fit()
}

// fit places the chosen structures in what is left of the map, one after
// another, and adds what it finds as a round. It tells whether it began.
func (w *window) fit() bool {
	s := w.doc.State()
	return w.fitThese(s.Fitted(), s.Options)
}

// fitThese is fit of some structures with other options.
func (w *window) fitThese(structures []*document.Structure, o fitting.Options) bool {
	s := w.doc.State()
	s.Options = o
	if s.Map == nil || len(structures) == 0 {
		w.say("A fit needs a map and a structure: press Ctrl+O, or drop files on the window")
		return false
	}
	f := &fitRun{
		w: w, state: s, structures: structures, options: w.threaded(s.Options), engine: w.engine(), fits: make([]document.Fit, len(structures)),
	}
	began := time.Now().UTC().Truncate(time.Second)
	for i, t := range structures {
		f.fits[i] = document.Fit{
			Structure: t.ID, Options: s.Options, Result: &fitting.Result{},
			Layers: s.Active(), Program: w.program(), Began: began,
		}
	}
	name := "Fit of " + structures[0].Model.Name
	if n := len(structures); n > 1 {
		name = fmt.Sprintf("Fit of %d structures", n)
	}
	f.live = slices.Clone(f.fits)
	w.live = slices.Clone(f.fits)
	w.results.SetLive(w.live)
	if !w.run(&job{name: name, fit: true}, f.work) {
		w.endLive()
		return false
	}
	w.doc.Select(document.ClusterID{})
	return true
}

// endLive shows the rounds of the document again.
func (w *window) endLive() {
	w.live = nil
	w.results.SetLive(nil)
}

// A fitRun is one fit while it runs.
type fitRun struct {
	w          *window
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
	target, level := f.w.doc.Target(f.state), f.w.doc.Level(f.state) // what is seen is what is fitted
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
		time.AfterFunc(time.Until(f.rest), func() { f.w.do(f.show) })
	}
}

// show shows the latest report, and then rests for several times as long as
// that took.
func (f *fitRun) show() {
	f.mu.Lock()
	p, live, news := f.progress, slices.Clone(f.live), f.news
	f.pending, f.news = false, false
	f.mu.Unlock()
	if f.w.job == nil || f.w.live == nil {
		return // it came late
	}
	began := time.Now()
	f.w.showProgress(p)
	if news {
		f.w.live = live
		f.w.results.SetLive(live)
		f.w.tell()
	}
	f.mu.Lock()
	f.rest = time.Now().Add(max(50*time.Millisecond, 8*time.Since(began)))
	f.mu.Unlock()
}

// end adds the round, selects the best placement, and says how good it is.
func (f *fitRun) end(fits []document.Fit, took time.Duration, cut bool) {
	w := f.w
	w.endLive()
	w.composer.sphere = nil
	if len(fits) == 0 {
		return
	}
	w.showEngine(f.engine)
	if i := f.engine.Info(); w.config.Auto != nil {
		w.note("engine " + i.String())
	}
	number, err := w.doc.AddRound(f.engine.Info(), fits)
	if err != nil {
		w.fail("The round was not added", err)
		return
	}
	w.say(summary(w.doc.State(), number, took, cut))
	var details []string
	for _, d := range fits {
		details = append(details, "  "+detail(w.doc.State(), d))
		if d.Result.Note != "" {
			details = append(details, "  "+d.Result.Note)
		}
	}
	w.note(strings.Join(details, "\n")) // at once: each change of the log lays it out
	if id, ok := w.results.First(); ok {
		w.doc.Select(id)
		w.results.Focus()
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
	switch significant := hasSignificant(r); {
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

// hasSignificant tells whether a round has found anything to be believed.
func hasSignificant(r *document.Round) bool {
	return slices.ContainsFunc(r.Fits, func(f document.Fit) bool {
		return slices.ContainsFunc(f.Result.Clusters, func(c fitting.Cluster) bool { return c.Score >= compose.MinScore })
	})
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
