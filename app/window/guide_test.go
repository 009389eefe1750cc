// SPDX-License-Identifier: BSD-3-Clause

package window

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"difffit/app/keys"
	"difffit/app/panel"
	"difffit/app/window/help"
	"difffit/internal/golden"
)

// The page of the guide about keys is written from the tables by which they act.
func TestGuideHasAllKeys(t *testing.T) {
	b := newBench(t, &planned{})
	var page strings.Builder
	page.WriteString("# Mouse, keys and columns\n\nThis page is written by the program, from the tables by which it acts. F1 shows the same in the window, with a filter.\n")
	mouse := help.KeyGroup{Where: "Mouse in the picture", Rows: b.help.MouseRows()}
	columns := help.KeyGroup{Where: "Columns of the table", Rows: panel.ColumnHelp()}
	for _, g := range append(append([]help.KeyGroup{mouse}, b.keyHelp()...), columns) {
		page.WriteString("\n## " + g.Where + "\n\n| | |\n|---|---|\n")
		for _, r := range g.Rows {
			page.WriteString("| " + asMarkdown(r[0]) + " | " + asMarkdown(r[1]) + " |\n")
		}
	}
	golden.Text(t, "../../../docs/guide/keys.md", page.String())
}

// asMarkdown writes a text as a cell of a table.
func asMarkdown(text string) string {
	return regexp.MustCompile("[\\\\`*_|<>\\[\\]#~]").ReplaceAllString(text, `\$0`)
}

// Where the guide names an act with a key, as in **Fit** (F5), the window has it.
func TestGuideNamesKeysThatAre(t *testing.T) {
	pages, err := filepath.Glob("../../docs/guide/*.md")
	if err != nil || len(pages) < 5 {
		t.Fatalf("the guide has %d pages (%v)", len(pages), err)
	}
	named := regexp.MustCompile(`\*\*([^*]+)\*\*\s+\(((?:Ctrl\+|Shift\+|Alt\+)*(?:F\d+|[A-Z]|Space|Delete|Escape))\)`)
	b := newBench(t, &planned{})
	labels := map[string][]string{}
	for _, a := range acts() {
		key := keys.Shortcut(a.key)
		labels[key] = append(labels[key], a.label)
	}
	for _, m := range b.menus.main.Items {
		for _, row := range shortcutsOf(m, "") {
			labels[row[0]] = append(labels[row[0]], row[1])
		}
	}
	n := 0
	for _, path := range pages {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range named.FindAllStringSubmatch(string(text), -1) {
			n++
			is := false
			for _, label := range labels[m[2]] {
				is = is || strings.HasPrefix(strings.ToLower(label), strings.ToLower(strings.Join(strings.Fields(m[1]), " ")))
			}
			if !is {
				t.Errorf("%s: %q has the key %s; that is %q", filepath.Base(path), m[1], m[2], labels[m[2]])
			}
		}
	}
	if n < 10 {
		t.Errorf("%d keys are named, want many", n)
	}
}

// browser puts a stand-in for the browser before all others in the PATH. It writes
// down the address that it is to show, and ends with a code.
func browser(t *testing.T, code string) (shown string) {
	t.Helper()
	if runtime.GOOS == "windows" {
		t.Skip("the stand-in is a shell script")
	}
	bin := t.TempDir()
	shown = filepath.Join(bin, "shown")
	script := "#!/bin/sh\n/usr/bin/printf '%s' \"$1\" > '" + shown + ".new'\n/bin/mv '" + shown + ".new' '" + shown + "'\nexit " + code + "\n"
	for _, name := range []string{"xdg-open", "open"} {
		if err := os.WriteFile(filepath.Join(bin, name), []byte(script), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin+string(os.PathListSeparator)+os.Getenv("PATH"))
	return shown
}

func TestGuideInTheBrowser(t *testing.T) {
	shown := browser(t, "0")
	b := newBench(t, &planned{})
	press := func() {
		b.must(os.RemoveAll(shown))
		actOf(actGuide).do(b.window)
		b.until("the guide was asked for", func() bool { _, err := os.Stat(shown); return err == nil })
	}
	press()
	first, err := os.ReadFile(shown)
	b.must(err)
	answer, err := http.Get(string(first))
	b.must(err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	b.must(err)
	if answer.StatusCode != http.StatusOK || !strings.Contains(string(text), "<h1") {
		t.Errorf("%s: %s, %d bytes", first, answer.Status, len(text))
	}
	press()
	again, err := os.ReadFile(shown)
	b.must(err)
	if string(again) != string(first) {
		t.Errorf("the guide is at %s, and then at %s", first, again)
	}
}

// Where nothing shows it, it is in files, and a person is told which.
func TestGuideWithoutABrowser(t *testing.T) {
	for name, prepare := range map[string]func(t *testing.T){
		"none":            func(t *testing.T) { t.Setenv("PATH", t.TempDir()) },
		"one that cannot": func(t *testing.T) { browser(t, "3") },
	} {
		t.Run(name, func(t *testing.T) {
			prepare(t)
			cache := t.TempDir()
			t.Setenv("XDG_CACHE_HOME", cache)
			b := newBench(t, &planned{})
			b.help.ShowGuide()
			b.until("a dialog", func() bool { return b.Dialogs() == 1 })
			found, err := filepath.Glob(filepath.Join(cache, "*", "guide", "index.html"))
			b.must(err)
			if len(found) != 1 {
				t.Fatalf("in the cache: %q", found)
			}
			b.Escape()
		})
	}
}

// The help leads to the guide.
func TestHelpLeadsToTheGuide(t *testing.T) {
	shown := browser(t, "0")
	b := newBench(t, &planned{})
	b.help.ShowHelp()
	more, is := b.Named["help.guide"].(fyne.Tappable)
	if !is {
		t.Fatal("the help has no button for the guide")
	}
	more.Tapped(&fyne.PointEvent{})
	b.until("the guide was asked for", func() bool { _, err := os.Stat(shown); return err == nil })
	if b.Dialogs() != 0 {
		t.Error("the help is still open")
	}
}
