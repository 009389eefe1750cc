// SPDX-License-Identifier: BSD-3-Clause

package pdb

import (
	"bufio"
	"bytes"
	"io"
)

const (
	longest = 1 << 16 // bytes of a line; no record is that long
	kept    = 128     // bytes of a longer one
)

// lines reads a text line by line. A line ends with LF, CR LF or CR alone.
type lines struct {
	*bufio.Scanner
	whole bool // the last line had an end
	long  bool // inside a line that is too long: its rest is dropped
}

func newLines(r io.Reader) *lines {
	l := &lines{Scanner: bufio.NewScanner(r)}
	l.Buffer(make([]byte, 4*longest), 4*longest)
	l.Split(l.split)
	return l
}

// line returns the last line, without its end and without what pads it there.
func (l *lines) line() []byte { return bytes.TrimRight(l.Bytes(), "\x00\x1a") }

// split is a bufio.SplitFunc.
func (l *lines) split(data []byte, atEOF bool) (advance int, token []byte, err error) {
	end := bytes.IndexByte(data, '\n')
	if cr := bytes.IndexByte(data[:max(end, 0)], '\r'); cr >= 0 {
		end = cr
	} else if end < 0 {
		end = bytes.IndexByte(data, '\r')
	}
	switch {
	case end >= 0 && data[end] == '\r' && end+1 == len(data) && !atEOF && len(data) < longest:
		return 0, nil, nil // LF may come
	case end >= 0:
		if advance = end + 1; data[end] == '\r' && advance < len(data) && data[advance] == '\n' {
			advance++
		}
		if l.long {
			l.long = false
			return advance, nil, nil
		}
		l.whole = true
		return advance, data[:end], nil
	case len(data) < longest && !atEOF || len(data) == 0:
		return 0, nil, nil
	case l.long:
		return len(data), nil, nil
	}
	l.long = len(data) >= longest
	l.whole = l.long
	return len(data), data[:min(len(data), kept)], nil
}
