// Package progress keeps what each learner has done: pages read, answers, tasks reached, best figures, exercises, the
// last place and the time spent. A Store keeps it as it happens; SQLite is the one there is, in a file or in memory.
//
// Every fact merges with what is kept in a way that does not depend on the order: the earliest reading of a page stays,
// the best of two figures, the latest of two places. So a learner who worked on two machines can bring both together,
// as often as they like, and nothing is lost or counted twice.
package progress

import (
	"fmt"
	"io"
	"iter"
	"math"
	"time"
)

// Store keeps the progress of learners. A learner is named by an id of at most 200 printable bytes, such as the
// fingerprint of a public key; "" is the person at this machine. All methods may be called from many goroutines, and
// several processes may have a store of the same file open. An error says what to do about it, and leaves the store as
// it was.
type Store interface {
	// Record keeps facts that have just happened, all of them or none. What the facts say of times and of the store is
	// set here and need not be filled in. A fact that was kept when it returns survives the sudden end of the process.
	Record(learner string, facts ...Fact) error

	// Load is all that is kept of a learner. It is empty for a learner who has done nothing.
	Load(learner string) (Progress, error)

	// Reset forgets a learner's progress. It is kept in a new file that Import reads, and backup is its path. That is ""
	// where nothing was kept, and for a store in memory, which makes no files.
	Reset(learner string) (backup string, err error)

	// Export writes a learner's progress as JSON: the fields of Progress with a format and a version. The same progress
	// gives the same bytes.
	Export(learner string, w io.Writer) error

	// Import merges what Export wrote, of any learner, into the progress of learner. It reads at most 1 MiB, and refuses
	// what does not check as a whole.
	Import(learner string, r io.Reader) error

	// Close ends the use of the store.
	Close() error
}

// Progress is all that is kept of a learner. Each list is sorted by the fields that say what it is about.
type Progress struct {
	Pages     []PageRead       `json:"pages"`
	Answers   []QuizAnswered   `json:"answers"`
	Tasks     []TaskReached    `json:"tasks"`
	Bests     []Best           `json:"bests"`
	Exercises []ExerciseStatus `json:"exercises"`
	Hints     []HintsShown     `json:"hints"`
	Place     Place            `json:"place,omitzero"` // the zero Place before the first
	Spent     []Spent          `json:"spent"`
}

// all are the facts of p, each with its place in the JSON, such as "pages[3]".
func (p Progress) all() iter.Seq2[string, Fact] {
	return func(yield func(string, Fact) bool) {
		_ = each("pages", p.Pages, yield) && each("answers", p.Answers, yield) && each("tasks", p.Tasks, yield) &&
			each("bests", p.Bests, yield) && each("exercises", p.Exercises, yield) && each("hints", p.Hints, yield) &&
			(p.Place == Place{} || yield("place", p.Place)) && each("spent", p.Spent, yield)
	}
}

func each[F Fact](list string, facts []F, yield func(string, Fact) bool) bool {
	for i, f := range facts {
		if !yield(fmt.Sprintf("%s[%d]", list, i), f) {
			return false
		}
	}
	return true
}

// empty says whether there is no fact.
func (p Progress) empty() bool {
	for range p.all() {
		return false
	}
	return true
}

// LatestBests is the best figure of each lab, by lab; of several figures of one lab the one that was reached last.
func (p Progress) LatestBests() map[string]Best {
	bests := map[string]Best{}
	for _, b := range p.Bests {
		if before, ok := bests[b.Lab]; !ok || b.At.After(before.At) {
			bests[b.Lab] = b
		}
	}
	return bests
}

// SpentOn is the time spent on a lesson, by its slug, in all places together.
func (p Progress) SpentOn(lesson string) time.Duration {
	var sum time.Duration
	for _, s := range p.Spent {
		if s.Lesson == lesson {
			sum += min(s.Duration, math.MaxInt64-sum)
		}
	}
	return sum
}
