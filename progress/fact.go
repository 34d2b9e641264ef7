package progress

import (
	"cmp"
	"math"
	"strconv"
	"strings"
	"time"
)

// Fact is one thing that a learner did: PageRead, QuizAnswered, TaskReached, Best, ExerciseStatus, HintsShown, Place or
// Spent. Those are also what Load gives back, then with the fields that the store sets.
type Fact interface {
	// check says what is wrong with the fields that a caller or an imported file gave.
	check() error
	// noted is the fact as it is kept when it happens at a time, in the store with an origin.
	noted(at time.Time, origin string) Fact
	// upsert is the statement that merges the fact with what is kept, and its parameters after the learner. No time is
	// later than limit: a file from a machine whose clock is wrong must not outlast what happens from now on.
	upsert(limit time.Time) (statement string, parameters []any)
}

// PageRead says that a page was read to its end.
type PageRead struct {
	Page string    `json:"page"` // a page's id, "autoencoder/the-loss"
	At   time.Time `json:"at"`   // set by the store: when it was read first
}

func (f PageRead) check() error { return checkText("page", f.Page) }

func (f PageRead) noted(at time.Time, _ string) Fact {
	f.At = at
	return f
}

func (f PageRead) upsert(limit time.Time) (string, []any) {
	return `INSERT INTO pages (learner, page, at) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET at = min(at, excluded.at)`, []any{f.Page, millis(f.At, limit)}
}

// QuizAnswered is an answer to a question.
type QuizAnswered struct {
	Page     string    `json:"page"`     // the id of the question's page
	Question int       `json:"question"` // which one of the page, from 0
	Choice   int       `json:"choice"`   // from 0; the latest one stays
	Right    bool      `json:"right"`    // whether Choice is right
	Solved   bool      `json:"solved"`   // set by the store: whether any choice so far was right
	At       time.Time `json:"at"`       // set by the store: when Choice was taken
}

func (f QuizAnswered) check() error {
	return cmp.Or(checkText("page", f.Page), checkNumber("question", f.Question, 999), checkNumber("choice", f.Choice, 99))
}

func (f QuizAnswered) noted(at time.Time, _ string) Fact {
	f.Solved, f.At = false, at
	return f
}

func (f QuizAnswered) upsert(limit time.Time) (string, []any) {
	return `INSERT INTO answers (learner, page, question, choice, correct, solved, at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET
			choice = iif(excluded.at > at, excluded.choice, choice),
			correct = iif(excluded.at > at, excluded.correct, correct),
			solved = max(solved, excluded.solved), at = max(at, excluded.at)`,
		[]any{f.Page, f.Question, f.Choice, f.Right, f.Solved || f.Right, millis(f.At, limit)}
}

// TaskReached says that the engine found a lab's task done. The first time stays.
type TaskReached struct {
	Lab    string    `json:"lab"`    // a lab's id, "train"
	Figure string    `json:"figure"` // what was reached, for a person: "0.0118 with 16 units"
	At     time.Time `json:"at"`     // set by the store
}

func (f TaskReached) check() error {
	return cmp.Or(checkText("lab", f.Lab), checkText("figure", f.Figure))
}

func (f TaskReached) noted(at time.Time, _ string) Fact {
	f.At = at
	return f
}

func (f TaskReached) upsert(limit time.Time) (string, []any) {
	return `INSERT INTO tasks (learner, lab, figure, at) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET figure = excluded.figure, at = excluded.at WHERE excluded.at < at`,
		[]any{f.Lab, f.Figure, millis(f.At, limit)}
}

// Best is a figure of a lab of which the best ever stays. One figure may have a lowest and a highest value.
type Best struct {
	Lab    string    `json:"lab"`
	Figure string    `json:"figure"` // the name of the figure, "validation error"
	Lower  bool      `json:"lower"`  // whether lower is better
	Value  float64   `json:"value"`  // finite
	At     time.Time `json:"at"`     // set by the store: when Value was reached first
}

// Beats reports whether f is better than o, or is another figure.
func (f Best) Beats(o Best) bool {
	switch {
	case f.Lab != o.Lab || f.Figure != o.Figure || f.Lower != o.Lower:
		return true
	case f.Lower:
		return f.Value < o.Value
	}
	return f.Value > o.Value
}

// Number is the value for a person, with three significant digits where it is no whole number.
func (f Best) Number() string {
	size := math.Abs(f.Value)
	switch {
	case size >= 1e9 || size < 1e-4 && size > 0:
		return strconv.FormatFloat(f.Value, 'g', 3, 64)
	case size == math.Trunc(size):
		return strconv.FormatFloat(f.Value, 'f', 0, 64)
	}
	decimals := max(2-int(math.Floor(math.Log10(size))), 0)
	return strconv.FormatFloat(f.Value, 'f', decimals, 64)
}

