package analogies

import (
	"context"
	"errors"
	"slices"
	"strings"

	tea "charm.land/bubbletea/v2"

	"github.com/aetutor/aetutor/engine/words"
	"github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/tui/lab/job"
	"github.com/aetutor/aetutor/tui/lab/learning"
)

// exampleSums are sums of digits to begin with: two that come out, one that does not, and one of plain means.
func exampleSums() []string {
	return []string{
		"thick0 - thin0 + thin7", "slanted9 - upright9 + upright8", "thick1 - thin1 + thin5", "upright0 - slanted0 + slanted7", "7 - 1 + 0",
	}
}

// digits is the page of digits.
type digits struct {
	job      *job.Job     // makes the codes or calculates; nil before the page was open
	solver   Solver       // nil before the codes are there
	learning learning.Run // the model of the digits, where it was not kept
	answer   *lab.DigitAnswer
	asked    words.Expression // not answered yet, nil otherwise
	err      error
}

// loadedEvent brings the codes.
type loadedEvent struct{ solver Solver }

// Kind implements lab.Event.
func (loadedEvent) Kind() string { return "loaded" }

// answerEvent brings an answer.
type answerEvent struct{ answer lab.DigitAnswer }

// Kind implements lab.Event.
func (answerEvent) Kind() string { return "answer" }

func (d *digits) stop() {
	if d.job != nil {
		d.job.Stop()
	}
}

// open makes the codes when the page is opened for the first time, with the first example.
func (d *digits) open(load func(context.Context, func(lab.Event)) (Solver, error)) tea.Cmd {
	if d.job != nil {
		return nil
	}
	d.job = job.New()
	first, err := words.ParseExpression(exampleSums()[0])
	if err != nil {
		d.err = err
		return nil
	}
	d.asked = first
	return d.job.Start(func(ctx context.Context, emit func(lab.Event)) error {
		solver, err := load(ctx, emit)
		if err != nil {
			return err
		}
		emit(loadedEvent{solver})
		return solve(ctx, solver, first, emit)
	})
}

// restart makes the codes anew.
func (d *digits) restart(load func(context.Context, func(lab.Event)) (Solver, error)) tea.Cmd {
	d.stop()
	*d = digits{}
	return d.open(load)
}

func solve(ctx context.Context, solver Solver, e words.Expression, emit func(lab.Event)) error {
	answer, err := solver.Solve(ctx, e, lab.NearestShown)
	if err == nil {
		emit(answerEvent{answer})
	}
	return err
}

// errNotReady refuses sums before there are codes.
var errNotReady = errors.New("the codes of the digits are not there yet; wait for the end of the bar")

// knows reports what is wrong with a name.
func (d *digits) knows(name string) error {
	if d.solver == nil {
		return errNotReady
	}
	if slices.ContainsFunc(d.solver.Names(), func(n string) bool { return strings.EqualFold(n, name) }) {
		return nil
	}
	_, err := d.solver.Solve(context.Background(), words.Expression{{Word: name}}, 1) // Unknown: this finds the reason alone.
	return err
}

// ask calculates; an earlier question that is not answered yet is dropped.
func (d *digits) ask(e words.Expression) tea.Cmd {
	if d.solver == nil {
		return nil
	}
	d.stop()
	d.job, d.asked, d.err = job.New(), e, nil
	solver := d.solver
	return d.job.Start(func(ctx context.Context, emit func(lab.Event)) error { return solve(ctx, solver, e, emit) })
}

func (d *digits) handle(msg job.Msg) tea.Cmd {
	for _, e := range msg.Events {
		switch e := e.(type) {
		case loadedEvent:
			d.solver = e.solver
		case answerEvent:
			d.answer, d.asked = &e.answer, nil
		default:
			d.learning.Add(e)
		}
	}
	if !msg.Ended {
		return d.job.Next
	}
	if msg.Err != nil {
		d.err, d.asked = msg.Err, nil
	}
	return nil
}
