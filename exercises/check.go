package exercises

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"go/scanner"
	"go/token"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"time"

	"github.com/gofrs/flock"

	"github.com/aetutor/aetutor/exercises/jail"
	"github.com/aetutor/aetutor/exercises/judge"
	"github.com/aetutor/aetutor/exercises/wire"
)

// Checker checks learners' files. Several, also of other processes, may work in one directory at a time.
type Checker struct {
	builder builder
}

// NewChecker makes a checker that keeps what it builds in a directory. progress is told what takes long.
func NewChecker(dir string, tools Toolchain, confined *jail.Jail, progress func(string)) (*Checker, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	return &Checker{builder{dir: dir, goCache: filepath.Join(dir, "gocache"), tools: tools, jail: confined, progress: progress}}, nil
}

// Worker is a checker for learners who are strangers to each other: in dir, which is its own alone, it keeps nothing of
// them after a check. It shares with c what is built of GoMLX, so that several can work at once.
func (c *Checker) Worker(dir string) (*Checker, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	b := c.builder
	b.dir, b.forgets = dir, true
	return &Checker{b}, nil
}

// Warm does ahead of the first check what takes long. A worker also removes what is left of learners, for it may have
// been killed in the middle of a check.
func (c *Checker) Warm(ctx context.Context) error {
	module, err := c.builder.prepare(ctx)
	if err != nil || !c.builder.forgets {
		return err
	}
	return c.builder.forgetAll(module)
}

// Check builds and runs a learner's file. file is its path as messages name it, seed makes the hidden cases. An error
// says why there is no verdict; what is wrong with the file is in the verdict.
func (c *Checker) Check(ctx context.Context, e Exercise, file string, source []byte, seed uint64) (Verdict, error) {
	start := time.Now()
	v, err := c.check(ctx, e, file, source, seed)
	if err != nil {
		return Verdict{}, fmt.Errorf("checking %s: %w", e.Name, err)
	}
	v.Seconds = time.Since(start).Seconds()
	return v, nil
}

func (c *Checker) check(ctx context.Context, e Exercise, file string, source []byte, seed uint64) (_ Verdict, failed error) {
	v := Verdict{Name: e.Name, Lesson: e.Lesson, Cases: []Case{}}
	if sameCode(source, e.Source) {
		return v.failed(Todo, file+" is as it was written; do what its TODO says", ""), nil
	}
	cases, err := e.cases(seed)
	if err != nil {
		return v, err
	}
	module, err := c.builder.prepare(ctx)
	if err != nil {
		return v, err
	}
	unlock, err := c.lock(ctx, e.Name)
	if err != nil {
		return v, err
	}
	defer unlock()
	if c.builder.forgets {
		defer func() { failed = errors.Join(failed, c.builder.forget(module, e.Name)) }()
	}
	if err := c.builder.place(module, e, source); err != nil {
		return v, err
	}
	binary := c.builder.binary(e.Name)
	built, err := c.builder.build(ctx, module, buildTime, "-o", binary, "./"+e.Name+"/call")
	if err := cmp.Or(err, ctx.Err(), diskFault(built, e.Name)); err != nil {
		return v, err
	}
	if verdict, ok := builtBadly(v, e, built, file); ok {
		return verdict, nil
	}
	res, err := c.builder.answers(ctx, binary, cases)
	if err := cmp.Or(err, ctx.Err()); err != nil {
		return v, err
	}
	return ended(v, e, cases, res, file)
}

// lock waits for other checks of the exercise to end.
func (c *Checker) lock(ctx context.Context, name string) (unlock func(), err error) {
	return lock(ctx, filepath.Join(c.builder.dir, name+".lock"))
}

// lock holds a file that one at a time may hold, of all processes.
func lock(ctx context.Context, path string) (unlock func(), err error) {
	f := flock.New(path)
	if _, err := f.TryLockContext(ctx, 20*time.Millisecond); err != nil {
		return nil, err
	}
	return func() { _ = f.Unlock() }, nil // The end of the process unlocks it too.
}

// cases are the cases of an exercise with a seed, which the names of the hidden ones tell.
func (e Exercise) cases(seed uint64) ([]judge.Case, error) {
	cases, err := e.judge.Cases(rand.New(rand.NewPCG(seed, 0)))
	for i := range cases {
		if cases[i].Hidden {
			cases[i].Name += fmt.Sprintf(" (new in each check, seed %d)", seed)
		}
	}
	return cases, err
}

// answers runs a program on cases.
func (b *builder) answers(ctx context.Context, binary string, cases []judge.Case, args ...string) (jail.Result, error) {
	return b.jail.Run(ctx, jail.Command{
		Path: binary, Args: args, Stdin: bytes.NewReader(wire.AppendCases(nil, arguments(cases))),
		Limits: jail.Limits{Time: runTime, Output: 4 << 20},
	})
}

func arguments(cases []judge.Case) [][]wire.Value {
	all := make([][]wire.Value, len(cases))
	for i, c := range cases {
		all[i] = c.Args
	}
	return all
}

// ended makes the verdict on a run.
func ended(v Verdict, e Exercise, cases []judge.Case, res jail.Result, file string) (Verdict, error) {
	answers, err := wire.Answers(res.Answers)
	switch {
	case res.OutOfMemory:
		return v.failed(Memory, "the program took more memory than there is for it, and was stopped", ""), nil
	case res.TimedOut || res.CPUExceeded:
		return v.failed(Timeout, fmt.Sprintf("the program had not ended after %v, and was stopped; is there a loop without an end?",
			runTime), ""), nil
	case res.OutputExceeded || res.WrittenExceeded:
		return v.failed(Fail, "the program wrote more than there is room for, and was stopped; does a loop print?", ""), nil
	case len(answers) < len(cases) || err != nil:
		if message, ok := crash(string(res.Stderr), e.Name, file); ok {
			return v.failed(Panic, message, ""), nil
		}
		if res.TooManyProcesses {
			return v.failed(Fail, "the program started more processes or threads than it may, and ended before it answered", ""), nil
		}
		return v.failed(Fail, "the program ended before it answered; does the file call os.Exit?", ""), nil
	case len(answers) > len(cases):
		return v.failed(Fail, "the program answered more than it was asked", ""), nil
	}
	v.Status = Pass
	for i, a := range answers {
		if a.Panic != "" {
			v.Status = Panic
			answers[i].Panic = panicText(a.Panic, a.Stack, e.Name, file)
		}
	}
	outcomes, wrong, err := e.judge.Decide(cases, answers)
	if err != nil {
		return v, err
	}
	for _, o := range outcomes {
		if !o.OK && v.Status == Pass {
			v.Status = Fail
		}
		o.Got, o.Message = printable(o.Got), printable(o.Message)
		v.Cases = append(v.Cases, Case(o))
	}
	v.Hint = e.Wrong[wrong]
	return v, nil
}

// sameCode says whether two files differ in comments and blanks only.
func sameCode(a, b []byte) bool { return slices.Equal(tokens(a), tokens(b)) }

func tokens(source []byte) []string {
	var s scanner.Scanner
	s.Init(token.NewFileSet().AddFile("", -1, len(source)), source, nil, 0)
	var all []string
	for {
		_, kind, text := s.Scan()
		if kind == token.EOF {
			return all
		}
		if kind == token.SEMICOLON {
			text = ";"
		}
		all = append(all, kind.String(), text)
	}
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
