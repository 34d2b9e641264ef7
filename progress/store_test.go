package progress

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

// clock is a time that a test moves.
type clock struct{ time.Time }

func (c *clock) advance(d time.Duration) { c.Time = c.Add(d) }

// memory is a store in memory whose time stands still until the test moves it.
func memory(t *testing.T) (*SQLite, *clock) {
	t.Helper()
	s, err := OpenMemory()
	if err != nil {
		t.Fatal(err)
	}
	c := &clock{time.Date(2026, 10, 12, 8, 15, 30, 123e6, time.UTC)}
	s.now = func() time.Time { return c.Time }
	t.Cleanup(func() { closed(t, s) })
	return s, c
}

func closed(t *testing.T, s Store) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func record(t *testing.T, s Store, learner string, facts ...Fact) {
	t.Helper()
	if err := s.Record(learner, facts...); err != nil {
		t.Fatal(err)
	}
}

func load(t *testing.T, s Store, learner string) Progress {
	t.Helper()
	p, err := s.Load(learner)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func exported(t *testing.T, s Store, learner string) string {
	t.Helper()
	var b bytes.Buffer
	if err := s.Export(learner, &b); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func imported(t *testing.T, s Store, learner, document string) {
	t.Helper()
	if err := s.Import(learner, strings.NewReader(document)); err != nil {
		t.Fatal(err)
	}
}

// some is one fact of each kind.
func some() []Fact {
	return []Fact{
		PageRead{Page: "autoencoder/the-loss"},
		QuizAnswered{Page: "autoencoder/the-loss", Question: 0, Choice: 2, Right: true},
		TaskReached{Lab: "train", Figure: "0.0118 with 16 units"},
		Best{Lab: "train", Figure: "validation error", Lower: true, Value: 0.0118},
		ExerciseStatus{Name: "loss", Status: Fail},
		HintsShown{Name: "loss", Hints: 1},
		Place{Page: "autoencoder/the-loss"},
		Spent{Lesson: "autoencoder", Duration: 90 * time.Second},
	}
}

func TestFactsComeBack(t *testing.T) {
	s, c := memory(t)
	record(t, s, "", some()...)
	p := load(t, s, "")
	at := func(n int) time.Time { return c.Add(time.Duration(n) * time.Millisecond) }
	if len(p.Spent) != 1 || p.Spent[0].Origin == "" {
		t.Fatalf("the time spent is %+v", p.Spent)
	}
	want := Progress{
		Pages:     []PageRead{{"autoencoder/the-loss", at(0)}},
		Answers:   []QuizAnswered{{"autoencoder/the-loss", 0, 2, true, true, at(1)}},
		Tasks:     []TaskReached{{"train", "0.0118 with 16 units", at(2)}},
		Bests:     []Best{{"train", "validation error", true, 0.0118, at(3)}},
		Exercises: []ExerciseStatus{{"loss", Fail, false, false, at(4)}},
		Hints:     []HintsShown{{"loss", 1}},
		Place:     Place{"autoencoder/the-loss", at(6)},
		Spent:     []Spent{{"autoencoder", p.Spent[0].Origin, 90 * time.Second}},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got %+v, want %+v", p, want)
	}
}

func TestLearnersAreApart(t *testing.T) {
	s, _ := memory(t)
	record(t, s, "SHA256:ada/1+", PageRead{Page: "a/x"}, Spent{Lesson: "a", Duration: time.Second})
	record(t, s, "bo", PageRead{Page: "a/y"})
	if p := load(t, s, ""); !p.empty() {
		t.Errorf("a learner who did nothing has %+v", p)
	}
	if _, err := s.Reset("bo"); err != nil {
		t.Fatal(err)
	}
	if p := load(t, s, "bo"); !p.empty() {
		t.Errorf("after the reset there is %+v", p)
	}
	if p := load(t, s, "SHA256:ada/1+"); len(p.Pages) != 1 || p.Pages[0].Page != "a/x" || len(p.Spent) != 1 {
		t.Errorf("another's reset left %+v", p)
	}
}

func TestWhatStays(t *testing.T) {
	s, c := memory(t)
	start := c.Time
	record(t, s, "", PageRead{Page: "a/x"}, TaskReached{Lab: "train", Figure: "first"})
	for _, f := range []Fact{
		PageRead{Page: "a/x"},
		TaskReached{Lab: "train", Figure: "second"},
		QuizAnswered{Page: "a/x", Choice: 0},
		QuizAnswered{Page: "a/x", Choice: 1, Right: true},
		QuizAnswered{Page: "a/x", Choice: 2},
		QuizAnswered{Page: "a/x", Question: 1, Choice: 3, Solved: true}, // The store alone sets Solved, Passed and Seen.
		Best{Lab: "train", Figure: "error", Lower: true, Value: 0.5},
		Best{Lab: "train", Figure: "error", Lower: true, Value: 0.25},
		Best{Lab: "train", Figure: "error", Lower: true, Value: 1},
		Best{Lab: "knn", Figure: "accuracy", Value: 0.5},
		Best{Lab: "knn", Figure: "accuracy", Value: 0.75},
		Best{Lab: "knn", Figure: "accuracy", Value: -1},
		ExerciseStatus{Name: "loss", Status: Seen},
		ExerciseStatus{Name: "loss", Status: Pass},
		ExerciseStatus{Name: "loss", Status: Fail},
		HintsShown{Name: "loss", Hints: 2},
		HintsShown{Name: "loss", Hints: 1},
		Place{Page: "a/x"},
		Place{Page: "a/y"},
		Spent{Lesson: "a", Duration: time.Minute},
		Spent{Lesson: "a", Duration: time.Nanosecond},
		Spent{Lesson: "b", Duration: time.Hour},
		ExerciseStatus{Name: "psnr", Status: Todo, Passed: true, Seen: true},
	} {
		c.advance(time.Minute)
		record(t, s, "", f)
	}
	p := load(t, s, "")
	for i := range p.Spent {
		p.Spent[i].Origin = ""
	}
	at := func(minutes int) time.Time { return start.Add(time.Duration(minutes) * time.Minute) }
	want := Progress{
		Pages:     []PageRead{{"a/x", at(0)}},
		Answers:   []QuizAnswered{{"a/x", 0, 2, false, true, at(5)}, {"a/x", 1, 3, false, false, at(6)}},
		Tasks:     []TaskReached{{"train", "first", start.Add(time.Millisecond)}},
		Bests:     []Best{{"knn", "accuracy", false, 0.75, at(11)}, {"train", "error", true, 0.25, at(8)}},
		Exercises: []ExerciseStatus{{"loss", Fail, true, true, at(15)}, {"psnr", Todo, false, false, at(23)}},
		Hints:     []HintsShown{{"loss", 2}},
		Place:     Place{"a/y", at(19)},
		Spent:     []Spent{{"a", "", time.Minute + 1}, {"b", "", time.Hour}},
	}
	if !reflect.DeepEqual(p, want) {
		t.Errorf("got %+v, want %+v", p, want)
	}
	if got := p.SpentOn("a"); got != time.Minute+1 {
		t.Errorf("%v were spent on a", got)
	}
}

// TestClockPutBack checks that the last fact recorded is the latest, whatever the machine's clock says.
func TestClockPutBack(t *testing.T) {
	s, c := memory(t)
	record(t, s, "", Place{Page: "a/x"}, QuizAnswered{Page: "a/x", Choice: 1})
	c.advance(-time.Hour)
	record(t, s, "", Place{Page: "a/y"}, QuizAnswered{Page: "a/x", Choice: 2})
	if p := load(t, s, ""); p.Place.Page != "a/y" || p.Answers[0].Choice != 2 {
		t.Errorf("the learner is at %v and answered %v", p.Place, p.Answers)
	}
}

func TestBadFactsAreRefused(t *testing.T) {
	s, _ := memory(t)
	for want, f := range map[string]Fact{
		"page is empty; give 1 to 200 bytes":                    PageRead{},
		"page has 201 bytes; at most 200 are allowed":           Place{Page: strings.Repeat("x", 201)},
		`page is "\xff", which is not UTF-8`:                    PageRead{Page: "\xff"},
		`figure is "\x1b[2J"; a sign in it cannot be printed`:   TaskReached{Lab: "train", Figure: "\x1b[2J"},
		"question is -1; take 0 to 999":                         QuizAnswered{Page: "a/x", Question: -1},
		"choice is 100; take 0 to 99":                           QuizAnswered{Page: "a/x", Choice: 100},
		"value is NaN; give a finite number":                    Best{Lab: "train", Figure: "error", Value: math.NaN()},
		"value is -Inf; give a finite number":                   Best{Lab: "train", Figure: "error", Value: math.Inf(-1)},
		`status is "done"; take one of [todo fail pass seen]`:   ExerciseStatus{Name: "loss", Status: "done"},
		"hints is 1000; take 0 to 999":                          HintsShown{Name: "loss", Hints: 1000},
		"the time spent is -1ns; take 0 to 87600h0m0s":          Spent{Lesson: "a", Duration: -1},
		"the time spent is 87600h0m0.000000001s; take 0 to 876": Spent{Lesson: "a", Duration: maxDuration + 1},
	} {
		if err := s.Record("", PageRead{Page: "a/x"}, f); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%#v: got %v, want %s", f, err, want)
		}
	}
	bad := "\n"
	_, loadErr := s.Load(bad)
	_, resetErr := s.Reset(bad)
	for i, err := range []error{s.Record(bad), loadErr, resetErr, s.Export(bad, &bytes.Buffer{}), s.Import(bad, strings.NewReader(""))} {
		if err == nil || !strings.Contains(err.Error(), `the learner's id is "\n"`) {
			t.Errorf("%d: got %v for a learner's id that cannot be printed", i, err)
		}
	}
	if p := load(t, s, ""); !p.empty() {
		t.Errorf("a part of what was refused is kept: %+v", p)
	}
}

func TestTimeSpentDoesNotOverflow(t *testing.T) {
	s, _ := memory(t)
	record(t, s, "", Spent{Lesson: "a", Duration: maxDuration}, Spent{Lesson: "a", Duration: maxDuration})
	p := load(t, s, "")
	if got := p.SpentOn("a"); got != maxDuration {
		t.Errorf("got %v, want %v", got, maxDuration)
	}
	for range 40 {
		p.Spent = append(p.Spent, p.Spent[0])
	}
	if got := p.SpentOn("a"); got != math.MaxInt64 {
		t.Errorf("41 origins spent %v", got)
	}
}

// failing is a writer that does not write.
type failing struct{}

func (failing) Write([]byte) (int, error) { return 0, errors.New("the pipe is broken") }

func TestExportTellsAFailingWriter(t *testing.T) {
	s, _ := memory(t)
	if err := s.Export("", failing{}); err == nil || !strings.Contains(err.Error(), "the pipe is broken") {
		t.Errorf("got %v", err)
	}
}

func TestResetKeepsABackup(t *testing.T) {
	dir := t.TempDir()
	s := open(t, filepath.Join(dir, "progress.db"))
	if backup, err := s.Reset(""); err != nil || backup != "" {
		t.Errorf("a reset of nothing gives %q, %v", backup, err)
	}
	for n := range 3 { // Three in a second need three names.
		record(t, s, "", some()...)
		before := exported(t, s, "")
		backup, err := s.Reset("")
		if err != nil {
			t.Fatal(err)
		}
		if p := load(t, s, ""); !p.empty() {
			t.Errorf("after the reset there is %+v", p)
		}
		info, err := os.Stat(backup)
		if err != nil || info.Mode().Perm() != 0o600 || filepath.Dir(backup) != dir {
			t.Fatalf("the backup %s has %v, %v", backup, info.Mode(), err)
		}
		content, err := os.ReadFile(backup)
		if err != nil || string(content) != before {
			t.Errorf("the backup holds %s, %v, want %s", content, err, before)
		}
		// What happens after the reset counts beside what the backup brings back.
		record(t, s, "", Spent{Lesson: "autoencoder", Duration: time.Second})
		imported(t, s, "", string(content))
		if got := load(t, s, "").SpentOn("autoencoder"); got != 91*time.Second {
			t.Errorf("reset %d: %v were spent, want 91 s", n, got)
		}
		if _, err := s.Reset(""); err != nil {
			t.Fatal(err)
		}
	}
	if found, err := filepath.Glob(filepath.Join(dir, "progress-backup-*.json")); err != nil || len(found) != 6 {
		t.Errorf("there are the backups %v, %v", found, err)
	}
}

// TestResetWithoutBackup checks that nothing is forgotten when the backup cannot be written.
func TestResetWithoutBackup(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "progress.db"))
	record(t, s, "", some()...)
	before := exported(t, s, "")
	s.path = filepath.Join(t.TempDir(), "missing", "progress.db")
	if _, err := s.Reset(""); err == nil || !strings.Contains(err.Error(), s.path) {
		t.Errorf("got %v", err)
	}
	if after := exported(t, s, ""); after != before {
		t.Errorf("got %s, want %s", after, before)
	}
}

