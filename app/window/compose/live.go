// SPDX-License-Identifier: BSD-3-Clause

package compose

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"difffit/app/document"
	"difffit/app/panel"
	"difffit/app/window/shell"
	"difffit/app/work"
	"difffit/fitting"
)

// Times of live fits. One that takes longer than Composer.LiveTime, at first
// liveTime, is slow, and slowMost of them in a row are too slow to follow a drag.
// The others are in parts of that: one that takes longer than patience is stopped
// where another is asked for, and with liveMost it is given up. What a fit took
// that a person pressed for is longer than what is left of it when all is
// prepared, by as much as coldFactor.
const (
	liveTime   = 500 * time.Millisecond
	patience   = 3
	liveMost   = 6
	slowMost   = 5
	coldFactor = 8
)

// A follower has the table follow the options of the fit and the ticks
// (docs/adr/0028-live.md).
type follower struct {
	on       bool
	off      string // why it was switched off
	fit      shell.Latest[liveKey, lively]
	began    time.Time       // of the fit that runs
	next     *document.State // that is to be fitted after it
	dragging bool
	wanted   liveKey // that was asked for last in a drag
	mine     bool    // the document changes by a live fit
	let      bool    // go: the last of a drag is still to come
	step     int     // revision of the step that goes on
	round    int     // that the next fit replaces
	slow     int     // fits in a row
	took     time.Duration
	pressed  time.Duration // what the latest fit took that a person pressed for
	of       any           // its structures
}

// lively is what a live fit has found.
type lively struct {
	from    document.State
	outcome document.Outcome
	err     error
	took    time.Duration
}

// A liveKey tells what a live fit is made of.
type liveKey struct {
	base    *document.Map
	fitted  any             // list of structures
	layers  any             // list of those that are on
	options fitting.Options // but their level
	level   float64         // 0 for the automatic one
}

func keyOf(s document.State) liveKey {
	k := liveKey{base: s.Map, fitted: work.ListKey(s.Fitted()), layers: work.ListKey(s.Active()), options: s.Options}
	if l := k.options.Level; l != nil {
		k.level, k.options.Level = *l, nil
	}
	return k
}

// connectLive ties the form to live fits.
func (co *Composer) connectLive() {
	co.Options.OnLive = co.SetLive
	co.Options.OnLevel = func(v float64, done bool) { co.drag(func(o *fitting.Options) { o.Level = &v }, done) }
	co.Options.OnResolution = func(v float64, done bool) { co.drag(func(o *fitting.Options) { o.Resolution = v }, done) }
}

// SetLive says whether the table follows the options of the fit.
func (co *Composer) SetLive(on bool) {
	lv := &co.live
	if s := co.sh.Doc.State(); on {
		why := co.notLive(s)
		if co.sh.MustWait("Live") || why != "" {
			if !co.sh.Busy() {
				co.sh.Say("Not live: " + why)
			}
			co.showLive(s)
			return
		}
	}
	lv.on, lv.off, lv.slow, lv.took = on, "", 0, 0
	co.rest()
	co.sh.Say(map[bool]string{true: "Live: the table follows level, resolution and ticks in the panel Fit", false: "Live is off"}[on])
	co.follow(co.sh.Doc.State(), 0)
	co.showLive(co.sh.Doc.State())
}

// ToggleLive switches live fits on or off.
func (co *Composer) ToggleLive() { co.SetLive(!co.live.on) }

// IsLive tells whether the table follows the options of the fit.
func (co *Composer) IsLive() bool { return co.live.on }

// Following tells whether a live fit, or a drag, is on its way.
func (co *Composer) Following() bool {
	return co.live.dragging || co.live.next != nil || !co.live.fit.Settled()
}

// rest stops what follows.
func (co *Composer) rest() {
	co.live.fit.Forget()
	co.live.next, co.live.let = nil, false
}

// notLive tells why the table cannot follow, "" if it can.
func (co *Composer) notLive(s document.State) string {
	n := len(s.Fitted())
	switch {
	case s.Map == nil || n == 0:
		return "open a map, and tick a structure"
	case work.Screens(n, s.Options):
		return fmt.Sprintf("%d structures are a library, which takes longer than half a second; tick %d at most", n, work.MostLive)
	case s.Options.Method != fitting.Search:
		return "this method follows each start to its end, which takes longer than half a second"
	case co.live.pressed > coldFactor*co.LiveTime && co.live.of == work.ListKey(s.Fitted()):
		return fmt.Sprintf("the last fit took %s; a live one must take less than half a second", seconds(co.live.pressed))
	}
	return ""
}

// drag takes over an option that a person drags. Where the table does not follow,
// it counts when it is let go.
func (co *Composer) drag(change func(*fitting.Options), done bool) {
	s, lv := co.sh.Doc.State(), &co.live
	change(&s.Options)
	wrong := s.Options.Validate() != nil || s.Map == nil || s.Options.Level != nil && co.sh.Targets.Whole(s.Map).Profile().CheckLevel(*s.Options.Level) != nil
	if !lv.on || co.sh.Busy() || wrong || co.notLive(s) != "" {
		lv.dragging = false
		if done {
			co.ChangeOptions(s.Options)
		}
		return
	}
	if !lv.dragging {
		lv.step, lv.wanted = 0, keyOf(co.sh.Doc.State())
	}
	lv.dragging = !done
	if key := keyOf(s); key != lv.wanted {
		lv.wanted = key
		co.want(s)
	}
	if lv.let = done && co.Following(); done && !lv.let {
		co.followed()
	}
}

// follow has a state fitted that an edit has made, as part of the step with a
// revision, unless a round has it already.
func (co *Composer) follow(s document.State, step int) {
	if !co.live.on || co.sh.Busy() || co.notLive(s) != "" || co.unchanged(s, s.Fitted()) != nil {
		return
	}
	co.live.step = step
	co.want(s)
}

