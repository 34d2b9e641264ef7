package progress

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"
)

// Bounds of what is kept. They let a store of many learners hold no more than it must, and a sum of times fit its type.
const (
	maxTextBytes = 200
	maxDuration  = 10 * 365 * 24 * time.Hour
)

// checkText allows what can be shown on a terminal: printable UTF-8, which cannot move the cursor.
func checkText(field, text string) error {
	if text == "" {
		return fmt.Errorf("%s is empty; give 1 to %d bytes", field, maxTextBytes)
	}
	return checkPrintable(field, text)
}

func checkPrintable(field, text string) error {
	switch {
	case len(text) > maxTextBytes:
		return fmt.Errorf("%s has %d bytes; at most %d are allowed", field, len(text), maxTextBytes)
	case !utf8.ValidString(text):
		return fmt.Errorf("%s is %s, which is not UTF-8", field, strconv.Quote(text))
	}
	for _, r := range text {
		if !unicode.IsPrint(r) {
			return fmt.Errorf("%s is %s; a sign in it cannot be printed", field, strconv.Quote(text))
		}
	}
	return nil
}

func checkLearner(learner string) error { return checkPrintable("the learner's id", learner) }

func checkNumber(field string, n, most int) error {
	if n < 0 || n > most {
		return fmt.Errorf("%s is %d; take 0 to %d", field, n, most)
	}
	return nil
}

func checkFinite(field string, x float64) error {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return fmt.Errorf("%s is %v; give a finite number", field, x)
	}
	return nil
}

func checkStatus(s Status) error {
	if all := []Status{Todo, Fail, Pass, Seen}; !slices.Contains(all, s) {
		return fmt.Errorf("status is %.40q; take one of %v", string(s), all)
	}
	return nil
}

func checkDuration(d time.Duration) error {
	if d < 0 || d > maxDuration {
		return fmt.Errorf("the time spent is %v; take 0 to %v", d, maxDuration)
	}
	return nil
}

// checkKept is what a fact of a file needs beyond what a caller gives: the fields that a store set.
func checkKept(f Fact) error {
	var at time.Time
	switch f := f.(type) {
	case PageRead:
		at = f.At
	case QuizAnswered:
		at = f.At
	case TaskReached:
		at = f.At
	case Best:
		at = f.At
	case ExerciseStatus:
		at = f.At
	case Place:
		at = f.At
	case Spent:
		return checkText("origin", f.Origin)
	default:
		return nil
	}
	if at.Before(time.UnixMilli(0)) {
		return errors.New("at is missing or lies before 1970")
	}
	return nil
}

// millis is a time as it is kept: milliseconds since 1970, no later than limit.
func millis(at, limit time.Time) int64 {
	if at.After(limit) {
		at = limit
	}
	return at.UnixMilli()
}
