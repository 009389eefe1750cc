// SPDX-License-Identifier: BSD-3-Clause

package work

// ListKey returns a list as what can be part of the key of what is made of it:
// keys of two lists are equal (==) if the lists have equal elements in the same
// order. As long as the key is kept, so is what the elements point to: nothing
// else can come to have its address.
func ListKey[T comparable](list []T) any {
	var key any
	for _, x := range list {
		key = link[T]{key, x}
	}
	return key
}

// A link is the last element of a list after those before it.
type link[T comparable] struct {
	before any // link[T], or nil
	last   T
}
