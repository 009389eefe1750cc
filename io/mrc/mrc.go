// SPDX-License-Identifier: BSD-3-Clause

// Package mrc reads and writes density maps in the MRC2014 and CCP4 formats
// (Cheng et al., J. Struct. Biol. 192, 146, 2015). Whatever the file had, what
// it returns is in x-y-z order, in ångström and on an orthogonal grid.
//
// It knows neither file names nor compression (see difffit/io/load), and
// nothing of what a map is used for.
package mrc

import (
	"fmt"
	"io"

	"difffit/fitting/volume"
)

// Options of Decode. The zero value reads strictly, from a stream of unknown length.
type Options struct {
	// Warn is told, in one line each, of faults that can be survived and of
	// what was done about them. If it is nil such faults are errors.
	Warn func(string)
	// Size is how many bytes there are from the header on; 0 if that is not
	// known. A known size finds faults before anything is allocated, and a
	// wrong length of the extended header.
	Size int64
	// MaxVoxels is how many voxels a map may have; 0 is as many as can be read.
	// A larger one is an error before anything is allocated.
	MaxVoxels int64
}

// A Map is what a file holds.
type Map struct {
	Grid *volume.Grid
	Info Info
}

// Info has the facts of a header, as they are in the file unless stated.
type Info struct {
	Mode      Mode   `json:"mode"`
	ByteOrder string `json:"byte_order"` // "little-endian" or "big-endian"
	// Size (words 1–3) and Start (words 5–7) are per column, row and section.
	Size  [3]int `json:"size_crs"`
	Start [3]int `json:"nstart_crs"`
	// Axes says which of x (1), y (2), z (3) columns, rows and sections are.
	Axes     [3]int     `json:"axes"`
	Sampling [3]int     `json:"sampling"`     // intervals in the cell along x, y, z
	Cell     [3]float64 `json:"cell"`         // edges, ångström
	Angles   [3]float64 `json:"angles"`       // alpha, beta, gamma, degrees
	Origin   [3]float64 `json:"origin_words"` // words 50–52, ångström
	// Placed says by which rule the map got its place.
	Placed OriginRule `json:"placed_by"`
	// Shape is the number of stored voxels along x, y, z. It is the size of
	// the grid too, unless the map was resampled because its cell is skewed.
	Shape        [3]int   `json:"shape"`
	Resampled    bool     `json:"resampled"`
	SpaceGroup   int      `json:"space_group"`
	Extended     int64    `json:"extended_bytes"` // length of the extended header as it was used
	ExtendedType string   `json:"extended_type"`  // EXTTYP: "CCP4", "FEI2", …; empty if none
	Version      int      `json:"version"`        // NVERSION: 20140, 20141; 0 in older files
	Labels       []string `json:"labels"`
	// Resolution is that of the whole map, in ångström, of which this is what is
	// left, where the file says so (see RemainingOf); 0 if it does not.
	Resolution float64 `json:"resolution,omitempty"`
}

// Decode reads a map. It reads no further than the last voxel.
//
// Memory grows with what has been read, never with what the header claims,
// unless Options.Size says that so much is there.
func Decode(r io.Reader, o Options) (*Map, error) {
	h, err := readHeader(r)
	if err != nil {
		return nil, err
	}
	d := &decoder{header: h, Options: o}
	l, err := d.layout()
	if err != nil {
		return nil, err
	}
	f, err := d.frame(l)
	if err != nil {
		return nil, err
	}
	data, err := d.voxels(r, l)
	if err != nil {
		return nil, err
	}
	g := &volume.Grid{Size: l.shape, Step: f.step(), Origin: f.origin, Data: data}
	if !f.isOrthogonal() {
		if g, err = d.straighten(g, f); err != nil {
			return nil, err
		}
	}
	return &Map{Grid: g, Info: d.info(l, f)}, nil
}

// decoder has what all steps of Decode need.
type decoder struct {
	*header
	Options
}

// survive warns of a fault at a header word, or returns it if nobody listens.
func (d *decoder) survive(word int, format string, args ...any) error {
	err := &FormatError{Word: word, Msg: fmt.Sprintf(format, args...)}
	if d.Warn == nil {
		return err
	}
	d.Warn(err.Error())
	return nil
}

func (d *decoder) info(l *layout, f *frame) Info {
	return Info{
		Mode: l.mode, ByteOrder: d.orderName(),
		Size: d.size(), Start: d.start(), Axes: [3]int{l.axes[0] + 1, l.axes[1] + 1, l.axes[2] + 1},
		Sampling: f.sampling, Cell: f.cell, Angles: f.angles,
		Origin: d.origin(), Placed: f.rule,
		Shape: l.shape, Resampled: !f.isOrthogonal(),
		SpaceGroup: d.group(), Extended: l.extended, ExtendedType: d.extendedType(),
		Version: d.version(), Labels: d.labels(), Resolution: d.resolution(),
	}
}

// A FormatError reports that the input is not a valid map.
type FormatError struct {
	Word int    // header word, counted from 1; 0 if the fault is not in one word
	Msg  string // what was found and what was wanted
	Err  error  // io.ErrUnexpectedEOF if the input is too short, or what its reader returned
}

func (e *FormatError) Error() string {
	msg := e.Msg
	if e.Err != nil {
		msg += ": " + e.Err.Error()
	}
	if e.Word == 0 {
		return "mrc: " + msg
	}
	return fmt.Sprintf("mrc: header word %d: %s", e.Word, msg)
}

func (e *FormatError) Unwrap() error { return e.Err }

// An UnsupportedError reports a valid map that uses a feature not implemented here.
type UnsupportedError string

func (e UnsupportedError) Error() string { return "mrc: " + string(e) }
