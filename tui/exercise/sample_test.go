package exercise_test

import (
	"context"
	"errors"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"testing/synctest"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/exercise"
	"github.com/aetutor/aetutor/tui/tuitest"
)

const stub = `// Package loss is an exercise.
package loss

import . "github.com/gomlx/gomlx/core/graph"

// Loss returns the mean of (x − y)².
func Loss(x, y *Node) *Node {
	// TODO: square the difference, pixel by pixel,
	// before the mean is taken.
	return ReduceAllMean(Sub(x, y))
}
`

func sampleExercises() []exercises.Exercise {
	return []exercises.Exercise{
		{
			Name: "loss", Title: "The loss", Lesson: "autoencoder", Number: 2, Order: 3, Minutes: 5,
			Idea: "The loss is one number that says how bad a reconstruction is. It is the *mean* of squares.",
			Hints: []string{
				"What has to happen before the mean?", "`Square` squares.",
				"```go\nreturn ReduceAllMean(Square(Sub(x, y)))\n```",
			},
			Source: []byte(stub), Solution: []byte(strings.Replace(stub, "Sub(x, y)", "Square(Sub(x, y))", 1)),
		},
		{
			Name: "layer", Title: "A layer", Lesson: "autoencoder", Number: 2, Order: 4, Minutes: 8,
			Idea:  "A layer is a step.",
			Hints: []string{"one", "two", "three"}, Source: []byte("package layer\n"), Solution: []byte("package layer // done\n"),
		},
	}
}

// fakeBench keeps one learner's files in memory. What a file holds decides what its check finds.
type fakeBench struct {
	mu      sync.Mutex
	files   map[string]string
	checks  int
	stopped int // checks that were cancelled
	fails   error
	editor  func() *exec.Cmd
	saved   chan struct{} // nil without a watch
	release chan struct{} // lets a check go on that waits
}

func newFakeBench() *fakeBench {
	return &fakeBench{files: map[string]string{}, release: make(chan struct{})}
}

func (b *fakeBench) Source(e exercises.Exercise) (text, path string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if text, ok := b.files[e.Name]; ok {
		return text, e.Path(), nil
	}
	return string(e.Source), "", nil
}

func (b *fakeBench) Edit(_ context.Context, e exercises.Exercise) (exercise.Editing, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.editor != nil {
		return exercise.Editing{Command: b.editor()}, nil
	}
	if _, ok := b.files[e.Name]; ok {
		return exercise.Editing{}, nil
	}
	b.files[e.Name] = string(e.Source)
	return exercise.Editing{Note: "The exercises are now files in ~/aetutor."}, nil
}

func (b *fakeBench) Save(e exercises.Exercise, text string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails != nil {
		return b.fails
	}
	b.files[e.Name] = text
	return nil
}

func (b *fakeBench) Keep(e exercises.Exercise, text string) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.fails != nil {
		return "", b.fails
	}
	b.files[e.Name+".backup"] = text
	return e.Path() + ".backup", nil
}

func (b *fakeBench) Reset(e exercises.Exercise) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files[e.Name] = string(e.Source)
	return e.Path() + ".backup", nil
}

func (b *fakeBench) Check(ctx context.Context, e exercises.Exercise, tell func(string)) (exercises.Verdict, error) {
	b.mu.Lock()
	b.checks++
	text, ok := b.files[e.Name]
	b.mu.Unlock()
	if !ok {
		text = string(e.Source)
		b.put(text)
	}
	tell("building")
	if strings.Contains(text, "slow") {
		tell("3rd in line")
		select {
		case <-b.release:
		case <-ctx.Done():
			b.mu.Lock()
			b.stopped++
			b.mu.Unlock()
			return exercises.Verdict{}, ctx.Err()
		}
	}
	return found(e, text)
}

