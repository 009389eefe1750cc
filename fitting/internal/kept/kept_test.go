// SPDX-License-Identifier: BSD-3-Clause

package kept

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
)

func TestMakesOnce(t *testing.T) {
	var s Store
	calls := 0
	failed := errors.New("failed")
	for _, err := range []error{failed, nil, nil} {
		v, got := Make(context.Background(), &s, "key", func() (int, error) { calls++; return calls, err })
		if want := 2; !errors.Is(got, err) || err == nil && v != want {
			t.Errorf("%d, %v after %d calls, want %d and %v", v, got, calls, want, err)
		}
	}
	if calls != 2 {
		t.Errorf("made %d times, want 2: once failed, once kept", calls)
	}
}

func TestMakesOnceForManyAtOnce(t *testing.T) {
	var s Store
	var calls atomic.Int32
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if v, err := Make(context.Background(), &s, 1, func() (int32, error) { return calls.Add(1), nil }); v != 1 || err != nil {
				t.Errorf("%d, %v, want the first", v, err)
			}
		})
	}
	all.Wait()
}

// Who is stopped does not wait; what is being made is kept for the next.
func TestStopped(t *testing.T) {
	var s Store
	leave, ctx := make(chan struct{}), context.Background()
	stopped, cancel := context.WithCancel(ctx)
	cancel()
	if _, err := Make(stopped, &s, "slow", func() (string, error) { <-leave; return "made", nil }); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: %v, want context.Canceled", err)
	}
	close(leave)
	if v, err := Make(ctx, &s, "slow", func() (string, error) { return "again", nil }); v != "made" || err != nil {
		t.Errorf("then: %q, %v, want what was being made", v, err)
	}
}

type block int

func (b block) Bytes() int { return int(b) }

// What is sized goes when there is no room, what was not asked for longest
// first; the latest stays however large it is, and what has no size stays too.
func TestRoom(t *testing.T) {
	var s Store
	const third = room / 3
	tests := []struct {
		key  string
		size block
		made bool
	}{
		{"a", third, true},
		{"b", third, true},
		{"c", third, true},
		{"a", third, false},
		{"d", third, true}, // b goes
		{"a", third, false},
		{"c", third, false},
		{"b", third, true}, // d goes
		{"huge", 5 * room, true},
		{"huge", 5 * room, false},
		{"a", third, true}, // the huge one goes
		{"huge", 5 * room, true},
	}
	if _, err := Make(context.Background(), &s, "for good", func() (int, error) { return 1, nil }); err != nil {
		t.Fatal(err)
	}
	for i, tt := range tests {
		made := false
		if _, err := Make(context.Background(), &s, tt.key, func() (block, error) { made = true; return tt.size, nil }); err != nil || made != tt.made {
			t.Errorf("%d: %s: made %t, %v, want %t", i, tt.key, made, err, tt.made)
		}
	}
	if v, err := Make(context.Background(), &s, "for good", func() (int, error) { return 2, nil }); v != 1 || err != nil {
		t.Errorf("what has no size: %d, %v, want 1", v, err)
	}
	if len(s.all) != s.recent.Len()+1 {
		t.Errorf("%d entries, %d of them sized, want one more", len(s.all), s.recent.Len())
	}
}

type member struct{ group, name int }

func (m member) Group() any { return m.group }

// What belongs together is forgotten together: the groups that were asked for
// last stay, as many as there is room for, and two whatever they take.
func TestGroups(t *testing.T) {
	ask := func(s *Store, made *int, group, name, bytes int) {
		if _, err := Make(context.Background(), s, member{group, name}, func() (block, error) { *made++; return block(bytes), nil }); err != nil {
			t.Fatal(err)
		}
	}
	tests := []struct {
		name  string
		bytes int
		asked []int // groups, in order
		again int   // asked for then
		made  bool  // again
	}{
		{"all have room", groupRoom / 8, []int{1, 2, 3, 4}, 1, false},
		{"the oldest has none", groupRoom / 4, []int{1, 2, 3, 4}, 1, true},
		{"the latest stays", groupRoom / 4, []int{1, 2, 3, 4}, 4, false},
		{"what is asked for again is young", groupRoom / 5, []int{1, 2, 1, 3}, 1, false},
		{"two stay though they are too large", 2 * groupRoom, []int{1, 2}, 1, false},
		{"of three too large ones the first goes", 2 * groupRoom, []int{1, 2, 3}, 1, true},
	}
	for _, tt := range tests {
		var s Store
		made := 0
		for _, g := range tt.asked {
			ask(&s, &made, g, 1, tt.bytes)
			ask(&s, &made, g, 2, tt.bytes)
		}
		before := made
		ask(&s, &made, tt.again, 1, tt.bytes)
		ask(&s, &made, tt.again, 2, tt.bytes)
		if got := made - before; got != map[bool]int{false: 0, true: 2}[tt.made] {
			t.Errorf("%s: %d of 2 made again, want all: %t", tt.name, got, tt.made)
		}
		if n := s.groups.bytes; n > groupRoom && s.groups.recent.Len() > leastGroups {
			t.Errorf("%s: %d bytes in %d groups", tt.name, n, s.groups.recent.Len())
		}
	}
}

// What failed leaves no group behind, which would count as one that is kept.
func TestFailedLeavesNoGroup(t *testing.T) {
	var s Store
	failed := errors.New("failed")
	if _, err := Make(context.Background(), &s, member{1, 1}, func() (block, error) { return 0, failed }); !errors.Is(err, failed) {
		t.Errorf("%v, want %v", err, failed)
	}
	if n := s.groups.recent.Len(); n != 0 || len(s.groups.of) != 0 || len(s.all) != 0 {
		t.Errorf("%d groups, %d by name, %d entries, want none", n, len(s.groups.of), len(s.all))
	}
}
