package server

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	tea "charm.land/bubbletea/v2"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/server/classroom"
	"github.com/aetutor/aetutor/tui/exercise"
)

// classOf gathers what is known of some learners: those who are here first, and by name as people order names, Ann 2
// before Ann 10.
func (s *Server) classOf(learners []Learner, here map[string]presence) (classroom.Class, error) {
	c := classroom.Class{Outline: s.outline()}
	stuck := map[string]int{}
	for _, l := range learners {
		m, err := s.member(l, here)
		if err != nil {
			return classroom.Class{}, err
		}
		if m.Here {
			c.Here++
		}
		c.Members = append(c.Members, m)
		for _, name := range m.Tried {
			stuck[name]++
		}
	}
	names := collate.New(language.Und, collate.Numeric)
	slices.SortFunc(c.Members, func(a, b classroom.Member) int {
		if a.Here != b.Here {
			return map[bool]int{true: -1, false: 1}[a.Here]
		}
		return names.CompareString(a.Name, b.Name)
	})
	for _, l := range s.workshop.Summaries {
		for _, name := range l.Exercises {
			if n := stuck[name]; n > 0 {
				c.Stuck = append(c.Stuck, classroom.Stuck{Exercise: name, Lesson: l.Slug, People: n})
			}
		}
	}
	slices.SortStableFunc(c.Stuck, func(a, b classroom.Stuck) int { return cmp.Compare(b.People, a.People) })
	return c, nil
}

// member is what is known of one learner.
func (s *Server) member(l Learner, here map[string]presence) (classroom.Member, error) {
	m, err := s.ledger.member(l.ID, s.summarize)
	if err != nil {
		return classroom.Member{}, err
	}
	m.ID, m.Name = l.ID, cleanName(l.Name)
	now, is := here[l.ID]
	if !is {
		return m, nil
	}
	m.Here, m.Doing = true, now.doing
	if now.page == "" {
		return m, nil
	}
	m.Page = now.page
	// Time is kept by the minute and when a page is left. Until then it is told as it will be kept.
	if slug, ok := s.lessonOf(now.page); ok && !now.since.IsZero() {
		running := min(time.Since(now.since), progress.LongestPause).Seconds()
		if i := slices.IndexFunc(m.Lessons, func(o classroom.LessonSpent) bool { return o.Lesson == slug }); i >= 0 {
			m.Lessons[i].Seconds += running
		} else {
			m.Lessons = append(m.Lessons, classroom.LessonSpent{Lesson: slug, Seconds: running})
		}
	}
	return m, nil
}

// lessonOf is the slug of the lesson that has a page.
func (s *Server) lessonOf(page string) (slug string, ok bool) {
	for _, l := range s.workshop.Summaries {
		if slices.Contains(l.Pages, page) {
			return l.Slug, true
		}
	}
	return "", false
}

// summarize is what a learner's progress tells a teacher.
func (s *Server) summarize(kept progress.Progress) classroom.Member {
	const longest = 200
	m := classroom.Member{Page: Clean(kept.Place.Page, longest), Seen: kept.Place.At}
	all := 0
	for _, lesson := range s.workshop.Summaries {
		sum := kept.Summarize(lesson)
		m.Pages += sum.Pages
		m.Quizzes += sum.Right
		m.Tasks += sum.Tasks
		m.Exercises += sum.Exercises
		all += len(lesson.Pages) + len(lesson.Quizzes) + len(lesson.Labs) + len(lesson.Exercises)
		own := classroom.LessonSpent{Lesson: lesson.Slug, Seconds: sum.Spent.Seconds(), Pages: sum.Pages, Quizzes: sum.Right,
			Tasks: sum.Tasks, Exercises: sum.Exercises}
		if own != (classroom.LessonSpent{Lesson: lesson.Slug}) {
			m.Lessons = append(m.Lessons, own)
		}
	}
	if all > 0 {
		m.Percent = 100 * (m.Pages + m.Quizzes + m.Tasks + m.Exercises) / all
	}
	for _, e := range kept.Exercises {
		if !e.Passed && e.Status != progress.Todo { // An untouched file is no try.
			m.Tried = append(m.Tried, Clean(e.Name, longest))
		}
	}
	return m
}

// outline is what the workshop holds, as the screen of the class names it.
func (s *Server) outline() []classroom.Lesson {
	var out []classroom.Lesson
	for i, sum := range s.workshop.Summaries {
		l := classroom.Lesson{Number: i, Slug: sum.Slug, Title: sum.Title, Quizzes: len(sum.Quizzes), Labs: len(sum.Labs)}
		for _, page := range sum.Pages {
			l.Pages = append(l.Pages, classroom.Page{ID: page, Title: page})
		}
		for _, whole := range s.workshop.Lessons {
			if whole.Slug != sum.Slug {
				continue
			}
			l.Number, l.Pages = whole.Number, nil
			for _, page := range whole.Pages {
				l.Pages = append(l.Pages, classroom.Page{ID: page.ID, Title: page.Title})
			}
		}
		for _, name := range sum.Exercises {
			label := name
			if e, ok := exercises.Find(s.workshop.Exercises, name); ok {
				label = exercise.Label(e)
			}
			l.Exercises = append(l.Exercises, classroom.Exercise{Name: name, Label: label})
		}
		out = append(out, l)
	}
	return out
}

// watching shows the class to a teacher.
func (s *Server) watching(own *session, teacher Learner, unicode bool) tea.Model {
	// No learner is noted: who watches the class is not one of those who are here.
	return classroom.New(watch{s, own, teacher}, unicode)
}

// watch is the class as the screen of a teacher asks for it.
type watch struct {
	server  *Server
	session *session
	teacher Learner
}

// Look implements classroom.Source. Who is no teacher any more is sent away.
func (w watch) Look() (classroom.Class, error) {
	if !w.server.teachers.has(w.session.key) {
		w.session.quit("Your key is not one of a teacher any more.")
		return classroom.Class{}, errors.New("your key is not one of a teacher any more")
	}
	return w.server.watched()
}

// watched is the class without teachers, but for those who are in the workshop.
func (s *Server) watched() (classroom.Class, error) {
	here := s.hub.here()
	learners := slices.DeleteFunc(s.roster.all(), func(l Learner) bool {
		_, is := here[l.ID]
		return !is && slices.ContainsFunc(l.Keys, s.teachers.has)
	})
	return s.classOf(learners, here)
}

// Say implements classroom.Source.
func (w watch) Say(learner, text string) int {
	return w.server.hub.tell(fmt.Sprintf("%s: %s", w.teacher.Name, Clean(text, longestWord)), func(other *session) bool {
		id, _ := other.state()
		return other != w.session && (learner == "" || learner == id)
	})
}
