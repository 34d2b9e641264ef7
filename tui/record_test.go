package tui_test

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	tea "charm.land/bubbletea/v2"

	work "github.com/aetutor/aetutor/lab"
	"github.com/aetutor/aetutor/progress"
	"github.com/aetutor/aetutor/tui"
	"github.com/aetutor/aetutor/tui/lab"
	"github.com/aetutor/aetutor/tui/tuitest"
)

// fakeStore keeps the facts as lines.
type fakeStore struct {
	mu    sync.Mutex
	facts []string
	fails error
}

func (s *fakeStore) Record(learner string, facts ...progress.Fact) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, f := range facts {
		if spent, ok := f.(progress.Spent); ok {
			f = progress.Spent{Lesson: spent.Lesson} // How long is the machine's business.
		}
		s.facts = append(s.facts, strings.TrimPrefix(fmt.Sprintf("%s %T%+v", learner, f, f), "ada progress."))
	}
	return s.fails
}

func (s *fakeStore) Load(string) (progress.Progress, error) { return progress.Progress{}, nil }
func (s *fakeStore) Reset(string) (string, error)           { return "", nil }
func (s *fakeStore) Export(string, io.Writer) error         { return nil }
func (s *fakeStore) Import(string, io.Reader) error         { return nil }
func (s *fakeStore) Close() error                           { return nil }

// kept are the facts since the last call that begin with one of the words.
func (s *fakeStore) kept(words ...string) []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var kept []string
	for _, f := range s.facts {
		if slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(f, w) }) {
			kept = append(kept, f)
		}
	}
	s.facts = nil
	return kept
}

func keeping(store *fakeStore) func(*tui.Options) {
	return func(o *tui.Options) { o.Store, o.Learner = store, "ada" }
}

func TestReadingIsKept(t *testing.T) {
	store := &fakeStore{}
	play(t, keeping(store), func(term *tuitest.Terminal) {
		// The first page is short, so its end is in view at once.
		term.Expect("▸ Features ✓", "25%")
		if got := store.kept("PageRead", "Place"); len(got) != 1 || !strings.Contains(got[0], "Page:representations/features") {
			term.T.Errorf("kept %q, want the first page as read", got)
		}
		term.Press("right")
		if got := store.kept("Place", "Spent"); len(got) != 2 || !strings.Contains(got[0], "Lesson:representations") || !strings.Contains(got[1], "Page:autoencoder/why-compress") {
			term.T.Errorf("kept %q, want the time of the first lesson and the new place", got)
		}
		term.Press("right", "right")
		store.kept()
		if term.Press("down"); len(store.kept("PageRead")) != 0 {
			term.T.Error("a page whose end was not in view counts as read")
		}
		term.Press("end")
		if got := store.kept("PageRead"); len(got) != 1 || !strings.Contains(got[0], "Page:autoencoder/in-code") {
			term.T.Errorf("kept %q, want the long page as read", got)
		}
		term.Press("q")
		if got := store.kept("Spent"); len(got) != 1 || !strings.Contains(got[0], "Lesson:autoencoder") {
			term.T.Errorf("leaving kept %q, want the time of the lesson", got)
		}
		term.ExpectClean()
	})
}

func TestAnswersAreKeptAndComeBack(t *testing.T) {
	store := &fakeStore{}
	play(t, func(o *tui.Options) { keeping(store)(o); o.Start = "autoencoder/a-question" }, func(term *tuitest.Terminal) {
		term.Press("a", "a", "b")
		got := store.kept("QuizAnswered")
		if len(got) != 2 || !strings.Contains(got[0], "Question:0 Choice:0 Right:false") || !strings.Contains(got[1], "Question:0 Choice:1 Right:true") {
			term.T.Errorf("kept %q, want a wrong and a right answer", got)
		}
	})
	before := progress.Progress{
		Place:   progress.Place{Page: "autoencoder/a-question"},
		Answers: []progress.QuizAnswered{{Page: "autoencoder/a-question", Choice: 2}, {Page: "autoencoder/a-question", Question: 7, Choice: 99}},
		Pages:   []progress.PageRead{{Page: "representations/features"}},
	}
	play(t, func(o *tui.Options) { keeping(store)(o); o.Progress = before }, func(term *tuitest.Terminal) {
		term.Expect("2/3 A question", "✗ c  the last", "Representations ✓")
		if got := store.kept("QuizAnswered"); got != nil {
			term.T.Errorf("an old answer was kept again: %q", got)
		}
	})
}

