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
	packed bool  // by gzip
	begins func(start []byte) bool
}

// Contents of files. The largest maps of EMDB have some ten gigabytes.
var (
	packedMap         = content{"a packed density map", 64 << 30, true, isMap}
	packedCoordinates = content{"a packed mmCIF file", 4 << 30, true, isCIF}
	coordinates       = content{"an mmCIF file", 4 << 30, false, isCIF}
	listed            = content{"a list of predictions or an mmCIF file", longestList, false, func(b []byte) bool { return isCIF(b) || isJSON(b) }}
	entryHeader       = content{"an EMDB header", 16 << 20, false, func(b []byte) bool { return bytes.HasPrefix(b, []byte("<")) }}
)

// startOf is how many bytes of a content tell what it is: those of the header of
// a map.
const startOf = 1024

// isMap tells the beginning of a map, by the word MAP.
func isMap(b []byte) bool { return len(b) == startOf && string(b[208:212]) == "MAP " }

// isCIF tells the beginning of a CIF: a comment or a data block.
func isCIF(b []byte) bool {
	b = bytes.TrimPrefix(b, []byte("\xef\xbb\xbf"))
	b = bytes.TrimSpace(b)
	return bytes.HasPrefix(b, []byte("#")) || len(b) > 5 && bytes.EqualFold(b[:5], []byte("data_"))
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
	if c.packed {
		z, err := gzip.NewReader(in)
		if err != nil {
			return fmt.Errorf("%s, want %s", words(start), c.what)
		}
		in = bufio.NewReaderSize(z, 1<<16)
		start, _ = in.Peek(startOf)
	}
	if !c.begins(start) {
		return fmt.Errorf("%s, want %s", words(start), c.what)
	}
	if c.packed {
		if _, err := io.Copy(io.Discard, in); err != nil {
			return fmt.Errorf("%s that is not whole: %w", c.what, err)
		}
		return nil
	}
	if !whole {
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
