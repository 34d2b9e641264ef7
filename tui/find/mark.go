package find

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/theme"
)

// marked draws a text with the marked words underlined, which also shows without colours.
func marked(text string, marks []lessons.Word, base lipgloss.Style, t theme.Theme) string {
	// Lip Gloss underlines character by character, which would part letters from their marks.
	underline := ansi.NewStyle().Underline(true).String()
	mark := t.Style(t.Accent)
	var b strings.Builder
	at := 0
	for _, m := range marks {
		if m.From < at || m.To > len(text) {
			continue
		}
		if m.From > at {
			b.WriteString(base.Render(text[at:m.From]))
		}
		b.WriteString(underline + mark.Render(text[m.From:m.To]) + ansi.ResetStyle)
		at = m.To
	}
	if at < len(text) {
		b.WriteString(base.Render(text[at:]))
	}
	return b.String()
}

// excerpt draws as much of a text as fits, with the first marked word in it.
func excerpt(text string, marks []lessons.Word, width int, base lipgloss.Style, t theme.Theme) string {
	if len(marks) == 0 || ansi.StringWidth(text) <= width {
		return ansi.Truncate(marked(text, marks, base, t), width, "…")
	}
	// A text that ends soon after the word shows more of what is before it.
	before := max(width/3, width-1-ansi.StringWidth(text[marks[0].From:]))
	start := beginning(text, marks[0], before)
	if start == 0 {
		return ansi.Truncate(marked(text, marks, base, t), width, "…")
	}
	var shifted []lessons.Word
	for _, m := range marks {
		m.From -= start
		m.To -= start
		shifted = append(shifted, m)
	}
	rest := marked(text[start:], shifted, base, t)
	return base.Render("…") + ansi.Truncate(rest, max(width-1, 0), "…")
}

// beginning is where an excerpt begins that has at most before cells in front of a word: between two words where it can
// be, and never within a character.
func beginning(text string, word lessons.Word, before int) int {
	start := 0
	for ansi.StringWidth(text[start:word.From]) > before {
		cluster, _ := ansi.FirstGraphemeCluster(text[start:], ansi.GraphemeWidth)
		start = min(start+max(len(cluster), 1), word.From)
	}
	if start > 0 && text[start-1] != ' ' {
		if space := strings.IndexByte(text[start:word.From], ' '); space >= 0 && start+space+1 < word.From {
			start += space + 1
		}
	}
	return start
}
