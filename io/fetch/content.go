// SPDX-License-Identifier: BSD-3-Clause

package fetch

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
)

// A content is what a file must hold to be taken for what was asked for.
type content struct {
	what   string
	most   int64 // bytes of the file as it comes
	begins func(start []byte) bool
}

// Contents of files, packed by gzip or not: archives have them packed, mirrors
// as they like. The largest maps of EMDB have some ten gigabytes.
var (
	densityMap  = content{"a density map", 64 << 30, isMap}
	coordinates = content{"a file of coordinates", 4 << 30, isCoordinates}
	listed      = content{"a list of predictions or a file of coordinates", longestList, func(b []byte) bool { return isCoordinates(b) || isJSON(b) }}
	entryHeader = content{"an EMDB header", 16 << 20, func(b []byte) bool { return bytes.HasPrefix(b, []byte("<")) }}
)

// startOf is how many bytes of a content tell what it is: those of the header of
// a map.
const startOf = 1024

// isMap tells the beginning of a map, by the word MAP.
func isMap(b []byte) bool { return len(b) == startOf && string(b[208:212]) == "MAP " }

// isCoordinates tells the beginning of a CIF, a comment or a data block, and that
// of a PDB file.
func isCoordinates(b []byte) bool {
	b = bytes.TrimSpace(bytes.TrimPrefix(b, []byte("\xef\xbb\xbf")))
	for _, begin := range []string{"#", "data_", "HEADER", "TITLE ", "REMARK", "CRYST1", "MODEL ", "ATOM  ", "HETATM"} {
		if len(b) > len(begin) && bytes.EqualFold(b[:len(begin)], []byte(begin)) {
			return true
		}
	}
	return false
}

func isJSON(b []byte) bool {
	b = bytes.TrimSpace(b)
	return len(b) > 0 && (b[0] == '[' || b[0] == '{')
}

// check reports why a file is not what it should be. A file that is packed is
// read to its end, whose sum must be right; of another it must be known that it
// is whole.
func check(path string, c content, whole bool) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewReaderSize(f, 1<<16)
	start, _ := in.Peek(startOf)
	packed := bytes.HasPrefix(start, []byte("\x1f\x8b"))
	if packed {
		z, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("%s that cannot be unpacked: %w", c.what, err)
		}
		in = bufio.NewReaderSize(z, 1<<16)
		start, _ = in.Peek(startOf)
	}
	if !c.begins(start) {
		return fmt.Errorf("%s, want %s", words(start), c.what)
	}
	if packed {
		if _, err := io.Copy(io.Discard, in); err != nil {
			return fmt.Errorf("%s that is not whole: %w", c.what, err)
		}
	} else if !whole {
		return errors.New("a file without saying how long it is, and then closed the connection")
	}
	return nil
}

// words tells for people how something begins.
func words(start []byte) string {
	switch text := bytes.TrimSpace(start); {
	case len(text) == 0:
		return "nothing"
	case bytes.HasPrefix(text, []byte("<")):
		return "a web page"
	default:
		return fmt.Sprintf("something that begins with %q", text[:min(len(text), 40)])
	}
}
