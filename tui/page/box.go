package page

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
)

// styled draws each line of text on its own, so that a line cut from the page carries its style along.
func styled(s lipgloss.Style, text string) []string {
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		lines[i] = s.Render(line)
	}
	return lines
}

// drawLab draws the box that opens a lab:
//
//	┌ try it ─────────────────────┐
//	│ lab  train   what it shows  │
//	└─────────────── enter opens ─┘
func (r Reader) drawLab(block int, lab lessons.Lab) part {
	text := lab.Text
	if r.tasks[lab.ID] {
		text += "   task reached ✓"
	}
	return r.box("try it", "lab", lab.ID, text, opens("enter", block == r.labBlock()))
}

// drawExercise draws the box that opens an exercise, or only names one that cannot be opened here.
func (r Reader) drawExercise(block int, e lessons.Exercise) part {
	t := r.prose.theme
	known, ok := r.exercises[e.ID]
	if !ok {
		text := t.Style(t.Muted).Render("exercise") + "  " + e.ID
		return part{lines: []string{ansi.Truncate(text, r.width, "…")}}
	}
	text := known.Label
	if known.Status != "" {
		text += "   " + known.Status
	}
	return r.box("write it", "exercise", e.ID, text, opens("e", block == r.exerciseBlock()))
}

// opens tells how a box is opened. A key opens one of the page; tab leads to the others, and a click opens any.
func opens(key string, here bool) string {
	if here {
		return " " + key + " opens "
	}
	return " tab here, then " + key + " opens "
}

// box draws a box with a title, what it opens, and the key that does.
func (r Reader) box(title, kind, id, text, opens string) part {
	t := r.prose.theme
	rule, accent := t.Style(t.Faint), t.Style(t.Accent)
	inner := max(r.width-2, 20)
	line := func(left, label string, labelAtRight bool, right string) string {
		dashes := strings.Repeat("─", max(inner-1-ansi.StringWidth(label), 0))
		if labelAtRight {
			return rule.Render(left+dashes) + accent.Render(label) + rule.Render("─"+right)
		}
		return rule.Render(left) + accent.Render(label) + rule.Render(dashes+"─"+right)
	}
	name := t.Style(t.Muted).Render(kind) + "  " + id + "   "
	hang := ansi.StringWidth(name)
	body := Hanging(name, r.prose.lines(text, max(inner-2-hang, 1), max(inner-2-hang, 1)))
	lines := []string{line("┌", " "+title+" ", false, "┐")}
	for _, text := range body {
		pad := strings.Repeat(" ", max(inner-2-ansi.StringWidth(text), 0))
		lines = append(lines, rule.Render("│")+" "+text+pad+" "+rule.Render("│"))
	}
	lines = append(lines, line("└", opens, true, "┘"))
	return part{lines: lines, spots: []spot{{lines: extent{0, len(lines)}, width: r.width}}}
}

// drawFigure draws the art as it is, cut where the page ends, and its caption.
func (r Reader) drawFigure(f lessons.Figure) part {
	art := strings.Split(strings.Trim(f.Art, "\n"), "\n")
	lines := make([]string, 0, len(art)+1)
	for _, line := range art {
		line = strings.ReplaceAll(line, "\t", "    ")
		lines = append(lines, ansi.Truncate(strings.TrimRight(line, " \r"), r.wide, "…"))
	}
	if f.Caption != "" {
		muted := r.prose.theme.Style(r.prose.theme.Muted)
		lines = append(lines, styled(muted, ansi.Wrap(f.Caption, r.width, ""))...)
	}
	return part{lines: lines}
}
