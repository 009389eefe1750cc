// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	"errors"
	"reflect"
	"strings"
	"testing"
)

func TestPlan(t *testing.T) {
	// As go list -test prints it: mrc reads data, mmcif through another package,
	// b by what it is made of itself, a not at all, data has no tests.
	const listed = `m/a fmt
m/b fmt m/data
m/data os
m/io/mmcif fmt
m/io/mrc fmt
m/a.test fmt m/a [m/a.test] testing
m/a [m/a.test] fmt
m/b.test fmt m/b m/data testing
m/io/mmcif.test fmt m/data m/helper m/io/mmcif testing
m/io/mrc.test fmt m/data m/io/mrc [m/io/mrc.test] testing
m/io/mrc [m/io/mrc.test] fmt m/data
`
	broken := errors.New("broken")
	tests := []struct {
		name, args, listed string
		want               [][]string
		fault              string
	}{
		{"as go test has it", "-count 1 -timeout 10m ./e2e", "", [][]string{{"-count", "1", "-timeout", "10m", "./e2e"}}, ""},
		{"fresh and cached", "-fresh m/data -timeout=20m ./...", listed, [][]string{
			{"-timeout=20m", "m/a", "m/data"},
			{"-timeout=20m", "-count=1", "m/b", "m/io/mmcif", "m/io/mrc"},
		}, ""},
		{"all are fresh", "-fresh m/data ./io/mrc", "m/io/mrc fmt\nm/io/mrc.test m/data\n", [][]string{{"-count=1", "m/io/mrc"}}, ""},
		{"none is", "-fresh m/other ./io/mrc", "m/io/mrc fmt\nm/io/mrc.test m/data\n", [][]string{{"m/io/mrc"}}, ""},
		{"a name that begins so", "-fresh m/dat ./a", "m/a fmt\nm/a.test m/data\n", [][]string{{"m/a"}}, ""},
		{"nothing after it", "-fresh", "", nil, "-fresh: want the path of a package after it"},
		{"a flag after it", "-fresh -v ./...", "", nil, "-fresh: want the path of a package after it"},
		{"no packages", "-fresh m/data -v", "", nil, "-fresh: want packages, got none"},
		{"no list", "-fresh m/data ./...", "broken", nil, "broken"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := plan(strings.Fields(tt.args), func([]string) (string, error) {
				if tt.listed == "broken" {
					return "", broken
				}
				return tt.listed, nil
			})
			if tt.fault != "" {
				if err == nil || err.Error() != tt.fault {
					t.Fatalf("error %v, want %s", err, tt.fault)
				}
				return
			}
			if err != nil || !reflect.DeepEqual(got, tt.want) {
				t.Errorf("runs %q, %v, want %q", got, err, tt.want)
			}
		})
	}
}

// The tests of this package read nothing that the cache does not see; those of
// the readers read shared files.
func TestListOfThisModule(t *testing.T) {
	text, err := list([]string{"difffit/scripts/testcount", "difffit/io/mrc"})
	if err != nil {
		t.Fatal(err)
	}
	fresh, rest := sortOut(text, "difffit/internal/testdata")
	if strings.Join(fresh, " ") != "difffit/io/mrc" || strings.Join(rest, " ") != "difffit/scripts/testcount" {
		t.Errorf("fresh %q, others %q", fresh, rest)
	}
}
