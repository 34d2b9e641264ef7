package progress

import (
	"slices"
	"time"
)

// Lesson says what there is to do in a lesson.
type Lesson struct {
	Slug, Title string
	Pages       []string // the ids of its pages
	Quizzes     []string // for each of its questions the id of the page
	Labs        []string // the ids of its labs that have a task
	Exercises   []string // the names of its exercises
}

// Summary is how far a learner is in a lesson.
type Summary struct {
	Pages     int // pages read
	Answered  int // questions answered
	Right     int // questions once answered right
	Tasks     int // tasks reached
	Exercises int // exercises that passed once
	Spent     time.Duration
}

// Summarize counts what of a lesson is done. What is kept of pages, labs and exercises that the lesson does not have, or
// no longer has, does not count.
func (p Progress) Summarize(l Lesson) Summary {
	s := Summary{
		Pages:     count(p.Pages, func(f PageRead) bool { return slices.Contains(l.Pages, f.Page) }),
		Tasks:     count(p.Tasks, func(f TaskReached) bool { return slices.Contains(l.Labs, f.Lab) }),
		Exercises: count(p.Exercises, func(f ExerciseStatus) bool { return f.Passed && slices.Contains(l.Exercises, f.Name) }),
		Spent:     p.SpentOn(l.Slug),
	}
	for _, f := range p.Answers {
		if f.Question >= count(l.Quizzes, func(page string) bool { return page == f.Page }) {
			continue
		}
		s.Answered++
		if f.Solved {
			s.Right++
		}
	}
	return s
}

// count is how many elements are as asked.
func count[E any](all []E, is func(E) bool) int {
	n := 0
	for _, e := range all {
		if is(e) {
			n++
		}
	}
	return n
}
