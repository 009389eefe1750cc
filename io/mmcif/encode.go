// SPDX-License-Identifier: BSD-3-Clause

package mmcif

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"difffit/fitting/mol"
	"difffit/io/atomicfile"
	"difffit/io/internal/site"
)

// Encode writes one structure as a data block with its title and atom sites:
// names and numbers of the author and labels, coordinates with three decimals.
// Atoms are numbered anew from 1. Labels that the structure does not have
// (it came from the PDB format) are made: the chain's name as label_asym_id,
// and numbers that keep the gaps of the author's as label_seq_id of polymers.
// A coordinate that is no number is an error that names the atom.
func Encode(w io.Writer, s *mol.Structure) error {
	for i := range s.Atoms {
		a := &s.Atoms[i]
		for _, v := range [...]float64{a.Pos.X, a.Pos.Y, a.Pos.Z, a.Occupancy, a.B} {
			if math.IsNaN(v) || math.IsInf(v, 0) {
				return fmt.Errorf("mmcif: atom %s %d%s/%s of chain %q: %g cannot be written, want a number", a.Residue, a.Seq, a.Insert, a.Name, a.Chain, v)
			}
		}
	}
	out := bufio.NewWriter(w)
	id := blockName(s.Name)
	fmt.Fprintf(out, "data_%s\n#\n_entry.id %s\n", id, quote(id))
	if s.Title != "" {
		fmt.Fprintf(out, "#\n_struct.entry_id %s\n_struct.title ", quote(id))
		if title := quote(s.Title); len(title)+len("_struct.title ") > 120 && title[0] != '\n' {
			out.WriteString("\n" + title + "\n")
		} else {
			out.WriteString(title + "\n")
		}
	}
	if s.Column == mol.Confidence {
		out.WriteString("#\n_ma_qa_metric.id 1\n_ma_qa_metric.mode local\n_ma_qa_metric.name pLDDT\n_ma_qa_metric.type pLDDT\n")
	}
	writeAtoms(out, s)
	return out.Flush() // keeps the first error of all writes
}

// EncodeAll writes several structures, a composite, as one model of one data
// block. Chains get names of their own; see Merge.
func EncodeAll(w io.Writer, name string, parts []*mol.Structure) error {
	return Encode(w, Merge(name, parts))
}

// WriteFile writes structures to a file, one as it is and several merged,
// packed if its name ends in ".gz". The file appears when it is complete.
func WriteFile(path string, name string, parts ...*mol.Structure) error {
	return atomicfile.WritePacked(path, gzip.DefaultCompression, func(w io.Writer) error {
		if len(parts) == 1 {
			one := *parts[0]
			one.Name = name
			return Encode(w, &one)
		}
		return EncodeAll(w, name, parts)
	})
}

// blockName makes a name of a data block: the characters that are neither
// letters, digits, nor one of -_. become underscores.
func blockName(s string) string {
	clean := []byte(s)
	for i, c := range clean {
		switch {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '-', c == '_', c == '.':
		default:
			clean[i] = '_'
		}
	}
	if len(clean) == 0 {
		return "structure"
	}
	return string(clean)
}

const atomSiteItems = `#
loop_
_atom_site.group_PDB
_atom_site.id
_atom_site.type_symbol
_atom_site.label_atom_id
_atom_site.label_alt_id
_atom_site.label_comp_id
_atom_site.label_asym_id
_atom_site.label_entity_id
_atom_site.label_seq_id
_atom_site.pdbx_PDB_ins_code
_atom_site.Cartn_x
_atom_site.Cartn_y
_atom_site.Cartn_z
_atom_site.occupancy
_atom_site.B_iso_or_equiv
_atom_site.pdbx_formal_charge
_atom_site.auth_seq_id
_atom_site.auth_comp_id
_atom_site.auth_asym_id
_atom_site.auth_atom_id
_atom_site.pdbx_PDB_model_num
`

func writeAtoms(out *bufio.Writer, s *mol.Structure) {
	out.WriteString(atomSiteItems)
	labels := newLabels(s.Atoms)
	quoted := map[string]string{}
	word := func(s string) string {
		q, ok := quoted[s]
		if !ok {
			q = quote(s)
			quoted[s] = q
		}
		return q
	}
	line := make([]byte, 0, 256)
	for i := range s.Atoms {
		a := &s.Atoms[i]
		asym, seq := labels.of(i)
		line = append(line[:0], "ATOM   "...)
		if a.Het {
			line = append(line[:0], "HETATM "...)
		}
		line = append(strconv.AppendInt(line, int64(i+1), 10), ' ')
		line = append(line, a.Element.String()...)
		name, residue := word(a.Name), word(a.Residue)
		for _, text := range [...]string{name, word(a.Alt), residue, word(asym), nullable(word(a.Entity)), seq, nullable(word(a.Insert))} {
			line = append(append(line, ' '), text...)
		}
		for _, x := range [...]float64{a.Pos.X, a.Pos.Y, a.Pos.Z} {
			line = strconv.AppendFloat(append(line, ' '), x, 'f', 3, 64)
		}
		line = appendShort(append(line, ' '), a.Occupancy)
		line = appendShort(append(line, ' '), a.B)
		line = append(line, ' ')
		if a.Charge == 0 {
			line = append(line, '?')
		} else {
			line = strconv.AppendInt(line, int64(a.Charge), 10)
		}
		line = strconv.AppendInt(append(line, ' '), int64(a.Seq), 10)
		for _, text := range [...]string{residue, word(a.Chain), name} {
			line = append(append(line, ' '), text...)
		}
		line = strconv.AppendInt(append(line, ' '), int64(max(1, s.Model)), 10)
		out.Write(append(line, '\n'))
	}
	out.WriteString("#\n")
}

