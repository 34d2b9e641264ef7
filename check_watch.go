package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/aetutor/aetutor/exercises"
	"github.com/aetutor/aetutor/exercises/record"
	"github.com/aetutor/aetutor/plain"
	"github.com/aetutor/aetutor/progress"
)

const watchKeys = "keys: r check again · h hint · n next exercise · l list · q quit"

// watchLoop checks exercises as they are saved.
type watchLoop struct {
	out     io.Writer
	told    io.Writer // gets what is no verdict
	options checkOptions
	all     []exercises.Exercise
	store   progress.Store
	space   exercises.Workspace
	checker *exercises.Checker

	current  exercises.Exercise
	watched  []exercises.Exercise // those that are checked as they are saved
	saved    <-chan string        // their paths
	unwatch  context.CancelFunc   // ends watching them
	cancel   context.CancelFunc   // ends the check that runs
	round    int                  // counts the checks, so that the verdict of one that was overtaken is known
	verdicts chan roundVerdict
}

// roundVerdict is what a check of a round came to.
type roundVerdict struct {
	round   int
	verdict exercises.Verdict
	err     error
}

// watchExercises checks the first of some exercises, and then each as it is saved, until q or an interrupt.
func watchExercises(cmd *cobra.Command, o checkOptions, s progress.Store, all, chosen []exercises.Exercise) error {
	w, err := findWorkspace()
	if err != nil {
		return err
	}
	out, keys, restore, err := watchTerminal(cmd, o)
	if err != nil {
		return err
	}
	defer restore()
	told := out
	if o.json {
		told = cmd.ErrOrStderr()
	}
	c, err := newChecker(cmd.Context(), func(text string) { _, _ = fmt.Fprintln(told, text) }) // The verdict tells it again.
	if err != nil {
		return err
	}
	l := watchLoop{
		out: out, told: told, options: o, all: all, store: s, space: w, checker: c, current: chosen[0], watched: chosen,
		unwatch: func() {}, cancel: func() {}, verdicts: make(chan roundVerdict),
	}
	return l.run(cmd.Context(), keys)
}

// watchTerminal takes single keys where a person sits at both ends; there lines need their own carriage returns.
func watchTerminal(cmd *cobra.Command, o checkOptions) (out io.Writer, keys <-chan byte, restore func(), err error) {
	if o.json || !isTerminal() {
		return cmd.OutOrStdout(), nil, func() {}, nil
	}
	state, err := term.MakeRaw(os.Stdin.Fd())
	if err != nil {
		return nil, nil, nil, err
	}
	pressed := make(chan byte)
	go func() {
		for b := make([]byte, 1); ; {
			if n, err := os.Stdin.Read(b); err != nil || n == 0 {
				close(pressed)
				return
			}
			pressed <- b[0]
		}
	}()
	restore = func() { _ = term.Restore(os.Stdin.Fd(), state) } // The terminal is gone if it cannot be restored.
	return rawWriter{cmd.OutOrStdout()}, pressed, restore, nil
}

// rawWriter ends lines as a terminal in raw mode needs it.
type rawWriter struct{ w io.Writer }

func (r rawWriter) Write(p []byte) (int, error) {
	_, err := io.WriteString(r.w, strings.ReplaceAll(string(p), "\n", "\r\n"))
	return len(p), err
}

func (l *watchLoop) run(ctx context.Context, keys <-chan byte) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	l.watch(ctx)
	l.start(ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case path := <-l.saved:
			for _, e := range l.watched {
				if l.space.File(e) == path {
					l.current = e
				}
			}
			l.start(ctx)
		case v := <-l.verdicts:
			if v.round != l.round {
				continue // A newer save has overtaken it.
			}
			if err := l.show(v, keys != nil); err != nil {
				return err
			}
		case key, ok := <-keys:
			if done, err := l.press(ctx, key); done || !ok || err != nil {
				return err
			}
		}
	}
}

// watch has the files of the watched exercises told as they are saved.
func (l *watchLoop) watch(ctx context.Context) {
	l.unwatch()
	ctx, l.unwatch = context.WithCancel(ctx)
	var paths []string
	for _, e := range l.watched {
		paths = append(paths, l.space.File(e))
	}
	watch := exercises.NewWatch(ctx, paths)
	if watch.Polled != "" {
		// Where nobody reads, writing the verdict that follows fails.
		_, _ = fmt.Fprintf(l.told, "Looking for changes every half second: %s.\n", watch.Polled)
	}
	l.saved = watch.Saved
}

// start checks the current exercise, in place of the check that runs.
func (l *watchLoop) start(ctx context.Context) {
	l.cancel()
	ctx, l.cancel = context.WithCancel(ctx)
	l.round++
	round, e := l.round, l.current
	go func() {
		v, err := l.check(ctx, e)
		select {
		case l.verdicts <- roundVerdict{round, v, err}:
		case <-ctx.Done():
		}
	}()
}

func (l *watchLoop) check(ctx context.Context, e exercises.Exercise) (exercises.Verdict, error) {
	return checkOne(ctx, l.checker, l.space, e, l.options.nextSeed())
}

// show prints a verdict. What kept a check from one is printed too, for the next save may mend it.
func (l *watchLoop) show(v roundVerdict, person bool) error {
	if v.err != nil {
		_, err := fmt.Fprintf(l.told, "%v\n", v.err)
		return err
	}
	if err := reportVerdict(l.out, l.options.json, l.store, v.verdict); err != nil {
		return err
	}
	if !person {
		return nil
	}
	_, err := fmt.Fprintf(l.out, "\n%s\n\n", watchKeys)
	return err
}

// press does what a key asks for.
func (l *watchLoop) press(ctx context.Context, key byte) (done bool, err error) {
	const interrupt, endOfInput = 3, 4
	switch key {
	case 'q', interrupt, endOfInput:
		return true, nil
	case 'r', '\r':
		l.start(ctx)
	case 'h':
		return false, plain.Hint(l.out, l.store, person, l.current, program)
	case 'l':
		p, err := l.store.Load(person)
		if err != nil {
			return false, err
		}
		return false, plain.List(l.out, l.all, p, l.space.File, false)
	case 'n':
		p, err := l.store.Load(person)
		if err != nil {
			return false, err
		}
		next, ok := record.Of(p).Next(l.all, l.current.Name)
		if !ok {
			_, err := fmt.Fprintln(l.out, "No other exercise is left.")
			return false, err
		}
		l.current = next
		if !slices.ContainsFunc(l.watched, func(e exercises.Exercise) bool { return e.Name == next.Name }) {
			l.watched = append(l.watched, next)
			l.watch(ctx)
		}
		_, err = fmt.Fprintf(l.out, "%s: %s\n", next.Name, displayPath(l.space.File(next)))
		l.start(ctx)
		return false, err
	}
	return false, nil
}
