// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"errors"
	"runtime"
	"unsafe"
	"weak"

	"difffit/fitting/search"
	"gorgonia.org/cu"
)

// A scope frees what was allocated in it.
type scope []cu.DevicePtr

func (s *scope) alloc(bytes int) (cu.DevicePtr, error) {
	p, err := cu.MemAlloc(int64(bytes))
	if err != nil {
		return 0, failed(err, "%d bytes of memory", bytes)
	}
	*s = append(*s, p)
	return p, nil
}

// free gives the memory back. Nothing runs any more that uses it: launch waits.
func (s *scope) free() {
	for _, p := range *s {
		_ = cu.MemFree(p) // fails only after a fault that has been reported
	}
	*s = nil
}

// upload copies values to new memory.
func upload[T any](s *scope, values []T) (cu.DevicePtr, error) {
	p, err := s.alloc(len(values) * int(unsafe.Sizeof(values[0])))
	if err != nil {
		return 0, err
	}
	return p, write(p, values)
}

func write[T any](to cu.DevicePtr, values []T) error {
	n := len(values) * int(unsafe.Sizeof(values[0]))
	return failed(cu.MemcpyHtoD(to, unsafe.Pointer(&values[0]), int64(n)), "copy of %d bytes to the card", n)
}

func read[T any](values []T, from cu.DevicePtr) error {
	n := len(values) * int(unsafe.Sizeof(values[0]))
	return failed(cu.MemcpyDtoH(unsafe.Pointer(&values[0]), from, int64(n)), "copy of %d bytes from the card", n)
}

// fields are those that lie in the memory of the card, for the next fit in the
// same map.
type fields struct {
	resident map[weak.Pointer[search.Field]]*resident
	clock    int
}

type resident struct {
	memory scope
	cells  cu.DevicePtr
	users  int
	used   int // when last
}

// hold returns the cells of f in the memory of the card. It needs a release.
func (c *card) hold(f *search.Field) (*resident, error) {
	key := weak.Make(f)
	c.fields.clock++
	if r := c.fields.resident[key]; r != nil {
		r.users++
		r.used = c.fields.clock
		return r, nil
	}
	r := &resident{users: 1, used: c.fields.clock}
	for {
		var err error
		if r.cells, err = upload(&r.memory, f.Bytes()); err == nil {
			break
		}
		r.memory.free()
		var d *driverError
		if !errors.As(err, &d) || !d.memory() || !c.evict() {
			return nil, err
		}
	}
	if c.fields.resident == nil {
		c.fields.resident = map[weak.Pointer[search.Field]]*resident{}
	}
	c.fields.resident[key] = r
	runtime.AddCleanup(f, func(key weak.Pointer[search.Field]) {
		c.mu.Lock()
		c.dead = append(c.dead, key)
		c.mu.Unlock()
	}, key)
	return r, nil
}

// evict frees the field that was not used for the longest time. It returns
// false if all are in use.
func (c *card) evict() bool {
	var oldest weak.Pointer[search.Field]
	found := false
	for key, r := range c.fields.resident {
		if r.users == 0 && (!found || r.used < c.fields.resident[oldest].used) {
			oldest, found = key, true
		}
	}
	if found {
		c.fields.resident[oldest].memory.free()
		delete(c.fields.resident, oldest)
	}
	return found
}

// bury frees fields that nobody has any more.
func (c *card) bury() {
	c.mu.Lock()
	dead := c.dead
	c.dead = nil
	c.mu.Unlock()
	for _, k := range dead {
		key := k.(weak.Pointer[search.Field])
		if r := c.fields.resident[key]; r != nil && r.users == 0 {
			r.memory.free()
			delete(c.fields.resident, key)
		}
	}
}
