package classroom_test

import (
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/aetutor/aetutor/server/classroom"
	"github.com/aetutor/aetutor/tui/tuitest"
)

// fakeSource is a class that a test changes.
type fakeSource struct {
	mu    sync.Mutex
	class classroom.Class
	err   error
	looks atomic.Int32
	said  []string // "id: text"
}

func (f *fakeSource) Look() (classroom.Class, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.looks.Add(1)
	if f.err != nil {
		return classroom.Class{}, f.err
	}
	c := f.class
	c.Members = slices.Clone(c.Members)
	return c, nil
}

// Say counts as screens whom it finds here.
func (f *fakeSource) Say(learner, text string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.said = append(f.said, learner+": "+text)
	n := 0
	for _, m := range f.class.Members {
		if m.Here && (learner == "" || learner == m.ID) {
			n++
		}
	}
	return n
}

func (f *fakeSource) fail(err error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.err = err
}

func (f *fakeSource) change(change func(c *classroom.Class)) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change(&f.class)
}

func outline() []classroom.Lesson {
	var out []classroom.Lesson
	titles := []string{
		"Representations", "GPU computing", "Autoencoder step by step", "Anomaly detection", "KNN in latent space",
	}
	pages := []string{"Why compress", "Layer by layer", "The bottleneck forces a choice upon the network", "Train it"}
	for i, title := range titles {
		l := classroom.Lesson{Number: i, Slug: fmt.Sprintf("lesson%d", i), Title: title, Quizzes: 3, Labs: i % 3}
		for p, page := range pages {
			l.Pages = append(l.Pages, classroom.Page{ID: fmt.Sprintf("lesson%d/%d", i, p), Title: page})
		}
		for e, name := range []string{"loss", "threshold"} {
			l.Exercises = append(l.Exercises, classroom.Exercise{
				Name: fmt.Sprintf("%s%d", name, i), Label: fmt.Sprintf("%d.%d %s", i, e+1, name),
			})
		}
		out = append(out, l)
	}
	return out
}

// sampleNames hold wide letters, marks, letters whose parts terminals count differently, and one that is too long.
func sampleNames() []string {
	return []string{
		"ada", "bo", "山田太郎さん", "e\u0301milie", "क्षत्रिय", "Ann-Sophie von Hohenstei", "fritz", "gus",
	}
}

// sample is a class of n learners, of whom every fourth one is away. now is the time at which it is seen.
func sample(n int, now time.Time) classroom.Class {
	c := classroom.Class{Outline: outline()}
	names := sampleNames()
	for i := range n {
		m := classroom.Member{ID: fmt.Sprint("id", i), Here: i%4 != 3, Percent: i * 37 % 101, Pages: i % 4,
			Page: fmt.Sprintf("lesson%d/%d", i%5, i%4), Seen: now.Add(-time.Duration(i*i) * time.Minute)}
		m.Name = names[i%len(names)]
		if i >= len(names) {
			m.Name = fmt.Sprintf("learner %d", i)
		}
		if m.Here {
			c.Here++
			m.Doing = []string{"reading", "lab train", "exercise threshold"}[i%3]
		}
		for l := range i % 6 {
			m.Lessons = append(m.Lessons, classroom.LessonSpent{
				Lesson: fmt.Sprintf("lesson%d", l), Seconds: float64(600*(l+1) + 60*i), Pages: 1 + l%4,
				Quizzes: l % 4, Exercises: l % 2,
			})
		}
		if i%3 == 1 {
			m.Tried = []string{"threshold3", "loss2"}
		}
		c.Members = append(c.Members, m)
	}
	if n > 4 {
		c.Stuck = []classroom.Stuck{
			{Exercise: "threshold3", Lesson: "lesson3", People: 6}, {Exercise: "loss2", Lesson: "lesson2", People: 4},
			{Exercise: "loss0", Lesson: "lesson0", People: 2}, {Exercise: "gone", Lesson: "lesson1", People: 1},
		}
	}
	return c
}

// watching hands a terminal that shows a class of n learners to a test.
func watching(t *testing.T, n int, ascii bool, s tuitest.Settings, look func(*tuitest.Terminal, *fakeSource)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		source := &fakeSource{class: sample(n, time.Now())}
		// After the program has ended, its wait for the next look does too.
		t.Cleanup(func() { time.Sleep(2 * time.Second) })
		if s.Width == 0 {
			s.Width, s.Height = 80, 24
		}
		look(tuitest.Start(t, classroom.New(source, !ascii), s), source)
	})
}
