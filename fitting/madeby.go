// SPDX-License-Identifier: BSD-3-Clause

package fitting

import (
	"slices"
	"strings"
)

// MadeBy returns by what a number of results were made together: what they all
// say in Result.Engine, without Why if they give different reasons. Where they
// differ it names all, as "cpu and cuda". Results that say nothing do not count.
func MadeBy(engines ...Info) Info {
	var all Info
	for _, i := range engines {
		if (i == Info{}) {
			continue
		}
		if (all == Info{}) {
			all = i
			continue
		}
		both(&all.Name, i.Name)
		both(&all.Device, i.Device)
		both(&all.Kernel, i.Kernel)
		if all.Why != i.Why {
			all.Why = ""
		}
	}
	return all
}

// both adds a word to those that text has, if it is not among them.
func both(text *string, word string) {
	const and = " and "
	if !slices.Contains(strings.Split(*text, and), word) {
		*text += and + word
	}
}
