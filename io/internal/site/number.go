// SPDX-License-Identifier: BSD-3-Clause

package site

import "strconv"

// tens are the powers of ten that float64 holds exactly.
var tens = [...]float64{1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15}

// ParseFloat reads a decimal number without blanks around it: digits, one
// point, a sign, an exponent. Words (inf, nan) and other bases are no numbers.
// The result is the nearest float64: up to 15 digits are one exact integer
// and one exact power of ten, and their quotient is rounded once.
func ParseFloat(b []byte) (float64, bool) {
	i := 0
	negative := false
	if i < len(b) && (b[i] == '-' || b[i] == '+') {
		negative = b[i] == '-'
		i++
	}
	var mantissa uint64
	digits, decimals, point := 0, 0, false
	for ; i < len(b); i++ {
		switch c := b[i]; {
		case '0' <= c && c <= '9':
			mantissa = 10*mantissa + uint64(c-'0')
			digits++
			if point {
				decimals++
			}
		case c == '.' && !point:
			point = true
		default:
			return slowFloat(b)
		}
	}
	if digits == 0 {
		return 0, false
	}
	if digits > 15 {
		return slowFloat(b)
	}
	v := float64(mantissa) / tens[decimals]
	if negative {
		v = -v
	}
	return v, true
}

// slowFloat takes what ParseFloat has no short way for.
func slowFloat(b []byte) (float64, bool) {
	for _, c := range b {
		if (c < '0' || c > '9') && c != '.' && c != '+' && c != '-' && c != 'e' && c != 'E' {
			return 0, false
		}
	}
	v, err := strconv.ParseFloat(string(b), 64)
	return v, err == nil
}

// ParseInt reads a decimal integer of at most nine digits without blanks
// around it.
func ParseInt(b []byte) (int, bool) {
	i := 0
	if len(b) > 0 && (b[0] == '-' || b[0] == '+') {
		i = 1
	}
	if i == len(b) || len(b)-i > 9 {
		return 0, false
	}
	v := 0
	for _, c := range b[i:] {
		if c < '0' || c > '9' {
			return 0, false
		}
		v = 10*v + int(c-'0')
	}
	if b[0] == '-' {
		v = -v
	}
	return v, true
}
