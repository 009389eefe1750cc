// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	"strings"
	"testing"
)

func TestCounter(t *testing.T) {
	const run, out = `{"Action":"run","Package":"p","Test":"`, `{"Action":"output","Package":"p","Test":"`
	tests := []struct {
		name   string
		events []string
		want   string
	}{
		{"nothing", nil, "0 passed, 0 failed, 0 skipped\n"},
		{
			"one of each",
			[]string{
				`{"Action":"pass","Package":"p","Test":"A"}`,
				out + `B","Output":"b.go:1: broken\n"}`,
				`{"Action":"fail","Package":"p","Test":"B"}`,
				out + `C","Output":"    c.go:1: no data\n"}`,
				`{"Action":"skip","Package":"p","Test":"C"}`,
				`{"Action":"fail","Package":"p","Elapsed":2}`,
			},
			"b.go:1: broken\nFAIL  p  2.0s\nskip  p.C: c.go:1: no data\n1 passed, 1 failed, 1 skipped\n",
		},
		{
			"subtests count, their parent does not",
			[]string{
				run + `A"}`, run + `A/x"}`, run + `A/y"}`,
				`{"Action":"pass","Package":"p","Test":"A/x"}`,
				`{"Action":"fail","Package":"p","Test":"A/y"}`,
				`{"Action":"fail","Package":"p","Test":"A"}`,
				`{"Action":"fail","Package":"p"}`,
			},
			"FAIL  p  0.0s\n1 passed, 1 failed, 0 skipped\n",
		},
		{
			"a parent that fails by itself counts",
			[]string{
				run + `A"}`, run + `A/x"}`,
				`{"Action":"pass","Package":"p","Test":"A/x"}`,
				`{"Action":"fail","Package":"p","Test":"A"}`,
			},
			"1 passed, 1 failed, 0 skipped\n",
		},
		{
			"a package that does not build counts",
			[]string{
				`{"ImportPath":"p [p.test]","Action":"build-output","Output":"p/x.go:1: syntax error\n"}`,
				`{"ImportPath":"p [p.test]","Action":"build-fail"}`,
				`{"Action":"fail","Package":"p","FailedBuild":"p [p.test]"}`,
			},
			"p/x.go:1: syntax error\nFAIL  p  0.0s\n0 passed, 1 failed, 0 skipped\n",
		},
		{"not an event", []string{"go: no such package"}, "go: no such package\n0 passed, 0 failed, 0 skipped\n"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got strings.Builder
			c := newCounter(&got)
			c.read(strings.NewReader(strings.Join(append(tt.events, ""), "\n")))
			c.summary()
			if got.String() != tt.want {
				t.Errorf("counted\n%swant\n%s", got.String(), tt.want)
			}
		})
	}
}