func TestSummarize(t *testing.T) {
	s, _ := memory(t)
	record(t, s, "",
		PageRead{Page: "a/x"}, PageRead{Page: "a/y"}, PageRead{Page: "a/gone"}, PageRead{Page: "b/x"},
		QuizAnswered{Page: "a/x", Question: 0, Right: true}, QuizAnswered{Page: "a/x", Question: 1},
		QuizAnswered{Page: "a/x", Question: 2, Right: true}, QuizAnswered{Page: "b/x", Right: true},
		QuizAnswered{Page: "a/x", Question: 0, Choice: 1},
		TaskReached{Lab: "train", Figure: "x"}, TaskReached{Lab: "other", Figure: "x"},
		ExerciseStatus{Name: "loss", Status: Pass}, ExerciseStatus{Name: "loss", Status: Fail},
		ExerciseStatus{Name: "encoder", Status: Seen}, ExerciseStatus{Name: "gone", Status: Pass},
		Spent{Lesson: "a", Duration: time.Minute}, Spent{Lesson: "b", Duration: time.Hour},
	)
	lesson := Lesson{
		Slug: "a", Pages: []string{"a/x", "a/y", "a/z"}, Quizzes: []string{"a/x", "a/x", "a/y"},
		Labs: []string{"train", "knn"}, Exercises: []string{"loss", "encoder"},
	}
	want := Summary{Pages: 2, Answered: 2, Right: 1, Tasks: 1, Exercises: 1, Spent: time.Minute}
	if got := load(t, s, "").Summarize(lesson); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestErrorsSayWhatHelps(t *testing.T) {
	path := filepath.Join(t.TempDir(), "progress.db")
	s := open(t, path)
	record(t, s, "", PageRead{Page: "a/x"})
	expect := func(what, want string) {
		t.Helper()
		// The facts need more room than the pages that are there have left.
		var facts []Fact
		for n := range 2000 {
			facts = append(facts, PageRead{Page: fmt.Sprintf("%s/%d", strings.Repeat("a", 100), n)})
		}
		if err := s.Record("", facts...); err == nil || !strings.Contains(err.Error(), path) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", what, err, want)
		}
		if p := load(t, s, ""); len(p.Pages) != 1 {
			t.Errorf("%s: %d pages are kept", what, len(p.Pages))
		}
	}
	command := func(pragma string) {
		t.Helper()
		if _, err := s.db.Exec(pragma); err != nil {
			t.Fatal(err)
		}
	}
	command("PRAGMA max_page_count = 30") // as a disk that has no room for more
	expect("full", "the disk is full: free some space")
	command("PRAGMA max_page_count = 1000000")
	command("PRAGMA query_only = 1") // as a disk that is mounted read-only
	expect("read-only", "make the file and its directory writable, or set AETUTOR_STATE to a directory that is")
	command("PRAGMA query_only = 0")

	other := open(t, path)
	tx, err := other.db.Begin()
	if err != nil {
		t.Fatal(err)
	}
	command("PRAGMA busy_timeout = 1")
	expect("busy", "close that one and try again")
	if err := tx.Rollback(); err != nil {
		t.Fatal(err)
	}
	record(t, s, "", PageRead{Page: "a/y"})
}
