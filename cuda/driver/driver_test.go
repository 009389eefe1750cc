// SPDX-License-Identifier: BSD-3-Clause

//go:build cuda && linux

package driver

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The library is loaded once in a process, so every case has its own.
func TestStatus(t *testing.T) {
	if os.Getenv("STATUS") != "" {
		if err := Status(); err != nil {
			t.Fatalf("status: %v", err)
		}
		return
	}
	empty := t.TempDir() + "/libempty.so"
	if out, err := exec.Command("gcc", "-shared", "-o", empty, "-x", "c", "/dev/null").CombinedOutput(); err != nil {
		t.Fatalf("gcc: %v\n%s", err, out)
	}
	for _, tt := range []struct{ name, library, want string }{
		{"off", "off", "status: CUDA is switched off by " + Variable + "=off"},
		{"no driver", "/nonexistent/libcuda.so.1", "status: no NVIDIA driver: /nonexistent/libcuda.so.1: cannot open shared object file"},
		{"no library", "/dev/null", "status: no NVIDIA driver: /dev/null: "},
		{"another library", empty, "status: not an NVIDIA driver, has no cuInit: " + empty},
	} {
		t.Run(tt.name, func(t *testing.T) {
			cmd := exec.Command(os.Args[0], "-test.run", "^TestStatus$", "-test.count", "1")
			cmd.Env = append(os.Environ(), "STATUS=1", Variable+"="+tt.library)
			out, err := cmd.CombinedOutput()
			if err == nil || !strings.Contains(string(out), tt.want) {
				t.Errorf("%v, output\n%swant %q", err, out, tt.want)
			}
		})
	}
}
