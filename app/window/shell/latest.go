// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"context"
)

// A Latest is something that is made beside the window, again and again: only
// what was asked for last is shown. The key tells what it is made of.
type Latest[K comparable, V any] struct {
	Value  V // what was made last; it stays until the next is there
	wanted K
	any    bool // wanted counts
	busy   bool
	cancel context.CancelFunc
}

// Make begins to make what belongs to a key, beside the window, unless that was
// the last that was asked for. What is being made is stopped. In the window,
// show is called with what was made, if nothing else was asked for meanwhile.
// What waits for the window to rest (see Shell.OnRest) is done after it.
func (l *Latest[K, V]) Make(sh *Shell, key K, work func(ctx context.Context) V, show func(V)) {
	if l.any && key == l.wanted {
		return
	}
	l.stop()
	ctx, cancel := context.WithCancel(context.Background())
	l.wanted, l.any, l.busy, l.cancel = key, true, true, cancel
	go func() {
		v := work(ctx)
		sh.Do(func() {
			if sh.Quitting {
				return
			}
			if ctx.Err() == nil {
				l.stop()
				l.Value = v
				show(v)
			}
			sh.Rest()
		})
	}()
}

// Forget stops what is being made, and lets go of what was.
func (l *Latest[K, V]) Forget() {
	l.stop()
	*l = Latest[K, V]{}
}

// Settled tells whether all that was asked for was shown.
func (l *Latest[K, V]) Settled() bool { return !l.busy }

func (l *Latest[K, V]) stop() {
	if l.cancel != nil {
		l.cancel()
	}
	l.cancel, l.busy = nil, false
}
