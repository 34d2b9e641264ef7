// Package answer is the frame of the program that runs a learner's file: it reads the cases of a check, and sends what
// the learner's code makes of each. It sends values, never verdicts: those are made elsewhere.
package answer

import (
	"errors"
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"strconv"

	"exercise/wire"
)

// Cases calls f with the arguments of each case and sends what it returns, or its panic. Each answer is sent before the
// next case begins, so that those of a program which is stopped later are not lost.
func Cases(f func(args []wire.Value) []wire.Value) {
	if err := run(f); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(f func(args []wire.Value) []wire.Value) error {
	input, err := io.ReadAll(os.Stdin)
	if err != nil {
		return err
	}
	cases, err := wire.Cases(input)
	if err != nil {
		return err
	}
	out, err := channel()
	if err != nil {
		return err
	}
	for _, args := range cases {
		if _, err := out.Write(wire.AppendAnswer(nil, one(f, args))); err != nil {
			return err
		}
	}
	return out.Close()
}

// channel is where the answers go: a file whose number the variable AETUTOR_ANSWERS tells.
func channel() (*os.File, error) {
	number, err := strconv.ParseUint(os.Getenv("AETUTOR_ANSWERS"), 10, 64)
	if err != nil {
		return nil, fmt.Errorf("the variable AETUTOR_ANSWERS names no file: %w", err)
	}
	return os.NewFile(uintptr(number), "answers"), nil
}

// Panic is a panic as an error that knows where it happened, for code that recovers panics itself and loses the place.
type Panic struct {
	Value any
	Stack []byte
}

func (p *Panic) Error() string { return fmt.Sprint(p.Value) }

// Keep turns a panic of the function that defers it into one with a *Panic.
func Keep() {
	switch p := recover().(type) {
	case nil:
	case *Panic:
		panic(p)
	default:
		panic(&Panic{p, debug.Stack()})
	}
}

func one(f func(args []wire.Value) []wire.Value, args []wire.Value) (a wire.Answer) {
	defer func() {
		p := recover()
		if p == nil {
			return
		}
		a = wire.Answer{Panic: fmt.Sprint(p), Stack: string(debug.Stack())}
		var kept *Panic
		if err, ok := p.(error); ok && errors.As(err, &kept) {
			a = wire.Answer{Panic: kept.Error(), Stack: string(kept.Stack)}
		}
		if a.Panic == "" {
			a.Panic = "an empty panic"
		}
	}()
	return wire.Answer{Values: f(args)}
}
