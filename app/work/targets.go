// SPDX-License-Identifier: BSD-3-Clause

package work

import (
	"runtime"
	"slices"
	"sync"
	"weak"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/volume"
)

// Bounds of what is kept of maps with density zeroed: the last few, so that
// undo, redo and switching layers need not make them again.
const (
	remainingKept = 4
	bytesKept     = 1 << 30
)

// Targets has the targets of states, so that they are made once: that of a map
// as it was opened is kept as long as the map is, and those of what layers left
// of it, each a copy of the map, are kept if they are among the latest. The zero
// value is ready. It may be used by several goroutines at once, and what is
// kept is to be had at once while something else is made.
type Targets struct {
	mu        sync.Mutex
	whole     map[weak.Pointer[document.Map]]*fitting.Target
	remaining []*remaining // the latest that was asked for last
	bytes     int          // of remaining maps that may be kept; 0 is bytesKept
}

// remaining is what layers leave of a map.
type remaining struct {
	base   weak.Pointer[document.Map]
	cuts   []*volume.Layer
	bytes  int                    // of the copy
	target func() *fitting.Target // makes it once
}

// Of returns what is left of the map of s after the layers that are on, nil if s
// has no map. It takes a while where layers are on and it is not kept.
func (t *Targets) Of(s document.State) *fitting.Target {
	if s.Map == nil {
		return nil
	}
	if !s.IsZeroed() {
		return t.Whole(s.Map)
	}
	return t.remainingOf(s).target()
}

// Whole returns the target of a map as it was opened, nil if m is nil.
func (t *Targets) Whole(m *document.Map) *fitting.Target {
	if m == nil {
		return nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	key := weak.Make(m)
	if target := t.whole[key]; target != nil {
		return target
	}
	if t.whole == nil {
		t.whole = map[weak.Pointer[document.Map]]*fitting.Target{}
	}
	target := fitting.NewTargetAt(m.Grid, m.Resolution) // which computes nothing yet
	t.whole[key] = target
	runtime.AddCleanup(m, t.drop, key)
	return target
}

// Level returns the contour level of the next fit, which is the same for all
// structures and in all rounds: that of the options, else the suggestion for
// the map as it was opened. There must be a map.
func (t *Targets) Level(s document.State) volume.Level {
	if l := s.Options.Level; l != nil {
		return volume.StatedLevel(*l)
	}
	return t.Whole(s.Map).Level(s.Masses()...)
}

// Resolution returns that of a document, which holds in all rounds: that of the
// options, else the estimate for the map as it was opened. There must be a map.
func (t *Targets) Resolution(s document.State) volume.Resolution {
	if r := s.Options.Resolution; r > 0 {
		return volume.StatedResolution(r)
	}
	return t.Whole(s.Map).Resolution()
}

// KeepBytes bounds the memory of the remaining maps that are kept for undo and
// redo beside the latest, which can be made again; 0 is the usual bound.
func (t *Targets) KeepBytes(n int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes = max(0, n)
	t.forget()
}

// remainingOf returns the entry of s, which is now the latest.
func (t *Targets) remainingOf(s document.State) *remaining {
	whole := t.Whole(s.Map) // sees to it that the entry goes with the map
	base, cuts := weak.Make(s.Map), s.Cuts()
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, e := range t.remaining {
		if e.base == base && slices.Equal(e.cuts, cuts) {
			t.remaining = append(slices.Delete(t.remaining, i, i+1), e)
			return e
		}
	}
	e := &remaining{base: base, cuts: cuts, bytes: 4 * len(whole.Grid().Data)}
	e.target = sync.OnceValue(func() *fitting.Target { return whole.Without(cuts...) })
	t.remaining = append(t.remaining, e)
	t.forget()
	return e
}

// forget drops the oldest remaining maps, but never the latest.
func (t *Targets) forget() {
	most := t.bytes
	if most == 0 {
		most = bytesKept
	}
	bytes, keep := 0, 0
	for _, e := range slices.Backward(t.remaining) {
		bytes += e.bytes
		if keep > 0 && (keep >= remainingKept || bytes > most) {
			break
		}
		keep++
	}
	t.remaining = slices.Clone(t.remaining[len(t.remaining)-keep:]) // no tail that keeps maps alive
}

// drop lets go of all that was made of a map that nobody has any more.
func (t *Targets) drop(base weak.Pointer[document.Map]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.whole, base)
	t.remaining = slices.DeleteFunc(t.remaining, func(e *remaining) bool { return e.base == base })
}
