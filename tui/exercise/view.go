package exercise

import (
	"fmt"
	"slices"
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
	foot := s.foot(width-2*margin, t)
	lines, sections := s.body(width-2*margin, height-1-len(foot), t)
	if len(lines) > height-1-len(foot) && withRoom(foot, width-2*margin) < 0 {
		foot = s.foot(width-2*margin-belowRoom, t)
	}
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
	if below := len(lines) - s.top - len(shown); below > 0 {
		if i := withRoom(foot, width-2*margin); i >= 0 {
			foot[i] += t.Style(t.Muted).Render(fmt.Sprintf("   ↓ %d more", below))
		}
	}
	for _, line := range foot {
		out = append(out, spaces(margin)+line)
	}
	return out
}

// body is everything about the exercise, and the lines at which its sections start. Where there is room, what was found
// stands beside the task and the file, in no less than height lines.
func (s *Screen) body(width, height int, t theme.Theme) (lines []string, sections map[string]int) {
	if left, right, wide := beside(width); wide {
		found, sections := s.findings(right, t)
		file := append(s.task(left, t), s.file(left, t)...)
		return joined(file, found, left, max(len(file), len(found), height), t), sections
	}
	lines = append(s.task(width, t), "")
	found, sections := s.findings(width, t)
	for name := range sections {
		sections[name] += len(lines)
	}
	lines = append(lines, found...)
	sections[sectionFile] = len(lines)
	return append(lines, s.file(width, t)...), sections
}

// task is what the exercise is about and what is to do.
func (s *Screen) task(width int, t theme.Theme) []string {
	text := min(width, textWidth)
	return append(s.prose.Lines(s.exercise.Idea, text, t), s.toDo(text, t)...)
}

// toDo is what the file says is to do, behind a blank line.
func (s *Screen) toDo(width int, t theme.Theme) []string {
	task := todo(string(s.exercise.Source))
	if task == "" {
		return nil
	}
	label := t.Style(t.Muted).Render("to do") + "  "
	return append([]string{""}, page.Hanging(label, s.prose.Lines(task, width-7, t))...)
}

// findings are the verdict, and the hints and the solution that the learner asked for.
func (s *Screen) findings(width int, t theme.Theme) (lines []string, sections map[string]int) {
	sections = map[string]int{sectionVerdict: 0}
	lines = s.verdictLines(width, true, t)
	if s.hints > 0 {
		lines = append(lines, "")
		sections[sectionHints] = len(lines)
		lines = append(lines, s.hintLines(min(width, textWidth), t)...)
	}
	if s.solution {
		lines = append(lines, "")
		sections[sectionSolution] = len(lines)
		lines = append(lines, t.Style(t.Accent).Render("solution"))
		lines = append(lines, editor.Draw(string(s.exercise.Solution), 0, width, t)...)
	}
	return lines, sections
}

// hintLines are the hints in view. One with code begins below its label, so that the code has the whole width.
func (s *Screen) hintLines(width int, t theme.Theme) []string {
	var lines []string
	for i, hint := range s.exercise.Hints[:s.hints] {
		label := t.Style(t.Accent).Render(fmt.Sprintf("hint %d of %d", i+1, len(s.exercise.Hints))) + "  "
		if strings.Contains(hint, "```") {
			lines = append(append(lines, label), s.prose.Lines(hint, width, t)...)
			continue
		}
		lines = append(lines, page.Hanging(label, s.prose.Lines(hint, width-ansi.StringWidth(label), t))...)
	}
	return lines
}

// file is the learner's file, or why it is not shown, behind a blank line.
func (s *Screen) file(width int, t theme.Theme) []string {
	title := "your file"
	if s.path == "" {
		title = "the file"
	}
	muted := t.Style(t.Muted)
	if why := editor.Refused(s.text); why != "" {
		lines := wrapped("", title+" is not shown: "+why, min(width, textWidth))
		for i := range lines {
			lines[i] = muted.Render(lines[i])
		}
		return append([]string{""}, lines...)
	}
	return append([]string{"", muted.Render(title)}, editor.Draw(s.text, s.errorLine(), width, t)...)
}

// belowRoom is how many cells it takes to say how many lines are below.
const belowRoom = len("   v 999 more")

// withRoom is the first line that leaves room to say that, -1 without one.
func withRoom(lines []string, width int) int {
	return slices.IndexFunc(lines, func(line string) bool { return ansi.StringWidth(line)+belowRoom <= width })
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
		text, style = fmt.Sprintf("You have no file yet; e makes one. It takes about %d minutes.", s.exercise.Minutes), muted
	case s.watching:
		text, style = "watching "+s.path, muted
	default:
		text, style = s.path, muted
	}
	lines := wrapped("", text, width)
	lines = lines[:min(len(lines), 4)]
	for i := range lines {
		lines[i] = style.Render(lines[i])
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
