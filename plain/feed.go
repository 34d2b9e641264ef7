package plain

import (
	"fmt"
	"math"
	"time"

	"github.com/aetutor/aetutor/engine"
	"github.com/aetutor/aetutor/lab"
)

// The least time between two times that a lab that works says something: a screen reader needs about as long for a
// line.
const (
	pace     = 3 * time.Second
	calmPace = 10 * time.Second // where motion is reduced
)

// feed says what a lab tells at a pace that can be followed. Results are never left out, they only wait; how far the
// lab is, it says where there is nothing else and that has changed.
type feed struct {
	out     *output
	pace    time.Duration
	ticker  *time.Ticker
	quiet   time.Time // until then nothing is said
	results []string
	status  string
	said    string // the status that was said last
}

func newFeed(out *output, reducedMotion bool) *feed {
	f := &feed{out: out, pace: pace}
	if reducedMotion {
		f.pace = calmPace
	}
	f.ticker = time.NewTicker(f.pace)
	return f
}

func (f *feed) close() { f.ticker.Stop() }

// due brings a value whenever it is time to tell.
func (f *feed) due() <-chan time.Time { return f.ticker.C }

// add takes an event in.
func (f *feed) add(e lab.Event) {
	if line := lab.Line(e); line != "" {
		f.results = append(f.results, line)
		if !time.Now().Before(f.quiet) {
			f.tell()
		}
	} else if status := statusOf(e); status != "" {
		f.status = status
	}
}

// tell says the results that wait, or else how far the lab is.
func (f *feed) tell() {
	switch {
	case len(f.results) > 0:
		f.flush()
	case f.status != f.said:
		f.out.say(f.status)
		f.said = f.status
	default:
		return
	}
	f.quiet = time.Now().Add(f.pace)
}

// flush says all results.
func (f *feed) flush() {
	for _, line := range f.results {
		f.out.reports(line)
	}
	f.results = nil
}

// statusOf says how far a lab is, in whole percent so that it does not change with each of a thousand steps.
func statusOf(e lab.Event) string {
	switch e := e.(type) {
	case lab.Progress:
		return fmt.Sprintf("%s: %s", e.Doing, percent(e.Fraction))
	case engine.StepEvent:
		done := percent(e.Progress / float64(e.Epochs))
		return fmt.Sprintf("epoch %d of %d: %s of all, loss %.4f", e.Epoch, e.Epochs, done, e.Loss)
	case lab.WordsEvent:
		return fmt.Sprintf("epoch %d of %d: %s of all, loss %.4f", e.Epoch, e.Epochs, percent(e.Done), e.Loss)
	default:
		return ""
	}
}

// percent writes a part, 0 to 1, in whole percent.
func percent(part float64) string {
	if math.IsNaN(part) {
		part = 0
	}
	return fmt.Sprintf("%.0f percent", 100*min(max(part, 0), 1))
}
