package progress

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestExportedFile(t *testing.T) {
	s, _ := memory(t)
	record(t, s, "", some()...)
	record(t, s, "", QuizAnswered{Page: "autoencoder/the-loss", Question: 10}, QuizAnswered{Page: "autoencoder/the-loss", Question: 9})
	got := strings.ReplaceAll(exported(t, s, ""), load(t, s, "").Spent[0].Origin, "ORIGIN")
	want := `{
  "format": "aetutor-progress",
  "version": 1,
  "pages": [
    {
      "page": "autoencoder/the-loss",
      "at": "2026-10-12T08:15:30.123Z"
    }
  ],
  "answers": [
    {
      "page": "autoencoder/the-loss",
      "question": 0,
      "choice": 2,
      "right": true,
      "solved": true,
      "at": "2026-10-12T08:15:30.124Z"
    },
    {
      "page": "autoencoder/the-loss",
      "question": 9,
      "choice": 0,
      "right": false,
      "solved": false,
      "at": "2026-10-12T08:15:30.132Z"
    },
    {
      "page": "autoencoder/the-loss",
      "question": 10,
      "choice": 0,
      "right": false,
      "solved": false,
      "at": "2026-10-12T08:15:30.131Z"
    }
  ],
  "tasks": [
    {
      "lab": "train",
      "figure": "0.0118 with 16 units",
      "at": "2026-10-12T08:15:30.125Z"
    }
  ],
  "bests": [
    {
      "lab": "train",
      "figure": "validation error",
      "lower": true,
      "value": 0.0118,
      "at": "2026-10-12T08:15:30.126Z"
    }
  ],
  "exercises": [
    {
      "name": "loss",
      "status": "fail",
      "passed": false,
      "seen": false,
      "at": "2026-10-12T08:15:30.127Z"
    }
  ],
  "hints": [
    {
      "name": "loss",
      "hints": 1
    }
  ],
  "place": {
    "page": "autoencoder/the-loss",
    "at": "2026-10-12T08:15:30.129Z"
  },
  "spent": [
    {
      "lesson": "autoencoder",
      "origin": "ORIGIN",
      "nanoseconds": 90000000000
    }
  ]
}
`
	if got != want {
		t.Errorf("got %s", got)
	}
	empty := `{
  "format": "aetutor-progress",
  "version": 1,
  "pages": [],
  "answers": [],
  "tasks": [],
  "bests": [],
  "exercises": [],
  "hints": [],
  "spent": []
}
`
	if got := exported(t, s, "nobody"); got != empty {
		t.Errorf("of nothing there is %s", got)
	}
}

// anything is a random fact out of few, so that facts meet.
func anything(r *rand.Rand) Fact {
	id := func() string { return fmt.Sprintf("a/%d", r.IntN(3)) }
	switch r.IntN(8) {
	case 0:
		return PageRead{Page: id()}
	case 1:
		return QuizAnswered{Page: id(), Question: r.IntN(2), Choice: r.IntN(4), Right: r.IntN(2) == 0}
	case 2:
		return TaskReached{Lab: id(), Figure: id()}
	case 3:
		return Best{Lab: id(), Figure: "error", Lower: r.IntN(2) == 0, Value: float64(r.IntN(7) - 3)}
	case 4:
		return ExerciseStatus{Name: id(), Status: []Status{Todo, Fail, Pass, Seen}[r.IntN(4)]}
	case 5:
		return HintsShown{Name: id(), Hints: r.IntN(4)}
	case 6:
		return Place{Page: id()}
	default:
		return Spent{Lesson: id(), Duration: time.Duration(r.IntN(1000)) * time.Second}
	}
}

