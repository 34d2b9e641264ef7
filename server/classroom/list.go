package classroom

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"charm.land/lipgloss/v2"

	"github.com/aetutor/aetutor/tui/widget"
)

// columnGap parts the columns of the list, in cells.
const columnGap = 2

// column is one column of the list: its heading, its width in cells, and what it shows of a member.
type column struct {
	title  string
	width  int
	right  bool // what it shows stands at its right end
	drawn  bool // what it shows has its own colours
	lesson bool // it shows the minutes of a lesson
	cell   func(m Member) string
}

func (c column) fit(r ruler, text string) string {
	if c.right {
		return r.fitRight(text, c.width)
	}
	return r.fit(text, c.width)
}

// The widths of terminals from which on the list has room for the titles of pages, and for the time of each lesson.
const (
	wideList   = 110
	widestList = 170
)

// columns are those that the width has room for; what remains goes to the titles of pages.
func (m Model) columns(now time.Time) []column {
	// The longest of what somebody does has its place: "lab feature-bench", and with the word before it "exercise
	// reconstruction".
	name, lesson, bar, does := 15, 14, 4, 17
	if m.width >= wideList {
		name, lesson, bar, does = 20, 26, 8, 23
	}
	if m.width >= widestList {
		name, lesson, bar, does = 24, 28, 14, 23
	}
	doing := func(o Member) string { return strings.TrimPrefix(presenceOf(o, now), "exercise ") }
	if m.width >= wideList {
		doing = func(o Member) string { return presenceOf(o, now) }
	}
	place := column{title: "page", width: 5, cell: func(o Member) string {
		_, number, _ := m.class.place(o)
		return number
	}}
	if m.width >= wideList {
		place.cell = func(o Member) string {
			_, number, title := m.class.place(o)
			return number + " " + title
		}
	}
	out := []column{
		{title: "name", width: name, cell: func(o Member) string { return o.Name }},
		{title: "lesson", width: lesson, cell: func(o Member) string {
			lesson, _, _ := m.class.place(o)
			return lesson
		}},
		place,
		{title: "done", width: bar, drawn: true, cell: func(o Member) string {
			return widget.Progress(float64(o.Percent)/100, bar, m.theme)
		}},
		{width: 4, right: true, cell: func(o Member) string { return fmt.Sprintf("%d%%", o.Percent) }},
		{title: "does", width: does, cell: doing},
		{title: "time", width: timeWidth, right: true, cell: func(o Member) string { return minutes(o.present()) }},
	}
	if m.width >= widestList {
		all := func(o Member) string { return minutes(o.spent()) }
		out = append(out, column{title: "in all", width: timeWidth, right: true, cell: all})
		out = append(out, m.lessonColumns(m.width-listWidth(out)-columnGap)...)
	}
	if spare := m.width - 1 - listWidth(out); m.width >= wideList && spare > 0 {
		out[2].width += spare
	}
	return out
}

// listWidth is how wide columns are, with a gap behind each.
func listWidth(columns []column) int {
	width := 0
	for _, c := range columns {
		width += c.width + columnGap
	}
	return width
}

// lessonColumns are the minutes of each lesson, under its number; none where room has no place for all and for the
// title of a page.
func (m Model) lessonColumns(room int) []column {
	const cells, title = 3, 20
	if len(m.class.Outline)*(cells+columnGap)+title > room {
		return nil
	}
	var out []column
	for _, l := range m.class.Outline {
		own := func(o Member) string {
			if spent := o.spentOn(l.Slug).duration(); spent >= time.Minute {
				return wholeMinutes(spent)
			}
			return "·"
		}
		out = append(out, column{title: fmt.Sprint(l.Number), width: cells, right: true, lesson: true, cell: own})
	}
	return out
}

// listHeight is how many learners are in view: what the headings, the exercises and a line that tells of more leave.
func (m Model) listHeight() int {
	return max(m.bodyHeight()-2-len(m.stuckLines()), 1)
}

// drawList draws the learners with the chosen one in view, and the exercises under them.
func (m Model) drawList(now time.Time) (next Model, over string, body []string) {
	muted := m.theme.Style(m.theme.Muted)
	columns, height := m.columns(now), m.listHeight()
	m.top = min(max(m.top, m.at-height+1, 0), m.at, max(len(m.shown)-height, 0))
	if m.top > 0 {
		over = fmt.Sprintf("  ↑ %d more", m.top)
	}
	var titles []string
	minutesFrom := 0 // the first column of a lesson
	for i, c := range columns {
		titles = append(titles, c.fit(m.ruler, c.title))
		if c.lesson && minutesFrom == 0 {
			minutesFrom = i
		}
	}
	if minutesFrom > 0 {
		over = m.ruler.fit(over, listWidth(columns[:minutesFrom])+margin) + "minutes in each lesson"
	}
	over = muted.Render(over)
	body = append(body, muted.Render(spaces(margin)+strings.Join(titles, spaces(columnGap))))
	switch {
	case len(m.class.Members) == 0:
		body = append(body, "", "  Nobody has come yet. Learners come in with  ssh -p PORT HOST")
	case len(m.shown) == 0:
		body = append(body, "", "  No name holds these letters.")
	}
	end := min(m.top+height, len(m.shown))
	m.frame.firstRow = headLines + len(body)
	for i := m.top; i < end; i++ {
		body = append(body, m.row(m.shown[i], columns, i == m.at))
		m.frame.rows = append(m.frame.rows, m.shown[i].ID)
	}
	below := ""
	if n := len(m.shown) - end; n > 0 {
		below = muted.Render(fmt.Sprintf("  ↓ %d more", n))
	}
	return m, over, slices.Concat(body, []string{below}, m.stuckLines())
}

// row draws a member. Who is not here is grey, and the chosen one has a mark.
func (m Model) row(o Member, columns []column, chosen bool) string {
	style := lipgloss.NewStyle()
	mark := spaces(margin)
	switch {
	case chosen:
		style, mark = m.theme.Style(m.theme.Accent), "▸ "
	case !o.Here:
		style = m.theme.Style(m.theme.Muted)
	}
	line := style.Render(mark)
	for i, c := range columns {
		if i > 0 {
			line += spaces(columnGap)
		}
		text := c.fit(m.ruler, c.cell(o))
		if !c.drawn {
			text = style.Render(text)
		}
		line += text
	}
	return line
}

// stuckLines are the exercises that stop most people: as many as fit into a few lines, beside each other.
func (m Model) stuckLines() []string {
	if len(m.class.Stuck) == 0 {
		return nil
	}
	var items []string
	wide := 0
	for _, s := range m.class.Stuck {
		items = append(items, m.ruler.cut(m.class.exercise(s.Exercise), 26)+"  "+people(s.People))
		wide = max(wide, m.ruler.width(items[len(items)-1]))
	}
	cell := wide + 3
	inLine := max((m.width-margin)/cell, 1)
	lines := []string{m.theme.Style(m.theme.Muted).Render("  exercises tried and not passed")}
	for at := 0; at < len(items) && len(lines) <= max(m.height/12, 2); at += inLine {
		line := spaces(margin)
		for _, item := range items[at:min(at+inLine, len(items))] {
			line += m.ruler.fit(item, cell)
		}
		lines = append(lines, line)
	}
	return lines
}
