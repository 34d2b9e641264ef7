package server

import (
	"fmt"
	"log/slog"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/server/classroom"
)

// unserved is a server that nobody can reach.
func unserved(tb testing.TB, w Workshop) *Server {
	tb.Helper()
	c := Config{Listen: "127.0.0.1:0", State: tb.TempDir(), CheckWorkers: 1, Limits: DefaultLimits()}
	s, err := New(c, w, slog.New(slog.DiscardHandler))
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

// loads counts how often progress is loaded.
type loads struct {
	progress.Store
	n atomic.Int32
}

func (l *loads) Load(learner string) (progress.Progress, error) {
	l.n.Add(1)
	return l.Store.Load(learner)
}

func TestOnlyWhatChangedIsLoadedAgain(t *testing.T) {
	w := workshop(t)
	counted := &loads{Store: w.Store}
	w.Store = counted
	s := unserved(t, w)
	for i := range 30 {
		if _, err := s.roster.join(fmt.Sprint("id", i), fmt.Sprint("learner ", i)); err != nil {
			t.Fatal(err)
		}
	}
	seen := func() (pages int) {
		c, err := s.watched()
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range c.Members {
			pages += m.Pages
		}
		return pages
	}
	for _, step := range []struct {
		do    func() error
		loads int32
		pages int
	}{
		{func() error { return nil }, 30, 0},
		{func() error { return nil }, 0, 0},
		{func() error { return s.workshop.Store.Record("id7", progress.PageRead{Page: "first/one"}) }, 1, 1},
		{func() error { return s.workshop.Store.Import("id8", strings.NewReader("{}")) }, 1, 1},
		{func() error { _, err := s.workshop.Store.Reset("id7"); return err }, 1, 0},
	} {
		_ = step.do() // What is imported here is refused.
		before := counted.n.Load()
		if pages := seen(); pages != step.pages {
			t.Errorf("%d pages are read, want %d", pages, step.pages)
		}
		if n := counted.n.Load() - before; n != step.loads {
			t.Errorf("loaded %d times, want %d", n, step.loads)
		}
	}
}

func TestAWriteWhileProgressIsLoadedIsSeenNextTime(t *testing.T) {
	w := workshop(t)
	l := newLedger(w.Store, newMetrics(), unlogged())
	summarize := func(kept progress.Progress) classroom.Member {
		m := classroom.Member{Pages: len(kept.Pages)}
		if m.Pages == 0 {
			if err := l.Record("ann", progress.PageRead{Page: "first/one"}); err != nil {
				t.Error(err)
			}
		}
		return m
	}
	for _, want := range []int{0, 1} {
		if m, err := l.member("ann", summarize); err != nil || m.Pages != want {
			t.Errorf("%d pages, %v, want %d", m.Pages, err, want)
		}
	}
}

// BenchmarkWatched looks at a class of 200, of whom none or one has done something since the last time.
func BenchmarkWatched(b *testing.B) {
	s := unserved(b, workshop(b))
	for i := range 200 {
		id := fmt.Sprint("id", i)
		if _, err := s.roster.join(id, fmt.Sprint("learner ", i)); err != nil {
			b.Fatal(err)
		}
		facts := []progress.Fact{progress.Spent{Lesson: "first", Duration: time.Minute}, progress.Place{Page: "first/one"}}
		for page := range 90 {
			facts = append(facts, progress.PageRead{Page: fmt.Sprint("first/", page)})
		}
		if err := s.workshop.Store.Record(id, facts...); err != nil {
			b.Fatal(err)
		}
	}
	look := func(b *testing.B) {
		b.Helper()
		if _, err := s.watched(); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("all", func(b *testing.B) {
		for b.Loop() {
			for i := range 200 {
				s.ledger.changed(fmt.Sprint("id", i))
			}
			look(b)
		}
	})
	b.Run("one", func(b *testing.B) {
		for b.Loop() {
			s.ledger.changed("id7")
			look(b)
		}
	})
	b.Run("none", func(b *testing.B) {
		for b.Loop() {
			look(b)
		}
	})
}
