// Package record knows what a learner did with the exercises, and which facts of it are to be kept.
package record

import (
	"slices"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/progress"
)

// Record is what one learner did with the exercises.
type Record struct {
	statuses map[string]progress.ExerciseStatus
	hints    map[string]int
	facts    []progress.Fact // not taken yet
}

// Of is the record of what is kept of a learner.
func Of(p progress.Progress) *Record {
	r := &Record{statuses: map[string]progress.ExerciseStatus{}, hints: map[string]int{}}
	for _, s := range p.Exercises {
		r.statuses[s.Name] = s
	}
	for _, h := range p.Hints {
		r.hints[h.Name] = h.Hints
	}
	return r
}

// Take returns the facts since the last call, which the caller keeps.
func (r *Record) Take() []progress.Fact {
	facts := r.facts
	r.facts = nil
	return facts
}

// Status is how far an exercise is.
func (r *Record) Status(name string) progress.ExerciseStatus {
	if s, ok := r.statuses[name]; ok {
		return s
	}
	return progress.ExerciseStatus{Name: name, Status: progress.Todo}
}

// Next is the first exercise behind one of a name that never passed and whose solution was not shown; behind the last
// one come those before it. Behind "" all come.
func (r *Record) Next(all []exercises.Exercise, name string) (exercises.Exercise, bool) {
	at := slices.IndexFunc(all, func(e exercises.Exercise) bool { return e.Name == name })
	for _, e := range slices.Concat(all[at+1:], all[:max(at, 0)]) {
		if s := r.Status(e.Name); !s.Passed && !s.Seen {
			return e, true
		}
	}
	return exercises.Exercise{}, false
}

// Verdict notes what a check found; an untouched file is no try.
func (r *Record) Verdict(v exercises.Verdict) {
	status := progress.Fail
	switch v.Status {
	case exercises.Pass:
		status = progress.Pass
	case exercises.Todo:
		status = progress.Todo
	case exercises.Fail, exercises.Build, exercises.Panic, exercises.Timeout, exercises.Memory:
	}
	r.note(v.Name, status)
}

func (r *Record) note(name string, status progress.Status) {
	s := r.Status(name)
	s.Status = status
	s.Passed = s.Passed || status == progress.Pass
	s.Seen = s.Seen || status == progress.Seen
	r.statuses[name] = s
	r.facts = append(r.facts, progress.ExerciseStatus{Name: name, Status: status})
}

// Hints is how many hints of an exercise were shown.
func (r *Record) Hints(name string) int { return r.hints[name] }

// Hint notes that the hint behind those that were shown is shown, or the last one again. number counts from 1.
func (r *Record) Hint(e exercises.Exercise) (number int) {
	number = min(r.hints[e.Name]+1, len(e.Hints))
	r.shown(e.Name, number)
	return number
}

func (r *Record) shown(name string, hints int) {
	r.hints[name] = hints
	r.facts = append(r.facts, progress.HintsShown{Name: name, Hints: hints})
}

// Solution notes that a learner asks for the solution. It may be shown after a pass, or else when asked twice; the
// exercise then counts as seen.
func (r *Record) Solution(e exercises.Exercise) (mayShow bool) {
	// That it was asked for is kept beside the hints of the exercise.
	asked := e.Name + "/solution"
	switch s := r.Status(e.Name); {
	case s.Passed || s.Seen:
		return true
	case r.hints[asked] > 0:
		r.note(e.Name, progress.Seen)
		return true
	}
	r.shown(asked, 1)
	return false
}
