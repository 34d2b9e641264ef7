package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/exercise"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/lab/race"
	"github.com/aetutor/aetutor/tui/tuitest/monkey"
)

var (
	monkeySteps = flag.Int("monkey.steps", 0, "how many steps the monkey makes, in all labs; 0 for a few in the quick ones")
	monkeySeed  = flag.Uint64("monkey.seed", 1, "the seed of the monkey's first life")
)

// monkeyLife is how many steps the monkey makes before all begins anew, with the next seed.
const monkeyLife = 200

// TestMonkey plays the whole workshop as somebody who is clumsy or means no good. go test -run TestMonkey . -monkey.steps=100000
// plays longer; with -monkey.seed it begins with the life that failed.
func TestMonkey(t *testing.T) {
	lives := 3
	if *monkeySteps > 0 {
		lives = (*monkeySteps + monkeyLife - 1) / monkeyLife
	}
	all, err := loadLessons("")
	if err != nil {
		t.Fatal(err)
	}
	written, err := exercises.Embedded()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	few := &lab.Digits{}
	*few = *easyDigits(t, 20, 260, 0.1, 0.9, 7)
	for i := range lives {
		seed := *monkeySeed + uint64(i)
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			monkey.Play(t, seed, monkeyLife, 4, func(t *testing.T) monkey.App {
				t.Helper()
				return monkeyApp(t, all, written, few, dir, seed)
			})
		})
	}
}

// monkeyApp is the workshop with its lessons, labs and store. The labs have little data, and the checks of the exercises
// are made up.
func monkeyApp(t *testing.T, all []lessons.Lesson, written []exercises.Exercise, few *lab.Digits, dir string, seed uint64) monkey.App {
	t.Helper()
	env, closeEnv := newLabEnv("go", nil)
	t.Cleanup(closeEnv)
	env.Probe, env.Digits = nil, few
	env.Models = lab.NewModels(filepath.Join(dir, "models"))
	store, err := progress.OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	kept := &countedStore{Store: store}
	bench := &monkeyBench{files: map[string]string{}, saved: make(chan struct{})}
	changes, reloads := make(chan struct{}, 1), 0
	start := monkeyStart(all, seed)
	others := 0
	options := tui.Options{
		Lessons: all, Glossary: monkeyTerms(all), Unicode: true, Version: "test", Store: kept, Learner: person,
		Exercises: written, Workbench: bench,
		OpenLab: func(block lessons.Lab) (screen.Screen, error) { return openForMonkey(env, block) },
		Others:  func() int { return others },
	}
	options.Reload = func() (lessons.Draft, error) {
		reloads++
		switch reloads % 4 {
		case 1:
			return lessons.Draft{Lessons: all[:len(all)/2]}, nil
		case 2:
			return lessons.Draft{}, errors.New("lesson.md:3: a heading has no text \x1b[5m")
		case 3:
			return lessons.Draft{Lessons: all[len(all)-1:]}, nil
		}
		return lessons.Draft{Lessons: all, Glossary: options.Glossary}, nil
	}
	t.Cleanup(func() { close(changes) })
	tell := func() {
		select {
		case changes <- struct{}{}:
		default:
		}
	}
	before, seen := progress.Progress{}, int64(0)
	return monkey.App{
		Open: func() tea.Model {
			kept, err := store.Load(person)
			if err != nil {
				t.Error(err)
			}
			o := options
			close(changes) // The program before waits for it no more.
			changes = make(chan struct{}, 1)
			o.Start, o.Progress, o.Changes = start, kept, changes
			start = ""
			return tui.New(o)
		},
		Events: []func(){tell, bench.change, func() { others = (others + 1) % 3 }, tell},
		Check: func() error {
			now := kept.records.Load()
			if now == seen {
				return nil
			}
			seen = now
			after, err := store.Load(person)
			if err != nil {
				return err
			}
			lost := monkeyLost(before, after)
			before = after
			return lost
		},
	}
}

