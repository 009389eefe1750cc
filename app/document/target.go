// SPDX-License-Identifier: BSD-3-Clause

package document

import (
	"slices"
	"sync"

	"difffit/fitting"
	"difffit/fitting/volume"
)

// Bounds of what is kept of maps with density zeroed: the last few, so that
// undo, redo and switching layers need not make them again.
const (
	targetsKept = 4
	bytesKept   = 1 << 30
)

// targets has the latest targets by what they are made of, the latest last.
type targets struct {
	mu    sync.Mutex
	kept  []targetEntry
	bytes int // of maps that may be kept; 0 is bytesKept
}

type targetEntry struct {
	base   *Map
	cuts   []*volume.Layer
	target *fitting.Target
}

func (t *targets) of(base *Map, cuts []*volume.Layer) *fitting.Target {
	t.mu.Lock()
	defer t.mu.Unlock()
	for i, e := range t.kept {
		if e.base == base && slices.Equal(e.cuts, cuts) {
			t.kept = append(slices.Delete(t.kept, i, i+1), e)
			return e.target
		}
	}
	grid := base.Grid
	if len(cuts) > 0 {
		grid = volume.Apply(grid, cuts...)
	}
	e := targetEntry{base, slices.Clone(cuts), fitting.NewTarget(grid)}
	t.kept = append(t.kept, e)
	t.forget()
	return e.target
}

// forget drops the oldest targets, but never the newest.
func (t *targets) forget() {
	most := t.bytes
	if most == 0 {
		most = bytesKept
	}
	bytes, keep := 0, 0
	for i := len(t.kept) - 1; i >= 0; i-- {
		if e := t.kept[i]; len(e.cuts) > 0 { // the map itself is alive anyway
			bytes += 4 * len(e.target.Grid().Data)
		}
		if keep > 0 && (keep >= targetsKept || bytes > most) {
			break
		}
		keep++
	}
	t.kept = slices.Clone(t.kept[len(t.kept)-keep:]) // no tail that keeps maps alive
}

// KeepBytes bounds the memory of the remaining maps that are kept for undo and
// redo beside the latest, which can be made again; 0 is the usual bound.
func (d *Document) KeepBytes(n int) {
	d.targets.mu.Lock()
	defer d.targets.mu.Unlock()
	d.targets.bytes = max(0, n)
	if len(d.targets.kept) > 0 {
		d.targets.forget()
	}
}
