// SPDX-License-Identifier: BSD-3-Clause

package panel

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"difffit/fitting"
)

// A filter tells which rows are shown: those for which all terms hold.
type filter []func(*row) bool

func (f filter) takes(r *row) bool {
	for _, holds := range f {
		if !holds(r) {
			return false
		}
	}
	return true
}

// FilterHelp explains what can be written into the filter.
const FilterHelp = "Words are looked for in names and notes: alpha, \"two words\", -beta for those without it. " +
	"Metrics are compared with numbers as they are shown: score>0.3 starts>=5 inside>=80 z<20 #<=10. " +
	"is:right (yes in the column Right?), is:accepted, is:rejected, is:pinned, is:noted, is:open (neither accepted nor rejected); with - those that are not. All must hold."

var (
	// A word, or a word with a quoted part.
	filterWords = regexp.MustCompile(`(?:[^\s"]|"[^"]*"?)+`)
	// A metric, a comparison, a number.
	filterTerm = regexp.MustCompile(`^([^<>=!≤≥≠]+)(>=|<=|==|!=|=|>|<|≥|≤|≠)(.*)$`)
)

// comparisons by their sign.
var comparisons = map[string]func(c int) bool{
	">": func(c int) bool { return c > 0 }, "<": func(c int) bool { return c < 0 },
	">=": func(c int) bool { return c >= 0 }, "<=": func(c int) bool { return c <= 0 },
	"≥": func(c int) bool { return c >= 0 }, "≤": func(c int) bool { return c <= 0 },
	"=": func(c int) bool { return c == 0 }, "==": func(c int) bool { return c == 0 },
	"!=": func(c int) bool { return c != 0 }, "≠": func(c int) bool { return c != 0 },
}

// conditions by the word after is:.
var conditions = map[string]func(*row) bool{
	"right":       func(r *row) bool { return r.verdict == fitting.VerdictYes },
	"significant": func(r *row) bool { return r.verdict == fitting.VerdictYes }, // as it was called before
	"accepted":    func(r *row) bool { return r.accepted },
	"rejected":    func(r *row) bool { return r.rejected },
	"pinned":      func(r *row) bool { return r.pin > 0 },
	"noted":       func(r *row) bool { return r.note != "" },
	"open":        func(r *row) bool { return !r.accepted && !r.rejected },
}

// parseFilter reads what a person wrote. An error says which words are wrong
// and what would be right; the filter is then of the others.
func parseFilter(text string) (filter, error) {
	var f filter
	var faults []error
	for _, word := range filterWords.FindAllString(joinComparisons(text), -1) {
		wanted := true
		if rest, ok := strings.CutPrefix(word, "-"); ok && rest != "" {
			word, wanted = rest, false
		}
		holds, err := parseTerm(word)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		f = append(f, func(r *row) bool { return holds(r) == wanted })
	}
	return f, errors.Join(faults...)
}

var aroundComparison = regexp.MustCompile(`\s*(>=|<=|==|!=|>|<|=|≥|≤|≠)\s*`)

// joinComparisons takes the spaces out of "score > 0.3", but not out of quotes.
func joinComparisons(text string) string {
	parts := strings.Split(text, `"`)
	for i := 0; i < len(parts); i += 2 {
		parts[i] = aroundComparison.ReplaceAllString(parts[i], "$1")
	}
	return strings.Join(parts, `"`)
}

func parseTerm(word string) (func(*row) bool, error) {
	if what, ok := strings.CutPrefix(strings.ToLower(word), "is:"); ok {
		if holds, ok := conditions[what]; ok {
			return holds, nil
		}
		return nil, fmt.Errorf("is:%s: want right, accepted, rejected, pinned, noted or open", what)
	}
	if m := filterTerm.FindStringSubmatch(word); m != nil && !strings.HasPrefix(word, `"`) {
		return parseComparison(m[1], m[2], m[3])
	}
	want := strings.ToLower(strings.ReplaceAll(word, `"`, ""))
	return func(r *row) bool {
		return strings.Contains(strings.ToLower(r.name), want) || strings.Contains(strings.ToLower(r.note), want)
	}, nil
}

func parseComparison(name, sign, number string) (func(*row) bool, error) {
	c := columnOf(strings.TrimSpace(name))
	if c == nil {
		return nil, fmt.Errorf("%s: there is no such column; want %s", name, metricNames())
	}
	holds := comparisons[sign]
	if c.words {
		want := strings.ToLower(strings.Trim(number, `"`))
		return func(r *row) bool { return holds(cmp.Compare(strings.ToLower(c.text(r)), want)) }, nil
	}
	want, err := parse(strings.TrimSuffix(number, "%"))
	if err != nil {
		return nil, fmt.Errorf("%s%s%s: want a number after %s", name, sign, number, sign)
	}
	return func(r *row) bool { v := c.value(r); return v == v && holds(cmp.Compare(v, want)) }, nil
}

// metricNames lists what can be compared, in the words of the headers.
func metricNames() string {
	var names []string
	for _, c := range columns {
		if !c.words && c.name != orderColumn {
			names = append(names, squeezed(c.title))
		}
	}
	return "#, " + strings.Join(names, ", ")
}
