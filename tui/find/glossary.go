package find

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/theme"
)

// hereMark stands before the terms that the open page uses.
const hereMark = "• "

// NewGlossary lists the terms of a glossary, those that the page here uses first.
func NewGlossary(ix *lessons.Index, all []lessons.Lesson, terms []lessons.Term, here lessons.Place) List {
	onPage := ix.Terms(here)
	order := slices.Clone(onPage)
	for i := range terms {
		if !slices.Contains(onPage, i) {
			order = append(order, i)
		}
	}
	return newList("glossary", func(query string) ([]row, string) {
		if len(terms) == 0 {
			return nil, "These lessons have no glossary. esc leads back; there, / searches the text of all pages."
		}
		var rows []row
		for _, i := range lessons.FilterTerms(terms, order, query) {
			place, spot := ix.Introduction(terms[i])
			rows = append(rows, termRow(all, terms[i], Target{place, spot}, slices.Contains(onPage, i)))
		}
		switch {
		case len(rows) == 0:
			return nil, "No term has all of these words. Erase some letters with backspace; esc leads back, and there / searches all text."
		case query == "":
			return rows, fmt.Sprintf("%d terms, %d of them on this page (•). Type to narrow them down.", len(rows), len(onPage))
		}
		return rows, fmt.Sprintf("%d of %d terms; • stands on this page", len(rows), len(terms))
	})
}

// nameWidth is the column of the names in cells.
const nameWidth = 26

// termRow shows a term: in one line, or all of it where it is chosen.
func termRow(all []lessons.Lesson, term lessons.Term, target Target, here bool) row {
	return row{target, func(width int, chosen bool, t theme.Theme) []string {
		mark := otherMark
		if here {
			mark = hereMark
		}
		muted, accent := t.Style(t.Muted), t.Style(t.Accent)
		if !chosen {
			name := ansi.Truncate(term.Name, nameWidth-2, "…")
			name += strings.Repeat(" ", nameWidth-ansi.StringWidth(name))
			return []string{cut(otherMark+mark+t.Style(t.Text).Render(name)+muted.Render(term.Text), width)}
		}
		head := accent.Render(chosenMark + mark + term.Name)
		if len(term.Also) > 0 {
			head += muted.Render("  also " + strings.Join(term.Also, ", "))
		}
		const indent = "    "
		lines := []string{cut(head, width)}
		for _, line := range strings.Split(ansi.Wrap(term.Text, min(max(width-len(indent), 1), 76), ""), "\n") {
			lines = append(lines, indent+line)
		}
		if term.Formula != "" {
			lines = append(lines, cut(indent+accent.Render(term.Formula), width))
		}
		lesson := all[target.Place.Lesson]
		introduced := fmt.Sprintf("%senter opens  %s › %s", indent, lesson.Title, lesson.Pages[target.Place.Page].Title)
		return append(lines, cut(muted.Render(introduced), width))
	}}
}

func cut(line string, width int) string { return ansi.Truncate(line, width, "…") }
