// SPDX-License-Identifier: BSD-3-Clause

package files

import (
	"fmt"
	"strconv"
	"strings"

	"difffit/app/export"
	"difffit/app/panel"
	"difffit/app/script"
)

// script writes the command that makes something of the session again into the
// log; it reads the session as it is on disk, so there is none while that is not
// what is seen.
func (fl *Files) script(command string, args ...string) {
	if fl.path == "" || fl.sh.Doc.Modified() {
		fl.sh.Write(script.Comment(fmt.Sprintf("%s reads a saved session: save this one to have the command", command)))
		return
	}
	fl.sh.Write(script.Command(append([]string{command, fl.path}, args...)...))
}

// exportFlags returns the flags of an export.
func exportFlags(folder string, o export.Options) []string {
	var items []string
	for _, i := range o.Items {
		items = append(items, string(i))
	}
	args := []string{"--out", folder, "--items", strings.Join(items, ",")}
	if o.PDB {
		args = append(args, "--pdb")
	}
	decimal := func(v float64) string { return strconv.FormatFloat(v, 'g', -1, 64) }
	return append(args, "--mask-radius", decimal(o.Mask.Radius), "--mask-edge", decimal(o.Mask.Edge))
}

// scriptPicture writes the command that makes a picture again.
func (fl *Files) scriptPicture(s panel.PictureState, paths []string) {
	if len(paths) != 1 {
		fl.sh.Write(script.Comment("a movie was made of what is seen"))
		return
	}
	args := []string{"--out", paths[0], "--size", fmt.Sprintf("%dx%d", s.Width, s.Height)}
	if s.Transparent {
		args = append(args, "--transparent")
	}
	fl.script("render", args...)
}