// want has a state fitted: at once, or after the fit that runs, which else would
// never come to its end while something is dragged. A fit that has had its time
// is stopped.
func (co *Composer) want(s document.State) {
	lv := &co.live
	if !lv.fit.Settled() && time.Since(lv.began) < patience*co.LiveTime {
		lv.next = &s
		return
	}
	lv.next, lv.began = nil, time.Now()
	engine, threads := co.sh.Engine(), co.sh.Threaded(s.Options).Threads
	structures, most := s.Fitted(), liveMost*co.LiveTime
	lv.fit.Forget() // the same once more is another fit: the document may have gone back meanwhile
	lv.fit.Make(co.sh, keyOf(s), func(ctx context.Context) lively {
		ctx, cancel := context.WithTimeout(ctx, most)
		defer cancel()
		began := time.Now()
		r := work.Round{State: s, Structures: structures, Targets: &co.sh.Targets, Engine: engine, Threads: threads, Program: co.sh.Program()}
		o, faults, err := r.Make(ctx)
		return lively{s, o, errors.Join(errors.Join(faults...), err), time.Since(began)}
	}, co.showLively)
}

// showLively takes over what a live fit has found, and goes on with the next.
func (co *Composer) showLively(v lively) {
	lv := &co.live
	if co.sh.Busy() {
		co.rest()
		return
	}
	co.judge(v)
	co.takeLively(v)
	next := lv.next
	if lv.next = nil; next != nil && lv.on {
		co.want(*next)
		return
	}
	if lv.let || !lv.dragging {
		lv.let = false
		co.followed()
	}
}

// judge switches live fits off where they take too long.
func (co *Composer) judge(v lively) {
	lv := &co.live
	if lv.took = v.took; v.took > co.LiveTime {
		lv.slow++
	} else {
		lv.slow = 0
	}
	if gone := errors.Is(v.err, context.DeadlineExceeded); gone || lv.slow >= slowMost {
		lv.on, lv.off = false, fmt.Sprintf("Live was switched off: fits take %s here, want less than half a second", seconds(v.took))
		if gone {
			lv.off = fmt.Sprintf("Live was switched off: a fit takes longer than %s here, want less than half a second", seconds(liveMost*co.LiveTime))
		}
		co.sh.Say(lv.off)
	}
}

// takeLively puts options and round into the document, and selects the best
// placement, or the one that was looked at where it is still there.
func (co *Composer) takeLively(v lively) {
	lv := &co.live
	if errors.Is(v.err, context.DeadlineExceeded) {
		v.outcome.Found.Fits = nil // not all was searched
	}
	selected := co.sh.Doc.Selected()
	was, _ := co.sh.Doc.State().Cluster(selected)
	lv.mine = true
	done, err := co.sh.Doc.ApplyLive(v.outcome, document.Live{Label: liveLabel(co.sh.Doc.State(), v.from, lv.step), Since: lv.step, Round: lv.round})
	lv.mine = false
	switch {
	case err != nil:
		co.sh.Fail("The live fit was not taken over", err)
		return
	case v.err != nil:
		co.sh.Tell("Live: " + panel.Reason(v.err))
	}
	lv.step = co.sh.Doc.Revision()
	if done.Round == 0 {
		return
	}
	lv.round = done.Round
	s := co.sh.Doc.State()
	ids := document.Order(done.Round, s.Round(done.Round).Fits)
	if v.err == nil {
		co.sh.Tell(summary(s, done.Round, ids, v.took, false) + leftOut(done))
	}
	if len(ids) == 0 || co.sh.Doc.Selected().Round == done.Round {
		return
	}
	best := toSelect(s, done.Round)
	if id, ok := s.At(selected.Structure, was.Motion); ok && id.Round == done.Round {
		best = id
	}
	if selected.IsZero() {
		co.sh.Doc.Select(best)
	} else {
		co.stage.Still(func() { co.sh.Doc.Select(best) })
	}
}

// liveLabel names a step for undo; one that goes on keeps the name of the edit
// that it follows.
func liveLabel(is, to document.State, step int) string {
	what := "Live fit"
	switch a, b := is.Options, to.Options; {
	case a.Resolution != b.Resolution:
		what = fmt.Sprintf("Live fit at %.3g Å", b.Resolution)
	case b.Level != nil && (a.Level == nil || *a.Level != *b.Level):
		what = fmt.Sprintf("Live fit at level %.3g", *b.Level)
	case step != 0:
		return ""
	}
	return what
}

// followed is called when nothing is on its way any more.
func (co *Composer) followed() {
	co.showLive(co.sh.Doc.State())
	co.OnFollowed()
	co.sh.Enable()
}

// changedLive follows an edit: not what undo and redo bring back.
func (co *Composer) changedLive(s document.State, what document.Change) {
	const followed = document.MapChanged | document.StructuresChanged | document.OptionsChanged | document.LayersChanged | document.RoundsChanged
	if co.live.mine || !what.Has(followed) {
		return
	}
	co.rest()
	co.live.dragging = false
	if _, redo := co.sh.Doc.Depth(); redo == 0 && what.Has(document.StructuresChanged|document.OptionsChanged) && !what.Has(document.MapChanged) {
		co.follow(s, co.sh.Doc.Revision())
	}
	co.showLive(s)
}

// pressed notes what a fit took that a person pressed for.
func (co *Composer) pressed(structures []*document.Structure, took time.Duration) {
	co.live.pressed, co.live.of = took, work.ListKey(slices.Clone(structures))
}

// showLive shows in the form how the table follows.
func (co *Composer) showLive(s document.State) { co.Options.SetFollow(co.followState(s)) }
