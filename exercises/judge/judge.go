// Package judge decides whether what a learner's code computed is right. It runs in aetutor itself, never in the process
// of the learner's code, and works out what is right in plain Go, without GoMLX.
package judge

import (
	"fmt"
	"math/rand/v2"

	"github.com/aetutor/aetutor/exercises/wire"
)

// Judge knows what is right in one exercise.
type Judge struct {
	Params  []string // the names of the arguments, for messages
	Results []string // the names of the results, for messages; it may be left out where there is one

	// Cases are what the learner's code is run with: a few visible cases, which are always the same, and hidden ones that
	// are made from rng, which begins elsewhere in each check.
	Cases func(rng *rand.Rand) ([]Case, error)

	// Want is what the right code returns, computed in float64.
	Want func(args []wire.Value) []wire.Value
	// Tolerance is how far a number may be from Want; the zero value is DefaultTolerance.
	Tolerance Tolerance

	// Verify stands in place of Want where there is more than one right answer, such as trained weights.
	Verify func(args, got []wire.Value) Finding

	// Wrong are the typical wrong answers, each with a hint in exercise.md and an example wrong-NAME.go.
	Wrong []Wrong
}

// Case is one set of arguments.
type Case struct {
	Name   string // "two pictures"
	Hidden bool
	Args   []wire.Value
}

// Wrong is a typical wrong answer. It is recognised when every case is what it would give, the right ones too: code that
// is right where this mistake would not be has made another one.
type Wrong struct {
	Name string // "summed", as in wrong-summed.go and in "# Wrong: summed"
	// Compute is what the wrong code returns. Nil, or a nil result for a case, recognises nothing.
	Compute func(args []wire.Value) []wire.Value
	// Panic is a part of the message of the panic that the wrong code ends in, if it does.
	Panic string
	// PanicOf is Panic where that depends on the case.
	PanicOf func(args []wire.Value) string
}

// Finding is what Verify says. The zero Finding is that all is right.
type Finding struct {
	Problem string // what is wrong, in a sentence without its full stop
	Want    string // what was expected, in short
	Got     string // what came, in short; "" prints the results
	Wrong   string // the name of the typical wrong answer that it is, "" for none
}

// Outcome is what became of one case.
type Outcome struct {
	Name             string
	OK               bool
	Input, Want, Got string // in short
	Message          string // what is wrong, "" for a case that is right
}

// Decide compares answers with what is right. There is an answer for each case. wrong is the name of the typical wrong
// answer that it is, "" for none. A mistake in the judge itself is an error.
func (j Judge) Decide(cases []Case, answers []wire.Answer) (outcomes []Outcome, wrong string, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("the judge of the exercise failed: %v", p)
		}
	}()
	for i, c := range cases {
		o, found := j.decide(c, answers[i])
		if !o.OK && wrong == "" {
			wrong = found
		}
		outcomes = append(outcomes, o)
	}
	for _, w := range j.Wrong {
		if wrong == "" && j.is(w, cases, answers, outcomes) {
			wrong = w.Name
		}
	}
	return outcomes, wrong, nil
}

func (j Judge) decide(c Case, a wire.Answer) (o Outcome, wrong string) {
	o = Outcome{Name: c.Name, Input: describe(j.Params, c.Args)}
	if a.Panic != "" {
		o.Message = a.Panic
		return o, ""
	}
	o.Got = describe(j.Results, a.Values)
	if j.Verify != nil {
		f := j.Verify(c.Args, a.Values)
		o.OK, o.Want, o.Message = f.Problem == "", f.Want, f.Problem
		if f.Got != "" {
			o.Got = f.Got
		}
		return o, f.Wrong
	}
	want := j.Want(c.Args)
	o.Want = describe(j.Results, want)
	o.Message = j.Tolerance.compare(j.Results, want, a.Values)
	o.OK = o.Message == ""
	return o, ""
}

// is says whether every case is what a wrong answer gives, and one of them is not right.
func (j Judge) is(w Wrong, cases []Case, answers []wire.Answer, outcomes []Outcome) bool {
	matched := false
	for i, a := range answers {
		ok := outcomes[i].OK
		if a.Panic != "" {
			if !w.panics(a.Panic, cases[i].Args) {
				return false
			}
			matched = true
			continue
		}
		if w.Compute == nil {
			if !ok {
				return false
			}
			continue
		}
		gives := w.Compute(cases[i].Args)
		if gives == nil {
			continue
		}
		if j.Tolerance.compare(nil, gives, a.Values) != "" {
			return false
		}
		matched = matched || !ok
	}
	return matched
}