func found(e exercises.Exercise, text string) (exercises.Verdict, error) {
	v := exercises.Verdict{Name: e.Name, Lesson: e.Lesson, Seconds: 0.61}
	one := func(status exercises.Status, message string) (exercises.Verdict, error) {
		v.Status = status
		v.Cases = []exercises.Case{{Name: string(status), Message: message}}
		return v, nil
	}
	switch {
	case strings.Contains(text, "no Go"):
		return v, errors.New("checking an exercise needs Go 1.27 or later; get it from https://go.dev/dl/")
	case text == string(e.Source):
		return one(exercises.Todo, "loss.go is as it was written; do what its TODO says")
	case strings.Contains(text, "undefined"):
		v.Hint = "The compiler does not know this name."
		return one(exercises.Build, e.Path()+":10:9: undefined: undefined\x1b[31m")
	case strings.Contains(text, "panic("):
		return one(exercises.Panic, "loss.go:9: mine")
	}
	v.Status = exercises.Pass
	v.Cases = []exercises.Case{
		{Name: "zeros against zeros", OK: true, Input: "x = [0 0], y = [0 0]", Want: "0", Got: "0"},
		{Name: "one pixel off", OK: true, Input: "x = [1 0], y = [0 0]", Want: "0.5", Got: "0.5"},
		{Name: "a batch of two (new in each check, seed 7)", OK: true, Want: "0.0625", Got: "0.0625"},
	}
	if !strings.Contains(text, "Square") {
		v.Status = exercises.Fail
		v.Cases[1] = exercises.Case{
			Name: "one pixel off", Input: "x = [1 0], y = [0 0]", Want: "0.5", Got: "0.25", Message: "expected 0.5, got 0.25",
		}
		v.Cases[2] = exercises.Case{
			Name: "a batch of two (new in each check, seed 7)", Want: "1", Got: "2", Message: "expected 1, got 2",
		}
		v.Hint = "The differences are averaged as they are. `Square` each of them first."
	}
	return v, nil
}

// file is what the file of the exercise loss holds, and put changes it as another program would.
func (b *fakeBench) file() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.files["loss"]
}

func (b *fakeBench) put(text string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files["loss"] = text
}

// fail lets saving fail.
func (b *fakeBench) fail(err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.fails = err
}

func (b *fakeBench) count() (checks, stopped int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.checks, b.stopped
}

// watchedBench also tells of saves.
type watchedBench struct{ *fakeBench }

func (b watchedBench) Saved(context.Context, exercises.Exercise) <-chan struct{} { return b.saved }

// memory keeps facts.
type memory struct {
	progress.Store
	mu    sync.Mutex
	facts []progress.Fact
}

func (m *memory) Record(_ string, facts ...progress.Fact) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.facts = append(m.facts, facts...)
	return nil
}

func (m *memory) kept() []progress.Fact {
	m.mu.Lock()
	defer m.mu.Unlock()
	var kept []progress.Fact
	for _, f := range m.facts {
		switch f.(type) {
		case progress.ExerciseStatus, progress.HintsShown:
			kept = append(kept, f)
		}
	}
	return kept
}

func sampleOptions(bench exercise.Workbench, store progress.Store) tui.Options {
	return tui.Options{
		Lessons: []lessons.Lesson{{Number: 2, Slug: "autoencoder", Title: "Autoencoder", Pages: []lessons.Page{
			{ID: "autoencoder/loss", Title: "The loss", Blocks: []lessons.Block{
				lessons.Prose{Markdown: "One number says how bad a reconstruction is."}, lessons.Exercise{ID: "loss"},
			}},
		}}},
		Exercises: sampleExercises(), Workbench: bench, Unicode: true, Version: "test", Store: store, Learner: "me",
	}
}

// play runs the app at the page of the exercise loss and hands it to a test.
func play(t *testing.T, prepare func(*fakeBench), script func(term *tuitest.Terminal, b *fakeBench, kept *memory)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		bench, store := newFakeBench(), &memory{}
		if prepare != nil {
			prepare(bench)
		}
		var work exercise.Workbench = bench
		if bench.saved != nil {
			work = watchedBench{bench}
		}
		term := tuitest.Start(t, tui.New(sampleOptions(work, store)), tuitest.Settings{Width: 80, Height: 24})
		script(term, bench, store)
	})
}
