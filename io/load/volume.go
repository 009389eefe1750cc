// SPDX-License-Identifier: BSD-3-Clause

package load

import (
	"errors"
	"io"

	"difffit/fitting/volume"
	"difffit/io/mrc"
)

// A VolumeFile is a density map and the file it comes from.
type VolumeFile struct {
	Path     string
	Name     string // of the file, without folder and endings
	SHA256   string // of the file as it lies on disk, in hexadecimal
	Grid     *volume.Grid
	Info     mrc.Info // the header
	Warnings []string // faults that were survived, in the order of the file
}

// Resolution returns that of the whole map, where the file says that it is what
// is left of one; else the zero value: it has to be estimated.
func (v *VolumeFile) Resolution() volume.Resolution {
	if r := v.Info.Resolution; volume.IsResolution(r) {
		return volume.Resolution{Value: r, Rule: "of the whole map, as the file of what is left of it says"}
	}
	return volume.Resolution{}
}

// Volume reads a density map in the MRC2014 or CCP4 format, packed by gzip or
// bzip2 or not at all. Its errors are *ReadError.
func Volume(path string, o Options) (*VolumeFile, error) {
	v, unpacked, err := readVolume(path, 0, o.MaxVoxels)
	if errors.Is(err, io.ErrUnexpectedEOF) && unpacked > 0 {
		// The header of a packed file claimed more than there was. Now that its
		// length is known the claim can be judged: see mrc.Options.
		v, _, err = readVolume(path, unpacked, o.MaxVoxels)
	}
	if err != nil {
		return nil, readError(path, err)
	}
	if o.Warn != nil {
		for _, w := range v.Warnings {
			o.Warn(w)
		}
	}
	return v, nil
}

// readVolume reads a map, with a content of the given length if that is known
// and the file does not tell. It returns the length of unpacked content that
// came to its end.
func readVolume(path string, size, most int64) (v *VolumeFile, unpacked int64, err error) {
	f, err := Open(path)
	if err != nil {
		return nil, 0, err
	}
	defer f.Close()
	if f.Size() >= 0 {
		size = f.Size()
	}
	if isText(f) {
		return nil, 0, errors.New("is text, want a map in the MRC or CCP4 format")
	}
	v = &VolumeFile{Path: path, Name: f.Name()}
	m, err := mrc.Decode(f, mrc.Options{Size: size, MaxVoxels: most, Warn: func(w string) { v.Warnings = append(v.Warnings, w) }})
	if err != nil {
		if f.Size() < 0 {
			unpacked = f.read
		}
		return nil, unpacked, err
	}
	v.Grid, v.Info = m.Grid, m.Info
	v.SHA256, err = f.Sum()
	return v, 0, err
}

// isText tells whether the content starts like a structure or another text
// and not like the header of a map, which has zeros in its first words.
func isText(f *File) bool {
	b, err := f.Peek(64)
	if err != nil || len(b) == 0 {
		return false // the reader will say it better
	}
	for _, c := range b {
		if c < ' ' && c != '\n' && c != '\r' && c != '\t' {
			return false
		}
	}
	return true
}
