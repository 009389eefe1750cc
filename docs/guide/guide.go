// SPDX-License-Identifier: BSD-3-Clause

// Package guide has the guide for users, which lies beside it as Markdown with
// pictures, as pages for a browser. It is part of the program, so that who has no
// network and no copy of the repository has it too. Who shows the pages it does
// not know.
package guide

import (
	"bytes"
	"embed"
	_ "embed"
	"fmt"
	"html/template"
	"path"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

//go:embed *.md *.png
var files embed.FS

//go:embed page.html
var layout string

// First is the page to begin with, and source is what it is made of.
const (
	First  = "index.html"
	source = "README.md"
)

// Pages returns the guide by names of files: HTML pages that link to each other,
// and the pictures on them.
func Pages() (map[string][]byte, error) {
	page, err := template.New("page").Parse(layout)
	if err != nil {
		return nil, fmt.Errorf("guide: %w", err)
	}
	entries, err := files.ReadDir(".")
	if err != nil {
		return nil, fmt.Errorf("guide: %w", err)
	}
	pages := map[string][]byte{}
	for _, e := range entries {
		data, err := files.ReadFile(e.Name())
		if err == nil && path.Ext(e.Name()) == ".md" {
			data, err = write(page, data)
		}
		if err != nil {
			return nil, fmt.Errorf("guide: %s: %w", e.Name(), err)
		}
		pages[pageOf(e.Name())] = data
	}
	return pages, nil
}

// pageOf returns the name of the page that is made of a file.
func pageOf(name string) string {
	switch base, is := strings.CutSuffix(name, ".md"); {
	case name == source:
		return First
	case is:
		return base + ".html"
	}
	return name
}

// write makes a page of Markdown.
func write(page *template.Template, source []byte) ([]byte, error) {
	var body, all bytes.Buffer
	md := goldmark.New(goldmark.WithExtensions(extension.GFM),
		goldmark.WithParserOptions(parser.WithAutoHeadingID(), parser.WithASTTransformers(util.Prioritized(links{}, 100))))
	if err := md.Convert(source, &body); err != nil {
		return nil, err
	}
	title, _, _ := strings.Cut(strings.TrimPrefix(string(source), "# "), "\n")
	err := page.Execute(&all, struct {
		Title string
		Body  template.HTML
	}{title, template.HTML(body.String())}) // of our own text
	return all.Bytes(), err
}

// links leads from page to page where the text does from file to file.
type links struct{}

// Transform changes the links of a text.
func (links) Transform(doc *ast.Document, _ text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) { // no step fails
		if l, is := n.(*ast.Link); is && entering {
			name, place, _ := strings.Cut(string(l.Destination), "#")
			if !strings.Contains(name, "/") {
				l.Destination = []byte(strings.TrimSuffix(pageOf(name)+"#"+place, "#"))
			}
		}
		return ast.WalkContinue, nil
	})
}
