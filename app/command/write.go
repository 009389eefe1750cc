// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"time"

	"gonum.org/v1/gonum/num/quat"
	"gonum.org/v1/gonum/spatial/r3"

	"difffit/app/document"
	"difffit/app/export"
	"difffit/app/view/palette"
	"difffit/app/work"
	"difffit/fitting"
	"difffit/fitting/geom"
	"difffit/fitting/volume"
	"difffit/io/load"
	"difffit/io/mmcif"
	"difffit/io/mrc"
	"difffit/io/script"
	"difffit/io/table"
)

// fill makes the files of --out.
func (j *job) fill(dest *destination) {
	f := j.fits
	saved := j.savePlaced(dest)
	shown := j.saveMap(dest)
	dest.add("fits.csv", f.CSV)
	dest.add("fits.json", f.JSON)
	dest.add("open.cxc", func(w io.Writer) error { return script.ChimeraX(w, j.scene(dest.out, shown, saved)) })
	if len(f.Structures) == 1 {
		dest.add("fits_chimerax.txt", func(w io.Writer) error { return table.ChimeraX(w, &f.Structures[0], f.Map.Level) })
	}
	if j.hasSession() {
		dest.add(sessionFile, func(w io.Writer) error { return j.writeSession(w, dest.out) })
	}
	dest.add(manifestFile, func(w io.Writer) error { return j.manifest(w, dest.files) })
}

// saveMap returns the path of the map as ChimeraX opens it.
func (j *job) saveMap(dest *destination) string {
	return dest.original(j.mapPath, load.Name(j.mapPath), ".mrc", func(w io.Writer) error {
		return mrc.Encode(w, j.target.Grid(), export.RemainingOptions(&j.targets, document.State{Map: j.doc.State().Map}))
	})
}

// scene is the map, at a path, with structures in it, as the window shows them.
func (j *job) scene(folder, path string, placed []script.Placed) script.Scene {
	look := export.DefaultLook()
	return script.Scene{
		Folder: folder, Map: path, Level: j.fits.Map.Level, Color: look.Map, Background: look.Background,
		Dust: volume.DustVolume(j.target.Grid(), j.fits.Map.Resolution), Placed: placed,
	}
}

// savePlaced writes the first placements of the table, each as a file with the
// structure in the frame of the map, and returns the scene that the originals
// make. Shown at once are the best place of each structure, or the best of a
// library alone: the others are alternatives to it.
func (j *job) savePlaced(dest *destination) []script.Placed {
	rows := j.fits.Rows()
	if len(rows) > j.flags.save {
		rows = rows[:j.flags.save]
	}
	var scene []script.Placed
	for i, row := range rows {
		s := &j.fits.Structures[row.Structure]
		original := j.ofID[s.ID].structure
		if original == nil {
			file, err := readStructure(s.Path, func(string, ...any) {}) // warned before
			if err != nil {
				dest.faults = append(dest.faults, err)
				continue
			}
			original = file.Structure
		}
		motion := motionOf(row.Cluster)
		placed := original.Moved(motion.Mover())
		name := fmt.Sprintf("fit_%03d_%s.cif", row.Order, export.FileName(s.Name))
		dest.add(name, func(w io.Writer) error { return mmcif.Encode(w, placed) })
		hidden := row.Rank > 1 || i > 0 && work.Screens(len(j.inputs), j.opts)
		path := dest.original(s.Path, s.Name, ".cif", func(w io.Writer) error { return mmcif.Encode(w, original) })
		scene = append(scene, script.Placed{Path: path, Name: fmt.Sprintf("%s place %d", export.FileName(s.Name), row.Rank), Motion: motion, Color: palette.Base(row.Structure + 1), Hidden: hidden})
	}
	return scene
}

// motionOf returns the motion of a row.
func motionOf(c *table.Cluster) geom.Rigid {
	q, t := c.Quaternion, c.Translation
	return geom.NewRigid(quat.Number{Real: q[0], Imag: q[1], Jmag: q[2], Kmag: q[3]}, r3.Vec{X: t[0], Y: t[1], Z: t[2]})
}

// manifest is how a result was made. It says nothing about the machine and its
// user but what the results depend on.
type manifest struct {
	Format   string          `json:"format"`
	Version  int             `json:"version"`
	Program  programInfo     `json:"program"`
	Command  []string        `json:"command"`
	Started  time.Time       `json:"started"`
	Finished time.Time       `json:"finished"`
	Partial  bool            `json:"partial"`
	Inputs   []madeFile      `json:"inputs"`
	Unread   []table.Unread  `json:"unread,omitempty"`
	Options  fitting.Options `json:"options"`
	Seed     uint64          `json:"seed"`
	Engine   fitting.Info    `json:"engine"`
	Seconds  table.Seconds   `json:"seconds"`
	Outputs  []madeFile      `json:"outputs"` // but this file
}

type programInfo struct {
	Name    string `json:"name"`
	Version string `json:"version"`
	Go      string `json:"go"`
	System  string `json:"system"`
}

func thisProgram() programInfo {
	return programInfo{"difffit", Version, runtime.Version(), runtime.GOOS + "/" + runtime.GOARCH}
}

func (j *job) manifest(w io.Writer, outputs []madeFile) error {
	f := j.fits
	m := manifest{
		Format: "difffit.manifest", Version: 1, Program: thisProgram(), Command: append([]string{"difffit"}, j.args...),
		Started: j.started.UTC().Truncate(time.Second), Finished: time.Now().UTC().Truncate(time.Second), Partial: f.Partial,
		Inputs: []madeFile{{f.Map.Path, f.Map.SHA256}}, Unread: f.Unread,
		Options: f.Options, Seed: f.Seed, Engine: f.Engine, Seconds: f.Seconds, Outputs: outputs,
	}
	for _, s := range f.Structures {
		m.Inputs = append(m.Inputs, madeFile{s.Path, s.SHA256})
	}
	return encodeJSON(w, m)
}

// encodeJSON writes v indented, with < and > as they are.
func encodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", " ")
	return e.Encode(v)
}
