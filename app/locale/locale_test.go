// SPDX-License-Identifier: BSD-3-Clause

package locale

import (
	"maps"
	"testing"
)

func TestPlain(t *testing.T) {
	tests := []struct {
		name      string
		env, want map[string]string
	}{
		{"nothing", nil, nil},
		{"a language", map[string]string{"LANG": "de_AT.UTF-8"}, nil},
		{"C itself", map[string]string{"LANG": "C"}, nil},
		{"a container", map[string]string{"LANG": "C.UTF-8"}, map[string]string{"LC_MESSAGES": "C"}},
		{"messages in a language", map[string]string{"LANG": "C.UTF-8", "LC_MESSAGES": "de_AT.UTF-8"}, nil},
		{
			"all at once",
			map[string]string{"LC_ALL": "C.UTF-8", "LANG": "de_AT.UTF-8"},
			map[string]string{"LC_ALL": "", "LC_CTYPE": "C.UTF-8", "LC_MESSAGES": "C", "LANG": "C.UTF-8"},
		},
		{"all in a language", map[string]string{"LC_ALL": "de_AT.UTF-8", "LANG": "C.UTF-8"}, nil},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := plain(func(name string) string { return tt.env[name] }); !maps.Equal(got, tt.want) {
				t.Errorf("plain: %v, want %v", got, tt.want)
			}
		})
	}
}
