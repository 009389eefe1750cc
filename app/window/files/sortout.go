// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"difffit/app/session"
	"difffit/io/load"
)

// sessionFile is what a file is that we wrote: load knows the kinds of inputs.
const sessionFile load.Kind = "session"

// kindOf tells what a file is by its name.
func kindOf(path string) load.Kind {
	if strings.EqualFold(filepath.Ext(path), session.Ending) {
		return sessionFile
	}
	return load.KindOf(path)
}

// An order is what a list of paths asks for.
type order struct {
	paths      []string // as they were named
	session    string
	maps       []string
	structures []string
	uses       uses    // of the maps
	asked      int     // files that are wanted
	faults     []error // why some of them are not opened
}

func (o *order) isEmpty() bool { return o.session == "" && len(o.maps)+len(o.structures) == 0 }

// mostMaps is how many maps are opened at once: more are a folder that was
// dropped by mistake.
const mostMaps = 6

// add adds a file.
func (o *order) add(path string, k load.Kind) {
	o.asked++
	refuse := func(why string) { o.faults = append(o.faults, fmt.Errorf("%s: %s", path, why)) }
	switch {
	case k == sessionFile && o.session == "":
		o.session = path
	case k == sessionFile:
		refuse("only one session can be open, and " + filepath.Base(o.session) + " comes first")
	case k == load.DensityMap && len(o.maps) == mostMaps:
		refuse(fmt.Sprintf("more than %d maps at once", mostMaps))
	case k == load.DensityMap:
		if _, err := os.Stat(path); err != nil { // before anything is asked about it
			o.faults = append(o.faults, err)
			return
		}
		o.maps = append(o.maps, path)
	case k == load.AtomicStructure:
		o.structures = append(o.structures, path)
	default:
		refuse(fmt.Sprintf("the ending tells no map (%s), structure (%s) or session (%s)",
			strings.Join(load.Endings(load.DensityMap), " "), strings.Join(load.Endings(load.AtomicStructure), " "), session.Ending))
	}
}

// addFolder adds the maps and structures of a folder; what else is in it nobody
// has asked for.
func (o *order) addFolder(folder string) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		o.asked++
		o.faults = append(o.faults, err)
		return
	}
	before := o.asked
	for _, e := range entries {
		if k := kindOf(e.Name()); !e.IsDir() && (k == load.AtomicStructure || k == load.DensityMap) {
			o.add(filepath.Join(folder, e.Name()), k)
		}
	}
	if o.asked == before {
		o.asked++
		o.faults = append(o.faults, fmt.Errorf("%s: there are no structures and no maps in this folder", folder))
	}
}

// sortOut finds out what a list of files and folders asks for. A folder stands
// for the maps and structures in it.
func sortOut(paths []string) order {
	o := order{paths: paths}
	for _, path := range paths {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			o.addFolder(path)
		} else {
			o.add(path, kindOf(path)) // the reader tells of missing files
		}
	}
	return o
}