// monkeyStart is the page where a life begins: the last one of all in every fourth life, and else any.
func monkeyStart(all []lessons.Lesson, seed uint64) string {
	last := all[len(all)-1]
	if seed%4 == 0 {
		return last.Pages[len(last.Pages)-1].ID
	}
	var pages []string
	for _, l := range all {
		for _, p := range l.Pages {
			pages = append(pages, p.ID)
		}
	}
	return pages[rand.New(rand.NewPCG(seed, 1)).IntN(len(pages))]
}

// countedStore counts how often something was kept.
type countedStore struct {
	progress.Store
	records atomic.Int64
}

// Record implements progress.Store.
func (s *countedStore) Record(learner string, facts ...progress.Fact) error {
	defer s.records.Add(1)
	return s.Store.Record(learner, facts...)
}

// monkeyTerms is the glossary of the workshop.
func monkeyTerms(all []lessons.Lesson) []lessons.Term {
	terms, err := loadGlossary("", all)
	if err != nil {
		panic(err)
	}
	return terms
}

// openForMonkey opens a lab with the least work that it can do.
func openForMonkey(env lab.Env, block lessons.Lab) (screen.Screen, error) {
	settings := map[string]map[string]string{
		"builder": {"hidden": "16", "epochs": "1"}, "train": {"hidden": "16", "epochs": "1"},
		"bottleneck": {"epochs": "1"}, "vae-train": {"hidden": "16", "epochs": "1"},
		"noise-bench": {"epochs": "1", "examples": "20"}, "analogies": {"epochs": "1", "sentences": "1000"},
		"latent-map": {"references": "200", "queries": "50"},
		"few-labels": {"most": "1", "repeats": "1", "pictures": "1000", "epochs": "1", "heldout": "400"},
	}
	slow := []string{"bottleneck", "latent-map", "maps", "threshold", "walk", "noise-bench", "few-labels"}
	if *monkeySteps == 0 && slices.Contains(slow, block.ID) {
		return nil, errors.New("it computes too long for this test")
	}
	if block.ID == "matmul-race" {
		// It measures time, which stands still while a bubble computes.
		return late(race.New(madeUpRace, 64, 1, "From which size on?")), nil
	}
	if settings[block.ID] != nil {
		block.Set = settings[block.ID]
	}
	opened, err := openLab(env, block)
	if err != nil {
		return nil, err
	}
	return late(opened), nil
}

func madeUpRace(ctx context.Context, _ int64, emit func(lab.Event)) error {
	<-time.After(time.Second)
	return errors.Join(errors.New("the race is off"), ctx.Err())
}

// lateScreen is a lab whose commands take a while: so the monkey meets labs that are at work.
type lateScreen struct{ screen.Screen }

// lateTypist is a lateScreen into which one may type.
type lateTypist struct{ lateScreen }

func late(s screen.Screen) screen.Screen {
	if _, ok := s.(screen.Typist); ok {
		return &lateTypist{lateScreen{s}}
	}
	return &lateScreen{s}
}

func (l *lateScreen) delayed(cmd tea.Cmd) tea.Cmd {
	if cmd == nil {
		return nil
	}
	return func() tea.Msg {
		time.Sleep(300 * time.Millisecond)
		return cmd()
	}
}

// Init implements lab.Screen.
func (l *lateScreen) Init() tea.Cmd { return l.delayed(l.Screen.Init()) }

// Update implements lab.Screen.
func (l *lateScreen) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	next, cmd := l.Screen.Update(msg)
	l.Screen = next
	return l, l.delayed(cmd)
}

// Update implements lab.Screen.
func (l *lateTypist) Update(msg tea.Msg) (screen.Screen, tea.Cmd) {
	_, cmd := l.lateScreen.Update(msg)
	return l, cmd
}

// Typing implements lab.Typist.
func (l *lateTypist) Typing() bool {
	typist, ok := l.Screen.(screen.Typist)
	return ok && typist.Typing()
}

