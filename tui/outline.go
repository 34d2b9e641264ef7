package tui

import "github.com/charmbracelet/x/ansi"

// doneMark stands behind a page that was read, and behind a lesson all of whose pages were and all of whose exercises pass.
const doneMark = " ✓"

// outlineRow is a line of the outline and the page that a click on it opens, or -1.
type outlineRow struct {
	text    string
	mark    string // behind the text
	page    int
	current bool // the open lesson or page
}

// outlineRows lists the lessons, and the pages of the open one under it.
func (m model) outlineRows() []outlineRow {
	open := m.pages[m.current].lesson
	var rows []outlineRow
	for i, l := range m.options.Lessons {
		mark := ""
		if done, of := m.lessonDone(i); done == of {
			mark = doneMark
		}
		rows = append(rows, outlineRow{text: "  " + l.Title, mark: mark, page: m.pageIndex(pageRef{i, 0})})
		if i != open {
			continue
		}
		rows[len(rows)-1].text = "▸ " + l.Title
		rows[len(rows)-1].current = true
		for j, p := range l.Pages {
			row := outlineRow{text: "    " + p.Title, page: m.pageIndex(pageRef{i, j})}
			if m.done.pages[p.ID] {
				row.mark = doneMark
			}
			if row.page == m.current {
				row.text, row.current = "  ▸ "+p.Title, true
			}
			rows = append(rows, row)
		}
	}
	return rows
}

func (m model) pageIndex(at pageRef) int {
	for i, p := range m.pages {
		if p == at {
			return i
		}
	}
	return -1
}

// drawOutline shows as much of the outline as has room, with the open page in it.
func (m model) drawOutline(c *canvas, area rect) {
	rows := m.outlineRows()
	last := 0
	for i, row := range rows {
		if row.current {
			last = i
		}
	}
	if over := len(rows) - area.height(); over > 0 {
		// The open page stands in the middle, so that its neighbours are in view too.
		top := min(max(last-area.height()/2, 0), over)
		rows = rows[top : top+area.height()]
	}
	accent, muted := m.theme.Style(m.theme.Accent), m.theme.Style(m.theme.Muted)
	for i, row := range rows {
		line := rect{area.x0, area.y0 + i, area.x1, area.y0 + i + 1}
		style := muted
		if row.current {
			style = accent
		}
		text := ansi.Truncate(row.text, area.width()-ansi.StringWidth(row.mark), "…")
		c.put(line, style.Render(text+row.mark))
		if row.page >= 0 {
			c.onClick(line, openPageMsg{row.page})
		}
	}
}
