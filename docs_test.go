// SPDX-License-Identifier: BSD-3-Clause

package main

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/spf13/cobra"

	"difffit/app/command"
	"difffit/app/picture"
	"difffit/app/session"
	"difffit/docs/guide"
	"difffit/fitting"
	"difffit/fitting/cpu"
)

// mostPictures is what the pictures of the guide may have together, in bytes: they
// are part of the program.
const mostPictures = 3 << 20

// documents returns what users read, as Markdown by path.
func documents(t *testing.T) map[string]string {
	t.Helper()
	paths, err := filepath.Glob("docs/guide/*.md")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, path := range append(paths, "README.md") {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[path] = string(text)
	}
	if len(texts) < 8 {
		t.Fatalf("%d documents, want the guide and the README", len(texts))
	}
	return texts
}

// Each link leads to a file that is there, and each picture of the guide is on a page.
func TestDocumentsLinkWhatIsThere(t *testing.T) {
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	linked := map[string]bool{}
	for path, text := range documents(t) {
		for _, m := range link.FindAllStringSubmatch(text, -1) {
			to, _, _ := strings.Cut(m[1], "#")
			if to == "" || strings.Contains(to, "://") {
				continue
			}
			to = filepath.Join(filepath.Dir(path), to)
			linked[to] = true
			if _, err := os.Stat(to); err != nil {
				t.Errorf("%s: %v", path, err)
			}
		}
	}
	pictures, err := filepath.Glob("docs/*/*.png")
	if err != nil {
		t.Fatal(err)
	}
	var size int64
	for _, p := range pictures {
		info, err := os.Stat(p)
		if err != nil {
			t.Fatal(err)
		}
		size += info.Size()
		if !linked[p] {
			t.Errorf("no page shows %s", p)
		}
	}
	if size > mostPictures {
		t.Errorf("the pictures of the guide have %d bytes, want at most %d", size, mostPictures)
	}
}

// Each page of the guide as the program has it links to pages that it has.
func TestPagesOfTheGuideLinkEachOther(t *testing.T) {
	pages, err := guide.Pages()
	if err != nil {
		t.Fatal(err)
	}
	link := regexp.MustCompile(`(?:href|src)="([^"#]+)(#[^"]*)?"`)
	for name, text := range pages {
		if filepath.Ext(name) != ".html" {
			continue
		}
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			to, is := pages[m[1]]
			switch {
			case strings.Contains(m[1], "://"):
			case !is:
				t.Errorf("%s links to %s, which is not there", name, m[1])
			case m[2] != "" && !strings.Contains(string(to), `id="`+m[2][1:]+`"`):
				t.Errorf("%s: %s has no %s", name, m[1], m[2])
			}
		}
	}
	if len(pages[guide.First]) == 0 {
		t.Errorf("there is no %s", guide.First)
	}
}

// Each command line in what users read has a command and options that are there.
func TestCommandLinesInDocuments(t *testing.T) {
	program := command.Program{
		Name: "difffit", Engines: []fitting.Engine{cpu.New()},
		More: []*cobra.Command{picture.Command(session.Files{}, drawPictures)},
	}
	line := regexp.MustCompile("(?m)(?:^(?:    )?(?:srun )?|`)(?:bin/)?difffit(?:-batch)? ([a-z][^`\n]*)")
	variable := regexp.MustCompile(`"?\$\w+"?`) // of a shell
	n := 0
	for path, text := range documents(t) {
		text = strings.ReplaceAll(text, "\\\n", " ")
		for _, m := range line.FindAllStringSubmatch(text, -1) {
			args := strings.Fields(variable.ReplaceAllString(m[1], "1"))
			if !command.IsCommand(args, program.More...) {
				t.Errorf("%s: %q: there is no command %s", path, m[0], args[0])
				continue
			}
			var said strings.Builder
			n++
			if code := command.Main(context.Background(), append(args, "--help"), nil, io.Discard, &said, program); code != 0 {
				t.Errorf("%s: %q: %s", path, m[0], said.String())
			}
		}
	}
	if n < 10 {
		t.Errorf("%d command lines, want many", n)
	}
}
