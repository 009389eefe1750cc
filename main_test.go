// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"difffit/app/command"
	"difffit/app/window"
)

// TestSilentWithoutALanguage starts this program, which begins as difffit does,
// where Fyne would complain of the locale before main.
func TestSilentWithoutALanguage(t *testing.T) {
	for _, variable := range []string{"LANG", "LC_ALL"} {
		cmd := exec.Command(os.Args[0], "-test.run=^$")
		cmd.Env = []string{variable + "=C.UTF-8"}
		out, err := cmd.CombinedOutput()
		if text := string(out); err != nil || strings.Contains(text, "Fyne") {
			t.Errorf("%s=C.UTF-8: %v, said %q", variable, err, text)
		}
	}
}

func TestWindowConfig(t *testing.T) {
	file := filepath.Join(t.TempDir(), "map.mrc")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name string
		args []string
		want window.Config
		bad  bool
	}{
		{"nothing", nil, window.Config{}, false},
		{"files", []string{file, file}, window.Config{Files: []string{file, file}}, false},
		{"demo", []string{"--demo", "--screenshot", "w.png", "--exit"}, window.Config{Demo: true, Screenshot: "w.png", Exit: true}, false},
		{"options after files", []string{file, "--exit", file}, window.Config{Files: []string{file, file}, Exit: true}, false},
		{"no such file", []string{"fitt"}, window.Config{}, true},
		{"no such option", []string{"--magic"}, window.Config{}, true},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := windowConfig(tt.args, nil)
			if (err != nil) != tt.bad {
				t.Fatalf("windowConfig: %v", err)
			}
			tt.want.Version = command.Version
			if err == nil && !reflect.DeepEqual(got, tt.want) {
				t.Errorf("windowConfig: %+v, want %+v", got, tt.want)
			}
		})
	}
}
