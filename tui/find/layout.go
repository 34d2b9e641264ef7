package find

import (
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/theme"
)

// Layout draws the list into a view of at most height lines of at most width cells, with the chosen row in it.
func (l List) Layout(width, height int, t theme.Theme) List {
	accent, muted := t.Style(t.Accent), t.Style(t.Muted)
	label := accent.Bold(true).Render(l.name) + "  "
	room := max(width-ansi.StringWidth(label)-1, 0)
	query := l.query
	if over := ansi.StringWidth(query) - room; over > 0 {
		// The end is where one types.
		query = ansi.TruncateLeft(query, over+1, "…")
	}
	l.lines = []string{label + query + accent.Render("▏")}
	l.owner = []int{-1}
	for _, line := range strings.Split(ansi.Wrap(l.about, width, ""), "\n") {
		l.lines, l.owner = append(l.lines, muted.Render(line)), append(l.owner, -1)
	}
	l.lines, l.owner = append(l.lines, ""), append(l.owner, -1)
	return l.withRows(width, max(height-len(l.lines), 0), t)
}

// withRows adds the rows from the top one on that fit into height lines, after it moved the top so that the chosen row is
// wholly in view, or begins in view where it is too high.
func (l List) withRows(width, height int, t theme.Theme) List {
	if len(l.rows) == 0 {
		return l
	}
	drawn := map[int][]string{}
	lines := func(i int) []string {
		if _, ok := drawn[i]; !ok {
			drawn[i] = l.rows[i].draw(width, i == l.chosen, t)
		}
		return drawn[i]
	}
	l.top = min(l.top, l.chosen)
	used := 0
	for i := l.chosen; i >= l.top; i-- {
		if used += len(lines(i)); used > height && i < l.chosen {
			l.top = i + 1
			break
		}
	}
	for i := l.top; i < len(l.rows) && height > 0; i++ {
		part := lines(i)
		part = part[:min(len(part), height)]
		height -= len(part)
		for _, line := range part {
			l.lines, l.owner = append(l.lines, line), append(l.owner, i)
		}
	}
	return l
}

// Lines are the lines of the view that Layout drew.
func (l List) Lines() []string { return l.lines }
