// SPDX-License-Identifier: BSD-3-Clause

package kept

import (
	"container/list"
	"slices"
)

// Bounds of what is kept of groups: as many as take groupRoom bytes, but always
// leastGroups. A person who drags a level makes a group for each, of 10 MB (a
// chain in its box) to some GB (a large map), and comes back to the last ones.
const (
	groupRoom   = 512 << 20
	leastGroups = 2
)

// Grouped is a key of what is Sized and of use together with others alone: it
// is forgotten with them.
type Grouped interface {
	// Group returns the key of the group, which can be compared.
	Group() any
}

// groups are the groups of a Store, the latest that was asked for first.
type groups struct {
	recent list.List // of *group
	of     map[any]*list.Element
	bytes  int
}

type group struct {
	name  any
	keys  []any // of what was made, or is being made
	bytes int   // of what was made
}

// use notes that something with a key was asked for.
func (g *groups) use(key any) {
	if k, ok := key.(Grouped); ok {
		if at := g.of[k.Group()]; at != nil {
			g.recent.MoveToFront(at)
		}
	}
}

// add notes that something with a key is being made.
func (g *groups) add(key any) {
	k, ok := key.(Grouped)
	if !ok {
		return
	}
	name := k.Group()
	if g.of[name] == nil {
		if g.of == nil {
			g.of = map[any]*list.Element{}
		}
		g.of[name] = g.recent.PushFront(&group{name: name})
	}
	at := g.of[name]
	g.recent.MoveToFront(at)
	q := at.Value.(*group)
	q.keys = append(q.keys, key)
}

// made notes how much memory what was made takes, and returns the keys of what
// has no room any more.
func (g *groups) made(key any, bytes int) (gone []any) {
	at := g.of[key.(Grouped).Group()]
	if at == nil {
		return nil
	}
	at.Value.(*group).bytes += bytes
	g.bytes += bytes
	for g.bytes > groupRoom && g.recent.Len() > leastGroups {
		last := g.recent.Remove(g.recent.Back()).(*group)
		delete(g.of, last.name)
		g.bytes -= last.bytes
		gone = append(gone, last.keys...)
	}
	return gone
}

// failed notes that what was being made for a key is not there.
func (g *groups) failed(key any) {
	k, ok := key.(Grouped)
	if !ok {
		return
	}
	at := g.of[k.Group()]
	if at == nil {
		return
	}
	q := at.Value.(*group)
	q.keys = slices.DeleteFunc(q.keys, func(other any) bool { return other == key })
	if len(q.keys) == 0 {
		g.recent.Remove(at)
		delete(g.of, q.name)
	}
}