// nullable writes "?" for a missing value where the archive does.
func nullable(s string) string {
	if s == "." {
		return "?"
	}
	return s
}

// appendShort writes v with two decimals, or up to five if it has more.
func appendShort(b []byte, v float64) []byte {
	b = strconv.AppendFloat(b, v, 'f', 5, 64)
	for range 3 {
		if b[len(b)-1] == '0' {
			b = b[:len(b)-1]
		}
	}
	return b
}

// quote returns s as a CIF value: bare, in quotes, or as a text field; "." if
// it is empty.
func quote(s string) string {
	switch {
	case s == "":
		return "."
	case isBare(s):
		return s
	}
	if !strings.ContainsAny(s, "\n\r") {
		quotes := []string{"'", `"`}
		if strings.Contains(s, "'") { // allowed inside, but not all readers know: "O5'"
			quotes = []string{`"`, "'"}
		}
		for _, q := range quotes {
			if !closes(s, q[0]) {
				return q + s + q
			}
		}
	}
	text := strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(s)
	return "\n;" + strings.ReplaceAll(text, "\n;", "\n ;") + "\n;"
}

// closes reports whether a quote inside s would end a value in such quotes.
func closes(s string, quote byte) bool {
	for i := range len(s) - 1 {
		if s[i] == quote && s[i+1] <= ' ' {
			return true
		}
	}
	return false
}

// isBare reports whether s can stand without quotes.
func isBare(s string) bool {
	if s == "." || s == "?" || bytes.IndexByte([]byte("_#$'\"[];"), s[0]) >= 0 {
		return false
	}
	for i := range len(s) {
		if s[i] <= ' ' || s[i] >= 0x7f || s[i] == '\'' || s[i] == '"' {
			return false
		}
	}
	return wordKind([]byte(s)) == value
}

// labels has the label_asym_id and the label_seq_id of each atom.
type labels struct {
	asym []string
	seq  []string
}

func (l *labels) of(i int) (asym, seq string) { return l.asym[i], l.seq[i] }

// newLabels takes the labels of the atoms where they have some, and makes
// them where not.
func newLabels(atoms []mol.Atom) *labels {
	l := &labels{make([]string, len(atoms)), make([]string, len(atoms))}
	made := madeLabels(atoms)
	type counter struct{ label, author int }
	last := map[string]counter{} // by chain
	site.Residues(atoms, func(start, end int) {
		asym := atoms[start].LabelAsym
		if asym == "" {
			asym = made[atoms[start].Chain]
		}
		seq := "."
		switch a := &atoms[start]; {
		case a.LabelSeq != 0:
			seq = strconv.Itoa(a.LabelSeq)
		case a.LabelAsym == "" && site.InPolymer(atoms[start:end]):
			c, ok := last[asym]
			step := 1
			if ok && a.Seq > c.author {
				step = a.Seq - c.author
			}
			c = counter{c.label + step, a.Seq}
			last[asym] = c
			seq = strconv.Itoa(c.label)
		}
		for i := start; i < end; i++ {
			l.asym[i], l.seq[i] = asym, seq
		}
	})
	return l
}

// madeLabels returns the label_asym_id that stands for a chain whose atoms have
// none: the name of the chain, unless it is blank or the label of another.
func madeLabels(atoms []mol.Atom) map[string]string {
	taken := map[string]bool{}
	foreign := map[string]bool{"": true} // labels that belong to a chain of another name
	for i := range atoms {
		a := &atoms[i]
		taken[a.Chain], taken[a.LabelAsym] = true, true
		if a.LabelAsym != "" && a.LabelAsym != a.Chain {
			foreign[a.LabelAsym] = true
		}
	}
	made := map[string]string{}
	for i := range atoms {
		a := &atoms[i]
		if _, ok := made[a.Chain]; ok || a.LabelAsym != "" {
			continue
		}
		name := a.Chain
		if foreign[name] {
			if name == "" {
				name = "A"
			}
			name = freeName(name, taken)
			taken[name] = true
		}
		made[a.Chain] = name
	}
	return made
}

// freeName returns name, or name with the first number behind it that is not
// taken, from 2.
func freeName(name string, taken map[string]bool) string {
	if !taken[name] {
		return name
	}
	for n := 2; ; n++ {
		if s := name + strconv.Itoa(n); !taken[s] {
			return s
		}
	}
}
