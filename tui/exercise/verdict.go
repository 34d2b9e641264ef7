package exercise

import (
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/page"
	"github.com/aetutor/aetutor/tui/theme"
)

// verdictLines draws what the check does or what it found; where there is little room, not all that is right.
func (s *Screen) verdictLines(width int, all bool, t theme.Theme) []string {
	accent, warning, muted := t.Style(t.Accent), t.Style(t.Warning), t.Style(t.Muted)
	var lines []string
	if s.check.running {
		for _, line := range page.Hanging("… ", wrapped("", s.check.doing, width-2)) {
			lines = append(lines, accent.Render(line))
		}
	}
	switch {
	case s.trouble != "":
		lines = append(lines, warning.Render("✗ no verdict"))
		return append(lines, wrapped("  ", s.trouble, width)...)
	case s.verdict != nil:
		return append(lines, s.found(*s.verdict, width, all, t)...)
	case s.check.running:
		return lines
	}
	mark, word := statusMark(s.record.Status(s.exercise.Name))
	check, todo := "c checks", "e edits the file, c checks it"
	if s.editor != nil { // Letters are text there.
		check, todo = "ctrl+r checks", "ctrl+r saves the file and checks it"
	}
	said := map[string]string{
		"pass": "passed before; " + check + " the file again",
		"seen": "the solution was shown; " + check + " your file",
		"fail": "did not pass when it was last checked; " + check + " it again",
		"todo": "not done yet; " + todo,
	}[word]
	if s.record.Status(s.exercise.Name).Status == progress.Fail && word == "pass" {
		said = "passed before, but not when it was last checked; " + check + " it again"
	}
	for _, line := range page.Hanging(mark+" ", wrapped("", said, width-2)) {
		lines = append(lines, muted.Render(line))
	}
	return lines
}

// found draws a verdict: all cases in short, the first that is wrong in full, and the hint.
func (s *Screen) found(v exercises.Verdict, width int, all bool, t theme.Theme) []string {
	accent, muted := t.Style(t.Accent), t.Style(t.Muted)
	style, mark := t.Style(t.Warning), "✗"
	switch v.Status {
	case exercises.Pass:
		style, mark = accent, "✓"
	case exercises.Todo:
		mark = "·"
	default:
	}
	said := meaning(v)
	if s.stale {
		said += "   the file has changed since"
	}
	label, seconds := fmt.Sprintf("%s %s   ", mark, v.Status), fmt.Sprintf("   %.2f s", v.Seconds)
	width = min(width, textWidth)
	lines := page.Hanging(label, wrapped("", said, max(width-ansi.StringWidth(label)-len(seconds), 1)))
	gap := spaces(width - ansi.StringWidth(lines[0]) - len(seconds))
	for i := range lines {
		lines[i] = style.Bold(true).Render(lines[i])
	}
	lines[0] += muted.Render(gap + seconds)
	if v.Status == exercises.Todo {
		return lines // Its one case says the same.
	}
	wrong := false
	for _, c := range v.Cases {
		switch {
		case c.OK && !all:
		case c.OK:
			lines = append(lines, accent.Render("  ✓ ")+rightCase(c, width-4, t))
		case wrong:
			lines = append(lines, s.wrongCase(v, c, false, width, t)...)
		default:
			lines = append(lines, s.wrongCase(v, c, true, width, t)...)
			wrong = true
		}
	}
	if v.Hint != "" {
		lines = append(lines, "")
		for _, line := range s.prose.Lines(v.Hint, min(width, textWidth)-2, t) {
			lines = append(lines, "  "+line)
		}
	}
	return lines
}

// meaning tells what a status means for this exercise.
func meaning(v exercises.Verdict) string {
	switch v.Status {
	case exercises.Todo:
		return "the file is as it was written; do what its TODO says"
	case exercises.Build:
		return "the file does not compile"
	case exercises.Timeout:
		return "it took too long"
	case exercises.Memory:
		return "it took too much memory"
	case exercises.Panic:
		return "it panicked"
	case exercises.Pass, exercises.Fail:
	}
	return right(v)
}

// rightCase is a case that is right, with its result where there is room.
func rightCase(c exercises.Case, width int, t theme.Theme) string {
	name, got := oneLine(c.Name), oneLine(c.Got)
	column := min(max(ansi.StringWidth(name)+3, 36), width)
	if got == "" || column+ansi.StringWidth(got) > width {
		return ansi.Truncate(name, width, "…")
	}
	return name + spaces(column-ansi.StringWidth(name)) + t.Style(t.Muted).Render(got)
}

// wrongCase is a case that is wrong. In full it tells what went in, what was expected and what came out.
func (s *Screen) wrongCase(v exercises.Verdict, c exercises.Case, full bool, width int, t theme.Theme) []string {
	warning, muted := t.Style(t.Warning), t.Style(t.Muted)
	indent := "  "
	var lines []string
	// What keeps the file from answering is a case that is named by the status, which stands above it already.
	if c.Name != string(v.Status) {
		lines = append(lines, page.Hanging(warning.Render("  ✗ "), wrapped("", oneLine(c.Name), width-4))...)
		indent = "    "
	}
	if full {
		for _, line := range [][2]string{{"input", c.Input}, {"expected", c.Want}, {"got", c.Got}} {
			if line[1] == "" {
				continue
			}
			label := fmt.Sprintf("%s%-10s", indent, line[0])
			text := strings.Split(ansi.Wrap(printable(line[1]), max(width-len(label), 1), ""), "\n")
			lines = append(lines, page.Hanging(muted.Render(label), text)...)
		}
	}
	if full && c.Message == fmt.Sprintf("expected %s, got %s", c.Want, c.Got) {
		return lines // The lines above say so.
	}
	return append(lines, wrapped(indent, c.Message, width)...)
}

// wrapped breaks a text into lines behind an indent. Only blanks are broken at: the hyphens of a path belong to it.
func wrapped(indent, text string, width int) []string {
	const unbroken = "\u2011"
	text = strings.ReplaceAll(printable(text), "-", unbroken)
	text = strings.ReplaceAll(ansi.Wrap(text, max(width-len(indent), 1), ""), unbroken, "-")
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = indent + lines[i]
	}
	return lines
}

func oneLine(text string) string { return strings.ReplaceAll(printable(text), "\n", " ") }
