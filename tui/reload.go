package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/page"
)

// lessonsMsg brings the lessons after their files changed, or what is wrong in them.
type lessonsMsg struct {
	lessons []lessons.Lesson
	err     error
}

// awaitLessons waits for the next change of the lessons' files and reads them.
func (m model) awaitLessons() tea.Cmd {
	changes, reload := m.options.Changes, m.options.Reload
	if changes == nil {
		return nil
	}
	return guard(func() tea.Msg {
		if _, open := <-changes; !open {
			return nil
		}
		all, err := reload()
		return lessonsMsg{all, err}
	}, func(msg tea.Msg) tea.Msg { return msg })
}

// handleLessons shows lessons that were read anew. Those with mistakes leave the last good ones on the screen, with the
// mistakes below them.
func (m model) handleLessons(msg lessonsMsg) model {
	if msg.err != nil {
		m.trouble = msg.err.Error()
		return m
	}
	m.trouble = ""
	return m.withLessons(msg.lessons)
}

// withLessons puts lessons in place of those that there are. Each page that is still there stays as the learner left it.
// When the open one is gone, the page that now has its place in its lesson is opened, or else the first of all.
func (m model) withLessons(all []lessons.Lesson) model {
	before := map[string]page.Reader{}
	for i := range m.pages {
		before[m.pageID(i)] = m.readers[i]
	}
	open, place, slug := "", 0, ""
	if len(m.pages) > 0 {
		open, place = m.pageID(m.current), m.pages[m.current].page
		slug = m.options.Lessons[m.pages[m.current].lesson].Slug
	}
	m.options.Lessons, m.pages, m.readers = all, nil, nil
	told := m.openable()
	// What was found points into the lessons as they were.
	m.finder, m.index, m.origin = nil, nil, nil
	for i, l := range all {
		for j, p := range l.Pages {
			m.pages = append(m.pages, pageRef{i, j})
			m.readers = append(m.readers, before[p.ID].WithPage(p, m.done.choices(p.ID)).WithExercises(told).WithTasks(m.done.tasks))
		}
	}
	if open == "" {
		return m
	}
	if m.current = m.find(open); m.current < 0 {
		m.current = m.nearest(slug, place)
		m.notice = fmt.Sprintf("The page %s is no longer there.", open)
	}
	return m
}

// nearest is the page at a place of a lesson, or the lesson's last, or 0 where there is no such lesson.
func (m model) nearest(slug string, place int) int {
	lesson := slices.IndexFunc(m.options.Lessons, func(l lessons.Lesson) bool { return l.Slug == slug })
	if lesson < 0 {
		return 0
	}
	return max(m.pageIndex(pageRef{lesson, min(place, len(m.options.Lessons[lesson].Pages)-1)}), 0)
}
