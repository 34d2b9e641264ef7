package tui

import (
	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/find"
)

// findClickMsg is a click on a line of the search or the glossary.
type findClickMsg struct{ line int }

// origin is where a learner was before a page was opened by searching.
type origin struct{ page, top int }

// withIndex has the text of the lessons ready for searches. Most learners do not search at once, so it is made late.
func (m model) withIndex() model {
	if m.index == nil {
		m.index = lessons.NewIndex(m.options.Lessons, m.options.Glossary)
	}
	return m
}

func (m model) openSearch() model {
	m = m.withIndex()
	list := find.NewSearch(m.index, m.options.Lessons)
	m.finder = &list
	return m
}

func (m model) openGlossary() model {
	m = m.withIndex()
	at := m.pages[m.current]
	list := find.NewGlossary(m.index, m.options.Lessons, m.options.Glossary, lessons.Place{Lesson: at.lesson, Page: at.page})
	m.finder = &list
	return m
}

func (m model) withFinder(list find.List) model {
	m.finder = &list
	return m
}

func (m model) handleFinder(msg tea.KeyPressMsg) (model, tea.Cmd) {
	list, outcome := m.finder.Press(msg)
	m = m.withFinder(list)
	switch outcome {
	case find.Leaves:
		m.finder = nil
	case find.Opens:
		return m.openFound()
	case find.Stays:
	}
	return m, nil
}

// handlePaste types what was pasted.
func (m model) handlePaste(msg tea.PasteMsg) (model, tea.Cmd) {
	if m.finder == nil || m.tooSmall() {
		return m.updateLab(msg)
	}
	return m.withFinder(m.finder.Type(msg.Content)), nil
}

func (m model) handleFindClick(msg findClickMsg) (model, tea.Cmd) {
	if m.finder == nil {
		return m, nil
	}
	list, ok := m.finder.Choose(msg.line)
	if !ok {
		return m, nil
	}
	return m.withFinder(list).openFound()
}

// openFound opens what is chosen, and remembers where the learner was: a look elsewhere should cost no place.
func (m model) openFound() (model, tea.Cmd) {
	target, ok := m.finder.Chosen()
	m.finder = nil
	index := m.pageIndex(pageRef{target.Place.Lesson, target.Place.Page})
	if !ok || index < 0 {
		return m, nil
	}
	from := m.origin
	if from == nil {
		from = &origin{m.current, m.readers[m.current].Above()}
	}
	next := m.openPage(index)
	next.origin = from
	at := layoutFor(m.width, m.height)
	next = next.withReader(next.readers[index].Layout(at.text, at.pageWide, at.page.height(), m.theme).Seek(target.Spot))
	return m.turnTo(next)
}

// returnToOrigin goes back to where the learner was before a page was opened by searching.
func (m model) returnToOrigin() (model, tea.Cmd) {
	if m.origin == nil {
		return m, nil
	}
	next := m.openPage(m.origin.page)
	r := next.readers[next.current]
	next = next.withReader(r.Scroll(m.origin.top - r.Above()))
	next.origin = nil
	return m.turnTo(next)
}

// drawFinder shows the search or the glossary in place of the outline and the page.
func (m model) drawFinder(c *canvas, at layout) model {
	area := rect{2, at.page.y0, at.lab.x1 - 2, at.below.y0}
	m = m.withFinder(m.finder.Layout(area.width(), area.height(), m.theme))
	c.put(area, m.finder.Lines()...)
	c.hits = append(c.hits, hit{area, func(_, y int) tea.Msg { return findClickMsg{y - area.y0} }})
	return m
}