// Unit is the unit of the value as the name of the figure ends with it: "dB" of "PSNR gain in dB". Most have none.
func (f Best) Unit() string {
	_, unit, found := strings.Cut(f.Figure, " in ")
	if !found || strings.Contains(unit, " ") {
		return ""
	}
	return unit
}

func (f Best) check() error {
	return cmp.Or(checkText("lab", f.Lab), checkText("figure", f.Figure), checkFinite("value", f.Value))
}

func (f Best) noted(at time.Time, _ string) Fact {
	f.At = at
	return f
}

func (f Best) upsert(limit time.Time) (string, []any) {
	return `INSERT INTO bests (learner, lab, figure, lower, value, at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET value = excluded.value, at = excluded.at
			WHERE iif(lower, excluded.value < value, excluded.value > value)
				OR (excluded.value = value AND excluded.at < at)`,
		[]any{f.Lab, f.Figure, f.Lower, f.Value, millis(f.At, limit)}
}

// Status is how far an exercise is.
type Status string

// The states of an exercise.
const (
	Todo Status = "todo" // not tried
	Fail Status = "fail" // the check found something wrong
	Pass Status = "pass" // the check passed
	Seen Status = "seen" // the solution was shown
)

// ExerciseStatus is the latest state of an exercise, and what it ever was.
type ExerciseStatus struct {
	Name   string    `json:"name"`
	Status Status    `json:"status"`
	Passed bool      `json:"passed"` // set by the store: whether it ever passed
	Seen   bool      `json:"seen"`   // set by the store: whether the solution was ever shown
	At     time.Time `json:"at"`     // set by the store: when Status was found
}

func (f ExerciseStatus) check() error {
	return cmp.Or(checkText("name", f.Name), checkStatus(f.Status))
}

func (f ExerciseStatus) noted(at time.Time, _ string) Fact {
	f.Passed, f.Seen, f.At = false, false, at
	return f
}

func (f ExerciseStatus) upsert(limit time.Time) (string, []any) {
	return `INSERT INTO exercises (learner, name, status, passed, seen, at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET
			status = iif(excluded.at > at, excluded.status, status),
			passed = max(passed, excluded.passed), seen = max(seen, excluded.seen), at = max(at, excluded.at)`,
		[]any{f.Name, string(f.Status), f.Passed || f.Status == Pass, f.Seen || f.Status == Seen, millis(f.At, limit)}
}

// HintsShown says how many hints of an exercise were shown. The most stays.
type HintsShown struct {
	Name  string `json:"name"`  // the exercise
	Hints int    `json:"hints"` // 0 to 999
}

func (f HintsShown) check() error {
	return cmp.Or(checkText("name", f.Name), checkNumber("hints", f.Hints, 999))
}

func (f HintsShown) noted(time.Time, string) Fact { return f }

func (f HintsShown) upsert(time.Time) (string, []any) {
	return `INSERT INTO hints (learner, name, hints) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET hints = max(hints, excluded.hints)`, []any{f.Name, f.Hints}
}

// Place is the page where a learner is. The latest stays.
type Place struct {
	Page string    `json:"page"`
	At   time.Time `json:"at"` // set by the store
}

func (f Place) check() error { return checkText("page", f.Page) }

func (f Place) noted(at time.Time, _ string) Fact {
	f.At = at
	return f
}

func (f Place) upsert(limit time.Time) (string, []any) {
	return `INSERT INTO places (learner, page, at) VALUES (?, ?, ?)
		ON CONFLICT DO UPDATE SET page = excluded.page, at = excluded.at WHERE excluded.at > at`,
		[]any{f.Page, millis(f.At, limit)}
}

// LongestPause is the longest time between two deeds of a learner that counts as time spent on a lesson.
const LongestPause = 5 * time.Minute

// Spent is time spent on a lesson. Record adds it to the time of the store's own origin; Progress.SpentOn is the time of
// all origins. Because each origin counts for itself and only grows, the larger of two counts is the newer one, and a
// file may be imported twice (a grow-only counter, after Shapiro et al. 2011, "Conflict-free replicated data types").
type Spent struct {
	Lesson   string        `json:"lesson"`      // a lesson's slug
	Origin   string        `json:"origin"`      // set by the store: a random name of where the time was counted
	Duration time.Duration `json:"nanoseconds"` // 0 to ten years
}

func (f Spent) check() error {
	return cmp.Or(checkText("lesson", f.Lesson), checkDuration(f.Duration))
}

func (f Spent) noted(_ time.Time, origin string) Fact {
	f.Origin = origin
	return f
}

func (f Spent) upsert(time.Time) (string, []any) {
	return `INSERT INTO spent (learner, lesson, origin, nanoseconds) VALUES (?, ?, ?, ?)
		ON CONFLICT DO UPDATE SET nanoseconds = max(nanoseconds, excluded.nanoseconds)`,
		[]any{f.Lesson, f.Origin, int64(f.Duration)}
}
