package plain

import (
	"fmt"
	"strings"

	"github.com/aetutor/aetutor/exercises"
	tried "github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
)

// exercise tells what an exercise asks for, with the file that the learner is to change. The file is edited and checked
// outside of the session, by the learner's own means.
func (s *session) exercise(arguments []string) error {
	var here []string
	for _, e := range blocks[lessons.Exercise](s.pages[s.at].Page) {
		here = append(here, e.ID)
	}
	if len(arguments) == 0 && len(here) == 1 {
		arguments = here
	}
	if len(arguments) != 1 {
		s.out.say("Name one exercise" + among(here) + ".")
		return nil
	}
	e, ok := exercises.Find(s.Exercises, arguments[0])
	if !ok {
		s.out.say(fmt.Sprintf("There is no exercise %q; list lists those of the lesson.", arguments[0]))
		return nil
	}
	s.out.say(fmt.Sprintf("Exercise %s, %s. It takes about %s. %s", e.Name, e.Title, lab.Counted(e.Minutes, "minute"), howFar(s.kept().Status(e.Name))))
	s.out.lines(append([]string{""}, markdown(e.Idea, s.out.width)...))
	s.out.raw("\n")
	s.out.say("The file " + e.Path() + ":")
	for line := range strings.SplitSeq(strings.TrimSpace(string(e.Source)), "\n") {
		s.out.raw(strings.TrimRight("  "+line, " ") + "\n")
	}
	s.out.say("End of file.")
	s.out.say(fmt.Sprintf("Outside of this session aetutor init writes the file for you to edit, aetutor check %s checks it, "+
		"and aetutor hint %s gives a hint.", e.Name, e.Name))
	return nil
}

// among lists what can be named on a page, for a sentence: " of product, batch".
func among(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return " of " + strings.Join(names, ", ")
}

// kept is what is kept of the exercises: they may have been checked since the session began.
func (s *session) kept() *tried.Record {
	if s.Store != nil {
		p, err := s.Store.Load(s.Learner)
		if err == nil {
			return tried.Of(p)
		}
		if !s.done.failed {
			s.done.failed = true
			s.out.say(fmt.Sprintf("How far you are now cannot be read: %v.", err))
		}
	}
	return tried.Of(s.Progress)
}

// howFar tells how far an exercise is.
func howFar(status progress.ExerciseStatus) string {
	switch {
	case status.Passed:
		return "You have passed it."
	case status.Seen:
		return "You have seen its solution."
	case status.Status == progress.Fail:
		return "Your last check found something wrong."
	default:
		return "You have not tried it."
	}
}

// listExercises tells the exercises of a lesson.
func (s *session) listExercises(lesson string) {
	kept := s.kept()
	s.out.say("Exercises of " + lesson + ":")
	for _, e := range s.Exercises {
		if e.Lesson == lesson {
			s.out.say(fmt.Sprintf("%s: %s. %s", e.Name, e.Title, howFar(kept.Status(e.Name))))
		}
	}
}
