package tui

import (
	"fmt"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"
)

// drawn draws the frame for the model as it is.
func (m model) drawn() model {
	if m.width <= 0 || m.height <= 0 {
		m.frame = frame{}
		return m
	}
	c := newCanvas(m.height)
	if m.tooSmall() {
		m.drawTooSmall(c)
	} else {
		m = m.drawScreens(c)
	}
	m.frame = c.frame()
	m.frame.text = m.theme.Terminal(m.frame.text)
	return m
}

func (m model) drawTooSmall(c *canvas) {
	text := fmt.Sprintf("aetutor needs %d×%d; this terminal is %d×%d. Make it larger to go on; q leaves.",
		MinWidth, MinHeight, m.width, m.height)
	c.put(rect{0, 0, m.width, m.height}, strings.Split(ansi.Wrap(text, m.width, ""), "\n")...)
}

func (m model) drawScreens(c *canvas) model {
	at := layoutFor(m.width, m.height)
	m.drawTitle(c, at.title)
	switch {
	case m.help:
		m = m.drawHelp(c, at)
	case m.finder != nil:
		m = m.drawFinder(c, at)
	case m.lab != nil:
		c.put(at.lab, strings.Split(m.lab.View(at.lab.width(), at.lab.height(), m.theme), "\n")...)
	case len(m.pages) == 0:
		c.put(at.page, "There are no lessons in this build.")
	default:
		m = m.drawPage(c, at)
	}
	m.drawKeyLine(c, at.keys)
	return m
}

// drawTitle tells where the learner is.
func (m model) drawTitle(c *canvas, area rect) {
	accent := m.theme.Style(m.theme.Accent).Bold(true)
	where := ""
	switch {
	case m.lab != nil:
		where = m.lab.Title()
	case len(m.pages) > 0:
		at := m.pages[m.current]
		l := m.options.Lessons[at.lesson]
		where = fmt.Sprintf("%d %s › %d/%d %s", l.Number, l.Title, at.page+1, len(l.Pages), l.Pages[at.page].Title)
	}
	title := " " + accent.Render("aetutor") + "  " + where
	corner := m.corner()
	if corner == "" {
		c.put(area, shortened(title, area.width()))
		return
	}
	left := rect{area.x0, area.y0, area.x1 - len(corner) - 2, area.y1}
	c.put(left, shortened(title, left.width()))
	c.put(rect{left.x1 + 1, area.y0, area.x1, area.y1}, m.theme.Style(m.theme.Muted).Render(corner))
}

// shortened leaves parts of a title out from its end until it fits. The parts have two blanks between them, the most
// important is first, and a part that stands there in half says less than the next ones say without it.
func shortened(title string, width int) string {
	for ansi.StringWidth(title) > width {
		at := strings.LastIndex(title, "  ")
		if at < 0 || ansi.StringWidth(title[:at]) <= ansi.StringWidth(" aetutor") {
			break
		}
		title = strings.TrimRight(title[:at], " ")
	}
	return title
}

// corner is what stands at the right end of the title: how much is read, or with whom the open lab takes turns, or the
// learner's best figure of it.
func (m model) corner() string {
	if m.lab != nil {
		if m.others > 0 {
			return sharing(m.others)
		}
		if best, ok := m.done.bests[m.labID]; ok {
			return bestText(best)
		}
		return ""
	}
	if len(m.pages) == 0 {
		return ""
	}
	return fmt.Sprintf("%d%%", m.percentDone())
}

func (m model) drawPage(c *canvas, at layout) model {
	m.drawOutline(c, at.outline)
	trouble := m.warning(m.troubleHere(), at.page.width(), at.page.height()/2, "… aetutor lessons check tells the rest")
	c.put(rect{at.page.x0, at.below.y1 - len(trouble), at.page.x1, at.below.y1}, trouble...)
	at.page.y1, at.below.y0, at.below.y1 = at.page.y1-len(trouble), at.below.y0-len(trouble), at.below.y1-len(trouble)
	r := m.readers[m.current].Layout(at.text, at.pageWide, at.page.height(), m.theme)
	m = m.withReader(r)
	muted := m.theme.Style(m.theme.Muted)
	if n := r.Above(); n > 0 {
		c.put(at.above, muted.Render(fmt.Sprintf("↑ %d more", n)))
	}
	notice := m.warning(m.notice, at.page.width(), maxNotice, "…")
	visible := min(len(r.Lines()), at.page.height()-max(len(notice)-1, 0))
	c.put(at.page, r.Lines()[:visible]...)
	c.hits = append(c.hits, hit{at.page, func(x, y int) tea.Msg { return pageClickMsg{x - at.page.x0, y - at.page.y0} }})
	if n := r.Below(); len(notice) > 0 {
		c.put(rect{at.page.x0, at.below.y1 - len(notice), at.page.x1, at.below.y1}, notice...)
	} else if n > 0 {
		c.put(at.below, muted.Render(fmt.Sprintf("↓ %d more", n)))
	}
	return m
}

// maxNotice is how many lines of the page a notice may take.
const maxNotice = 6

// warning wraps a text into at most so many lines. Where it is longer, the last line is what stands for the rest.
func (m model) warning(text string, width, most int, rest string) []string {
	if text == "" {
		return nil
	}
	lines := strings.Split(ansi.Wrap(text, width, ""), "\n")
	if len(lines) > most {
		lines = append(lines[:most-1], rest)
	}
	warning := m.theme.Style(m.theme.Warning)
	for i, line := range lines {
		lines[i] = warning.Render(line)
	}
	return lines
}