// monkeyLost says what of the progress is no more.
func monkeyLost(before, after progress.Progress) error {
	for name, count := range map[string]func(progress.Progress) int{
		"pages read":      func(p progress.Progress) int { return len(p.Pages) },
		"answers":         func(p progress.Progress) int { return len(p.Answers) },
		"tasks reached":   func(p progress.Progress) int { return len(p.Tasks) },
		"figures of labs": func(p progress.Progress) int { return len(p.Bests) },
		"hints": func(p progress.Progress) (sum int) {
			for _, h := range p.Hints {
				sum += h.Hints
			}
			return sum
		},
		"solved questions": func(p progress.Progress) (sum int) {
			for _, a := range p.Answers {
				if a.Solved {
					sum++
				}
			}
			return sum
		},
		"passed exercises": func(p progress.Progress) (sum int) {
			for _, e := range p.Exercises {
				if e.Passed {
					sum++
				}
			}
			return sum
		},
		"the time spent": func(p progress.Progress) (sum int) {
			for _, s := range p.Spent {
				sum += int(s.Duration)
			}
			return sum
		},
	} {
		if was, is := count(before), count(after); is < was {
			return fmt.Errorf("%s went down from %d to %d", name, was, is)
		}
	}
	return nil
}

// monkeyBench keeps the files of the exercises in memory. What a check finds depends on the text.
type monkeyBench struct {
	mu     sync.Mutex
	files  map[string]string
	checks int
	saved  chan struct{}
}

// change changes every file as another program would.
func (b *monkeyBench) change() {
	b.mu.Lock()
	for name, text := range b.files {
		b.files[name] = text + "// other\n"
	}
	b.mu.Unlock()
	select {
	case b.saved <- struct{}{}:
	default:
	}
}

// Saved implements exercise.Watcher.
func (b *monkeyBench) Saved(context.Context, exercises.Exercise) <-chan struct{} { return b.saved }

// Source implements exercise.Workbench.
func (b *monkeyBench) Source(e exercises.Exercise) (text, path string, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if text, ok := b.files[e.Name]; ok {
		return text, e.Path(), nil
	}
	return string(e.Source), "", nil
}

// Edit implements exercise.Workbench.
func (b *monkeyBench) Edit(_ context.Context, e exercises.Exercise) (exercise.Editing, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if _, ok := b.files[e.Name]; !ok {
		b.files[e.Name] = string(e.Source)
	}
	return exercise.Editing{Note: "The exercises are now files."}, nil
}

// Save implements exercise.Workbench.
func (b *monkeyBench) Save(e exercises.Exercise, text string) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(text)%7 == 3 {
		return errors.New("no space left on device")
	}
	b.files[e.Name] = text
	return nil
}

// Keep implements exercise.Workbench.
func (b *monkeyBench) Keep(e exercises.Exercise, _ string) (string, error) {
	return e.Path() + ".backup", nil
}

// Reset implements exercise.Workbench.
func (b *monkeyBench) Reset(e exercises.Exercise) (string, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.files[e.Name] = string(e.Source)
	return e.Path() + ".backup", nil
}

// Check implements exercise.Workbench.
func (b *monkeyBench) Check(ctx context.Context, e exercises.Exercise, tell func(string)) (exercises.Verdict, error) {
	b.mu.Lock()
	b.checks++
	n := b.checks
	b.mu.Unlock()
	tell("building")
	select {
	case <-time.After(time.Duration(n%4) * time.Second):
	case <-ctx.Done():
		return exercises.Verdict{}, ctx.Err()
	}
	v := exercises.Verdict{Name: e.Name, Lesson: e.Lesson, Seconds: 0.61}
	all := []exercises.Status{exercises.Todo, exercises.Build, exercises.Fail, exercises.Panic, exercises.Timeout, exercises.Memory, exercises.Pass}
	v.Status = all[n%len(all)]
	long := strings.Repeat("潜在 \x1b[5mlong\t", 200)
	v.Cases = []exercises.Case{
		{Name: "one " + string(v.Status), OK: v.Status == exercises.Pass, Input: long, Want: "[1 2]", Got: long, Message: e.Path() + ":3:4: " + long + "\n\r\x07next"},
		{Name: "two", OK: true, Input: "x", Want: "1", Got: "1"},
	}
	v.Hint = "Look at `x`.\n\n```go\nreturn x\n```"
	if n%11 == 0 {
		return v, errors.New("checking needs Go; get it\x1b[5m")
	}
	return v, nil
}
