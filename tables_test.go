package main

import (
	"regexp"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/page"
	"github.com/aetutor/aetutor/tui/theme"
)

// TestTablesFitTheSmallestScreen looks for the last word of each cell: a table that is too wide loses its right edge
// without a mark.
func TestTablesFitTheSmallestScreen(t *testing.T) {
	const width = 54 // of a page on 80 columns
	known, err := knownNames()
	if err != nil {
		t.Fatal(err)
	}
	all, err := lessons.Embedded(known)
	if err != nil {
		t.Fatal(err)
	}
	style := theme.New(theme.Dark, colorprofile.ASCII, true)
	cell := regexp.MustCompile("([^ `*|]+)[`*]* *\\|")
	tables := 0
	for _, l := range all {
		for _, p := range l.Pages {
			drawn := ansi.Strip(strings.Join(page.New(p, nil).Layout(width, width, 1000, style).Lines(), "\n"))
			for _, b := range p.Blocks {
				prose, ok := b.(lessons.Prose)
				if !ok {
					continue
				}
				for line := range strings.Lines(prose.Markdown) {
					if !strings.HasPrefix(line, "|") || strings.HasPrefix(line, "|:") || strings.HasPrefix(line, "|-") {
						continue
					}
					tables++
					for _, word := range cell.FindAllStringSubmatch(line, -1) {
						if !strings.Contains(drawn, word[1]) {
							t.Errorf("%s: %q of a table is cut:\n%s", p.ID, word[1], line)
						}
					}
				}
			}
		}
	}
	if tables == 0 {
		t.Error("no lesson has a table")
	}
}
