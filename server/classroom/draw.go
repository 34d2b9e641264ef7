package classroom

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/keymap"
	"github.com/aetutor/aetutor/tui/widget"
)

// The lines around what a screen shows: the title and the line over the body, and under it what was said or is typed,
// and the keys.
const (
	headLines = 2
	footLines = 2
	margin    = 2 // cells left of everything but the title
)

// tooSmall reports whether the terminal has no room for the screen.
func (m Model) tooSmall() bool { return m.width < tui.MinWidth || m.height < tui.MinHeight }

func (m Model) bodyHeight() int { return m.height - headLines - footLines }

// drawn draws the frame for the model as it is.
func (m Model) drawn(now time.Time) Model {
	m.frame = frame{}
	if m.width <= 0 || m.height <= 0 {
		return m
	}
	var lines []string
	if m.tooSmall() {
		text := fmt.Sprintf("The class needs %d×%d; this terminal is %d×%d. Make it larger to go on; q leaves.",
			tui.MinWidth, tui.MinHeight, m.width, m.height)
		lines = strings.Split(ansi.Wrap(text, m.width, ""), "\n")
		lines = append(lines, make([]string, max(m.height-len(lines), 0))...)
	} else {
		title := m.title(now)
		var over string
		var body []string
		switch {
		case m.panel == helpPanel:
			body = m.helpLines()
		case m.panel == exportPanel:
			body = m.exportLines()
		case !m.looked:
			body = []string{"  Reading the class …"}
		case m.open:
			body = m.learnerLines(now)
		default:
			m, over, body = m.drawList(now)
		}
		lines = append([]string{title, over}, body...)
		for len(lines) < m.height-footLines {
			lines = append(lines, "")
		}
		line, spans := m.keyLine()
		m.frame.keys = spans
		lines = append(lines[:m.height-footLines], m.said(), line)
	}
	lines = lines[:m.height]
	for i, line := range lines {
		lines[i] = m.ruler.cut(line, m.width)
	}
	m.frame.text = m.theme.Terminal(strings.Join(lines, "\n"))
	return m
}

// title tells how many are here, or who is looked at.
func (m Model) title(now time.Time) string {
	accent := m.theme.Style(m.theme.Accent).Bold(true)
	muted := m.theme.Style(m.theme.Muted)
	parts := []string{" " + accent.Render("aetutor"), "class"}
	switch {
	case !m.looked:
	case m.open && m.panel == noPanel:
		member := m.shown[m.at]
		parts[1] = "class › " + member.Name
		parts = append(parts, muted.Render(presenceOf(member, now)))
	default:
		parts = append(parts, fmt.Sprintf("%d here, %d in all", m.class.Here, len(m.class.Members)))
		parts = append(parts, muted.Render(m.order.String()))
		if m.filter != "" {
			parts = append(parts, muted.Render(fmt.Sprintf("names with %q: %d", m.filter, len(m.shown))))
		}
	}
	return strings.Join(parts, "  ")
}

// presenceOf is what a member does, or when they were here.
func presenceOf(m Member, now time.Time) string {
	if m.Here {
		return m.Doing
	}
	return ago(m.Seen, now)
}

// said is the line that is typed, or what there is to say.
func (m Model) said() string {
	warning := m.theme.Style(m.theme.Warning)
	switch {
	case m.entry != nil:
		field := m.entry.field
		field.SetWidth(max(m.width-m.ruler.width(field.Prompt)-margin, 1))
		return field.View()
	case m.failed != nil:
		return warning.Render(fmt.Sprintf("  The class cannot be read: %v. What you see is older.", m.failed))
	case m.answer != "":
		return warning.Render(spaces(margin) + m.answer)
	}
	return ""
}

func (m Model) keyLine() (string, []widget.KeySpan) {
	own, fixed := m.keys()
	if m.entry == nil && m.panel == noPanel {
		// In the view of a learner the way back stays in view.
		main := own.Main()
		if len(main) > 0 && main[0].Action == actionBack {
			return widget.KeyLine(main[1:], append(main[:1:1], fixed...), m.width, m.theme)
		}
	}
	return widget.KeyLine(own.Main(), fixed, m.width, m.theme)
}

func (m Model) helpLines() []string {
	columns := [2][]string{
		widget.KeyHelp([]widget.KeySection{{Title: "The class", Keys: inList(false)}}, m.theme),
		widget.KeyHelp([]widget.KeySection{
			{Title: "One learner", Keys: inLearner()},
			{Title: "Everywhere", Keys: keymap.Everywhere(actionHelp, actionQuit)},
		}, m.theme),
	}
	var lines []string
	const column = 38
	for i := range max(len(columns[0]), len(columns[1])) {
		left, right := "", ""
		if i < len(columns[0]) {
			left = columns[0][i]
		}
		if i < len(columns[1]) {
			right = columns[1][i]
		}
		lines = append(lines, spaces(margin)+m.ruler.fit(left, column)+right)
	}
	muted := m.theme.Style(m.theme.Muted)
	return append(lines, "",
		muted.Render("  The wheel moves, a click chooses, and a click on the chosen learner opens."),
		muted.Render("  Who is here comes first. The time is that in the lesson where somebody is;"),
		muted.Render("  a pause counts up to five minutes."))
}

func (m Model) exportLines() []string {
	accent, muted := m.theme.Style(m.theme.Accent), m.theme.Style(m.theme.Muted)
	copyKey := inExport()[0]
	return []string{
		"  The class as a file. Run one of these on your own machine:",
		"",
		"    " + accent.Render("ssh HOST class --csv > class.csv"),
		muted.Render("    A line for each learner, for a spreadsheet."),
		"",
		"    " + accent.Render("ssh HOST class --json > class.json"),
		muted.Render("    All that is known, for a program."),
		"",
		"  In place of HOST write what you wrote to come here, with -p and the port if",
		"  there was one.",
		"",
		"  " + accent.Render(copyKey.Label) + " copies the table into the clipboard of your terminal (OSC 52). Some",
		"  terminals do not allow it, and none says whether it did.",
	}
}
