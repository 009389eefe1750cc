// SPDX-License-Identifier: BSD-3-Clause

package volume

// NotFinite returns how many values of g are NaN or infinite, and the index of
// the first of them.
func (g *Grid) NotFinite() (n, first int) {
	type part struct{ n, first int }
	parts := make([]part, (len(g.Data)+block-1)/block)
	all(len(g.Data), block, 0, func(_, i, lo, hi int) {
		for k, v := range g.Data[lo:hi] {
			if v-v != 0 { // what NaN and the infinities do
				if parts[i].n == 0 {
					parts[i].first = lo + k
				}
				parts[i].n++
			}
		}
	})
	for _, p := range parts {
		if n == 0 {
			first = p.first
		}
		n += p.n
	}
	return n, first
}
