// SPDX-License-Identifier: BSD-3-Clause

// Package session has documents as files: the session file, the autosave that
// a crash leaves behind, and the search for inputs that are not where they were.
// It knows neither windows nor how anything is drawn.
package session

import (
	"encoding/json"
	"strings"
	"time"

	"difffit/app/document"
	"difffit/fitting"
	"difffit/fitting/mol"
	"difffit/fitting/volume"
)

// What a session file says of itself.
const (
	format  = "difffit.session"
	version = 1
	// Ending is the ending of session files.
	Ending = ".difffit"
)

// An Error reports that a session file is wrong, or that what it refers
// to cannot be had.
type Error struct {
	Place string // part of the file: "layers 2"; "" for the whole
	Msg   string
	Err   error // cause, or nil
}

func (e *Error) Error() string {
	var b strings.Builder
	b.WriteString("session: ")
	if e.Place != "" {
		b.WriteString(e.Place + ": ")
	}
	b.WriteString(e.Msg)
	if e.Err != nil {
		b.WriteString(": " + e.Err.Error())
	}
	return b.String()
}

func (e *Error) Unwrap() error { return e.Err }

// file is what a session file has. Inputs are referred to, not contained; layers are kept
// as parameters and made again; what was found is kept as it is.
type file struct {
	Format     string          `json:"format"`
	Version    int             `json:"version"`
	Program    string          `json:"program"`
	Map        *fileMap        `json:"map"`
	Others     []fileOther     `json:"other_maps,omitempty"`
	Structures []fileStructure `json:"structures"`
	Options    fitting.Options `json:"options"`
	Rounds     []fileRound     `json:"rounds"`
	Accepted   []fileAccepted  `json:"accepted"`
	Layers     []fileLayer     `json:"layers"`
	Marks      []fileMark      `json:"marks,omitempty"`
	Made       fileMade        `json:"made"`
	// Zeroed has the layers that fits were made with, which may have been
	// changed since; fits name them by their place in this list, from 0.
	Zeroed []fileLayer     `json:"zeroed,omitempty"`
	View   json.RawMessage `json:"view,omitempty"`
	// Last has the IDs that were given last, where the file speaks of none as
	// great as these: they are not given again.
	Last document.IDs `json:"last,omitzero"`
}

// fileMade tells how the file came about.
type fileMade struct {
	Go     string `json:"go"`
	System string `json:"system"`
}

// fileInput refers to a file: first as seen from the folder of the session,
// so that both can be moved together, else where it was.
type fileInput struct {
	Path     string `json:"path"`
	Absolute string `json:"absolute,omitempty"`
	SHA256   string `json:"sha256"`
	Bytes    int64  `json:"bytes"`
}

// fileMap is the map, with the level that its authors recommend: its archive said
// so when it was fetched.
type fileMap struct {
	fileInput
	Contour *volume.Level `json:"contour,omitempty"`
}

// fileOther is a map that is looked at beside the one that is fitted into.
type fileOther struct {
	ID  int             `json:"id"`
	Use document.MapUse `json:"use"`
	fileInput
	// Filters made it of the file, one after the other.
	Filters []volume.Filter `json:"filters,omitempty"`
}

type fileStructure struct {
	ID   int    `json:"id"`
	Name string `json:"name"`
	Fit  bool   `json:"fit"`
	// Copies is how many copies are held to be in the map; AnyCopies says that it
	// may be any number. Without either nobody said.
	Copies    int  `json:"copies,omitempty"`
	AnyCopies bool `json:"any_copies,omitempty"`
	// Chains are those of the file that it has, where it has not all.
	Chains []string `json:"chains,omitempty"`
	// Pose is where it was moved to, from its file to the map's frame.
	Pose *fileMotion `json:"pose,omitempty"`
	// Color is #rrggbb, where a person chose one.
	Color string `json:"color,omitempty"`
	fileInput
}

type fileMotion struct {
	Quaternion  [4]float64 `json:"quaternion"` // w, x, y, z
	Translation [3]float64 `json:"translation"`
}

type filePlacement struct {
	Rank int `json:"rank,omitempty"`
	Hits int `json:"hits"`
	fileMotion
	fileMetrics
	// Whole are the metrics in the map as it was opened, if those are others.
	Whole *fileMetrics `json:"whole,omitempty"`
}

type fileMetrics struct {
	fitting.Metrics
	// Undefined names the metrics that have no value; they are written as 0,
	// for JSON has no NaN.
	Undefined []string `json:"undefined,omitempty"`
}

// fileCluster is a cluster: its placement is one of those of the fit, with
// the hits of all that belong to it.
type fileCluster struct {
	Rank      int `json:"rank"`
	Hits      int `json:"hits"`
	Placement int `json:"placement"` // index in placements, from 0
}

type fileRound struct {
	Number int          `json:"number"`
	Engine fitting.Info `json:"engine"` // of all fits together, for older programs
	Fits   []fileFit    `json:"fits"`
	// Proposed tells who proposed the placements; a fit has none.
	Proposed string     `json:"proposed,omitempty"`
	Basis    *fileBasis `json:"basis,omitempty"`
}

type fileFit struct {
	Structure    int               `json:"structure"`
	Partial      bool              `json:"partial"`
	Options      fitting.Options   `json:"options"`
	Level        volume.Level      `json:"level"`
	Resolution   volume.Resolution `json:"resolution"`
	AtomsUsed    int               `json:"atoms_used"`
	Left         mol.Excluded      `json:"left_out"`
	Starts       int               `json:"starts"`
	RoundsAgreed bool              `json:"rounds_agreed"`
	Seconds      fitting.Seconds   `json:"seconds"`
	Note         string            `json:"note,omitempty"`
	Null         *fitting.Null     `json:"null,omitempty"`
	Engine       fitting.Info      `json:"engine,omitzero"`  // that of the round, where an older program wrote it
	Layers       []int             `json:"layers,omitempty"` // in zeroed
	LayersGone   int               `json:"layers_gone,omitempty"`
	Start        *fileMotion       `json:"start,omitempty"` // where a local fit began
	Program      string            `json:"program,omitempty"`
	Began        time.Time         `json:"began,omitzero"`
	Clusters     []fileCluster     `json:"clusters"`
	Placements   []filePlacement   `json:"placements"`
}

type fileAccepted struct {
	ID        int `json:"id"`
	Round     int `json:"round"`
	Structure int `json:"structure"`
	// Copy is 0 where an older program wrote the file.
	Copy  int  `json:"copy,omitempty"`
	Alone bool `json:"alone,omitempty"`
	filePlacement
}

type fileLayer struct {
	ID        int `json:"id"`
	Accepted  int `json:"accepted,omitempty"`
	Structure int `json:"structure"`
	fileMotion
	Zero   volume.ZeroOptions `json:"zero"`
	Beside []fileNeighbour    `json:"beside,omitempty"`
	On     bool               `json:"on"`
	Voxels int                `json:"voxels"` // to notice when a layer comes out otherwise
}
