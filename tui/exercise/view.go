package exercise

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui/exercise/editor"
	"github.com/aetutor/aetutor/tui/page"
	"github.com/aetutor/aetutor/tui/theme"
)

// The parts of the screen that can be brought into view.
const (
	sectionVerdict  = "verdict"
	sectionHints    = "hints"
	sectionSolution = "solution"
	sectionFile     = "file"
)

const (
	margin    = 2  // left of everything
	textWidth = 76 // longer lines are hard to read
	panel     = 6  // lines under the editor, at most a third of the screen
)

// View implements lab.Screen.
func (s *Screen) View(width, height int, t theme.Theme) string {
	var lines []string
	switch {
	case s.list != nil:
		lines = append([]string{""}, s.list.lines(s, width, height-1, t)...)
	case s.editor != nil:
		lines = s.viewEditor(width, height, t)
	default:
		lines = s.viewTask(width, height, t)
	}
	for len(lines) < height {
		lines = append(lines, "")
	}
	return strings.Join(lines[:height], "\n")
}

// viewTask draws the exercise, and below it where the file is or what is to be said.
func (s *Screen) viewTask(width, height int, t theme.Theme) []string {
	lines, sections := s.body(width-2*margin, t)
	foot := s.foot(width-2*margin, t)
	s.height, s.length = height-1-len(foot), len(lines)
	if at, ok := sections[s.bring]; ok {
		// The end of what is brought is followed by what comes after it, so its start is shown where both do not fit.
		end := len(lines)
		for _, other := range sections {
			if other > at {
				end = min(end, other)
			}
		}
		if end > s.top+s.height {
			s.top = end - s.height
		}
		s.top = min(s.top, at)
		s.bring = ""
	}
	s.top = min(max(s.top, 0), max(len(lines)-s.height, 0))
	above := ""
	if s.top > 0 {
		above = t.Style(t.Muted).Render(fmt.Sprintf("%s↑ %d more", spaces(margin), s.top))
	}
	out := []string{above}
	shown := lines[s.top:min(s.top+s.height, len(lines))]
	for _, line := range shown {
		out = append(out, spaces(margin)+line)
	}
	for len(out) < height-len(foot) {
		out = append(out, "")
	}
	if below := len(lines) - s.top - len(shown); below > 0 && len(foot) > 0 {
		more := fmt.Sprintf("   ↓ %d more", below)
		foot[0] = ansi.Truncate(foot[0], width-2*margin-len(more), "…") + t.Style(t.Muted).Render(more)
	}
	for _, line := range foot {
		out = append(out, spaces(margin)+line)
	}
	return out
}

// body is everything about the exercise, and the lines at which its sections start.
func (s *Screen) body(width int, t theme.Theme) (lines []string, sections map[string]int) {
	sections = map[string]int{}
	text := min(width, textWidth)
	lines = append(lines, s.prose.Lines(s.exercise.Idea, text, t)...)
	if task := todo(string(s.exercise.Source)); task != "" {
		label := t.Style(t.Muted).Render("to do") + "  "
		lines = append(lines, "")
		lines = append(lines, page.Hanging(label, s.prose.Lines(task, text-7, t))...)
	}
	lines = append(lines, "")
	sections[sectionVerdict] = len(lines)
	lines = append(lines, s.verdictLines(width, true, t)...)
	if s.hints > 0 {
		lines = append(lines, "")
		sections[sectionHints] = len(lines)
		for i := range s.hints {
			label := t.Style(t.Accent).Render(fmt.Sprintf("hint %d of %d", i+1, len(s.exercise.Hints))) + "  "
			lines = append(lines, page.Hanging(label, s.prose.Lines(s.exercise.Hints[i], text-ansi.StringWidth(label), t))...)
		}
	}
	if s.solution {
		lines = append(lines, "")
		sections[sectionSolution] = len(lines)
		lines = append(lines, t.Style(t.Accent).Render("solution"))
		lines = append(lines, editor.Draw(string(s.exercise.Solution), 0, width, t)...)
	}
	if editor.Refused(s.text) == "" {
		lines = append(lines, "")
		sections[sectionFile] = len(lines)
		title := "your file"
		if s.path == "" {
			title = "the file"
		}
		lines = append(lines, t.Style(t.Muted).Render(title))
		lines = append(lines, editor.Draw(s.text, s.errorLine(), width, t)...)
	}
	return lines, sections
}

// foot is the question, the notice or the file.
func (s *Screen) foot(width int, t theme.Theme) []string {
	warning, muted := t.Style(t.Warning), t.Style(t.Muted)
	text, style := s.notice, warning
	switch {
	case s.question == mayReset:
		text = "Put the file back as it was? Yours is kept beside it."
	case text != "":
	case s.path == "":
		text, style = fmt.Sprintf("You have no file of it yet; e makes one. It takes about %d minutes.", s.exercise.Minutes), muted
	case s.watching:
		text, style = "watching "+s.path, muted
	default:
		text, style = s.path, muted
	}
	lines := strings.Split(ansi.Wrap(printable(text), width, ""), "\n")
	lines = lines[:min(len(lines), 3)]
	for i := range lines {
		lines[i] = style.Render(lines[i])
	}
	return lines
}

// viewEditor draws the editor, and below it what the last check found.
func (s *Screen) viewEditor(width, height int, t theme.Theme) []string {
	below := s.editorPanel(width-2*margin, min(panel, height/3), t)
	s.height = height - len(below) - 1
	lines := s.editor.Lines(width, s.height, t)
	lines = append(lines, t.Style(t.Faint).Render(strings.Repeat("─", width)))
	for _, line := range below {
		lines = append(lines, spaces(margin)+line)
	}
	return lines
}

// editorPanel tells whether the text is saved, and what the last check found, in at most so many lines.
func (s *Screen) editorPanel(width, most int, t theme.Theme) []string {
	muted := t.Style(t.Muted)
	saved := "saved"
	if s.editor.Text() != s.text {
		saved = "not saved yet"
	}
	first := muted.Render(saved + "  " + printable(s.path))
	switch {
	case s.editor.Notice() != "":
		first = t.Style(t.Warning).Render(s.editor.Notice())
	case s.notice != "" && s.notice != "Saved.":
		first = t.Style(t.Warning).Render(printable(s.notice))
	}
	lines := []string{ansi.Truncate(first, width, "…")}
	lines = append(lines, s.verdictLines(width, false, t)...)
	if len(lines) > most {
		lines = append(lines[:most-1], muted.Render(fmt.Sprintf("… esc shows the rest (%d lines)", len(lines)-most+1)))
	}
	return lines
}

// todo is what an exercise's file says is to do.
func todo(source string) string {
	var task []string
	for line := range strings.Lines(source) {
		comment, ok := strings.CutPrefix(strings.TrimSpace(line), "//")
		comment = strings.TrimSpace(comment)
		what, starts := strings.CutPrefix(comment, "TODO:")
		switch {
		case !ok && len(task) > 0:
			return strings.Join(task, " ")
		case ok && starts:
			task = append(task, strings.TrimSpace(what))
		case ok && len(task) > 0:
			task = append(task, comment)
		}
	}
	return strings.Join(task, " ")
}

// printable is text that a learner's program may have written, without what a terminal would obey.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case r == '\t':
			return ' '
		case unicode.IsControl(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, ansi.Strip(text))
}

func spaces(n int) string { return strings.Repeat(" ", max(n, 0)) }
