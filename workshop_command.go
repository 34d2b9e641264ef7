package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"strings"
	"syscall"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/lessons"
	"github.com/aetutor/aetutor/lessons/watch"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui"
	screen "github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/theme"
)

type workshopOptions struct {
	start   string // a lesson's slug or number, or a page's id
	backend string
	lessons string // a directory, or empty for those of the program
	plain   bool   // line by line instead of on a screen
	calm    bool   // reduced motion
	own     ownFlags
}

// runWorkshop opens the workshop on a screen or line by line. No backend is opened and no data are decoded before a lab
// needs them.
func runWorkshop(ctx context.Context, o workshopOptions) error {
	if !o.plain && !isTerminal() {
		return usageError{errors.New("the workshop needs a terminal for its screen and its keys; " +
			"without one, aetutor --plain is the workshop line by line, and aetutor lab train runs one lab")}
	}
	if !o.plain && os.Getenv("TERM") == "dumb" {
		return usageError{errors.New("this terminal has no screen, as TERM=dumb says; " +
			"aetutor --plain is the workshop line by line")}
	}
	all, err := loadLessons(o.lessons)
	if err != nil {
		return err
	}
	terms, err := loadGlossary(o.lessons, all)
	if err != nil {
		return err
	}
	if err := checkStart(all, o.start); err != nil {
		return err
	}
	own, err := o.own.read()
	if err != nil {
		return err
	}
	store, kept, notice := openProgress()
	if store != nil {
		defer func() { _ = store.Close() }() // Every fact was kept when it happened.
	}
	// The process ends with the workshop, so the backend is left to it: a lab may still be in its last step.
	env, _ := newLabEnv(o.backend, own)
	written, err := exercises.Embedded()
	if err != nil {
		return err
	}
	if o.plain {
		return runPlain(ctx, plain.Options{
			Lessons: all, Glossary: terms, Labs: lab.All(), Exercises: written, Env: env, Start: o.start, ReducedMotion: o.calm,
			Store: store, Learner: person, Progress: kept, Notice: notice,
		})
	}
	reserveForScreen()
	options := tui.Options{
		Lessons:   all,
		Glossary:  terms,
		OpenLab:   func(block lessons.Lab) (screen.Screen, error) { return openLab(env, block) },
		Exercises: written,
		Workbench: &workbench{all: written},
		Unicode:   theme.UnicodeLocale(os.Environ(), runtime.GOOS),
		Start:     o.start,
		Version:   version(),
		Store:     store,
		Learner:   person,
		Progress:  kept,
		Notice:    notice,

		ReducedMotion: o.calm,
	}
	if o.lessons != "" {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		if err := followLessons(ctx, o.lessons, &options); err != nil {
			return err
		}
	}
	// Who closes the terminal would kill the program otherwise, before what was typed last is saved.
	open, stop := signal.NotifyContext(ctx, syscall.SIGHUP)
	defer stop()
	options.Resumed = resumptions()
	err = tui.Run(open, options)
	if closed := open.Err(); closed != nil && ctx.Err() == nil {
		return reportedError{cmp.Or(err, closed)} // Nobody is there to be told.
	}
	return err
}

// followLessons has the workshop read the lessons of a directory again whenever their files change.
func followLessons(ctx context.Context, dir string, options *tui.Options) error {
	known, err := knownNames()
	if err != nil {
		return err
	}
	options.Reload = lessons.NewDrafts(dir, known, options.Lessons, options.Glossary).Read
	if options.Changes, err = watch.Lessons(ctx, dir); err != nil {
		options.Notice = strings.TrimSpace(fmt.Sprintf("%s\n%v. So the files are looked at once a second.", options.Notice, err))
	}
	return nil
}

// checkStart says which lessons there are when a name to start at fits none.
func checkStart(all []lessons.Lesson, start string) error {
	if _, _, found := lessons.Find(all, start); found || start == "" {
		return nil
	}
	slugs := make([]string, 0, len(all))
	for _, l := range all {
		slugs = append(slugs, l.Slug)
	}
	return usageError{fmt.Errorf("there is no lesson or page %q; the lessons are %s, and a page is named like %s",
		start, strings.Join(slugs, ", "), all[0].Pages[len(all[0].Pages)/2].ID)}
}

// reserveForScreen lets one more thread run Go code than there are cores. Training keeps a goroutine busy on each core;
// without the extra thread a key waits until the scheduler takes one of them off, which it does after 10 ms, while the
// operating system lets a thread that wakes up run at once. A limit that somebody set stays.
func reserveForScreen() {
	if cores := runtime.NumCPU(); runtime.GOMAXPROCS(0) == cores {
		runtime.GOMAXPROCS(cores + 1)
	}
}

// openProgress opens what the person at this machine has done. Where that fails, the workshop goes on without keeping it
// and says so.
func openProgress() (store progress.Store, kept progress.Progress, notice string) {
	path, err := progress.DefaultPath()
	if err != nil {
		return nil, kept, fmt.Sprintf("Your progress is not kept: %v", err)
	}
	opened, notice, err := progress.Open(path)
	if err == nil {
		if kept, err = opened.Load(person); err == nil {
			return opened, kept, notice
		}
		err = errors.Join(err, opened.Close())
	}
	// What became of a damaged file is told all the same.
	return nil, kept, strings.TrimSpace(fmt.Sprintf("%s\nYour progress is not kept: %v", notice, err))
}
