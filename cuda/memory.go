// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && (linux || windows)

package cuda

import (
	"runtime"
	"unsafe"
	"weak"

	"gorgonia.org/cu"
)

// A scope frees what was allocated in it.
type scope []cu.DevicePtr

// alloc allocates memory in s. Maps that are kept for a later fit make room.
func (c *card) alloc(s *scope, bytes int) (cu.DevicePtr, error) {
	for {
		p, err := cu.MemAlloc(int64(bytes))
		if err == nil {
			*s = append(*s, p)
			return p, nil
		}
		if err := failed(err, "%d bytes of memory", bytes); !wantsMemory(err) || !c.evict() {
			return 0, err
		}
	}
}

// free gives the memory back. Nothing runs any more that uses it: launch waits.
func (s *scope) free() {
	for _, p := range *s {
		_ = cu.MemFree(p) // fails only after a fault that has been reported
	}
	*s = nil
}

// upload copies values to new memory.
func upload[T any](c *card, s *scope, values []T) (cu.DevicePtr, error) {
	p, err := c.alloc(s, len(values)*int(unsafe.Sizeof(values[0])))
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

// maps are what lies in the memory of the card for the next fit in the same
// map: fields and densities, by weak pointers to them.
type maps struct {
	resident map[any]*resident
	clock    int
}

type resident struct {
	memory scope
	at     cu.DevicePtr
	users  int
	used   int // when last
}

// hold returns data, which belongs to owner and does not change, in the memory
// of the card. It needs a release.
func hold[T, V any](c *card, owner *T, data []V) (*resident, error) {
	key := weak.Make(owner)
	c.fields.clock++
	if r := c.fields.resident[key]; r != nil {
		r.users++
		r.used = c.fields.clock
		return r, nil
	}
	r := &resident{users: 1, used: c.fields.clock}
	var err error
	if r.at, err = upload(c, &r.memory, data); err != nil {
		r.memory.free()
		return nil, err
	}
	if c.fields.resident == nil {
		c.fields.resident = map[any]*resident{}
	}
	c.fields.resident[key] = r
	runtime.AddCleanup(owner, func(key weak.Pointer[T]) {
		c.mu.Lock()
		c.dead = append(c.dead, key)
		c.mu.Unlock()
	}, key)
	return r, nil
}

func (r *resident) release() { r.users-- }

// evict frees what was not used for the longest time. It returns false if all
// is in use.
func (c *card) evict() bool {
	var oldest any
	for key, r := range c.fields.resident {
		if r.users == 0 && (oldest == nil || r.used < c.fields.resident[oldest].used) {
			oldest = key
		}
	}
	if oldest == nil {
		return false
	}
	c.fields.resident[oldest].memory.free()
	delete(c.fields.resident, oldest)
	return true
}

// bury frees what nobody has any more.
func (c *card) bury() {
	c.mu.Lock()
	dead := c.dead
	c.dead = nil
	c.mu.Unlock()
	for _, key := range dead {
		if r := c.fields.resident[key]; r != nil && r.users == 0 {
			r.memory.free()
			delete(c.fields.resident, key)
		}
	}
}
