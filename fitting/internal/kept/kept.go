// SPDX-License-Identifier: BSD-3-Clause

// Package kept keeps what was made once for the next one who asks. It does not
// know what it keeps, nor how that is made.
package kept

import (
	"container/list"
	"context"
	"fmt"
	"sync"
)

// room is how many bytes a Store keeps of what is Sized: the models of a screen
// of 359 domains (docs/adr/0005-libraries.md), which its passes meet again, take
// 70 MB.
const room = 128 << 20

// A Store has what was made, by keys that can be compared. It may be used by
// several goroutines at once.
type Store struct {
	mu     sync.Mutex
	all    map[any]*entry
	recent list.List // keys of what is Sized, the latest first
	bytes  int       // of them
	groups groups
}

type entry struct {
	done  chan struct{} // closed when value and err stand
	value any
	err   error
	bytes int           // 0: kept for good
	place *list.Element // in recent; nil until it is made, and where bytes is 0
}

// Sized is what knows how many bytes it takes.
type Sized interface{ Bytes() int }

// Make returns what build returns for key, and calls it once. A failure is
// not kept. When ctx is done, Make returns at once, and what is being made
// is kept for the next one who asks. What is Sized is kept as long as the
// latest of it take no more than room, or where its key is Grouped, those groups
// that were asked for last; the rest for good.
func Make[T any](ctx context.Context, s *Store, key any, build func() (T, error)) (T, error) {
	e := s.entry(key, func() (any, error) { return build() })
	var none T
	select {
	case <-e.done:
		if e.err != nil {
			return none, e.err
		}
		return e.value.(T), nil
	case <-ctx.Done():
		return none, fmt.Errorf("fitting: stopped: %w", ctx.Err())
	}
}

// entry returns that of a key, which is made or being made.
func (s *Store) entry(key any, build func() (any, error)) *entry {
	s.mu.Lock()
	defer s.mu.Unlock()
	e := s.all[key]
	if e != nil {
		if e.place != nil {
			s.recent.MoveToFront(e.place)
		}
		s.groups.use(key)
		return e
	}
	e = &entry{done: make(chan struct{})}
	if s.all == nil {
		s.all = map[any]*entry{}
	}
	s.all[key] = e
	s.groups.add(key)
	go func() {
		defer close(e.done)
		e.value, e.err = build()
		s.made(key, e)
	}()
	return e
}

// made forgets what failed, and what has no room beside what was made.
func (s *Store) made(key any, e *entry) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if e.err != nil {
		if s.all[key] == e {
			delete(s.all, key)
			s.groups.failed(key)
		}
		return
	}
	sized, ok := e.value.(Sized)
	if !ok || s.all[key] != e { // or forgotten with its group meanwhile
		return
	}
	if _, grouped := key.(Grouped); grouped {
		for _, last := range s.groups.made(key, sized.Bytes()) {
			delete(s.all, last)
		}
		return
	}
	e.bytes, e.place = sized.Bytes(), s.recent.PushFront(key)
	s.bytes += e.bytes
	for s.bytes > room && s.recent.Len() > 1 {
		last := s.recent.Remove(s.recent.Back())
		s.bytes -= s.all[last].bytes
		delete(s.all, last)
	}
}
