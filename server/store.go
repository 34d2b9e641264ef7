package server

import (
	"bytes"
	"io"
	"slices"
	"sync"

	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/server/classroom"
)

// ledger is the store of a server, which alone writes into it. It counts the pages that learners read, and it knows what
// a teacher sees of each learner until that learner does something, so that a screen of the class may ask every second.
type ledger struct {
	progress.Store
	metrics  *metrics
	failures *failures

	mu      sync.Mutex
	changes map[string]int // by learner: how often their progress was written
	known   map[string]classroom.Member
}

func newLedger(store progress.Store, m *metrics, f *failures) *ledger {
	return &ledger{Store: store, metrics: m, failures: f, changes: map[string]int{}, known: map[string]classroom.Member{}}
}

// changed forgets what was known of a learner. It follows every write, also one that failed.
func (l *ledger) changed(learner string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.changes[learner]++
	delete(l.known, learner)
}

// Load implements progress.Store.
func (l *ledger) Load(learner string) (progress.Progress, error) {
	kept, err := l.Store.Load(learner)
	return kept, l.failures.of("reading progress", err)
}

// Record implements progress.Store.
func (l *ledger) Record(learner string, facts ...progress.Fact) error {
	defer l.changed(learner)
	err := l.Store.Record(learner, facts...)
	if err == nil {
		for _, f := range facts {
			if _, read := f.(progress.PageRead); read {
				l.metrics.pages.Inc()
			}
		}
	}
	return l.failures.of("keeping progress", err)
}

// Export implements progress.Store.
func (l *ledger) Export(learner string, w io.Writer) error {
	var kept bytes.Buffer // Whoever it is for may be gone, which is no failure of the store.
	if err := l.failures.of("reading progress", l.Store.Export(learner, &kept)); err != nil {
		return err
	}
	_, err := kept.WriteTo(w)
	return err
}

// Import implements progress.Store.
func (l *ledger) Import(learner string, r io.Reader) error {
	defer l.changed(learner)
	return l.Store.Import(learner, r)
}

// Reset implements progress.Store.
func (l *ledger) Reset(learner string) (backup string, err error) {
	defer l.changed(learner)
	return l.Store.Reset(learner)
}

// member is what summarize makes of a learner's progress. It loads the progress only when it has changed.
func (l *ledger) member(learner string, summarize func(progress.Progress) classroom.Member) (classroom.Member, error) {
	l.mu.Lock()
	m, known := l.known[learner]
	before := l.changes[learner]
	l.mu.Unlock()
	if !known {
		kept, err := l.Load(learner)
		if err != nil {
			return classroom.Member{}, err
		}
		m = summarize(kept)
		l.mu.Lock()
		if l.changes[learner] == before { // Else somebody wrote meanwhile, and this is old already.
			l.known[learner] = m
		}
		l.mu.Unlock()
	}
	// The caller may add to it.
	m.Lessons = slices.Clone(m.Lessons)
	return m, nil
}
