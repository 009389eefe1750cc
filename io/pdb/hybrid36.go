// SPDX-License-Identifier: BSD-3-Clause

package pdb

import "difffit/io/internal/site"

// Hybrid-36 writes numbers that are too large for their columns in base 36:
// behind 9999 comes A000, behind ZZZZ comes a000 (R. W. Grosse-Kunstleve,
// http://cci.lbl.gov/hybrid_36/). Numbers that fit stay decimal.

const lettersOf36 = 26 // first digits that are letters, in each case

// parseHybrid36 reads the number in a field of a width.
func parseHybrid36(b []byte, width int) (int, bool) {
	if len(b) != width || b[0] < 'A' {
		return site.ParseInt(b)
	}
	base := byte('A')
	if b[0] >= 'a' {
		base = 'a'
	}
	v := 0
	for _, c := range b {
		switch {
		case '0' <= c && c <= '9':
			v = 36*v + int(c-'0')
		case base <= c && c < base+26:
			v = 36*v + int(c-base) + 10
		default:
			return 0, false
		}
	}
	ten, block := power(10, width), power(36, width-1)
	v += ten - 10*block
	if base == 'a' {
		v += lettersOf36 * block
	}
	return v, true
}

// formatHybrid36 writes v right-aligned into dst, whose length is the width.
// It reports whether v can be written; letters allows base 36.
func formatHybrid36(dst []byte, v int, letters bool) bool {
	width := len(dst)
	ten, block := power(10, width), power(36, width-1)
	if v < ten {
		return formatDecimal(dst, v)
	}
	v -= ten
	digits := "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	if v >= lettersOf36*block {
		v -= lettersOf36 * block
		digits = "0123456789abcdefghijklmnopqrstuvwxyz"
	}
	if !letters || v >= lettersOf36*block {
		return false
	}
	v += 10 * block
	for i := width - 1; i >= 0; i-- {
		dst[i] = digits[v%36]
		v /= 36
	}
	return true
}

func formatDecimal(dst []byte, v int) bool {
	for i := range dst {
		dst[i] = ' '
	}
	u := v
	if v < 0 {
		u = -v
	}
	i := len(dst) - 1
	for ; i >= 0; i-- {
		dst[i] = byte('0' + u%10)
		u /= 10
		if u == 0 {
			break
		}
	}
	if u != 0 || v < 0 && i == 0 {
		return false
	}
	if v < 0 {
		dst[i-1] = '-'
	}
	return true
}

func power(base, exponent int) int {
	p := 1
	for range exponent {
		p *= base
	}
	return p
}
