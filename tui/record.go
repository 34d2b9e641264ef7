package tui

import (
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/exercises/record"
	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/progress"
)

// recordedMsg brings what became of facts that were to be kept: those that were not, and why.
type recordedMsg struct {
	unkept []progress.Fact
	err    error
}

// maxUnkept is how many facts may wait until they can be kept. It is more than there are pages, labs and exercises.
const maxUnkept = 1000

// done is what the learner has done, as the marks of the outline show it.
type done struct {
	pages   map[string]bool          // by id
	answers map[string]int           // by page and number of the question: the choice
	tasks   map[string]bool          // by lab
	bests   map[string]progress.Best // by lab
	// exercises is what the learner did with them; the screen of an exercise adds to it.
	exercises *record.Record
	last      time.Time // of the last deed
	failed    bool      // keeping it failed, and the learner was told
	unkept    []progress.Fact
}

func newDone(p progress.Progress) *done {
	d := &done{pages: map[string]bool{}, answers: map[string]int{}, tasks: map[string]bool{}, bests: p.LatestBests(), exercises: record.Of(p)}
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
// what freshOfLab says. Of exercises it is what their screen found.
func (m model) fresh() []progress.Fact {
	facts := m.done.exercises.Take()
	if len(m.pages) == 0 || m.tooSmall() {
		return facts
	}
	if m.lab != nil {
		return append(facts, m.freshOfLab(m.lab.Task())...)
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

// countEvery is how often the time of a learner who stays on a page, or in a lab, is counted.
const countEvery = time.Minute

// attended is the time of a learner whose keys and mouse show that they are there. Without it a lab of half an hour would
// count as one long pause.
func (m model) attended(msg tea.Msg) []progress.Fact {
	switch msg.(type) {
	case tea.KeyPressMsg, tea.MouseMsg, tea.PasteMsg:
		if now := time.Now(); now.Sub(m.done.last) >= countEvery {
			return m.spent(now)
		}
	}
	return nil
}

// record keeps facts, in a command because it writes to a disk. Those that could not be kept before come first: of what
// contradicts each other, a store takes the last.
func (m model) record(facts []progress.Fact) tea.Cmd {
	if m.options.Store == nil || len(facts) == 0 {
		return nil
	}
	store, learner, before := m.options.Store, m.options.Learner, m.done.unkept
	m.done.unkept = nil
	return func() tea.Msg {
		all := slices.Concat(before, facts)
		err := store.Record(learner, all...)
		if err == nil {
			return recordedMsg{}
		}
		if len(before) > 0 && store.Record(learner, facts...) == nil {
			return recordedMsg{nil, err} // The store works. What it refuses it will refuse for good.
		}
		return recordedMsg{all, err}
	}
}

// handleRecorded tells once that progress cannot be kept. The workshop goes on, and what was not kept waits until it can.
func (m model) handleRecorded(msg recordedMsg) model {
	m.done.unkept = append(m.done.unkept, msg.unkept...)
	m.done.unkept = m.done.unkept[max(len(m.done.unkept)-maxUnkept, 0):]
	if msg.err != nil && !m.done.failed {
		m.notice = fmt.Sprintf("Your progress is not kept: %v", msg.err)
	}
	m.done.failed = msg.err != nil
	return m
}

// percentDone is how much of the workshop the learner has done: read of its pages, and passed of its exercises.
func (m model) percentDone() int {
	done, of := 0, 0
	for i := range m.options.Lessons {
		lessonDone, lessonOf := m.lessonDone(i)
		done, of = done+lessonDone, of+lessonOf
	}
	return 100 * done / max(of, 1)
}

// lessonDone counts what is done of a lesson's pages and exercises, and how many there are.
func (m model) lessonDone(lesson int) (done, of int) {
	l := m.options.Lessons[lesson]
	for _, p := range l.Pages {
		of++
		if m.done.pages[p.ID] {
			done++
		}
	}
	for _, name := range m.exercisesOf(l) {
		of++
		if m.done.exercises.Status(name).Passed {
			done++
		}
	}
	return done, of
}
