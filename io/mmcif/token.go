// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bytes"
	"fmt"
)

type tokenKind uint8

const (
	endOfFile tokenKind = iota
	value               // with or without quotes, or a text field
	tag                 // _category.item
	loopWord            // loop_
	dataWord            // data_NAME
	saveWord            // save_NAME or save_
	otherWord           // global_, stop_: reserved, without meaning here
)

// A token is a word of the file. Text is a part of the file's bytes.
type token struct {
	kind   tokenKind
	quoted bool // a value in quotes or a text field: '.' is then a dot and no null
	start  int  // where the word begins, its quote included
	text   []byte
}

// A scanner splits a CIF into tokens.
type scanner struct {
	file []byte
	at   int
}

// next returns the next token.
func (s *scanner) next() (token, error) {
	s.skip()
	f := s.file
	if s.at >= len(f) {
		return token{kind: endOfFile, start: len(f)}, nil
	}
	start := s.at
	switch c := f[start]; {
	case c == '\'' || c == '"':
		return s.quoted(c)
	case c == ';' && (start == 0 || f[start-1] == '\n' || f[start-1] == '\r'):
		return s.textField()
	}
	end := start + 1
	for end < len(f) && f[end] > ' ' {
		end++
	}
	s.at = end
	text := f[start:end]
	return token{kind: wordKind(text), start: start, text: text}, nil
}

// skip passes over white space and comments. Control characters are white
// space too: they stand in files by mistake only.
func (s *scanner) skip() {
	f := s.file
	for s.at < len(f) {
		switch c := f[s.at]; {
		case c <= ' ':
			s.at++
		case c == '#':
			n := bytes.IndexAny(f[s.at:], "\n\r")
			if n < 0 {
				s.at = len(f)
				return
			}
			s.at += n
		default:
			return
		}
	}
}

// wordKind tells what a word without quotes is. Reserved words may have any case.
func wordKind(w []byte) tokenKind {
	switch w[0] {
	case '_':
		return tag
	case 'l', 'L':
		if len(w) == 5 && equalFold(w, "loop_") {
			return loopWord
		}
	case 'd', 'D':
		if len(w) >= 5 && equalFold(w[:5], "data_") {
			return dataWord
		}
	case 's', 'S':
		if len(w) >= 5 && equalFold(w[:5], "save_") {
			return saveWord
		}
		if equalFold(w, "stop_") {
			return otherWord
		}
	case 'g', 'G':
		if equalFold(w, "global_") {
			return otherWord
		}
	}
	return value
}

// equalFold compares ASCII text; lower must be in lower case.
func equalFold(b []byte, lower string) bool {
	if len(b) != len(lower) {
		return false
	}
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}

// quoted reads a value in quotes: it ends with the quote that has white space
// behind it, so that a quote may stand inside (O5').
func (s *scanner) quoted(quote byte) (token, error) {
	f, start := s.file, s.at
	for i := start + 1; i < len(f) && f[i] != '\n' && f[i] != '\r'; i++ {
		if f[i] == quote && (i+1 == len(f) || f[i+1] <= ' ') {
			s.at = i + 1
			return token{value, true, start, f[start+1 : i]}, nil
		}
	}
	return token{}, s.fault(start, "the quote %c is not closed in its line", quote)
}

// textField reads what stands between a semicolon at the beginning of a line
// and the next such semicolon, without the line break before that. A line ends
// with LF, CR LF or CR alone.
func (s *scanner) textField() (token, error) {
	f, start := s.file, s.at
	for i := start; ; {
		n := bytes.IndexByte(f[i+1:], ';')
		if n < 0 {
			return token{}, s.fault(start, "the text field is not closed: no line begins with a semicolon behind it")
		}
		if i += 1 + n; f[i-1] != '\n' && f[i-1] != '\r' {
			continue
		}
		s.at = i + 1
		end := i - 1
		if f[end] == '\n' && end > start+1 && f[end-1] == '\r' {
			end--
		}
		return token{value, true, start, f[start+1 : max(end, start+1)]}, nil
	}
}

// fault makes an error for a place in the file.
func (s *scanner) fault(at int, format string, args ...any) error {
	before := s.file[:min(at, len(s.file))]
	line, column := 1+bytes.Count(before, []byte("\n")), len(before)-bytes.LastIndexByte(before, '\n')
	if line == 1 { // lines may end with CR alone
		line, column = 1+bytes.Count(before, []byte("\r")), len(before)-bytes.LastIndexByte(before, '\r')
	}
	return &FormatError{Line: line, Column: column, Msg: fmt.Sprintf(format, args...)}
}

// isNull reports whether the value is '?' (unknown) or '.' (inapplicable).
func (t *token) isNull() bool {
	return !t.quoted && len(t.text) == 1 && (t.text[0] == '?' || t.text[0] == '.')
}
