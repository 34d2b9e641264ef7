// Package classroom is a class as its teacher sees it: as a live screen, as a table, as JSON and as CSV.
package classroom

import (
	"strings"
	"time"
)

// Member is what a teacher sees of a learner, and what learners see of themselves.
type Member struct {
	Name      string        `json:"name"`
	Here      bool          `json:"here"`
	Doing     string        `json:"doing"` // "reading", "lab train", or "" when not here
	Page      string        `json:"page"`  // the one that is open, or the last one
	Pages     int           `json:"pages"` // read to the end
	Quizzes   int           `json:"quizzes"`
	Tasks     int           `json:"tasks"`
	Exercises int           `json:"exercises"`     // that passed
	Percent   int           `json:"percent"`       // of all of these
	Lessons   []LessonSpent `json:"lessons"`       // those with a deed or with time
	Tried     []string      `json:"tried"`         // exercises that were tried and did not pass yet
	Seen      time.Time     `json:"seen,omitzero"` // the latest deed
	ID        string        `json:"-"`             // by which the server knows the learner
}

// LessonSpent is the time that a learner spent on a lesson, and what they did of it.
type LessonSpent struct {
	Lesson    string  `json:"lesson"` // its slug
	Seconds   float64 `json:"seconds"`
	Pages     int     `json:"pages"`
	Quizzes   int     `json:"quizzes"`
	Tasks     int     `json:"tasks"`
	Exercises int     `json:"exercises"`
}

// Stuck is an exercise that people tried and did not pass yet.
type Stuck struct {
	Exercise string `json:"exercise"`
	Lesson   string `json:"lesson"`
	People   int    `json:"people"`
}

// Class is all that a teacher sees.
type Class struct {
	Here    int      `json:"here"`
	Members []Member `json:"members"`
	Stuck   []Stuck  `json:"stuck"` // most people first
	Outline []Lesson `json:"-"`     // what the workshop holds
}

// Lesson is what a lesson of the workshop holds.
type Lesson struct {
	Number        int
	Slug, Title   string
	Pages         []Page
	Quizzes, Labs int        // how many there are
	Exercises     []Exercise // in their order
}

// Page is a page of a lesson.
type Page struct{ ID, Title string }

// Exercise is an exercise of a lesson.
type Exercise struct{ Name, Label string } // "threshold", "3.2 threshold"

// spentOn is the time and the deeds of a member in a lesson.
func (m Member) spentOn(slug string) LessonSpent {
	for _, l := range m.Lessons {
		if l.Lesson == slug {
			return l
		}
	}
	return LessonSpent{Lesson: slug}
}

// lesson is the slug of the lesson where a member is, "" for one who has not read yet.
func (m Member) lesson() string {
	slug, _, _ := strings.Cut(m.Page, "/")
	return slug
}

// present is the time that a member spent on the lesson where they are.
func (m Member) present() time.Duration { return m.spentOn(m.lesson()).duration() }

// spent is the time that a member spent on all lessons.
func (m Member) spent() time.Duration {
	var sum time.Duration
	for _, l := range m.Lessons {
		sum += l.duration()
	}
	return sum
}

func (l LessonSpent) duration() time.Duration { return time.Duration(l.Seconds * float64(time.Second)) }

// place is where a member is: the lesson with its number, and the page with its number among those of the lesson. A
// page that the workshop does not hold any more is told by its id.
func (c Class) place(m Member) (lesson, number, page string) {
	for _, l := range c.Outline {
		for i, p := range l.Pages {
			if p.ID == m.Page {
				return l.label(), fraction(i+1, len(l.Pages)), p.Title
			}
		}
	}
	return m.Page, "", ""
}

// exercise is the label of an exercise, or its name when the workshop does not hold it.
func (c Class) exercise(name string) string {
	for _, l := range c.Outline {
		for _, e := range l.Exercises {
			if e.Name == name {
				return e.Label
			}
		}
	}
	return name
}
