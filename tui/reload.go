package tui

import (
	"fmt"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"
	"github.com/charmbracelet/x/ansi"

	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/tui/page"
)

// lessonsMsg brings the lessons after their files changed, or what is wrong in them.
type lessonsMsg struct {
	draft lessons.Draft
	err   error
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
		draft, err := reload()
		return lessonsMsg{draft, err}
	}, func(msg tea.Msg) tea.Msg { return msg })
}

// handleLessons shows lessons that were read anew, and what is wrong in their files. Where none could be read, those on the
// screen stay.
func (m model) handleLessons(msg lessonsMsg) model {
	if msg.err != nil {
		m.trouble, m.mistakes = msg.err.Error(), nil
		return m
	}
	m.trouble, m.mistakes = "", msg.draft.Mistakes
	m.options.Glossary = msg.draft.Glossary
	return m.withLessons(msg.draft.Lessons)
}

// troubleHere is what the author of the open page has to mend: the mistakes of its lesson, then those that belong to no
// lesson on the screen. Of other lessons it names the first place only; their own pages tell the rest.
func (m model) troubleHere() string {
	open := m.options.Lessons[m.pages[m.current].lesson].Slug
	lines := []string{m.trouble}
	for _, mistake := range slices.Concat(m.mistakes[open], m.mistakes[""]) {
		lines = append(lines, mistake.Error())
	}
	for _, l := range m.options.Lessons {
		if there := m.mistakes[l.Slug]; len(there) > 0 && l.Slug != open {
			lines = append(lines, fmt.Sprintf("%s:%d: mistakes in lesson %d; its pages show them",
				there[0].File, there[0].Line, l.Number))
		}
	}
	return ansi.Strip(strings.TrimSpace(strings.Join(lines, "\n"))) // They may quote a file that holds anything.
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
