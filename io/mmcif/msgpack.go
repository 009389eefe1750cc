// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// An unpacker walks through a MessagePack document
// (https://github.com/msgpack/msgpack/blob/master/spec.md). It copies nothing
// and allocates nothing: what it returns are parts of the document. After the
// first fault all methods return zero values; err keeps the fault.
type unpacker struct {
	b   []byte
	err error
}

// maxDepth is how deep maps and arrays may be nested; BinaryCIF needs 12.
const maxDepth = 32

var errShort = errors.New("the document ends too early")

// kinds of MessagePack objects.
type packKind uint8

const (
	packNil packKind = iota
	packBool
	packNumber
	packString
	packBinary
	packArray
	packMap
	packExtension
)

// A packed is the head of an object: its kind, and its number, its length in
// bytes, or its count of elements.
type packed struct {
	kind   packKind
	n      int
	number float64
}

// take returns the next n bytes.
func (u *unpacker) take(n int) []byte {
	if u.err != nil {
		return nil
	}
	if n > len(u.b) {
		u.err = errShort
		return nil
	}
	b := u.b[:n]
	u.b = u.b[n:]
	return b
}

// unsigned reads a big-endian integer of 1, 2, 4 or 8 bytes.
func (u *unpacker) unsigned(size int) uint64 {
	b := u.take(size)
	if b == nil {
		return 0
	}
	var wide [8]byte
	copy(wide[8-size:], b)
	return binary.BigEndian.Uint64(wide[:])
}

// length reads a length. One that exceeds what is left is a fault, for each
// byte and each element takes at least a byte.
func (u *unpacker) length(size int) int {
	n := u.unsigned(size)
	if n > uint64(len(u.b)) {
		u.err = errShort
		return 0
	}
	return int(n)
}

// head reads the head of the next object.
func (u *unpacker) head() packed {
	first := u.take(1)
	if first == nil {
		return packed{}
	}
	switch c := first[0]; {
	case c <= 0x7f:
		return packed{kind: packNumber, number: float64(c)}
	case c >= 0xe0:
		return packed{kind: packNumber, number: float64(int8(c))}
	case c <= 0x8f:
		return packed{kind: packMap, n: int(c & 0x0f)}
	case c <= 0x9f:
		return packed{kind: packArray, n: int(c & 0x0f)}
	case c <= 0xbf:
		return packed{kind: packString, n: int(c & 0x1f)}
	default:
		return u.longHead(c)
	}
}

// longHead reads what follows a first byte of 0xc0 to 0xdf.
func (u *unpacker) longHead(c byte) packed {
	switch {
	case c == 0xc0:
		return packed{kind: packNil}
	case c == 0xc2 || c == 0xc3:
		return packed{kind: packBool, n: int(c & 1)}
	case c >= 0xc4 && c <= 0xc6:
		return packed{kind: packBinary, n: u.length(1 << (c - 0xc4))}
	case c >= 0xc7 && c <= 0xc9:
		return packed{kind: packExtension, n: u.length(1<<(c-0xc7)) + 1} // one byte is the type
	case c == 0xca:
		return packed{kind: packNumber, number: float64(math.Float32frombits(uint32(u.unsigned(4))))}
	case c == 0xcb:
		return packed{kind: packNumber, number: math.Float64frombits(u.unsigned(8))}
	case c >= 0xcc && c <= 0xcf:
		return packed{kind: packNumber, number: float64(u.unsigned(1 << (c - 0xcc)))}
	case c >= 0xd0 && c <= 0xd3:
		size := 1 << (c - 0xd0)
		shift := 64 - 8*size
		return packed{kind: packNumber, number: float64(int64(u.unsigned(size)<<shift) >> shift)}
	case c >= 0xd4 && c <= 0xd8:
		return packed{kind: packExtension, n: 1<<(c-0xd4) + 1}
	case c >= 0xd9 && c <= 0xdb:
		return packed{kind: packString, n: u.length(1 << (c - 0xd9))}
	case c == 0xdc || c == 0xdd:
		return packed{kind: packArray, n: u.length(2 << (c - 0xdc))}
	case c == 0xde || c == 0xdf:
		return packed{kind: packMap, n: u.length(2 << (c - 0xde))}
	}
	u.err = fmt.Errorf("byte %#x begins no object", c)
	return packed{}
}

// skip passes over one object.
func (u *unpacker) skip(depth int) {
	if depth > maxDepth {
		u.err = fmt.Errorf("maps and arrays are nested deeper than %d", maxDepth)
	}
	if u.err != nil {
		return
	}
	switch h := u.head(); h.kind {
	case packString, packBinary, packExtension:
		u.take(h.n)
	case packArray:
		for i := 0; i < h.n && u.err == nil; i++ {
			u.skip(depth + 1)
		}
	case packMap:
		for i := 0; i < 2*h.n && u.err == nil; i++ {
			u.skip(depth + 1)
		}
	}
}

// object returns the bytes of the next object and passes over it.
func (u *unpacker) object() []byte {
	before := u.b
	u.skip(0)
	if u.err != nil {
		return nil
	}
	return before[:len(before)-len(u.b)]
}

// fields splits a map and calls take with the bytes of each value. Keys that
// are no strings are passed over.
func fields(object []byte, take func(key string, value []byte)) error {
	u := unpacker{b: object}
	h := u.head()
	if u.err == nil && h.kind != packMap {
		return errors.New("want a map")
	}
	for i := 0; i < h.n && u.err == nil; i++ {
		key := u.object()
		value := u.object()
		if u.err == nil {
			if name, ok := stringOf(key); ok {
				take(string(name), value)
			}
		}
	}
	return u.err
}

// mapsIn calls take with the bytes of each element of an array of maps, until
// one is an error.
func mapsIn(object []byte, take func(element []byte) error) error {
	u := unpacker{b: object}
	h := u.head()
	if u.err == nil && h.kind != packArray {
		return errors.New("want an array")
	}
	for i := 0; i < h.n && u.err == nil; i++ {
		element := u.object()
		if u.err != nil {
			break
		}
		if first := (&unpacker{b: element}).head(); first.kind != packMap {
			return errors.New("want an array of maps")
		}
		if err := take(element); err != nil {
			return err
		}
	}
	return u.err
}

func stringOf(object []byte) ([]byte, bool) {
	u := unpacker{b: object}
	h := u.head()
	return u.take(h.n), h.kind == packString && u.err == nil
}

func binaryOf(object []byte) ([]byte, bool) {
	u := unpacker{b: object}
	h := u.head()
	return u.take(h.n), h.kind == packBinary && u.err == nil
}

func numberOf(object []byte) (float64, bool) {
	u := unpacker{b: object}
	h := u.head()
	return h.number, h.kind == packNumber && u.err == nil
}
