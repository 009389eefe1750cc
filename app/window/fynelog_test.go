// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"errors"
	"log"
	"slices"
	"testing"

	"fyne.io/fyne/v2"
)

func TestFyneLogKeepsErrorsAndDropsTheFalseAlarm(t *testing.T) {
	var lines []string
	old, flags := log.Writer(), log.Flags()
	log.SetFlags(0)
	log.SetOutput(&fyneLog{note: func(line string) { lines = append(lines, line) }})
	t.Cleanup(func() {
		log.SetOutput(old)
		log.SetFlags(flags)
	})
	fyne.LogError("Preferences load error:", errors.New("EOF"))
	if len(lines) != 0 {
		t.Errorf("the false alarm left %q", lines)
	}
	fyne.LogError("Something else", errors.New("a cause"))
	if len(lines) != complaintLines || !slices.Contains(lines, "Cause: a cause") {
		t.Errorf("a real error became %q", lines)
	}
}