// taskLab reaches its task with the key t.
type taskLab struct{ *fakeLab }

func (l taskLab) Task() work.Task {
	return work.Task{Text: "see step 99", Now: "step 99", Reached: slices.Contains(l.shown, "step 99 loss 0.000")}
}

func (l taskLab) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	_, cmd := l.fakeLab.Update(msg)
	return l, cmd
}

func TestReachedTaskIsKeptOnce(t *testing.T) {
	store := &fakeStore{}
	var closed atomic.Int32
	play(t, func(o *tui.Options) {
		*o = sampleOptions(func() lab.Screen { return taskLab{newFakeLab(&closed)} })
		keeping(store)(o)
		o.Start = "2"
	}, func(term *tuitest.Terminal) {
		if term.Press("enter"); len(store.kept("TaskReached")) != 0 {
			term.T.Error("a task counts as reached before it was")
		}
		term.Press("t", "space")
		if got := store.kept("TaskReached"); len(got) != 1 || !strings.Contains(got[0], "Lab:train Figure:step 99") {
			term.T.Errorf("kept %q, want the task of the lab train", got)
		}
		term.Press("esc")
		term.Expect("task reached ✓")
	})
}

// figureLab has the loss of its last step for a figure.
type figureLab struct{ *fakeLab }

func (l figureLab) Task() work.Task {
	task := work.Task{Text: "a low loss"}
	for _, line := range l.shown {
		var step int
		var loss float64
		if _, err := fmt.Sscanf(line, "step %d loss %f", &step, &loss); err == nil {
			task.Figure = work.Figure{Name: "loss", Value: loss, Lower: true}
		}
	}
	return task
}

func (l figureLab) Update(msg tea.Msg) (lab.Screen, tea.Cmd) {
	_, cmd := l.fakeLab.Update(msg)
	return l, cmd
}

func TestBestFigureIsKeptAsItHappens(t *testing.T) {
	store := &fakeStore{}
	var closed atomic.Int32
	var opened *fakeLab
	before := progress.Progress{Bests: []progress.Best{{Lab: "train", Figure: "loss", Lower: true, Value: 0.3}}}
	play(t, func(o *tui.Options) {
		*o = sampleOptions(func() lab.Screen { opened = newFakeLab(&closed); return figureLab{opened} })
		keeping(store)(o)
		o.Start, o.Progress = "2", before
	}, func(term *tuitest.Terminal) {
		term.Press("enter")
		term.Expect("best loss 0.300")
		store.kept()
		for _, c := range []struct {
			loss  float64
			kept  int
			shown string
		}{{0.4, 0, "best loss 0.300"}, {0.25, 1, "best loss 0.250"}, {0.25, 0, "best loss 0.250"}, {0.28, 0, "best loss 0.250"}, {0.125, 1, "best loss 0.125"}} {
			opened.shown = append(opened.shown, fmt.Sprintf("step 1 loss %.3f", c.loss))
			term.Press("up") // A key that changes nothing makes the app look.
			got := store.kept("Best")
			if len(got) != c.kept || c.kept == 1 && !strings.Contains(got[0], fmt.Sprintf("Lab:train Figure:loss Lower:true Value:%g", c.loss)) {
				term.T.Errorf("after %v kept %q, want %d", c.loss, got, c.kept)
			}
			term.Expect(c.shown)
		}
		term.Press("esc")
		term.ExpectNot("best loss")
	})
}