// TestMergeKeepsAll lets a learner work in turns on three machines and brings what is kept on them together in every order. The result does not depend on it, holds the facts as one machine would have kept them,
// and does not change when a file comes again.
func TestMergeKeepsAll(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 8 {
		one, oneClock := memory(t) // as if all had happened here
		var machines []*SQLite
		for range 3 {
			m, c := memory(t)
			*c = *oneClock
			m.now = func() time.Time { return oneClock.Time }
			machines = append(machines, m)
		}
		for range 60 {
			oneClock.advance(time.Minute)
			f := anything(r)
			record(t, one, "", f)
			record(t, machines[r.IntN(3)], "", f)
		}
		oneClock.advance(time.Minute)
		var first string
		for _, order := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}, {0, 1, 2, 1, 0}} {
			merged, c := memory(t)
			*c = *oneClock
			for _, m := range order {
				imported(t, merged, "other learner", exported(t, machines[m], ""))
			}
			got := exported(t, merged, "other learner")
			if first == "" {
				first = got
			}
			if got != first {
				t.Errorf("in the order %v it is %s, else %s", order, got, first)
			}
			imported(t, merged, "other learner", got)
			if again := exported(t, merged, "other learner"); again != got {
				t.Errorf("imported into itself it is %s, was %s", again, got)
			}
			if got, want := exceptOrigins(t, merged, "other learner"), exceptOrigins(t, one, ""); got != want {
				t.Errorf("merged it is %s, on one machine %s", got, want)
			}
		}
	}
}

// exceptOrigins is a learner's progress with the time of each lesson from all origins together.
func exceptOrigins(t *testing.T, s Store, learner string) string {
	t.Helper()
	p := load(t, s, learner)
	sums := map[string]time.Duration{}
	for _, f := range p.Spent {
		sums[f.Lesson] = p.SpentOn(f.Lesson)
	}
	p.Spent = nil
	content, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(string(content), sums)
}

func TestRoundTrip(t *testing.T) {
	s, c := memory(t)
	r := rand.New(rand.NewPCG(5, 6))
	for range 200 {
		c.advance(time.Second)
		record(t, s, "", anything(r))
	}
	other, otherClock := memory(t)
	*otherClock = *c
	imported(t, other, "", exported(t, s, ""))
	if got, want := exported(t, other, ""), exported(t, s, ""); got != want {
		t.Errorf("it came back as %s, it was %s", got, want)
	}
}

// TestTimesOfAWrongClock checks that a file from the future does not outlast what happens from now on.
func TestTimesOfAWrongClock(t *testing.T) {
	ahead, aheadClock := memory(t)
	aheadClock.advance(50 * 365 * 24 * time.Hour)
	record(t, ahead, "", some()...)
	s, c := memory(t)
	imported(t, s, "", exported(t, ahead, ""))
	if p := load(t, s, ""); !p.Place.At.Equal(c.Time) || !p.Answers[0].At.Equal(c.Time) || !p.Pages[0].At.Equal(c.Time) {
		t.Errorf("times later than now are %v, %v, %v", p.Place, p.Answers, p.Pages)
	}
	c.advance(time.Minute)
	record(t, s, "", Place{Page: "a/y"})
	imported(t, s, "", exported(t, ahead, "nobody"))
	if p := load(t, s, ""); p.Place.Page != "a/y" {
		t.Errorf("the learner is at %v", p.Place)
	}
}

