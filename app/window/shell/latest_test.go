// SPDX-License-Identifier: BSD-3-Clause

package shell

import (
	"context"
	"slices"
	"testing"
)

// newTestShell has a goroutine of the window that does what is asked of it when
// the test takes it from the channel.
func newTestShell() (*Shell, chan func()) {
	calls := make(chan func(), 9)
	return &Shell{Do: func(f func()) { calls <- f }}, calls
}

// Only what was asked for last is shown, and the rest is stopped.
func TestLatestShowsTheLast(t *testing.T) {
	sh, calls := newTestShell()
	var l Latest[string, int]
	var shown []int
	show := func(v int) { shown = append(shown, v) }
	stopped := make(chan error, 1)
	l.Make(sh, "a", func(ctx context.Context) int {
		<-ctx.Done()
		stopped <- ctx.Err()
		return 1
	}, show)
	l.Make(sh, "b", func(context.Context) int { return 2 }, show)
	if err := <-stopped; err == nil {
		t.Error("what nobody wants any more goes on")
	}
	if l.Settled() {
		t.Error("settled before anything is shown")
	}
	for range 2 {
		(<-calls)()
	}
	if !slices.Equal(shown, []int{2}) || l.Value != 2 || !l.Settled() {
		t.Errorf("shown %v, value %d, settled %t; want 2 alone", shown, l.Value, l.Settled())
	}
}

func TestLatestIsMadeOnceForAKey(t *testing.T) {
	tests := []struct {
		name   string
		keys   []string // "" forgets
		quit   bool
		made   int
		value  int
		during bool // asked for again before it is there
	}{
		{"the same again", []string{"a", "a"}, false, 1, 1, false},
		{"the same while it is made", []string{"a", "a"}, false, 1, 1, true},
		{"another", []string{"a", "b"}, false, 2, 2, false},
		{"forgotten", []string{"a", ""}, false, 1, 0, false},
		{"forgotten and asked for", []string{"a", "", "a"}, false, 2, 2, false},
		{"the program ends", []string{"a"}, true, 1, 0, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			sh, calls := newTestShell()
			sh.Quitting = tt.quit
			var l Latest[string, int]
			made, shown := 0, 0
			for _, k := range tt.keys {
				if k == "" {
					l.Forget()
					continue
				}
				before, n := l.Settled(), made+1
				l.Make(sh, k, func(context.Context) int { return n }, func(int) { shown++ })
				if busy := before && !l.Settled(); busy {
					made++
					if !tt.during {
						(<-calls)()
					}
				}
			}
			if tt.during {
				(<-calls)()
			}
			if made != tt.made || l.Value != tt.value {
				t.Errorf("made %d times, value %d; want %d, %d", made, l.Value, tt.made, tt.value)
			}
			if tt.quit && shown > 0 {
				t.Error("shown though the program ends")
			}
		})
	}
}

// What waits for the window to rest is done once when what is made last is there,
// or is not wanted any more.
func TestLatestLetsTheWindowRest(t *testing.T) {
	for _, tt := range []struct {
		name   string
		forget bool
		quit   bool
		want   []string
	}{
		{"shown", false, false, []string{"shown", "rested"}},
		{"forgotten", true, false, []string{"rested"}},
		{"the program ends", false, true, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			sh, calls := newTestShell()
			var l Latest[string, int]
			var got []string
			sh.Settled, sh.Quitting = l.Settled, tt.quit
			sh.OnRest = func() { got = append(got, "rested") }
			l.Make(sh, "a", func(context.Context) int { return 1 }, func(int) { got = append(got, "shown") })
			sh.Rest() // too early
			if tt.forget {
				l.Forget()
			}
			(<-calls)()
			if !slices.Equal(got, tt.want) {
				t.Errorf("%v, want %v", got, tt.want)
			}
		})
	}
}
