package tui

import (
	"fmt"
	"time"

	tea "charm.land/bubbletea/v2"

	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/progress"
)

// recordedMsg brings what became of facts that were to be kept.
type recordedMsg struct{ err error }

// done is what the learner has done, as the marks of the outline show it.
type done struct {
	pages   map[string]bool          // by id
	answers map[string]int           // by page and number of the question: the choice
	tasks   map[string]bool          // by lab
	bests   map[string]progress.Best // by lab
	last    time.Time                // of the last deed
	failed  bool                     // keeping it failed, and the learner was told
}

func newDone(p progress.Progress) *done {
	d := &done{pages: map[string]bool{}, answers: map[string]int{}, tasks: map[string]bool{}, bests: p.LatestBests()}
	for _, page := range p.Pages {
		d.pages[page.Page] = true
	}
	for _, a := range p.Answers {
		d.answers[question(a.Page, a.Question)] = a.Choice
	}
	for _, task := range p.Tasks {
		d.tasks[task.Lab] = true
	}
	return d
}

// choices are the answers to the questions of a page, by the number of the question.
func (d *done) choices(page string) map[int]int {
	choices := map[int]int{}
	for number := range 100 {
		if choice, ok := d.answers[question(page, number)]; ok {
			choices[number] = choice
		}
	}
	return choices
}

func question(page string, number int) string { return fmt.Sprintf("%s#%d", page, number) }

// fresh are the facts since the last call: the open page when its end is in view, new answers on it, and of the open lab
// what freshOfLab says.
func (m model) fresh() []progress.Fact {
	if len(m.pages) == 0 || m.tooSmall() {
		return nil
	}
	var facts []progress.Fact
	if m.lab != nil {
		return m.freshOfLab(m.lab.Task())
	}
	r, id := m.readers[m.current], m.pageID(m.current)
	if r.Below() == 0 && !m.done.pages[id] {
		m.done.pages[id] = true
		facts = append(facts, progress.PageRead{Page: id})
	}
	for _, a := range r.Answers() {
		key := question(id, a.Question)
		if choice, known := m.done.answers[key]; !known || choice != a.Choice {
			m.done.answers[key] = a.Choice
			facts = append(facts, progress.QuizAnswered{Page: id, Question: a.Question, Choice: a.Choice, Right: a.Right})
		}
	}
	return facts
}

// freshOfLab are the task of the open lab when it was reached, and its figure when it is the best so far.
func (m model) freshOfLab(task work.Task) []progress.Fact {
	var facts []progress.Fact
	if task.Reached && !m.done.tasks[m.labID] {
		m.done.tasks[m.labID] = true
		facts = append(facts, progress.TaskReached{Lab: m.labID, Figure: task.Now})
	}
	best := progress.Best{Lab: m.labID, Figure: task.Figure.Name, Lower: task.Figure.Lower, Value: task.Figure.Value}
	if best.Figure != "" && best.Beats(m.done.bests[m.labID]) {
		m.done.bests[m.labID] = best
		facts = append(facts, best)
	}
	return facts
}

// pageID is the id of a page of m.pages.
func (m model) pageID(i int) string {
	at := m.pages[i]
	return m.options.Lessons[at.lesson].Pages[at.page].ID
}

// spent is the time since the last deed, on the lesson that was open.
func (m model) spent(now time.Time) []progress.Fact {
	if len(m.pages) == 0 {
		return nil
	}
	last := m.done.last
	m.done.last = now
	since := min(now.Sub(last), progress.LongestPause)
	if last.IsZero() || since <= 0 {
		return nil
	}
	return []progress.Fact{progress.Spent{Lesson: m.options.Lessons[m.pages[m.current].lesson].Slug, Duration: since}}
}

// record keeps facts, in a command because it writes to a disk.
func (m model) record(facts []progress.Fact) tea.Cmd {
	if m.options.Store == nil || len(facts) == 0 {
		return nil
	}
	store, learner := m.options.Store, m.options.Learner
	return func() tea.Msg { return recordedMsg{store.Record(learner, facts...)} }
}

// handleRecorded tells once that progress cannot be kept; the workshop goes on without.
func (m model) handleRecorded(msg recordedMsg) model {
	if msg.err != nil && !m.done.failed {
		m.done.failed = true
		m.notice = fmt.Sprintf("Your progress is not kept: %v", msg.err)
	}
	return m
}

// percentRead is how much of the workshop the learner has read.
func (m model) percentRead() int {
	if len(m.pages) == 0 {
		return 0
	}
	read := 0
	for i := range m.pages {
		if m.done.pages[m.pageID(i)] {
			read++
		}
	}
	return 100 * read / len(m.pages)
}

// lessonRead reports whether every page of a lesson is read.
func (m model) lessonRead(lesson int) bool {
	for _, p := range m.options.Lessons[lesson].Pages {
		if !m.done.pages[p.ID] {
			return false
		}
	}
	return true
}
