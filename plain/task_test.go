package plain_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
)

// sampleExercises has the pages name two exercises.
func sampleExercises(o *plain.Options) {
	o.Start = "second/try"
	o.Lessons[1].Pages[1].Blocks = append(o.Lessons[1].Pages[1].Blocks, lessons.Exercise{ID: "loss"})
	o.Exercises = []exercises.Exercise{
		{Name: "2.3", Title: "A layer", Lesson: "second", Number: 2, Minutes: 1, Idea: "An *idea*.", Source: []byte("package a\n\n// TODO: write it.\n")},
		{Name: "loss", Title: "The loss", Lesson: "second", Number: 2, Minutes: 5, Idea: "Another."},
		{Name: "else", Title: "Something else", Lesson: "first", Minutes: 5, Idea: "Else."},
	}
}

func TestExercisesAreTold(t *testing.T) {
	kept := &store{loads: progress.Progress{Exercises: []progress.ExerciseStatus{{Name: "loss", Status: progress.Fail}}}}
	got := pipe(t, "exercise\nexercise 2.3\nexercise nothing\nexercise loss\nlist\ngo first\nexercise\n", func(o *plain.Options) {
		sampleExercises(o)
		o.Store = kept
	})
	expectText(t, got, "Exercise 2.3, A layer, in Go. The command exercise 2.3 tells what to do. Exercise loss, The loss, in Go. "+
		"The command exercise loss tells what to do. Your last check found something wrong.", "Name one exercise of 2.3, loss.",
		"Exercise 2.3, A layer. It takes about 1 minute. You have not tried it. An idea. The file 02-second/2.3/2.3.go: package a "+
			"// TODO: write it. End of file. Outside of this session aetutor init writes the file",
		`There is no exercise "nothing"; list lists`,
		"Exercise loss, The loss. It takes about 5 minutes. Your last check found something wrong.",
		"Exercises of second: 2.3: A layer. You have not tried it. loss: The loss. Your last check found something wrong. Labs:",
		"> exercise Name one exercise.")
	for line := range strings.SplitSeq(got, "\n") {
		if strings.HasSuffix(line, " ") {
			t.Errorf("the line %q ends with a blank", line)
		}
	}
}

func TestExercisesOfLostProgressAreTold(t *testing.T) {
	got := pipe(t, "exercise loss\n", func(o *plain.Options) {
		sampleExercises(o)
		o.Progress.Exercises = []progress.ExerciseStatus{{Name: "loss", Status: progress.Pass, Passed: true}}
		o.Store = &store{fails: errors.New("the disk is gone")}
	})
	expectText(t, got, "How far you are now cannot be read: the disk is gone.", "You have passed it.")
}
