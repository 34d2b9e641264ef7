package find

import (
	"fmt"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/theme"
)

const (
	chosenMark = "▸ "
	otherMark  = "  "
)

// NewSearch searches the text of all lessons.
func NewSearch(ix *lessons.Index, all []lessons.Lesson) List {
	return newList("search", func(query string) ([]row, string) {
		if len(lessons.Words(query)) == 0 {
			return nil, "Type words that you look for, in any order. The beginning of a word is enough: recon finds reconstruction."
		}
		found := ix.Search(query)
		if len(found) == 0 {
			return nil, "No page has all of these words. Erase some letters with backspace, or try another word; esc leads back."
		}
		rows := make([]row, len(found))
		for i, f := range found {
			rows[i] = foundRow(all, f)
		}
		if len(rows) == 1 {
			return rows, "1 place, enter opens it"
		}
		return rows, fmt.Sprintf("%d places, best first", len(rows))
	})
}

// foundRow shows where a place is and the passage that was found.
func foundRow(all []lessons.Lesson, f lessons.Found) row {
	lesson := all[f.Place.Lesson]
	return row{Target{f.Place, f.Spot}, func(width int, chosen bool, t theme.Theme) []string {
		mark, head := otherMark, t.Style(t.Text)
		if chosen {
			mark, head = chosenMark, t.Style(t.Accent)
		}
		muted, title := t.Style(t.Muted), lesson.Pages[f.Place.Page].Title
		where := head.Render(mark+lesson.Title+" › ") + marked(title, f.TitleMarks, head, t)
		if f.Kind == lessons.InTerm {
			where = head.Render(mark+"glossary › "+f.Term) + muted.Render("  "+lesson.Title+" › "+title)
		}
		return []string{cut(where, width), "    " + excerpt(f.Excerpt, f.Marks, max(width-4, 0), muted, t)}
	}}
}
