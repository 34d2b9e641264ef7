package record_test

import (
	"reflect"
	"testing"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/progress"
)

func all() []exercises.Exercise {
	hints := []string{"one", "two", "three"}
	return []exercises.Exercise{{Name: "a", Hints: hints}, {Name: "b", Hints: hints}, {Name: "c", Hints: hints}}
}

func TestVerdictsAreKept(t *testing.T) {
	for status, want := range map[exercises.Status]progress.Status{
		exercises.Pass: progress.Pass, exercises.Todo: progress.Todo, exercises.Fail: progress.Fail, exercises.Build: progress.Fail,
		exercises.Panic: progress.Fail, exercises.Timeout: progress.Fail, exercises.Memory: progress.Fail,
	} {
		r := record.Of(progress.Progress{})
		r.Verdict(exercises.Verdict{Name: "a", Status: status})
		if got := r.Take(); !reflect.DeepEqual(got, []progress.Fact{progress.ExerciseStatus{Name: "a", Status: want}}) {
			t.Errorf("%s is kept as %v", status, got)
		}
		if s := r.Status("a"); s.Status != want || s.Passed != (status == exercises.Pass) {
			t.Errorf("after %s it is %+v", status, s)
		}
		if r.Take() != nil {
			t.Error("a fact is taken twice")
		}
	}
}

func TestAPassStaysOne(t *testing.T) {
	r := record.Of(progress.Progress{Exercises: []progress.ExerciseStatus{{Name: "a", Status: progress.Pass, Passed: true}}})
	r.Verdict(exercises.Verdict{Name: "a", Status: exercises.Fail})
	if s := r.Status("a"); !s.Passed || s.Status != progress.Fail {
		t.Errorf("it is %+v", s)
	}
	if s := r.Status("b"); s.Status != progress.Todo {
		t.Errorf("one that nobody tried is %+v", s)
	}
}

func TestNextGoesRound(t *testing.T) {
	r := record.Of(progress.Progress{Exercises: []progress.ExerciseStatus{{Name: "b", Passed: true}}})
	for _, step := range []struct{ from, want string }{{"", "a"}, {"a", "c"}, {"b", "c"}, {"c", "a"}} {
		if e, ok := r.Next(all(), step.from); !ok || e.Name != step.want {
			t.Errorf("behind %q comes %q, want %q", step.from, e.Name, step.want)
		}
	}
	r = record.Of(progress.Progress{Exercises: []progress.ExerciseStatus{{Name: "b", Passed: true}, {Name: "c", Seen: true}}})
	if e, ok := r.Next(all(), "a"); ok {
		t.Errorf("behind the last that is left comes %q", e.Name)
	}
}

func TestHintsGoOn(t *testing.T) {
	r := record.Of(progress.Progress{Hints: []progress.HintsShown{{Name: "a", Hints: 1}}})
	for _, want := range []int{2, 3, 3} {
		if got := r.Hint(all()[0]); got != want {
			t.Errorf("hint %d, want %d", got, want)
		}
	}
	if got := r.Take(); len(got) != 3 || got[2] != (progress.HintsShown{Name: "a", Hints: 3}) {
		t.Errorf("kept %v", got)
	}
}

func TestTheSolutionIsAskedForTwice(t *testing.T) {
	r, e := record.Of(progress.Progress{}), all()[0]
	if r.Solution(e) {
		t.Error("it is shown when asked for once")
	}
	// Another session goes on with what this one kept.
	kept := r.Take()
	asked, _ := kept[0].(progress.HintsShown)
	r = record.Of(progress.Progress{Hints: []progress.HintsShown{asked}})
	if r.Hints("a") != 0 {
		t.Error("asking for the solution counts as a hint")
	}
	if !r.Solution(e) || !r.Status("a").Seen || len(r.Take()) != 1 || !r.Solution(e) || r.Take() != nil {
		t.Errorf("asked twice it is %+v", r.Status("a"))
	}
	passed := record.Of(progress.Progress{Exercises: []progress.ExerciseStatus{{Name: "a", Passed: true}}})
	if !passed.Solution(e) || passed.Take() != nil {
		t.Error("after a pass it is shown and nothing is kept")
	}
}
