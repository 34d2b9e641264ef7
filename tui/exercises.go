package tui

import (
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/page"
)

// openExercise opens the screen of an exercise in the place of a lab.
func (m model) openExercise(block lessons.Exercise) (model, tea.Cmd) {
	e, ok := exercises.Find(m.options.Exercises, block.ID)
	if !ok {
		m.notice = fmt.Sprintf("The exercise %s is not part of this build.", block.ID)
		return m, nil
	}
	screen := exercise.New(exercise.Options{
		Exercises: m.options.Exercises, Workbench: m.options.Workbench, Record: m.done.exercises,
	}, e)
	return m.opened(screen, "")
}

// openable is what pages tell of the exercises that open here.
func (m model) openable() map[string]page.Exercise {
	if m.options.Workbench == nil {
		return nil
	}
	told := map[string]page.Exercise{}
	for _, e := range m.options.Exercises {
		told[e.Name] = page.Exercise{Label: exercise.Label(e), Status: statusWords(m.done.exercises.Status(e.Name))}
	}
	return told
}

// exercisesOf are the exercises of a lesson's pages that open here, each once.
func (m model) exercisesOf(l lessons.Lesson) []string {
	if m.options.Workbench == nil {
		return nil
	}
	var names []string
	for _, p := range l.Pages {
		for _, b := range p.Blocks {
			block, ok := b.(lessons.Exercise)
			if _, known := exercises.Find(m.options.Exercises, block.ID); ok && known && !slices.Contains(names, block.ID) {
				names = append(names, block.ID)
			}
		}
	}
	return names
}

func statusWords(s progress.ExerciseStatus) string {
	switch {
	case s.Passed:
		return "passed ✓"
	case s.Seen:
		return "solution seen"
	case s.Status == progress.Fail:
		return "not right yet"
	}
	return ""
}

// withExercises has all pages tell how far their exercises are.
func (m model) withExercises() model {
	told := m.openable()
	if told == nil {
		return m
	}
	readers := make([]page.Reader, len(m.readers))
	for i, r := range m.readers {
		readers[i] = r.WithExercises(told)
	}
	m.readers = readers
	return m
}

// Exercise is the name of the open exercise, "" while none is.
func (m model) Exercise() string {
	if screen, ok := m.lab.(*exercise.Screen); ok {
		return screen.Name()
	}
	return ""
}
