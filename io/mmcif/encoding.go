// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// An array is a decoded column, or a stage of decoding: bytes, integers,
// numbers, or strings, whichever is not nil.
type array struct {
	bytes   []byte
	ints    []int32
	floats  []float64
	strings *stringArray
}

// A stringArray has an index for each row, -1 for no string, into strings
// that lie one behind the other.
type stringArray struct {
	index   []int32
	offsets []int32 // one more than there are strings
	data    []byte
}

// An encoding is one step in which a column was encoded
// (https://github.com/molstar/BinaryCIF/blob/master/encoding.md). Fields that
// the kind does not have are zero.
type encoding struct {
	kind                          string
	valueType, byteCount, size    int
	factor, min, max, steps       float64
	origin                        float64
	unsigned                      bool
	data, offsets                 []byte
	dataEncoding, offsetsEncoding []byte
}

// decoders has every kind of encoding, but StringArray, which has steps of
// its own; rows is what the column may have at most. The decoder undoes the
// step.
var decoders = map[string]func(e *encoding, in array, rows int) (array, error){
	"ByteArray":            undoByteArray,
	"FixedPoint":           undoFixedPoint,
	"IntervalQuantization": undoIntervalQuantization,
	"RunLength":            undoRunLength,
	"Delta":                undoDelta,
	"IntegerPacking":       undoIntegerPacking,
}

var (
	errWantBytes = errors.New("want bytes")
	errWantInts  = errors.New("want integers")
	errTooMany   = errors.New("has more values than the category has rows")
)

// decodeData decodes {data, encoding} to at most rows values.
func decodeData(object []byte, rows int) (array, error) {
	var data, steps []byte
	err := fields(object, func(key string, value []byte) {
		switch key {
		case "data":
			data = value
		case "encoding":
			steps = value
		}
	})
	if err != nil {
		return array{}, err
	}
	raw, ok := binaryOf(data)
	if !ok {
		return array{}, errors.New("data: want bytes")
	}
	return decodeSteps(raw, steps, rows)
}

// mostSteps is how many steps an encoding may have; BinaryCIF has up to 4.
const mostSteps = 8

// decodeSteps undoes all steps, the last first.
func decodeSteps(raw, steps []byte, rows int) (array, error) {
	var list []*encoding
	err := mapsIn(steps, func(object []byte) error {
		e, err := parseEncoding(object)
		if list = append(list, e); len(list) > mostSteps {
			return fmt.Errorf("has more than %d steps", mostSteps)
		}
		return err
	})
	if err == nil && len(list) == 0 {
		err = errors.New("has no steps")
	}
	if err != nil {
		return array{}, fmt.Errorf("encoding: %w", err)
	}
	a := array{bytes: raw}
	for i := len(list) - 1; i >= 0; i-- {
		e := list[i]
		undo := decoders[e.kind]
		if e.kind == "StringArray" {
			undo = undoStringArray
		}
		if undo == nil {
			return array{}, fmt.Errorf("encoding %q is not known", e.kind)
		}
		if a, err = undo(e, a, rows); err != nil {
			return array{}, fmt.Errorf("%s: %w", e.kind, err)
		}
	}
	return a, nil
}

func parseEncoding(object []byte) (*encoding, error) {
	e := &encoding{}
	number := func(v []byte) float64 { x, _ := numberOf(v); return x }
	size := func(v []byte) int { return int(max(-1, min(math.MaxInt32, number(v)))) }
	err := fields(object, func(key string, v []byte) {
		switch key {
		case "kind":
			kind, _ := stringOf(v)
			e.kind = string(kind)
		case "type":
			e.valueType = size(v)
		case "byteCount":
			e.byteCount = size(v)
		case "srcSize":
			e.size = size(v)
		case "isUnsigned":
			e.unsigned = len(v) == 1 && v[0] == 0xc3 // true
		case "factor":
			e.factor = number(v)
		case "origin":
			e.origin = number(v)
		case "min":
			e.min = number(v)
		case "max":
			e.max = number(v)
		case "numSteps":
			e.steps = number(v)
		case "stringData":
			e.data, _ = stringOf(v)
		case "offsets":
			e.offsets, _ = binaryOf(v)
		case "dataEncoding":
			e.dataEncoding = v
		case "offsetEncoding":
			e.offsetsEncoding = v
		}
	})
	return e, err
}

// undoByteArray reads little-endian values: type 1 to 3 are signed integers
// of 8, 16, 32 bits, 4 to 6 unsigned ones, 32 and 33 floating point numbers.
func undoByteArray(e *encoding, in array, _ int) (array, error) {
	b := in.bytes
	if b == nil {
		return array{}, errWantBytes
	}
	sizes := map[int]int{1: 1, 2: 2, 3: 4, 4: 1, 5: 2, 6: 4, 32: 4, 33: 8}
	size := sizes[e.valueType]
	if size == 0 || len(b)%size != 0 {
		return array{}, fmt.Errorf("%d bytes of type %d, want type 1 to 6, 32 or 33 and whole values", len(b), e.valueType)
	}
	n := len(b) / size
	order := binary.LittleEndian
	if e.valueType >= 32 {
		floats := make([]float64, n)
		for i := range floats {
			if size == 4 {
				floats[i] = float64(math.Float32frombits(order.Uint32(b[4*i:])))
			} else {
				floats[i] = math.Float64frombits(order.Uint64(b[8*i:]))
			}
		}
		return array{floats: floats}, nil
	}
	ints := make([]int32, n)
	for i := range ints {
		switch e.valueType {
		case 1:
			ints[i] = int32(int8(b[i]))
		case 2:
			ints[i] = int32(int16(order.Uint16(b[2*i:])))
		case 4:
			ints[i] = int32(b[i])
		case 5:
			ints[i] = int32(order.Uint16(b[2*i:]))
		default:
			ints[i] = int32(order.Uint32(b[4*i:]))
			if e.valueType == 6 && ints[i] < 0 {
				return array{}, fmt.Errorf("value %d is larger than 2147483647", uint32(ints[i]))
			}
		}
	}
	return array{ints: ints}, nil
}

