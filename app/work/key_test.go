// SPDX-License-Identifier: BSD-3-Clause

package work

import "testing"

func TestListKey(t *testing.T) {
	a, b := new(int), new(int)
	tests := []struct {
		name string
		x, y []*int
		same bool
	}{
		{"nothing", nil, []*int{}, true},
		{"the same", []*int{a, b}, []*int{a, b}, true},
		{"another order", []*int{a, b}, []*int{b, a}, false},
		{"one more", []*int{a}, []*int{a, b}, false},
		{"one of nothing", nil, []*int{nil}, false},
		{"equal, but another", []*int{a}, []*int{b}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if same := ListKey(tt.x) == ListKey(tt.y); same != tt.same {
				t.Errorf("the keys are equal: %t, want %t", same, tt.same)
			}
		})
	}
}
