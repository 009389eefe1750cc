// SPDX-License-Identifier: BSD-3-Clause

package command

import (
	"io"
	"os"
	"path/filepath"

	"difffit/app/document"
	"difffit/app/session"
)

// sessionFile is the session that --out has: what was found, to be looked at
// in the window, and to be computed again by replay.
const sessionFile = "session" + session.Ending

// mostInSession is the number of structures up to which there is a session.
const mostInSession = 1000

// programName tells who wrote a session.
func programName() string { return "DiffFit " + Version }

// writeSession writes what was found as a session that is kept in a folder.
func (j *job) writeSession(w io.Writer, folder string) error {
	folder, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	return session.Encode(w, j.doc.State(), folder, programName())
}

// hasSession tells whether there is a session of this run: a local optimum is
// no fit that could be repeated, and a large library would be too large.
func (j *job) hasSession() bool { return j.start == nil && len(j.inputs) <= mostInSession }

// sourceOf tells where an input came from.
func sourceOf(path, sum string) (document.Source, error) {
	info, err := os.Stat(path)
	if err != nil {
		return document.Source{}, err
	}
	abs, err := filepath.Abs(path)
	return document.Source{Path: abs, SHA256: sum, Bytes: info.Size()}, err
}