// undoFixedPoint divides integers by a factor.
func undoFixedPoint(e *encoding, in array, _ int) (array, error) {
	if in.ints == nil {
		return array{}, errWantInts
	}
	if !(e.factor > 0) || math.IsInf(e.factor, 0) {
		return array{}, fmt.Errorf("factor is %g, want more than 0", e.factor)
	}
	floats := make([]float64, len(in.ints))
	for i, v := range in.ints {
		floats[i] = float64(v) / e.factor
	}
	return array{floats: floats}, nil
}

// undoIntervalQuantization maps the integers 0 to steps−1 to min to max.
func undoIntervalQuantization(e *encoding, in array, _ int) (array, error) {
	if in.ints == nil {
		return array{}, errWantInts
	}
	if !(e.steps >= 2) {
		return array{}, fmt.Errorf("numSteps is %g, want at least 2", e.steps)
	}
	floats := make([]float64, len(in.ints))
	for i, v := range in.ints {
		floats[i] = e.min + float64(v)*(e.max-e.min)/(e.steps-1)
	}
	return array{floats: floats}, nil
}

// undoRunLength repeats values: the integers are pairs of value and count.
func undoRunLength(e *encoding, in array, rows int) (array, error) {
	if in.ints == nil {
		return array{}, errWantInts
	}
	if e.size > rows {
		return array{}, errTooMany
	}
	if len(in.ints)%2 != 0 {
		return array{}, errors.New("the last value has no count")
	}
	ints := make([]int32, 0, max(0, e.size))
	for i := 0; i < len(in.ints); i += 2 {
		count := int(in.ints[i+1])
		if count < 0 || count > rows-len(ints) {
			return array{}, errTooMany
		}
		for range count {
			ints = append(ints, in.ints[i])
		}
	}
	return array{ints: ints}, nil
}

// undoDelta sums up differences; sums wrap as 32-bit integers do.
func undoDelta(e *encoding, in array, _ int) (array, error) {
	if in.ints == nil {
		return array{}, errWantInts
	}
	if math.Abs(e.origin) > math.MaxInt32 {
		return array{}, fmt.Errorf("origin %g is out of range", e.origin)
	}
	ints := make([]int32, len(in.ints))
	sum := int32(e.origin)
	for i, v := range in.ints {
		sum += v
		ints[i] = sum
	}
	return array{ints: ints}, nil
}

// undoIntegerPacking joins integers that were split to fit into one or two
// bytes: a value at the limit goes on in the next.
func undoIntegerPacking(e *encoding, in array, _ int) (array, error) {
	if in.ints == nil {
		return array{}, errWantInts
	}
	if e.byteCount != 1 && e.byteCount != 2 {
		return array{}, fmt.Errorf("byteCount is %d, want 1 or 2", e.byteCount)
	}
	upper, lower := int32(1)<<(8*e.byteCount-1)-1, -int32(1)<<(8*e.byteCount-1)
	if e.unsigned {
		upper, lower = 1<<(8*e.byteCount)-1, math.MinInt32
	}
	ints := make([]int32, 0, min(len(in.ints), max(0, e.size)))
	sum, open := int32(0), false
	for _, v := range in.ints {
		sum += v
		if open = v == upper || v == lower; !open {
			ints = append(ints, sum)
			sum = 0
		}
	}
	if open {
		return array{}, errors.New("the last value is not complete")
	}
	return array{ints: ints}, nil
}

// undoStringArray decodes indices into a list of strings.
func undoStringArray(e *encoding, in array, rows int) (array, error) {
	if in.bytes == nil {
		return array{}, errWantBytes
	}
	index, err := decodeSteps(in.bytes, e.dataEncoding, rows)
	if err != nil {
		return array{}, fmt.Errorf("indices: %w", err)
	}
	// Each string has at least a byte, but for an empty one and the end.
	offsets, err := decodeSteps(e.offsets, e.offsetsEncoding, len(e.data)+2)
	if err != nil {
		return array{}, fmt.Errorf("offsets: %w", err)
	}
	if index.ints == nil || offsets.ints == nil {
		return array{}, errWantInts
	}
	for i, v := range offsets.ints {
		if v < 0 || int(v) > len(e.data) || i > 0 && v < offsets.ints[i-1] {
			return array{}, fmt.Errorf("offset %d is out of range", v)
		}
	}
	for _, v := range index.ints {
		if v < -1 || int(v) >= len(offsets.ints)-1 {
			return array{}, fmt.Errorf("index %d is out of range, there are %d strings", v, max(0, len(offsets.ints)-1))
		}
	}
	return array{strings: &stringArray{index.ints, offsets.ints, e.data}}, nil
}