func TestAStoreThatFailsIsToldOnce(t *testing.T) {
	store := &fakeStore{fails: errors.New("the disk is full")}
	play(t, keeping(store), func(term *tuitest.Terminal) {
		term.Expect("Your progress is not kept: the disk is full")
		term.Press("right")
		term.ExpectNot("not kept")
		term.Expect("1/3 A bottleneck")
	})
	play(t, func(o *tui.Options) { o.Notice = "progress.db was damaged and set aside" }, func(term *tuitest.Terminal) {
		term.Expect("progress.db was damaged and set aside")
	})
}

func TestWhatCouldNotBeKeptIsKeptLater(t *testing.T) {
	store := &fakeStore{}
	fail := func(err error) {
		store.mu.Lock()
		defer store.mu.Unlock()
		store.fails = err
	}
	play(t, keeping(store), func(term *tuitest.Terminal) {
		fail(errors.New("the disk is full"))
		term.Press("right")
		term.Expect("Your progress is not kept: the disk is full")
		term.Press("right")
		store.kept()
		fail(nil)
		term.Press("right")
		got := store.kept("Place")
		for i, want := range []string{"autoencoder/why-compress", "autoencoder/", "autoencoder/"} {
			if len(got) != 3 || !strings.Contains(got[i], want) {
				term.T.Fatalf("kept %q, want three places in the order in which they were", got)
			}
		}
		// They are kept once, and that it fails again is told again.
		term.Press("left")
		if got := store.kept("Place"); len(got) != 1 {
			term.T.Errorf("kept %q, want one place", got)
		}
		fail(errors.New("the disk is full again"))
		term.Press("left")
		term.Expect("Your progress is not kept: the disk is full again")
	})
}

// TestWhatAStoreRefusesIsNotInTheWay: a store that refuses one fact for good keeps the next ones.
func TestWhatAStoreRefusesIsNotInTheWay(t *testing.T) {
	store := &refusingStore{}
	play(t, func(o *tui.Options) { o.Store, o.Learner = store, "ada" }, func(term *tuitest.Terminal) {
		term.Press("right", "right", "right")
		if got := store.kept("Place"); len(got) != 2 {
			term.T.Errorf("kept %q, want the last two places", got)
		}
	})
}

// refusingStore takes nothing that comes with the place why-compress.
type refusingStore struct{ fakeStore }

func (s *refusingStore) Record(learner string, facts ...progress.Fact) error {
	for _, f := range facts {
		if place, ok := f.(progress.Place); ok && strings.HasSuffix(place.Page, "why-compress") {
			return errors.New("it is refused")
		}
	}
	return s.fakeStore.Record(learner, facts...)
}

func TestTimeIsCountedByTheMinute(t *testing.T) {
	store := &fakeStore{}
	play(t, keeping(store), func(term *tuitest.Terminal) {
		store.kept()
		for _, step := range []struct {
			wait time.Duration
			want int
		}{{30 * time.Second, 0}, {40 * time.Second, 1}, {10 * time.Second, 0}, {10 * time.Minute, 1}} {
			time.Sleep(step.wait)
			if len(store.kept("Spent")) != 0 {
				term.T.Error("time is counted of a learner who may be away")
			}
			if term.Press("?"); len(store.kept("Spent")) != step.want {
				term.T.Errorf("a key after %v does not count the time %d times", step.wait, step.want)
			}
		}
	})
}

func TestACutSessionKeepsItsTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		store := &fakeStore{}
		o := sampleOptions(nil)
		keeping(store)(&o)
		m, _ := tui.New(o).Update(tea.WindowSizeMsg{Width: 80, Height: 24})
		time.Sleep(time.Minute)
		m.(interface{ Close() }).Close()
		if got := store.kept("Spent"); len(got) != 1 {
			t.Errorf("kept %q, want the minute since the first screen", got)
		}
	})
}
