package plain

import (
	"fmt"
	"time"

	"github.com/aetutor/aetutor/progress"
)

// record is what the learner has done.
type record struct {
	pages   map[string]bool   // by id
	answers map[answerKey]int // the choice
	tasks   map[string]bool   // by lab
	last    time.Time         // when the open page was opened
	failed  bool              // the store failed, and the learner was told
}

// answerKey is a question: the id of its page and its number there, from 0.
type answerKey struct {
	page   string
	number int
}

func newRecord(p progress.Progress) record {
	r := record{pages: map[string]bool{}, answers: map[answerKey]int{}, tasks: map[string]bool{}}
	for _, page := range p.Pages {
		r.pages[page.Page] = true
	}
	for _, a := range p.Answers {
		r.answers[answerKey{a.Page, a.Question}] = a.Choice
	}
	for _, task := range p.Tasks {
		r.tasks[task.Lab] = true
	}
	return r
}

// keep keeps facts. That it fails is said once; the workshop goes on without.
func (s *session) keep(facts ...progress.Fact) {
	if s.Store == nil || len(facts) == 0 {
		return
	}
	if err := s.Store.Record(s.Learner, facts...); err != nil && !s.done.failed {
		s.done.failed = true
		s.out.say(fmt.Sprintf("Your progress is not kept: %v", err))
	}
}

// read keeps that the open page was read. A page is read once its reader goes on with anything: they had it whole.
func (s *session) read() {
	if id := s.pages[s.at].ID; !s.done.pages[id] {
		s.done.pages[id] = true
		s.keep(progress.PageRead{Page: id})
	}
}

// spent is the time since the open page was opened, on its lesson.
func (s *session) spent() []progress.Fact {
	now := s.now()
	since := min(now.Sub(s.done.last), progress.LongestPause)
	s.done.last = now
	if since <= 0 {
		return nil
	}
	return []progress.Fact{progress.Spent{Lesson: s.pages[s.at].lesson.Slug, Duration: since}}
}

// answered keeps the choice taken at a question of the open page.
func (s *session) answered(number, choice int, right bool) {
	id := s.pages[s.at].ID
	s.done.answers[answerKey{id, number}] = choice
	s.keep(progress.QuizAnswered{Page: id, Question: number, Choice: choice, Right: right})
}

// reached keeps that the task of a lab is reached. It says whether that is new.
func (s *session) reached(lab, figure string) bool {
	if s.done.tasks[lab] {
		return false
	}
	s.done.tasks[lab] = true
	s.keep(progress.TaskReached{Lab: lab, Figure: figure})
	return true
}