func TestBadFilesAreRefused(t *testing.T) {
	s, _ := memory(t)
	record(t, s, "", PageRead{Page: "a/kept"})
	before := exported(t, s, "")
	const head = `{"format": "aetutor-progress", "version": 1, "pages": [{"page": "a/x", "at": "2026-10-12T08:15:30Z"}], `
	for name, test := range map[string]struct{ file, want string }{
		"empty":         {"", "not what aetutor progress export writes: unexpected end of JSON input"},
		"cut":           {before[:len(before)/2], "unexpected end of JSON input"},
		"two":           {before + before, "invalid character '{' after top-level value"},
		"a list":        {"[]", "not what aetutor progress export writes"},
		"another":       {`{"name": "x"}`, `its format is "", want "aetutor-progress"`},
		"newer":         {`{"format": "aetutor-progress", "version": 2}`, "the file has version 2, this aetutor reads version 1"},
		"unknown field": {head + `"badges": []}`, `unknown field "badges"`},
		"wrong type":    {head + `"place": []}`, "cannot unmarshal array"},
		"no time":       {head + `"tasks": [{"lab": "train", "figure": "x"}]}`, "tasks[0]: at is missing or lies before 1970"},
		"no text":       {head + `"place": {"at": "2026-10-12T08:15:30Z"}}`, "place: page is empty"},
		"old":           {head + `"answers": [{"page": "a/x", "at": "1969-12-31T23:59:59Z"}]}`, "answers[0]: at is missing or lies before 1970"},
		"number":        {head + `"answers": [{"page": "a/x", "question": 1e3, "at": "2026-10-12T08:15:30Z"}]}`, "cannot unmarshal"},
		"many":          {head + `"answers": [{"page": "a/x", "question": 1000, "at": "2026-10-12T08:15:30Z"}]}`, "answers[0]: question is 1000; take 0 to 999"},
		"infinite":      {head + `"bests": [{"lab": "a", "figure": "x", "value": 1e999}]}`, "cannot unmarshal number 1e999"},
		"status":        {head + `"exercises": [{"name": "a", "status": "won"}]}`, `exercises[0]: status is "won"; take one of`},
		"escape":        {head + `"hints": [{"name": "\u001b[2J", "hints": 1}]}`, `hints[0]: name is "\x1b[2J"; a sign in it cannot be printed`},
		"negative":      {head + `"spent": [{"lesson": "a", "origin": "o", "nanoseconds": -1}]}`, "spent[0]: the time spent is -1ns"},
		"no origin":     {head + `"spent": [{"lesson": "a", "nanoseconds": 1}]}`, "spent[0]: origin is empty"},
		"large":         {head + strings.Repeat(" ", 1<<20) + `"spent": []}`, "the file has more than 1048576 bytes"},
	} {
		err := s.Import("", strings.NewReader(test.file))
		if err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: got %v, want %s", name, err, test.want)
		}
	}
	if after := exported(t, s, ""); after != before {
		t.Errorf("a part of what was refused is kept: %s", after)
	}
}

// TestProgressStaysImportable checks that files cannot add up to more than one that can be imported.
func TestProgressStaysImportable(t *testing.T) {
	s, _ := memory(t)
	file := func(name string) string {
		var p Progress
		for n := range 4000 {
			p.Pages = append(p.Pages, PageRead{fmt.Sprintf("%s/%d", strings.Repeat(name, 80), n), time.UnixMilli(0)})
		}
		return string(encode(p))
	}
	imported(t, s, "", file("a"))
	before := exported(t, s, "")
	if err := s.Import("", strings.NewReader(file("b"))); err == nil || !strings.Contains(err.Error(), "at most 1048576 are kept of a learner") {
		t.Errorf("got %v", err)
	}
	if after := exported(t, s, ""); after != before {
		t.Error("a part of what was refused is kept")
	}
	imported(t, s, "", before)
}

// FuzzImport checks that any file is either refused, and changes nothing, or becomes facts that check and come back.
func FuzzImport(f *testing.F) {
	s, err := OpenMemory()
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() {
		if err := s.Close(); err != nil {
			f.Error(err)
		}
	})
	if err := s.Record("", some()...); err != nil {
		f.Fatal(err)
	}
	var sample strings.Builder
	if err := s.Export("", &sample); err != nil {
		f.Fatal(err)
	}
	f.Add(sample.String())
	f.Add(`{"format":"aetutor-progress","version":1}`)
	f.Add(`{"format":"aetutor-progress","version":1,"place":null,"pages":null,"spent":[{"lesson":"a","origin":"\ud800","nanoseconds":315360000000000000}]}`)
	f.Add(`{"format":"aetutor-progress","version":1,"bests":[{"lab":"a","figure":"b","value":-0,"at":"9999-12-31T23:59:59.999999999+23:59"}]}`)
	f.Fuzz(func(t *testing.T, file string) {
		if _, err := s.Reset("fuzz"); err != nil {
			t.Fatal(err)
		}
		if err := s.Import("fuzz", strings.NewReader(file)); err != nil {
			if p := load(t, s, "fuzz"); !p.empty() {
				t.Fatalf("%v, and there is %+v", err, p)
			}
			return
		}
		for place, fact := range load(t, s, "fuzz").all() {
			if err := cmp.Or(fact.check(), checkKept(fact)); err != nil {
				t.Errorf("%s: %v", place, err)
			}
		}
		first := exported(t, s, "fuzz")
		imported(t, s, "fuzz", first)
		if again := exported(t, s, "fuzz"); again != first {
			t.Errorf("it came back as %s, it was %s", again, first)
		}
	})
}
