// SPDX-License-Identifier: BSD-3-Clause

package mrc

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
)

const (
	headerSize = 1024
	maxAxis    = 65535 // most voxels along an axis; also tells the byte order
	labelSize  = 80
	maxLabels  = 10
)

// header is the fixed part of a file, as it lies on disk. Words of 4 bytes
// are numbered from 1, as in the tables of the format.
type header struct {
	raw   [headerSize]byte
	order binary.ByteOrder
}

func (h *header) word(w int) []byte { return h.raw[4*(w-1):][:4] }
func (h *header) int(w int) int     { return int(int32(h.order.Uint32(h.word(w)))) }
func (h *header) float(w int) float64 {
	return float64(math.Float32frombits(h.order.Uint32(h.word(w))))
}
func (h *header) ints(w int) [3]int { return [3]int{h.int(w), h.int(w + 1), h.int(w + 2)} }
func (h *header) floats(w int) [3]float64 {
	return [3]float64{h.float(w), h.float(w + 1), h.float(w + 2)}
}

func (h *header) size() [3]int       { return h.ints(1) }      // NC NR NS: columns, rows, sections
func (h *header) mode() Mode         { return Mode(h.int(4)) } // MODE: kind of the voxels
func (h *header) start() [3]int      { return h.ints(5) }      // NSTART of column, row, section
func (h *header) sampling() [3]int   { return h.ints(8) }      // MX MY MZ: intervals in the cell
func (h *header) cell() [3]float64   { return h.floats(11) }   // edges, ångström
func (h *header) angles() [3]float64 { return h.floats(14) }   // alpha beta gamma, degrees
func (h *header) axes() [3]int       { return h.ints(17) }     // MAPC MAPR MAPS: 1, 2, 3 for x, y, z
func (h *header) group() int         { return h.int(23) }      // ISPG: space group; 0 images, 401 and up stacks
func (h *header) extended() int      { return h.int(24) }      // NSYMBT: bytes between header and voxels
func (h *header) skewed() bool       { return h.int(25) == 1 } // CCP4's LSKFLG
func (h *header) version() int       { return h.int(28) }      // NVERSION
func (h *header) origin() [3]float64 { return h.floats(50) }   // ORIGIN x y z, ångström
func (h *header) magic() []byte      { return h.word(53) }     // "MAP "

// skew returns CCP4's skew matrix, row by row, and its shift, words 26 to 37.
func (h *header) skew() (matrix [9]float64, shift [3]float64) {
	for i := range matrix {
		matrix[i] = h.float(26 + i)
	}
	return matrix, h.floats(35)
}

// isIMOD tells whether IMOD wrote the file: word 39 is its stamp.
func (h *header) isIMOD() bool { return h.int(39) == 1146047817 }

// unsignedBytes tells whether voxels of mode 0 are 0 to 255. Of IMOD's files
// bit 0 of word 40 says that bytes are signed. In others AMIN and AMAX (words
// 20 and 21) tell, where they are set to integers, as bytes have: bytes that
// reach beyond 127 are unsigned. Where nothing tells, they are signed in files
// of 2000 and later, as the format says, and unsigned in older ones, which have
// no word MAP.
func (h *header) unsignedBytes() bool {
	low, high := h.float(20), h.float(21)
	switch {
	case h.isIMOD():
		return h.int(40)&1 == 0
	case low == math.Trunc(low) && high == math.Trunc(high) && low < high && (low < 0 || high > 127):
		return low >= 0
	}
	return string(h.magic()) != "MAP "
}

// extendedType is EXTTYP, word 27, if it is text.
func (h *header) extendedType() string { return text(h.word(27)) }

// labels returns the NLABL (word 56) labels of 80 characters that are text.
func (h *header) labels() []string {
	labels := []string{}
	for i := range min(max(h.int(56), 0), maxLabels) {
		if s := text(h.raw[4*56+labelSize*i:][:labelSize]); s != "" {
			labels = append(labels, s)
		}
	}
	return labels
}

// text returns b without zeros and blanks around it, or nothing if it is not
// printable ASCII.
func text(b []byte) string {
	s := strings.Trim(string(b), "\x00 ")
	for _, c := range []byte(s) {
		if c < ' ' || c > '~' {
			return ""
		}
	}
	return s
}

func (h *header) orderName() string {
	if h.order == binary.BigEndian {
		return "big-endian"
	}
	return "little-endian"
}

// readHeader reads the first 1024 bytes and finds the byte order: the one in
// which NC is 1 to 65535, for there is never more than one. The machine stamp
// (word 54), wrong in many files, decides only where NC is nonsense.
func readHeader(r io.Reader) (*header, error) {
	h := &header{order: binary.LittleEndian}
	n, err := io.ReadFull(r, h.raw[:])
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil, &FormatError{Msg: fmt.Sprintf("header: %d bytes, want %d", n, headerSize), Err: io.ErrUnexpectedEOF}
	}
	if err != nil {
		return nil, &FormatError{Msg: fmt.Sprintf("header: after %d bytes", n), Err: err}
	}
	plausible := func(o binary.ByteOrder) bool { n := o.Uint32(h.word(1)); return n > 0 && n <= maxAxis }
	if plausible(binary.BigEndian) || !plausible(binary.LittleEndian) && h.word(54)[0] == 0x11 {
		h.order = binary.BigEndian
	}
	return h, nil
}
