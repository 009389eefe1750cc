// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package cuda

import (
	"fmt"
	"os"
	"reflect"
	"regexp"
	"strings"
	"testing"
)

// The structures of kernel/task.h have the same fields, in the same order and
// of the same size, as those of layout.go.
func TestLayout(t *testing.T) {
	text, err := os.ReadFile("kernel/task.h")
	if err != nil {
		t.Fatal(err)
	}
	device := map[string][]string{}
	for _, m := range regexp.MustCompile(`(?s)struct (\w+) \{\n(.*?)\n\};`).FindAllStringSubmatch(string(text), -1) {
		device[m[1]] = members(m[2])
	}
	for name, host := range map[string]any{
		"Task": task{}, "Place": place{}, "Climber": climber{}, "Climb": climb{}, "Follower": follower{}, "Follow": follow{}, "Volume": density{},
	} {
		var got []string
		for i := range reflect.TypeOf(host).NumField() {
			f := reflect.TypeOf(host).Field(i)
			got = append(got, fmt.Sprintf("%s %d", strings.ToLower(f.Name), f.Type.Size()))
		}
		if want := device[name]; !reflect.DeepEqual(got, want) {
			t.Errorf("%s: the host has %v, the device %v", name, got, want)
		}
	}
	if len(device) != 7 {
		t.Errorf("task.h has %d structures, want 7", len(device))
	}
}

// members returns the fields of a structure in C with their sizes.
func members(body string) (out []string) {
	sizes := map[string]int{"float": 4, "u32": 4, "Place": 56}
	for _, line := range strings.Split(body, "\n") {
		declaration, _, _ := strings.Cut(line, ";")
		kind, names, found := strings.Cut(strings.TrimSpace(declaration), " ")
		if !found {
			continue
		}
		for _, name := range strings.Split(names, ", ") {
			count := 1
			if base, n, array := strings.Cut(name, "["); array {
				name = base
				if _, err := fmt.Sscanf(n, "%d]", &count); err != nil {
					panic(err)
				}
			}
			out = append(out, fmt.Sprintf("%s %d", strings.ToLower(strings.ReplaceAll(name, "_", "")), sizes[kind]*count))
		}
	}
	return out
}
