package page_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/charmbracelet/colorprofile"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/page"
	"github.com/aetutor/aetutor/tui/theme"
)

func TestSeekShowsTheWord(t *testing.T) {
	p := lessons.Page{ID: "a/b", Title: "Long", Blocks: []lessons.Block{
		lessons.Prose{Markdown: "noise\n\n" + strings.Repeat("One paragraph more.\n\n", 20)},
		lessons.Prose{Markdown: strings.Repeat("Some *noise* here.\n\n", 12) + "Of **naïve** noise, and the end.\n\n" + strings.Repeat("More.\n\n", 20)},
		lessons.Lab{ID: "train", Text: "noise that one hears"},
		lessons.Prose{Markdown: strings.Repeat("More.\n\n", 20)},
	}}
	all := []lessons.Lesson{{Slug: "a", Pages: []lessons.Page{p}}}
	for width := 20; width <= 80; width += 20 {
		r := page.New(p, nil).Layout(width, width, 12, theme.New(theme.Dark, colorprofile.ASCII, true))
		for query, want := range map[string]string{"naive": "naïve", "noise hears": "hears", "noise end": "the end", "noise": "noise", "long": "Long"} {
			spot := lessons.NewIndex(all, nil).Search(query)[0].Spot
			seen := strings.Join(r.ScrollEnd().Seek(spot).Lines(), "\n")
			if !strings.Contains(seen, want) {
				t.Errorf("at width %d, %q at %v shows\n%s", width, query, spot, seen)
			}
		}
	}
	// A word that is not there leads to its block, a block that is not there to the top.
	r := page.New(p, nil).Layout(80, 80, 12, theme.New(theme.Dark, colorprofile.ASCII, true))
	for spot, want := range map[lessons.Spot]string{
		{Block: 2, Word: "zebra"}: "try it", {Block: 0, Word: "noise", Nth: 7}: "Long", {Block: -1}: "Long", {Block: 99}: "Long",
	} {
		if seen := strings.Join(r.ScrollEnd().Seek(spot).Lines(), "\n"); !strings.Contains(seen, want) {
			t.Errorf("%v shows %s", fmt.Sprint(spot), seen)
		}
	}
	if lab, ok := r.Seek(lessons.Spot{Block: 2}).Lab(); !ok || lab.ID != "train" {
		t.Errorf("the lab that was found is not selected")
	}
}
